//! JSON, with comments and trailing commas as .NET's configuration takes them.

use core::ops::Range;

use jsonc_parser::ast::{self, ObjectProp};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, ParseStringErrorKind};

use super::{EMPTY, Entry, Node, SyntaxError, Value};

const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_loose_object_property_names: false,
    allow_trailing_commas: true,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn parse(text: &str) -> Result<Node, SyntaxError> {
    let parsed =
        jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &OPTIONS).map_err(|error| said(&error))?;
    match parsed.value {
        Some(value) => Ok(node(value)),
        None => Err(SyntaxError::new(EMPTY, 0..0)),
    }
}

fn said(error: &ParseError) -> SyntaxError {
    let message = match error.kind() {
        // It quotes a part of a text.
        ParseErrorKind::String(ParseStringErrorKind::InvalidUnicodeEscapeSequence(_)) => {
            String::from("invalid unicode escape sequence")
        }
        kind => {
            let message = kind.to_string();
            let (first, rest) = message.split_at_checked(1).unwrap_or_default();
            first.to_ascii_lowercase() + rest
        }
    };
    SyntaxError::new(message, range(&error.range()))
}

fn range(range: &jsonc_parser::common::Range) -> Range<usize> {
    range.start..range.end
}

fn node(value: ast::Value<'_>) -> Node {
    let range = range(&value.range());
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(flag) => Value::Flag(flag.value),
        ast::Value::NumberLit(number) => Value::Number(number.value.to_owned()),
        ast::Value::StringLit(text) => Value::Text(text.value.into_owned()),
        ast::Value::Array(array) => Value::List(array.elements.into_iter().map(node).collect()),
        ast::Value::Object(object) => Value::Map(object.properties.into_iter().map(entry).collect()),
    };
    Node { value, range }
}

fn entry(property: ObjectProp<'_>) -> Entry {
    let range = range(&property.name.range());
    Entry { name: property.name.into_string(), range, value: node(property.value) }
}

//! TOML.

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue, Error};

use super::{Entry, Node, SyntaxError, Value};

pub(super) fn parse(text: &str) -> Result<Node, Vec<SyntaxError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let range = table.span();
        Ok(node(DeValue::Table(table.into_inner()), range))
    } else {
        Err(errors.iter().map(said).collect())
    }
}

fn said(error: &Error) -> SyntaxError {
    SyntaxError::new(error.message(), error.span().unwrap_or_default())
}

fn node(value: DeValue<'_>, range: core::ops::Range<usize>) -> Node {
    let value = match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => Value::Number(decimal(&number)),
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(time) => Value::Text(time.to_string()),
        DeValue::Array(array) => Value::List(array.into_iter().map(spanned).collect()),
        DeValue::Table(table) => {
            let entry = |(name, value): (Spanned<_>, _)| Entry {
                range: name.span(),
                name: String::from(name.into_inner()),
                value: spanned(value),
            };
            let mut entries: Vec<Entry> = table.into_iter().map(entry).collect();
            entries.sort_by_key(|entry| entry.range.start);
            Value::Map(entries)
        }
    };
    Node { value, range }
}

fn spanned(value: Spanned<DeValue<'_>>) -> Node {
    let range = value.span();
    node(value.into_inner(), range)
}

/// An integer in decimal digits; one beyond all bounds as it was written.
fn decimal(number: &DeInteger<'_>) -> String {
    match i128::from_str_radix(number.as_str(), number.radix()) {
        Ok(number) => number.to_string(),
        Err(_) => number.as_str().to_owned(),
    }
}

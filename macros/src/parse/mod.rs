//! Tokens to what was written: the shape of a block, every part with its place. No meaning.
//!
//! The language is a subset of Rust expressions. The parser never fails: what it cannot read it
//! reports, skips up to the next comma, and leaves as [`Expr::Bad`], about which nobody complains
//! a second time.

pub mod cursor;

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};

use crate::report::{Errors, Place};
use cursor::Cursor;

/// One `Client { … }` or `Server { … }`.
#[derive(Debug)]
pub struct Block {
    pub attributes: Vec<Attribute>,
    /// `Client`, or the last segment of a path that ends so.
    pub name: Ident,
    pub fields: Vec<Field>,
    /// Whether `..` stands in it, as before the base of a literal, which is reported.
    pub has_base: bool,
    /// The closing brace, for what is missing.
    pub end: Span,
}

/// `#[name(…)]` on a block.
#[derive(Debug)]
pub struct Attribute {
    pub name: Ident,
    /// What stands in its parentheses.
    pub content: TokenStream,
    /// The whole attribute as written.
    pub tokens: TokenStream,
}

/// `name: value`; the value is missing while the user still types, or as in a literal's shorthand.
#[derive(Debug)]
pub struct Field {
    pub name: Ident,
    /// Whether a colon stands behind the name: without it, the name is perhaps only half typed.
    pub colon: bool,
    pub value: Option<Expr>,
    /// The value as written.
    pub tokens: TokenStream,
}

/// A value as written.
#[derive(Debug)]
pub enum Expr {
    /// `"text"`, `3600`, or a literal that has no place in the language.
    Literal(Literal),
    /// `-1`
    Negative(Place, Literal),
    /// `true`, `Hybrid`, `GrantType::Hybrid`
    Path(Vec<Ident>),
    /// `[a, b]`
    List(Vec<Expr>, Span),
    /// `("a", "b")`
    Tuple(Vec<Expr>, Span),
    /// `name(a, b)`
    Call(Ident, Vec<Expr>, Span),
    /// `Secret { … }`
    Block(Block),
    /// `a + b`
    Sum(Vec<Expr>),
    /// Something else, already reported.
    Bad(Place),
}

impl Expr {
    /// Whether a part of it is something that was reported already.
    pub fn is_bad(&self) -> bool {
        match self {
            Self::Bad(_) => true,
            Self::List(parts, _) | Self::Tuple(parts, _) | Self::Call(_, parts, _) | Self::Sum(parts) => {
                parts.iter().any(Self::is_bad)
            }
            Self::Block(block) => block.fields.iter().any(|field| field.value.as_ref().is_none_or(Self::is_bad)),
            Self::Literal(_) | Self::Negative(..) | Self::Path(_) => false,
        }
    }

    pub fn place(&self) -> Place {
        match self {
            Self::Literal(literal) => literal.span().into(),
            Self::Negative(place, _) | Self::Bad(place) => *place,
            Self::Path(path) => match (path.first(), path.last()) {
                (Some(first), Some(last)) => Place::from(first).to(last),
                _ => Span::call_site().into(),
            },
            Self::List(_, span) | Self::Tuple(_, span) => (*span).into(),
            Self::Call(name, _, arguments) => Place::from(name).to(*arguments),
            Self::Block(block) => Place::from(&block.name).to(block.end),
            Self::Sum(parts) => match (parts.first(), parts.last()) {
                (Some(first), Some(last)) => first.place().to(last.place()),
                _ => Span::call_site().into(),
            },
        }
    }
}

/// The blocks of a `clients![ … ]`.
pub fn blocks(tokens: TokenStream, errors: &mut Errors) -> Vec<Block> {
    let mut cursor = Cursor::new(tokens, Span::call_site());
    let mut blocks = Vec::new();
    while !cursor.at_end() {
        let attributes = attributes(&mut cursor, errors);
        match cursor.path() {
            Some(path) => match (path.into_iter().next_back(), cursor.group(Delimiter::Brace)) {
                (Some(name), Some(body)) => {
                    let block = block(attributes, name, cursor.inside(&body, errors), errors);
                    match block.name.to_string().as_str() {
                        "Client" | "Server" => blocks.push(block),
                        other => errors.push(
                            &block.name,
                            format!("expected `Client` or `Server`, found `{other}`"),
                            "write `Client { … }`",
                        ),
                    }
                }
                (Some(name), None) => {
                    errors.push(&name, format!("expected a block after `{name}`"), "write `Client { … }`");
                    if !cursor.starts_block() {
                        cursor.skip_to_comma();
                    }
                }
                (None, _) => {}
            },
            None if cursor.at_end() => {
                let place = attributes.last().map_or(cursor.end.into(), |attribute| Place::from(&attribute.name));
                errors.push(place, "expected a block after the attribute", "write `Client { … }`");
            }
            None => errors.push(
                cursor.skip_to_comma(),
                "expected `Client { … }`",
                "a list of clients has only `Client { … }` blocks, and one leading `Server { … }`",
            ),
        }
        separator(&mut cursor, errors, "block");
    }
    blocks
}

/// The comma after an entry. If it is missing, the next entry is read all the same.
fn separator(cursor: &mut Cursor, errors: &mut Errors, what: &str) {
    if cursor.punct(',').is_some() || cursor.at_end() {
        return;
    }
    let place = cursor.here();
    if cursor.punct(';').is_some() {
        errors.push(place, format!("expected `,` after the {what}, found `;`"), "write `,`");
        return;
    }
    if let Some(what) = cursor.peek_conversion() {
        errors.push(
            place.to(cursor.skip_to_comma()),
            format!("{what} has no place in a block"),
            "write the value alone; texts and lists are converted",
        );
    } else {
        errors.push(place, format!("expected `,` before the next {what}"), "put a comma between the two");
    }
    if !cursor.starts_entry() {
        cursor.skip_to_comma();
        cursor.punct(',');
    }
}

fn attributes(cursor: &mut Cursor, errors: &mut Errors) -> Vec<Attribute> {
    let mut attributes = Vec::new();
    while let Some(hash) = cursor.punct('#') {
        if let Some(bang) = cursor.punct('!') {
            errors.push(bang, "an inner attribute has no place here", "write `#[…]` before the block");
        }
        let Some(body) = cursor.group(Delimiter::Bracket) else {
            errors.push(Place::from(hash), "expected `[` after `#`", "an attribute is written `#[allow(rule)]`");
            continue;
        };
        let mut tokens = TokenStream::from(hash_at(hash));
        tokens.extend([TokenTree::from(body.clone())]);
        let mut inner = Cursor::new(body.stream(), body.span_close());
        match inner.path().as_deref() {
            Some([first, .., last]) => errors.push(
                Place::from(first).to(last),
                "an attribute of a tool has no place here",
                "a block takes `#[cfg(…)]` and `#[allow(rule)]`, `#[warn(rule)]`, `#[deny(rule)]`, `#[expect(rule)]`",
            ),
            Some([name]) => {
                let name = name.clone();
                let content = inner.group(Delimiter::Parenthesis).map(|group| group.stream());
                // rustc parses a `cfg` before it is asked what it means.
                if !inner.at_end() && (content.is_some() || name == "cfg") {
                    let after = if content.is_some() {
                        format!("`]` after `{name}(…)`")
                    } else {
                        format!("`(` after `{name}`")
                    };
                    errors.push(inner.here(), format!("expected {after}"), format!("write `#[{name}(…)]`"));
                } else {
                    attributes.push(Attribute { name, content: content.unwrap_or_default(), tokens });
                }
            }
            _ => errors.push(body.span(), "expected the name of an attribute", "write `#[allow(rule)]`"),
        }
    }
    attributes
}

fn hash_at(span: Span) -> TokenTree {
    let mut hash = proc_macro2::Punct::new('#', proc_macro2::Spacing::Alone);
    hash.set_span(span);
    hash.into()
}

fn block(attributes: Vec<Attribute>, name: Ident, mut cursor: Cursor, errors: &mut Errors) -> Block {
    let end = cursor.end;
    let mut fields = Vec::new();
    let mut has_base = false;
    while !cursor.at_end() {
        let misplaced = self::attributes(&mut cursor, errors);
        for attribute in misplaced {
            errors.push(
                &attribute.name,
                "an attribute has no place on a setting",
                "put it before the block, for the whole client; for a setting that differs, write two blocks that exclude \
                 each other, `#[cfg(a)]` and `#[cfg(not(a))]`",
            );
        }
        if let Some(dots) = cursor.dots() {
            errors.push(dots, "`..` has no place in a block", "settings left out have their defaults anyway");
            cursor.skip_to_comma();
            has_base = true;
        } else if cursor.starts_block() {
            let place = cursor.here();
            let what = cursor.ident().map(|name| format!("`{name}`")).unwrap_or_default();
            cursor.at += 1;
            errors.push(
                place,
                format!("the block {what} stands inside of another"),
                "put a `}` before it, or a name and a colon",
            );
            cursor.punct(',');
            continue;
        } else if let Some(name) = cursor.ident().or_else(|| quoted_name(&mut cursor, errors)) {
            let field = field(name, &mut cursor, errors);
            let half_typed = field.value.is_none();
            fields.push(field);
            if half_typed && cursor.starts_entry() {
                continue;
            }
            if !half_typed && cursor.continues_value() {
                let place = cursor.skip_to_comma();
                errors.push(
                    place,
                    "expected `,` or `+` after the value",
                    "join texts with `+`, or end the setting with `,`",
                );
                if let Some(field) = fields.last_mut() {
                    field.value = Some(Expr::Bad(place));
                }
            }
        } else {
            errors.push(cursor.skip_to_comma(), "expected the name of a setting", "write `name: value,`");
        }
        separator(&mut cursor, errors, "setting");
    }
    Block { attributes, name, fields, has_base, end }
}

/// A setting's name in quotes, as in JSON.
fn quoted_name(cursor: &mut Cursor, errors: &mut Errors) -> Option<Ident> {
    let literal = cursor.take(|token| match token {
        TokenTree::Literal(literal) => Some(literal.clone()),
        _ => None,
    })?;
    let name = syn::parse_str::<syn::LitStr>(&literal.to_string()).ok();
    let name = name.and_then(|name| syn::parse_str::<Ident>(&name.value()).ok());
    match name {
        Some(mut name) => {
            errors.push(literal.span(), "a setting is named without quotes", "remove the quotes");
            name.set_span(literal.span());
            Some(name)
        }
        None => {
            cursor.at -= 1;
            None
        }
    }
}

fn field(name: Ident, cursor: &mut Cursor, errors: &mut Errors) -> Field {
    let colon = cursor.colon().or_else(|| {
        let equals = cursor.punct('=')?;
        errors.push(equals, format!("expected `:` after `{name}`, found `=`"), "write `:`");
        Some(equals)
    });
    let start = cursor.at;
    let ends = cursor.at_end() || cursor.peek_punct(',') || cursor.peek_colon_after_ident();
    let colon = colon.is_some();
    if !colon || ends {
        return Field { name, colon, value: None, tokens: TokenStream::new() };
    }
    let value = expr(cursor, errors);
    Field { name, colon, value: Some(value), tokens: cursor.since(start) }
}

/// A value: terms joined with `+`.
fn expr(cursor: &mut Cursor, errors: &mut Errors) -> Expr {
    let start = cursor.here();
    let first = term(cursor, errors);
    if cursor.peek_operator() || cursor.peek_range() {
        let (message, help) = match cursor.peek_range() {
            true => ("a range has no place in a block", "write one value"),
            false => ("nothing is computed in a block", COMPUTED),
        };
        let place = start.to(cursor.skip_to_comma());
        errors.push(place, message, help);
        return Expr::Bad(place);
    }
    if !cursor.peek_punct('+') {
        return first;
    }
    let mut parts = vec![first];
    while let Some(plus) = cursor.punct('+') {
        if cursor.at_end() || cursor.peek_punct(',') {
            errors.push(plus, "nothing stands after `+`", "write a text or `env(\"NAME\")`, or remove the `+`");
            parts.push(Expr::Bad(plus.into()));
        } else {
            parts.push(term(cursor, errors));
        }
    }
    Expr::Sum(parts)
}

fn term(cursor: &mut Cursor, errors: &mut Errors) -> Expr {
    if let Some(and) = cursor.punct('&') {
        let mut place = Place::from(and);
        while let Some(next) = cursor.punct('&') {
            place = place.to(next);
        }
        errors.push(place, "a reference has no place in a block", "remove the `&`");
    }
    if let Some(minus) = cursor.punct('-') {
        return match cursor.literal() {
            Some(literal) => Expr::Negative(Place::from(minus).to(literal.span()), literal),
            None => bad(cursor, errors, minus.into()),
        };
    }
    if let Some(literal) = cursor.literal() {
        return Expr::Literal(literal);
    }
    if let Some(list) = cursor.group(Delimiter::Bracket) {
        return Expr::List(entries(cursor.inside(&list, errors), errors), list.span());
    }
    if let Some(tuple) = cursor.group(Delimiter::Parenthesis) {
        return Expr::Tuple(entries(cursor.inside(&tuple, errors), errors), tuple.span());
    }
    let start = cursor.here();
    // `_` is no value either; it stands where the first of two passes has reported one.
    let is_none = matches!(cursor.peek(), Some(TokenTree::Ident(ident)) if ident == "_" || starts_code(ident));
    let Some(path) = (!is_none).then(|| cursor.path()).flatten() else {
        return bad(cursor, errors, start);
    };
    if let (Some(name), Some(_)) = (path.last(), cursor.punct('!')) {
        let help = match name.to_string().as_str() {
            "env" | "option_env" => "write `env(\"NAME\")`, without `!`",
            "concat" | "format" => "write a text as `\"…\"`, and join texts with `+`",
            "include_str" | "include_bytes" => "a secret is read with `file(\"path\")`",
            _ => "write a list as `[…]`, a text as `\"…\"`",
        };
        errors.push(name, format!("the macro `{name}!` has no place in a block"), help);
        return match cursor.group(Delimiter::Bracket) {
            Some(list) if name == "vec" => Expr::List(entries(cursor.inside(&list, errors), errors), list.span()),
            _ => Expr::Bad(start.to(cursor.skip_to_comma())),
        };
    }
    if let (Some(name), Some(arguments)) = (path.last(), cursor.group(Delimiter::Parenthesis)) {
        return Expr::Call(name.clone(), entries(cursor.inside(&arguments, errors), errors), arguments.span());
    }
    if let (Some(name), Some(body)) = (path.last(), cursor.group(Delimiter::Brace)) {
        return Expr::Block(block(Vec::new(), name.clone(), cursor.inside(&body, errors), errors));
    }
    Expr::Path(path)
}

/// What to write instead of a computation.
pub const COMPUTED: &str = "write the result, such as `3600` or `hours(1)`";

/// Whether a word begins what is run, not written down.
fn starts_code(word: &Ident) -> bool {
    ["async", "const", "for", "if", "let", "loop", "match", "move", "return", "unsafe", "while"]
        .iter()
        .any(|keyword| word == keyword)
}

/// Reports and skips what is no value.
fn bad(cursor: &mut Cursor, errors: &mut Errors, start: Place) -> Expr {
    let place = start.to(cursor.skip_to_comma());
    errors.push(
        place,
        "expected a value",
        "a value is a text, a number, `true` or `false`, a name, a list `[…]` or a call such as `minutes(5)`",
    );
    Expr::Bad(place)
}

fn entries(mut cursor: Cursor, errors: &mut Errors) -> Vec<Expr> {
    let mut entries = Vec::new();
    while !cursor.at_end() {
        entries.push(expr(&mut cursor, errors));
        if let Some(place) = cursor.repetition() {
            errors.push(place, "nothing is repeated in a block", "write each entry");
            entries.push(Expr::Bad(place));
        }
        separator(&mut cursor, errors, "entry");
    }
    entries
}

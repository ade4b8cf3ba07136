//! Tokens to what was written: the shape of a block, every part with its place. No meaning.
//!
//! The language is a subset of Rust expressions. The parser never fails: what it cannot read it
//! reports, skips up to the next comma, and leaves as [`Expr::Bad`], about which nobody complains
//! a second time.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

use crate::report::{Errors, Place};

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

/// A place in a list of tokens. Groups are single tokens, so a broken one spoils nothing behind it.
struct Cursor {
    tokens: Vec<TokenTree>,
    at: usize,
    /// The closing delimiter, for what is missing at the end.
    end: Span,
    /// In how many groups it lies.
    depth: usize,
}

/// In how many groups something may lie: each is a call of the parser, and rustc takes more of them than its stack has
/// room for. The language itself needs five.
const DEEPEST: usize = 32;

impl Cursor {
    fn new(tokens: TokenStream, end: Span) -> Self {
        Self { tokens: flat(tokens), at: 0, end, depth: 0 }
    }

    /// At the beginning of a group that was taken from here; at its end if that is too deep.
    fn inside(&self, group: &Group, errors: &mut Errors) -> Self {
        let mut inside = Self { depth: self.depth + 1, ..Self::new(group.stream(), group.span_close()) };
        if inside.depth > DEEPEST && !inside.at_end() {
            errors.push(group.span(), "this is nested too deeply", "nothing in a block lies so deep");
            inside.at = inside.tokens.len();
        }
        inside
    }

    fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    fn at_end(&self) -> bool {
        self.peek().is_none()
    }

    fn here(&self) -> Place {
        self.peek().map_or_else(|| self.end.into(), Place::from)
    }

    /// The tokens from an earlier place to here.
    fn since(&self, start: usize) -> TokenStream {
        self.tokens.get(start..self.at).unwrap_or_default().iter().cloned().collect()
    }

    /// Takes the next token if it is what is asked for.
    fn take<T>(&mut self, what: impl FnOnce(&TokenTree) -> Option<T>) -> Option<T> {
        let taken = self.peek().and_then(what)?;
        self.at += 1;
        Some(taken)
    }

    fn ident(&mut self) -> Option<Ident> {
        self.take(|token| match token {
            TokenTree::Ident(ident) => Some(ident.clone()),
            _ => None,
        })
    }

    fn literal(&mut self) -> Option<Literal> {
        self.take(|token| match token {
            TokenTree::Literal(literal) => Some(literal.clone()),
            _ => None,
        })
    }

    fn group(&mut self, delimiter: Delimiter) -> Option<Group> {
        self.take(|token| match token {
            TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.clone()),
            _ => None,
        })
    }

    fn punct(&mut self, character: char) -> Option<Span> {
        self.take(|token| match token {
            TokenTree::Punct(punct) if punct.as_char() == character => Some(punct.span()),
            _ => None,
        })
    }

    fn peek_punct(&self, character: char) -> bool {
        matches!(self.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == character)
    }

    /// A single colon.
    fn colon(&mut self) -> Option<Span> {
        if self.double_colon_at(self.at) { None } else { self.punct(':') }
    }

    fn double_colon_at(&self, at: usize) -> bool {
        let colon = |at: usize| match self.tokens.get(at) {
            Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => Some(punct.spacing()),
            _ => None,
        };
        colon(at) == Some(proc_macro2::Spacing::Joint) && colon(at + 1).is_some()
    }

    fn dots(&mut self) -> Option<Span> {
        let first = self.punct('.')?;
        self.punct('.');
        Some(first)
    }

    /// `a::b::c`, also with a leading `::`, and `$crate::a`.
    fn path(&mut self) -> Option<Vec<Ident>> {
        let start = self.at;
        if self.double_colon_at(self.at) {
            self.at += 2;
        }
        let Some(first) = self.ident() else {
            self.at = start;
            return None;
        };
        let mut path = vec![first];
        while self.double_colon_at(self.at) {
            self.at += 2;
            match self.ident() {
                Some(segment) => path.push(segment),
                None => break,
            }
        }
        Some(path)
    }

    /// Whether `Client {` or the like stands here.
    fn starts_block(&self) -> bool {
        let brace =
            |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        matches!(self.peek(), Some(TokenTree::Ident(_))) && self.tokens.get(self.at + 1).is_some_and(brace)
    }

    /// Whether an entry of a block or list may begin here, so that the comma before it was only forgotten.
    fn starts_entry(&self) -> bool {
        match self.peek() {
            Some(TokenTree::Punct(punct)) => punct.as_char() == '#',
            Some(TokenTree::Group(group)) => group.delimiter() != Delimiter::Brace,
            Some(_) => true,
            None => false,
        }
    }

    /// Whether an operator stands here that computes.
    fn peek_operator(&self) -> bool {
        ['*', '/', '-', '%', '<', '>', '|', '^'].into_iter().any(|operator| self.peek_punct(operator))
    }

    /// Whether `..` stands here.
    fn peek_range(&self) -> bool {
        self.peek_punct('.')
            && matches!(self.tokens.get(self.at + 1), Some(TokenTree::Punct(dot)) if dot.as_char() == '.')
    }

    /// What stands here that makes something else of the value before.
    fn peek_conversion(&self) -> Option<&'static str> {
        match self.peek()? {
            TokenTree::Punct(punct) if punct.as_char() == '.' => Some("a call on a value"),
            TokenTree::Punct(punct) if punct.as_char() == '?' => Some("`?`"),
            TokenTree::Ident(word) if word == "as" => Some("`as`"),
            _ => None,
        }
    }

    /// Takes the `; 3` of `["a"; 3]`.
    fn repetition(&mut self) -> Option<Place> {
        match self.tokens.get(self.at..)? {
            [semicolon @ TokenTree::Punct(punct), TokenTree::Literal(count)] if punct.as_char() == ';' => {
                let place = Place::from(semicolon).to(count.span());
                self.at += 2;
                Some(place)
            }
            _ => None,
        }
    }

    /// Whether more of a value stands here, with nothing between: a text, or a call such as `env("NAME")`.
    fn continues_value(&self) -> bool {
        let is_call =
            |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
        match self.peek() {
            Some(TokenTree::Literal(_)) => {
                !matches!(self.tokens.get(self.at + 1), Some(TokenTree::Punct(colon)) if colon.as_char() == ':')
            }
            Some(TokenTree::Ident(_)) => self.tokens.get(self.at + 1).is_some_and(is_call),
            _ => false,
        }
    }

    /// Whether `name:` stands here: the next setting, not a value.
    fn peek_colon_after_ident(&self) -> bool {
        matches!(self.peek(), Some(TokenTree::Ident(_)))
            && matches!(self.tokens.get(self.at + 1), Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
            && !self.double_colon_at(self.at + 1)
    }

    /// Skips to before the next comma, and says what was skipped.
    fn skip_to_comma(&mut self) -> Place {
        let mut place = self.here();
        while let Some(token) = self.peek().filter(|_| !self.peek_punct(',')) {
            place = place.to(token);
            self.at += 1;
        }
        place
    }
}

/// Without the invisible groups that a `macro_rules!` of the user's puts around `$value:expr`.
pub fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    let mut open = vec![tokens.into_iter()];
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
                open.push(group.stream().into_iter());
            }
            Some(token) => flat.push(token),
            None => drop(open.pop()),
        }
    }
    flat
}

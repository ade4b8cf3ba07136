//! The bag of errors: everything that is wrong is said in one build.

use std::collections::BTreeSet;

use guestlist_runtime::rules::Rule;
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// The tokens from a first to a last one, to underline.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub first: Span,
    pub last: Span,
}

impl Place {
    pub fn to(self, last: impl Into<Self>) -> Self {
        Self { first: self.first, last: last.into().last }
    }

    /// With the calls of macros that led to another token, instead of those that led here.
    pub fn resolved_at(self, other: Span) -> Self {
        Self { first: self.first.resolved_at(other), last: self.last.resolved_at(other) }
    }

    /// Where it begins and where it ends.
    pub fn ends(self) -> [Position; 2] {
        let end = self.last.end();
        [position(self.first), (end.line, end.column)]
    }

    /// The lines it covers.
    pub fn lines(self) -> core::ops::RangeInclusive<usize> {
        self.first.start().line..=self.last.end().line
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self { first: span, last: span }
    }
}

impl From<&TokenTree> for Place {
    fn from(token: &TokenTree) -> Self {
        token.span().into()
    }
}

impl From<&Ident> for Place {
    fn from(ident: &Ident) -> Self {
        ident.span().into()
    }
}

/// Everything that is wrong: with the form of a block, and by the rulebook.
#[derive(Debug, Default)]
pub struct Errors {
    list: Vec<Error>,
    places: BTreeSet<[Position; 2]>,
}

/// What rustc is to say at a place.
#[derive(Debug)]
pub struct Error {
    pub place: Place,
    pub message: String,
}

impl Errors {
    /// Records an error: what is wrong, lower-case and without a full stop, and what to write instead.
    pub fn push(&mut self, place: impl Into<Place>, message: impl Into<String>, help: impl AsRef<str>) {
        self.add(Error { place: place.into(), message: with_help(message.into(), help.as_ref()) });
    }

    /// Records a broken rule, whose name stands behind what is said of it.
    pub fn broken(&mut self, rule: &str, place: Place, message: impl Into<String>, help: impl AsRef<str>) {
        let message = format!("{} [{rule}]", with_help(message.into(), help.as_ref()));
        self.add(Error { place, message: with_link(message, rule) });
    }

    /// Records that a name stands twice in a block.
    pub fn written_twice(&mut self, first: impl Into<Place>, again: &Ident) {
        self.push(first, format!("`{again}` is written twice: first here"), "");
        self.push(again, format!("`{again}` is written twice: again here"), "keep one of the two");
    }

    /// Records a field without a value.
    pub fn no_value(&mut self, name: &Ident) {
        self.push(name, format!("`{name}` has no value"), format!("write `{name}: …,`"));
    }

    fn add(&mut self, error: Error) {
        self.places.insert(error.place.ends());
        self.list.push(error);
    }

    /// Adds a line to the error that was recorded last.
    pub fn note(&mut self, note: &str) {
        if let Some(last) = self.list.last_mut() {
            last.message.push_str("\nnote: ");
            last.message.push_str(note);
        }
    }

    /// The places alone, when the errors have been reported.
    pub fn reported(self) -> Self {
        Self { places: self.places, ..Self::default() }
    }

    /// Whether there is an error about exactly these tokens.
    pub fn has(&self, place: Place) -> bool {
        self.places.contains(&place.ends())
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The errors in the order of the source.
    pub fn into_sorted(mut self) -> Vec<Error> {
        self.list.sort_by_key(|error| position(error.place.first));
        self.list
    }
}

/// What is wrong, and what to write instead.
pub fn with_help(mut message: String, help: &str) -> String {
    if !help.is_empty() {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    message
}

/// What is wrong, and where the rule is explained.
pub fn with_link(message: String, rule: &str) -> String {
    match Rule::named(rule) {
        Some(rule) => format!("{message}\nsee {}", rule.url()),
        None => message,
    }
}

/// Line and column, for ordering.
pub type Position = (usize, usize);

/// Where a token stands.
pub fn position(span: Span) -> Position {
    let start = span.start();
    (start.line, start.column)
}

/// `::core::compile_error! { "…" }`, wholly in the user's span: then rustc shows nothing but that place.
pub fn compile_error(place: Place, message: &str) -> TokenStream {
    let punct = |character, spacing| {
        let mut punct = Punct::new(character, spacing);
        punct.set_span(place.first);
        TokenTree::from(punct)
    };
    let ident = |name| TokenTree::from(Ident::new(name, place.first));
    let mut literal = Literal::string(message);
    literal.set_span(place.last);
    let mut body = Group::new(Delimiter::Brace, TokenTree::from(literal).into());
    body.set_span(place.last);
    [
        punct(':', Spacing::Joint),
        punct(':', Spacing::Alone),
        ident("core"),
        punct(':', Spacing::Joint),
        punct(':', Spacing::Alone),
        ident("compile_error"),
        punct('!', Spacing::Alone),
        body.into(),
    ]
    .into_iter()
    .collect()
}

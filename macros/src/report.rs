//! The bag of errors: everything that is wrong is said in one build.

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

/// What is wrong with the form of a block: what the rulebook has no rule for.
#[derive(Debug, Default)]
pub struct Errors {
    list: Vec<(Place, String)>,
}

impl Errors {
    /// Records an error: what is wrong, lower-case and without a full stop, and what to write instead.
    pub fn push(&mut self, place: impl Into<Place>, message: impl Into<String>, help: impl AsRef<str>) {
        let mut message = message.into();
        if !help.as_ref().is_empty() {
            message.push_str("\nhelp: ");
            message.push_str(help.as_ref());
        }
        self.list.push((place.into(), message));
    }

    /// Whether there is an error about exactly these tokens.
    pub fn has(&self, place: Place) -> bool {
        let ends = |place: Place| (position(place.first), place.last.end());
        self.list.iter().any(|(other, _)| ends(*other) == ends(place))
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The errors in the order of the source.
    pub fn into_sorted(mut self) -> Vec<(Place, String)> {
        self.list.sort_by_key(|(place, _)| position(place.first));
        self.list
    }
}

/// Where a token stands, for ordering.
pub fn position(span: Span) -> (usize, usize) {
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

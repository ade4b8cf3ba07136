//! A place in the tokens: what stands there, and what is taken of it.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};

use crate::report::{Errors, Place};

/// A place in a list of tokens. Groups are single tokens, so a broken one spoils nothing behind it.
pub struct Cursor {
    pub tokens: Vec<TokenTree>,
    pub at: usize,
    /// The closing delimiter, for what is missing at the end.
    pub end: Span,
    /// In how many groups it lies.
    depth: usize,
}

/// In how many groups something may lie: each is a call of the parser, and rustc takes more of them than its stack has
/// room for. The language itself needs five.
const DEEPEST: usize = 32;

impl Cursor {
    pub fn new(tokens: TokenStream, end: Span) -> Self {
        Self { tokens: flat(tokens), at: 0, end, depth: 0 }
    }

    /// At the beginning of a group that was taken from here; at its end if that is too deep.
    pub fn inside(&self, group: &Group, errors: &mut Errors) -> Self {
        let mut inside = Self { depth: self.depth + 1, ..Self::new(group.stream(), group.span_close()) };
        if inside.depth > DEEPEST && !inside.at_end() {
            errors.push(group.span(), "this is nested too deeply", "nothing in a block lies so deep");
            inside.at = inside.tokens.len();
        }
        inside
    }

    pub fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    pub fn at_end(&self) -> bool {
        self.peek().is_none()
    }

    pub fn here(&self) -> Place {
        self.peek().map_or_else(|| self.end.into(), Place::from)
    }

    /// The tokens from an earlier place to here.
    pub fn since(&self, start: usize) -> TokenStream {
        self.tokens.get(start..self.at).unwrap_or_default().iter().cloned().collect()
    }

    /// Takes the next token if it is what is asked for.
    pub fn take<T>(&mut self, what: impl FnOnce(&TokenTree) -> Option<T>) -> Option<T> {
        let taken = self.peek().and_then(what)?;
        self.at += 1;
        Some(taken)
    }

    pub fn ident(&mut self) -> Option<Ident> {
        self.take(|token| match token {
            TokenTree::Ident(ident) => Some(ident.clone()),
            _ => None,
        })
    }

    pub fn literal(&mut self) -> Option<Literal> {
        self.take(|token| match token {
            TokenTree::Literal(literal) => Some(literal.clone()),
            _ => None,
        })
    }

    pub fn group(&mut self, delimiter: Delimiter) -> Option<Group> {
        self.take(|token| match token {
            TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.clone()),
            _ => None,
        })
    }

    pub fn punct(&mut self, character: char) -> Option<Span> {
        self.take(|token| match token {
            TokenTree::Punct(punct) if punct.as_char() == character => Some(punct.span()),
            _ => None,
        })
    }

    pub fn peek_punct(&self, character: char) -> bool {
        matches!(self.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == character)
    }

    /// A single colon.
    pub fn colon(&mut self) -> Option<Span> {
        if self.double_colon_at(self.at) { None } else { self.punct(':') }
    }

    pub fn double_colon_at(&self, at: usize) -> bool {
        let colon = |at: usize| match self.tokens.get(at) {
            Some(TokenTree::Punct(punct)) if punct.as_char() == ':' => Some(punct.spacing()),
            _ => None,
        };
        colon(at) == Some(proc_macro2::Spacing::Joint) && colon(at + 1).is_some()
    }

    pub fn dots(&mut self) -> Option<Span> {
        let first = self.punct('.')?;
        self.punct('.');
        Some(first)
    }

    /// `a::b::c`, also with a leading `::`, and `$crate::a`.
    pub fn path(&mut self) -> Option<Vec<Ident>> {
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
    pub fn starts_block(&self) -> bool {
        let brace =
            |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        matches!(self.peek(), Some(TokenTree::Ident(_))) && self.tokens.get(self.at + 1).is_some_and(brace)
    }

    /// Whether an entry of a block or list may begin here, so that the comma before it was only forgotten.
    pub fn starts_entry(&self) -> bool {
        match self.peek() {
            Some(TokenTree::Punct(punct)) => punct.as_char() == '#',
            Some(TokenTree::Group(group)) => group.delimiter() != Delimiter::Brace,
            Some(_) => true,
            None => false,
        }
    }

    /// Whether an operator stands here that computes.
    pub fn peek_operator(&self) -> bool {
        ['*', '/', '-', '%', '<', '>', '|', '^'].into_iter().any(|operator| self.peek_punct(operator))
    }

    /// Whether `..` stands here.
    pub fn peek_range(&self) -> bool {
        self.peek_punct('.')
            && matches!(self.tokens.get(self.at + 1), Some(TokenTree::Punct(dot)) if dot.as_char() == '.')
    }

    /// What stands here that makes something else of the value before.
    pub fn peek_conversion(&self) -> Option<&'static str> {
        match self.peek()? {
            TokenTree::Punct(punct) if punct.as_char() == '.' => Some("a call on a value"),
            TokenTree::Punct(punct) if punct.as_char() == '?' => Some("`?`"),
            TokenTree::Ident(word) if word == "as" => Some("`as`"),
            _ => None,
        }
    }

    /// Takes the `; 3` of `["a"; 3]`.
    pub fn repetition(&mut self) -> Option<Place> {
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
    pub fn continues_value(&self) -> bool {
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
    pub fn peek_colon_after_ident(&self) -> bool {
        matches!(self.peek(), Some(TokenTree::Ident(_)))
            && matches!(self.tokens.get(self.at + 1), Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
            && !self.double_colon_at(self.at + 1)
    }

    /// Skips to before the next comma, and says what was skipped.
    pub fn skip_to_comma(&mut self) -> Place {
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

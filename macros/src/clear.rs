//! Which texts are secrets in clear, or may be.
//!
//! Told by the tokens alone: what cannot be parsed may hold a secret as well.

use guestlist_runtime::Setting;
use guestlist_runtime::rules::{self, Lookalike};
use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, TokenStream, TokenTree};
use syn::Lit;

use crate::check::names;
use crate::parse::cursor::flat;
use crate::report::Place;
use crate::secret::meant_field;

/// Where a secret in clear stands.
#[derive(Debug)]
pub struct Clear {
    pub place: Place,
    /// Outside of its block, which a macro of the user's was given it for.
    pub given: bool,
}

/// The secrets in clear in a `clients![ … ]`.
pub fn secrets(tokens: TokenStream) -> Vec<Clear> {
    let mut found = Vec::new();
    let mut open = vec![(tokens, None)];
    while let Some((tokens, block)) = open.pop() {
        let tokens = flat(tokens);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => open.push((group.stream(), block.or_else(|| braces(&tokens, at - 1)))),
                _ if holds_secrets(token, tokens.get(at)) => {
                    let value = value_at(&tokens, at);
                    at += value.len();
                    let clear = in_value(value).into_iter();
                    found.extend(
                        clear.map(|place| Clear { place, given: block.is_some_and(|block| !holds(block, place)) }),
                    );
                }
                _ => {}
            }
        }
    }
    found
}

/// The block whose braces stand here.
fn braces(tokens: &[TokenTree], at: usize) -> Option<Place> {
    let name = tokens.get(at.checked_sub(1)?)?;
    match tokens.get(at)? {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            Some(Place::from(name).to(group.span_close()))
        }
        _ => None,
    }
}

/// Whether the one lies within the other, in the same file.
fn holds(outer: Place, inner: Place) -> bool {
    let ([start, end], [first, last]) = (outer.ends(), inner.ends());
    start <= first && last <= end && outer.first.file() == inner.first.file()
}

/// Whether a token is the name of `client_secrets`, or of what is meant by another name.
fn holds_secrets(name: &TokenTree, next: Option<&TokenTree>) -> bool {
    let name = match name {
        TokenTree::Ident(name) => name.to_string(),
        TokenTree::Literal(name) => text(name).unwrap_or_default(),
        _ => return false,
    };
    let secrets = Setting::ClientSecrets;
    // A key set that is named in another way is public, or somewhere else.
    let means = || {
        let is_name = Setting::from_name(&name).is_none() && !name.starts_with("jwk");
        is_name && names::meant(&name, None).setting == Some(secrets)
    };
    name == secrets.as_str() || ((is_colon(next) || is(next, '=')) && means())
}

/// A setting's value, which ends before a comma or before the next setting.
fn value_at(tokens: &[TokenTree], start: usize) -> Vec<TokenTree> {
    let ends = |at: usize| {
        let is_name = at > start && matches!(tokens.get(at), Some(TokenTree::Ident(_)));
        is(tokens.get(at), ',') || (is_name && is_colon(tokens.get(at + 1)))
    };
    (start..tokens.len()).take_while(|at| !ends(*at)).filter_map(|at| tokens.get(at).cloned()).collect()
}

/// The literals in a value, but for those that are no secrets.
fn in_value(value: Vec<TokenTree>) -> Vec<Place> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(tokens) = open.pop() {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match (token, tokens.get(at + 1)) {
                (TokenTree::Ident(form), Some(TokenTree::Group(arguments))) if is_no_secret(form, arguments) => at += 1,
                (TokenTree::Ident(field), next) if is_colon(next) && is_told(field) => {
                    at += value_at(&tokens, at + 2).len() + 1
                }
                (TokenTree::Literal(literal), _) => found.push(literal.span().into()),
                (TokenTree::Group(group), _) => open.push(flat(group.stream())),
                _ => {}
            }
            at += 1;
        }
    }
    found
}

/// Whether a field of `Secret` holds no secret.
fn is_told(field: &Ident) -> bool {
    meant_field(&field.to_string()).is_some_and(|field| field != "value")
}

/// Whether what stands in the parentheses of a form is surely no secret. Elsewhere somebody may have put one by mistake.
fn is_no_secret(form: &Ident, arguments: &Group) -> bool {
    let mut texts = literals(arguments);
    let (first, more) = (texts.next(), texts.next().is_some());
    let is_in_file = matches!(arguments.stream().into_iter().next(), Some(TokenTree::Ident(call)) if call == "file");
    match (form.to_string().as_str(), first) {
        ("file" | "x509_name" | "x509_thumbprint", _) => true,
        ("sha256" | "sha512" | "x509_certificate" | "jwk", _) if is_in_file => true,
        ("env", Some(_)) => !more,
        ("sha256" | "sha512", Some(text)) => {
            !more && (rules::parse_sha256(&text).is_ok() || rules::parse_sha512(&text).is_ok())
        }
        ("x509_certificate" | "jwk", Some(text)) => !more && Lookalike::of(&text) == Some(Lookalike::PublicKey),
        _ => false,
    }
}

/// The texts that stand directly in a group.
fn literals(group: &Group) -> impl Iterator<Item = String> + use<> {
    flat(group.stream()).into_iter().filter_map(|token| match token {
        TokenTree::Literal(literal) => text(&literal),
        _ => None,
    })
}

fn text(literal: &Literal) -> Option<String> {
    match Lit::new(literal.clone()) {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// A single colon.
fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(colon)) if colon.as_char() == ':' && colon.spacing() == Spacing::Alone)
}

fn is(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

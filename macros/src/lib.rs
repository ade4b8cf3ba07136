//! The macro of `guestlist`: a private part of that crate, which documents it.
//!
//! Data flows one way: tokens, `parse` (what was written), `check` (what it means; the
//! rulebook; findings to tokens), `expand` (the static store, which cannot fail).
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// No panic on any input.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]

mod cfg;
mod check;
mod clear;
mod editor;
mod expand;
mod index;
mod parse;
mod passes;
mod quotable;
mod report;
mod secret;
mod track;

#[cfg(test)]
mod tests;

use proc_macro2::{TokenStream, TokenTree};

use passes::{expand_carrier, expand_clients};

/// `guestlist::clients!` hands on its body, with its own path first.
#[proc_macro]
pub fn clients(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut input = TokenStream::from(input).into_iter();
    let krate = match input.next() {
        Some(TokenTree::Group(krate)) => krate.stream(),
        other => other.into_iter().collect(),
    };
    expand_clients(&krate, input.collect(), editor::is_asking()).into()
}

/// The pass after rustc has stripped what `#[cfg(…)]` switches off.
#[proc_macro_derive(Resolve, attributes(guestlist))]
pub fn resolve(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_carrier(input.into()).into()
}

/// An item for each rule, for editors.
#[proc_macro]
pub fn rules(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    editor::rules().into()
}

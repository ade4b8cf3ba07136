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
mod editor;
mod expand;
mod index;
mod parse;
mod report;
mod secret;
mod track;

#[cfg(test)]
mod tests;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use report::Errors;
use track::Tracked;

/// `guestlist::clients!` hands on its body, with its own path first.
#[proc_macro]
pub fn clients(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut input = TokenStream::from(input).into_iter();
    let krate = match input.next() {
        Some(TokenTree::Group(krate)) => krate.stream(),
        other => other.into_iter().collect(),
    };
    expand_clients(&krate, input.collect()).into()
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

/// The expression that a `clients![ … ]` becomes.
fn expand_clients(krate: &TokenStream, body: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let mut tracked = Tracked::default();
    let blocks = parse::blocks(body, &mut errors);
    let mirror = editor::mirror(krate, &blocks);
    if cfg::is_needed(&blocks) {
        let carrier = cfg::carrier(krate, &blocks, !errors.is_empty(), &mut tracked);
        let tracked = tracked.statements(krate);
        let errors = expand::errors(errors);
        return quote!({ #mirror #errors #tracked #carrier __Clients::CLIENTS });
    }
    let expand::Expanded { items, value } = finish(krate, &blocks, errors, tracked, false);
    quote!({ #mirror #items #value })
}

/// The items that a carrier's derive adds.
fn expand_carrier(carrier: TokenStream) -> TokenStream {
    let cfg::Carried { krate, blocks, broken } = cfg::carried(carrier);
    // The first pass has reported what cannot be parsed.
    let blocks = parse::blocks(blocks, &mut Errors::default());
    let expand::Expanded { items, value } = finish(&krate, &blocks, Errors::default(), Tracked::default(), broken);
    quote! {
        #items
        impl __Clients {
            const CLIENTS: #krate::__private::Clients = #value;
        }
    }
}

/// Checks the blocks and expands them, right or wrong: a broken block still is a store.
fn finish(
    krate: &TokenStream,
    blocks: &[parse::Block],
    mut errors: Errors,
    mut tracked: Tracked,
    broken: bool,
) -> expand::Expanded {
    let checked = check::check(blocks, &mut errors, &mut tracked);
    let broken = broken || !errors.is_empty();
    let expand::Expanded { items, value } = expand::store(krate, &checked, broken);
    let errors = expand::errors(errors);
    let warnings = expand::warnings(&checked.warnings);
    let tracked = tracked.statements(krate);
    expand::Expanded { items: quote!(#errors #warnings #tracked #items), value }
}

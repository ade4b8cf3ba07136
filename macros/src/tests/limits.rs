//! Input that nobody writes, and that rustc takes: its own stack is large, and it looks into no attribute.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote};

use crate::expand_clients;

/// The expansion, which is Rust.
fn expansion(body: TokenStream) -> String {
    let expansion = expand_clients(&quote!(guestlist), body, true);
    let shown = expansion.to_string();
    if let Err(error) = syn::parse2::<syn::Expr>(expansion) {
        panic!("{error}: {shown}");
    }
    shown
}

/// How often this is said.
fn count(expansion: &str, message: &str) -> usize {
    expansion.matches(message).count()
}

#[test]
fn nesting_is_read_to_some_depth() {
    let layers: [fn(TokenStream) -> TokenStream; 5] = [
        |inner| quote!([#inner]),
        |inner| quote!((#inner)),
        |inner| quote!(vec![#inner]),
        |inner| quote!(file(#inner)),
        |inner| quote!(Client { a: #inner }),
    ];
    for layer in layers {
        let client = |depth| {
            let uris = (0..depth).fold(quote!("a"), |inner, _| layer(inner));
            quote!(Client { redirect_uris: #uris })
        };
        for (client, expected) in [(client(31), 0), (client(32), 1), (client(10_000), 1)] {
            assert_eq!(count(&expansion(client), "this is nested too deeply"), expected);
        }
        // Behind `cfg` the tokens are handed on; reading those again is the test's own limit.
        let client = client(100);
        assert_eq!(count(&expansion(quote!(#[cfg(test)] #client)), "this is nested too deeply"), 1);
    }
}

#[test]
fn invisible_groups_have_no_depth() {
    let invisible = |inner, _| Group::new(Delimiter::None, inner).into_token_stream();
    let uris = (0..10_000).fold(quote!("a"), invisible);
    let expansion = expansion(quote!(Client { redirect_uris: #uris }));
    assert_eq!(count(&expansion, "`redirect_uris` takes a list, found a text"), 1);
}

#[test]
fn a_row_of_references_is_one_mistake() {
    let client = format!("Client {{ redirect_uris: {}[] }}", "&".repeat(10_000));
    for body in [client.clone(), format!("#[cfg(test)] {client}")] {
        assert_eq!(count(&expansion(body.parse().unwrap()), "a reference has no place in a block"), 1);
    }
}

#[test]
fn an_attribute_ends_behind_its_parentheses() {
    for (attribute, expected) in [
        ("#[cfg(test) junk]", "expected `]` after `cfg(…)`"),
        ("#[cfg test]", "expected `(` after `cfg`"),
        ("#[cfg = fn]", "expected `(` after `cfg`"),
        ("#[allow(pedantic), warn]", "expected `]` after `allow(…)`"),
    ] {
        let body = format!("{attribute} Client {{}}, #[cfg(test)] Client {{}}");
        assert_eq!(count(&expansion(body.parse().unwrap()), expected), 1, "{attribute}");
    }
}

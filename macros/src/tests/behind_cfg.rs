//! What is said of a block is the same with one pass as with the two that `#[cfg]` takes.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::{expand_carrier, expand_clients};

/// The texts of the errors and warnings, in alphabetical order.
fn messages(expansions: impl IntoIterator<Item = TokenStream>) -> Vec<String> {
    let mut messages = Vec::new();
    let mut tokens: Vec<TokenTree> = expansions.into_iter().flatten().collect();
    while let Some(token) = tokens.pop() {
        if let TokenTree::Group(group) = token {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let said = inner.windows(3).filter_map(|three| match three {
                [TokenTree::Ident(name), TokenTree::Punct(_), text] if name == "compile_error" || name == "note" => {
                    Some(text.to_string())
                }
                _ => None,
            });
            messages.extend(said);
            tokens.extend(inner);
        }
    }
    messages.sort();
    messages
}

#[test]
fn a_mistake_reads_the_same() {
    for client in [
        // The text is a digest when the second pass reads it.
        r#"Client { client_secrets: "secret" }"#,
        r#"Client { client_secrets: "sec" + "ret" }"#,
        r#"Client { client_secrets: file("secret") }"#,
        r#"Client { client_secrets: ["secret", secret, Secret { value: "secret", description: 1 }] }"#,
        // What follows from a missing comma is not said.
        r#"Client { allowed_scopes: ["openid" api1] }"#,
        r#"Client { client_id: [1], allowed_scopes: ["openid" 1] }"#,
    ] {
        let expand = |body: String| expand_clients(&quote!(guestlist), body.parse().unwrap(), true);
        let first = expand(format!("#[cfg(test)] {client}"));
        let second = expand_carrier(first.clone());
        let single = expand(client.to_owned());
        assert!(!messages([single.clone()]).is_empty());
        let second = quote!({ #second });
        assert_eq!(messages([first, second]), messages([single]), "{client}");
    }
}

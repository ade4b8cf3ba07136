//! A block while it is being typed: whatever is there so far, the expansion is Rust, and the
//! mirror for editors holds each setting's name with the user's span.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::expand_clients;
use crate::report::position;

pub const BLOCK: &str = r#"
Server {
    profile: OAuth21,
    api_scopes: ["api1", ("api2", "https://api2.example.com")],
    warn: [pedantic],
},
#[allow(client_name_missing)]
Client {
    client_id: "shop",
    client_secrets: [Secret { value: sha256("00"), description: "one" }, "two"],
    allowed_grant_types: [AuthorizationCode, GrantType::ClientCredentials],
    redirect_uris: ["https://shop.example.com" + "/callback"],
    access_token_lifetime: minutes(5),
    require_pkce: true,
    claims: [("role", "admin")],
    application_type: Web,
},
"#;

/// Every prefix, cut behind each token, with the open delimiters closed.
fn prefixes(tokens: TokenStream) -> Vec<TokenStream> {
    let mut prefixes = vec![TokenStream::new()];
    let mut done = TokenStream::new();
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            for inner in self::prefixes(group.stream()) {
                let mut open = Group::new(group.delimiter(), inner);
                open.set_span(group.span());
                let mut prefix = done.clone();
                prefix.extend([TokenTree::from(open)]);
                prefixes.push(prefix);
            }
        }
        done.extend([token]);
        prefixes.push(done.clone());
    }
    prefixes
}

/// The names before a colon in the blocks of a list, with their places.
fn names(tokens: TokenStream) -> Vec<(String, (usize, usize))> {
    let mut names = Vec::new();
    for token in tokens {
        if let TokenTree::Group(block) = token
            && block.delimiter() == Delimiter::Brace
        {
            let inner: Vec<TokenTree> = block.stream().into_iter().collect();
            for pair in inner.windows(2) {
                if let [TokenTree::Ident(name), TokenTree::Punct(colon)] = pair
                    && colon.as_char() == ':'
                {
                    names.push((name.to_string(), position(name.span())));
                }
            }
        }
    }
    names
}

/// Every identifier of a stream, with its place.
fn identifiers(tokens: TokenStream, found: &mut Vec<(String, (usize, usize))>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Ident(ident) => found.push((ident.to_string(), position(ident.span()))),
            _ => {}
        }
    }
}

#[test]
fn every_prefix_expands_to_rust_and_keeps_the_names_of_settings() {
    let block: TokenStream = BLOCK.parse().unwrap();
    let prefixes = prefixes(block);
    assert!(prefixes.len() > 100);
    for prefix in prefixes {
        let expected = names(prefix.clone());
        let expansion = expand_clients(&quote!(guestlist), prefix.clone(), true);
        if let Err(error) = syn::parse2::<syn::Expr>(expansion.clone()) {
            panic!("{error}\nof {prefix}\nto {expansion}");
        }
        let mut found = Vec::new();
        identifiers(expansion, &mut found);
        for name in expected {
            assert!(found.contains(&name), "{name:?} is lost of {prefix}");
        }
    }
}

#[test]
fn tokens_of_any_kind_expand_to_rust() {
    let junk = [
        "Client",
        "#",
        "#[]",
        "..",
        "::",
        "'a",
        "b\"x\"",
        "1.5",
        "-",
        "+",
        "$",
        "=>",
        "fn main() {}",
        "Client { client_id: r#type, r#type: 1, true: false, self: Self }",
        "Client { client_secrets: [[[[]]]] }",
        "Server { defaults: Client { defaults: Client {} } }",
        "Client { redirect_uris: [\"\\u{0}\", \"\u{202e}\"] }",
        "Client { claims: [(), (((\"a\")))], access_token_lifetime: minutes(99999999999999999999) }",
        "Client { access_token_lifetime: -0, consent_lifetime: --1, ciba_lifetime: 0xffff_ffff_ffff_ffff_ffff }",
        "#[cfg] Client {}",
        "#[cfg(a)] #[cfg(b)] Client { client_secrets: [file()] }",
        "#[allow(,,)] Client {}",
        "Client { client_id: const { ID }, access_token_type: ::guestlist::AccessTokenType::Jwt }",
        "Client { client_id: env(\"\") + env() + }",
        "Client {},,,Client {};",
        "Client { client_id: \"a\" \"b\" }",
    ];
    for source in junk {
        let tokens: TokenStream = source.parse().unwrap();
        for for_editor in [true, false] {
            let expansion = expand_clients(&quote!(guestlist), tokens.clone(), for_editor);
            assert!(syn::parse2::<syn::Expr>(expansion.clone()).is_ok(), "{source}: {expansion}");
        }
    }
}

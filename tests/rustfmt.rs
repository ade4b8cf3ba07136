//! `cargo fmt` formats a block and changes none of its tokens.

use std::io::Write;
use std::process::{Command, Stdio};

use proc_macro2::TokenStream;

/// What rustfmt makes of a source.
fn formatted(source: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test needs rustfmt: `rustup component add rustfmt`");
    rustfmt.stdin.take().unwrap().write_all(source.as_bytes()).unwrap();
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success(), "rustfmt refuses {source}");
    String::from_utf8(output.stdout).unwrap()
}

/// The tokens, without trailing commas, which rustfmt adds and removes with line breaks.
fn tokens(source: &str) -> String {
    let tokens: TokenStream = source.parse().unwrap();
    let mut text = tokens.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    for close in ["]", "}", ")"] {
        text = text.replace(&format!(", {close}"), &format!(" {close}"));
    }
    text
}

/// The first block of Rust in the README.
fn block() -> &'static str {
    let readme = include_str!("../README.md");
    let (_, block) = readme.split_once("```rust\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    assert!(block.contains("clients!["));
    block
}

#[test]
fn the_readme_is_formatted() {
    assert_eq!(formatted(block()), block());
}

#[test]
fn a_block_on_one_line_is_formatted_and_keeps_its_tokens() {
    let squeezed: String =
        block().lines().filter(|line| !line.starts_with("//")).map(|line| line.trim_start()).collect();
    let formatted = formatted(&squeezed);
    assert_eq!(tokens(&formatted), tokens(&squeezed));
    assert!(formatted.contains("\n    Client {\n        client_id: \"js\",\n"), "{formatted}");
}

#[test]
fn every_form_of_the_language_keeps_its_tokens() {
    let source = r#"static CLIENTS: Clients = clients![
Server { profile: OAuth21, api_scopes: ["api1", ("api2", "https://api2.example.com")], defaults: Client { require_pkce: true }, warn: [pedantic] },
// A comment.
#[cfg(feature = "shop")] #[allow(secret_weak, reason = "a sample")]
Client {
client_id: "shop", client_name: env("NAME", "Shop") + "!", // Another comment.
client_secrets: ["text", sha256("…"), file("path"), Secret { value: jwk(r"{}"), description: "key", expiration: "2027-06-30T00:00:00Z" }],
allowed_grant_types: [AuthorizationCode, GrantType::Hybrid, "urn:example:grant"], redirect_uris: ["https://shop.example.com" + "/callback"],
claims: [("role", "admin"), ("level", "3", "integer")], access_token_lifetime: minutes(5), consent_lifetime: 3600,
},
];"#;
    let formatted = formatted(source);
    assert_eq!(tokens(&formatted), tokens(source));
    assert!(formatted.contains("\n    // A comment.\n") && formatted.contains("// Another comment.\n"), "{formatted}");
    assert!(formatted.contains("\n        access_token_lifetime: minutes(5),\n"), "{formatted}");
}

//! Whatever is wrong with a file, and wherever, no part of a secret in it is shown.

mod common;

use common::{NOW, SECRETS};
use guestlist_config::{ClientsFile, Format};
use guestlist_runtime::Server;

/// Files with secrets in clear. `@A` and `@B` stand for them.
const FILES: [(Format, &str); 9] = [
    (
        Format::Json,
        r#"{ "clients": [{ "client_id": "a", "client_secrets": ["@A", { "value": "@B" }], "allowed_grant_types": ["client_credentials"],
  "pair_wise_subject_salt": "@A", "properties": { "password": "@B" }, "allowed_scopes": ["api1"] }] }"#,
    ),
    (
        Format::Json,
        r#"{ "Clients": [{ "ClientId": "a", "ClientSecrets": [{ "Value": "@A" }, { "Type": "JWK", "Value": "@B" }],
  "AllowedGrantTypes": ["client_credentials"], "AllowedScopes": ["api1"] }], "Password": "@A" }"#,
    ),
    (
        Format::Json,
        r#"[{ "client_id": "a", "client_secret": "@A", "jwks": { "keys": [{ "kty": "oct", "k": "@B" }] },
  "grant_types": ["client_credentials"], "scope": "api1" /* @A */ }]"#,
    ),
    (
        Format::Toml,
        "[[clients]]\nclient_id = \"a\" # @A\nclient_secrets = [\"@A\", { value = \"\"\"\n@B\"\"\" }, '@B']\nallowed_grant_types = [\"client_credentials\"]\nallowed_scopes = [\"api1\"]\n",
    ),
    (
        Format::Toml,
        "[[clients]]\nclient_id = \"a\"\nallowed_scopes = [\"api1\"]\n[[clients.client_secrets]]\nvalue = \"@A\"\n[clients.properties]\npassword = \"@B\"\n",
    ),
    (
        Format::Yaml,
        "clients:\n  - client_id: a # @A\n    client_secrets: [@A, { value: '@B' }]\n    allowed_grant_types: [client_credentials]\n    allowed_scopes: [api1]\n",
    ),
    (
        Format::Yaml,
        "clients:\n- client_id: a\n  client_secrets:\n  - @A\n  - value: |\n      @B\n  - >-\n    @B\n  - &x @A\n  - *x\n  pair_wise_subject_salt: \"@A\"\n",
    ),
    // What leads nowhere may be the secret itself. The second is a good name of a variable.
    (
        Format::Json,
        r#"{ "clients": [{ "client_id": "a", "client_secrets": [{ "file": "@A" }, { "env": "Hunter2Passw0rd" }, { "env": "@B" }],
  "allowed_grant_types": ["client_credentials"], "allowed_scopes": ["api1"] }] }"#,
    ),
    (Format::Yaml, "client_id: a\nclient_secret: @A\njwks: {keys: [{kty: oct, k: @B}]}\nscope: api1\n"),
];

fn shows_nothing(format: Format, text: &str) {
    let said = match ClientsFile::new("clients", format, text).load(&Server::default(), NOW) {
        Ok(loaded) => format!("{} {} {:?}", loaded.warnings, loaded.warnings.to_json(), loaded.warnings),
        Err(refused) => format!("{refused} {} {refused:?}", refused.diagnostics.to_json()),
    };
    assert!(!said.contains("Hunter2Passw0rd"), "{text}\n{said}");
    for part in SECRETS.iter().flat_map(|secret| [&secret[..8], &secret[8..16], &secret[16..]]) {
        assert!(!said.contains(part), "{text}\n{said}");
    }
}

fn in_clear(text: &str) -> String {
    text.replace("@A", SECRETS[0]).replace("@B", SECRETS[1])
}

fn files() -> impl Iterator<Item = (Format, String)> {
    FILES.into_iter().map(|(format, text)| (format, in_clear(text)))
}

#[test]
fn in_a_whole_file() {
    files().for_each(|(format, text)| shows_nothing(format, &text));
}

#[test]
fn in_a_file_that_is_cut_off() {
    for (format, text) in files() {
        for end in 0..text.len() {
            shows_nothing(format, &text[..end]);
            shows_nothing(format, &format!("{}\n", &text[..end]));
        }
    }
}

/// Without comments, which damage can make part of a name that is shown.
#[test]
fn in_a_damaged_file() {
    const DAMAGE: [char; 8] = ['"', '{', ':', '\n', ']', '#', '*', 'x'];
    for (format, text) in FILES {
        let text = in_clear(&text.replace(" # @A", "").replace("/* @A */", ""));
        for (at, _) in text.char_indices() {
            for damage in DAMAGE.into_iter().skip(at % 4).step_by(4) {
                shows_nothing(format, &format!("{}{damage}{}", &text[..at], &text[at + 1..]));
            }
        }
    }
}

#[test]
fn in_a_file_that_is_read_as_another_format() {
    for (_, text) in files() {
        for format in [Format::Json, Format::Toml, Format::Yaml] {
            shows_nothing(format, &text);
        }
    }
}

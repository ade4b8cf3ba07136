//! `#[cfg(…)]` on blocks.

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    #[cfg(debug_assertions)]
    Client {
        client_id: "one",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        access_token_lifetime: 60,
        allowed_scopes: ["api1"],
    },
    #[cfg(not(debug_assertions))]
    Client {
        client_id: "one",
        client_secrets: ["a-text-that-is-long-enough-to-be-used-here-4711"],
        allowed_grant_types: [ClientCredentials],
        access_token_lifetime: minutes(2),
        allowed_scopes: ["api1"],
    },
    #[cfg(all())]
    Client {
        client_id: "two",
        client_secrets: [Secret {
            value: "a-text-that-is-long-enough-to-be-used-here-4711",
            expiration: "2030-01-01T00:00:00Z"
        }],
        allowed_grant_types: [ClientCredentials, "urn:ietf:params:oauth:grant-type:token-exchange"],
        claims: [("level", "3", "integer")],
        allowed_scopes: ["api1"],
    },
    // What is stripped is parsed, not checked.
    #[cfg(any())]
    Client { client_id: "", client_secrets: [file("missing")], no_such_setting: [1 + 2] },
];

#[test]
fn what_rustc_strips_is_gone() {
    assert_eq!(CLIENTS.len(), 2);
    let lifetime = if cfg!(debug_assertions) { 60 } else { 120 };
    assert_eq!(CLIENTS.get("one").map(|client| client.access_token_lifetime), Some(lifetime));
}

#[test]
fn secrets_survive_the_second_pass() {
    let two = CLIENTS.require("two");
    assert!(two.verify_secret("a-text-that-is-long-enough-to-be-used-here-4711", 0));
    assert_eq!(two.client_secrets[0].expiration, Some(1_893_456_000));
}

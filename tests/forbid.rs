//! A crate may forbid every lint: the expansion allows nothing for itself.
#![forbid(warnings, unused, nonstandard_style, future_incompatible, missing_docs, unsafe_code)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "file",
        client_secrets: [jwk(file("tests/keys/ed25519.jwk"))],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        client_name: env("GUESTLIST_FORBID_NAME", "A name"),
    },
    #[cfg(not(windows))]
    Client {
        client_id: "behind-cfg",
        client_secrets: [sha256(file("tests/keys/secret.sha256"))],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api2"],
    },
];

static NONE: Clients = clients![];

#[test]
fn the_clients_are_there() {
    assert_eq!((CLIENTS.len(), NONE.len()), (2, 0));
}

// Hashes of passwords, as other servers keep them.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        client_secrets: [
            "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
            "{noop}3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480",
            "sha256:d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef",
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

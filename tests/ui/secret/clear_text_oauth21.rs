#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "orders",
        client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

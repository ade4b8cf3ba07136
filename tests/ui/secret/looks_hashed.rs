#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "hex",
        client_secrets: ["d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "base64",
        client_secrets: ["pHJz7cQm2XvK4bTq9sLdK1uWfYgN8eRaZ0oC5iVxGMA="],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

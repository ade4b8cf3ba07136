use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "behind",
        client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480 "],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "line-break",
        client_secrets: ["7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a3928\n"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

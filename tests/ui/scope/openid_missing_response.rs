#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "hybrid",
        client_secrets: [sha256("3c2918fed5c2f1be2adbc81607a7322f368b8b2cb641589985df978208e90224")],
        allowed_grant_types: [Hybrid],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    #[allow(grant_implicit_id_token)]
    Client {
        client_id: "implicit",
        allowed_grant_types: [Implicit],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

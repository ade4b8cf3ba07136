#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "token",
        allowed_grant_types: [Implicit],
        allow_access_tokens_via_browser: true,
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "id-token",
        allowed_grant_types: [Implicit],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

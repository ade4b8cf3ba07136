// Tokens in a redirect to this machine.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "js",
        require_client_secret: false,
        allowed_grant_types: [Implicit],
        redirect_uris: [
            "http://localhost:7017/index.html",
            "https://127.0.0.1:7017/index.html",
            "http://app.example.com/index.html",
            "http://app.localhost:7017/index.html",
        ],
        allowed_scopes: ["openid"],
    },
];

fn main() {}

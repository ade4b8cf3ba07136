#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "spa",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: [
            "https://app.example.com",
            "http://api.example.com/",
            "HTTP://api.example.com",
            "https://ap.example.com/",
            "http://ap.example.com",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

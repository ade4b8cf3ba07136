// An origin over plain http.
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
            "http://admin.example.com",
            "http://localhost:5000",
            "http://192.168.1.20:5000",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

// Origins that are nearly those of a redirect URI.
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
            "https://ap.example.com",
            "http://app.example.com",
            "https://app.example.con",
            "https://admin.example.com",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

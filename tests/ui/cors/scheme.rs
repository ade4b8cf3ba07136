// Pedantic: origins of web views.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [pedantic] },
    Client {
        client_id: "spa",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: [
            "https://app.example.com",
            "capacitor://localhost",
            "htps://app.example.com",
        ],
        allowed_scopes: ["openid", "api1"],
        client_name: "App",
    },
];

fn main() {}

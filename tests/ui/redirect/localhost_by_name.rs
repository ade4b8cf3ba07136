// Installed applications listen on an address.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "http://localhost/callback",
            "http://localhost:8080/callback",
            "http://app.localhost/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "inferred",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "com.example.inferred:/callback",
            "http://LOCALHOST:8080/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

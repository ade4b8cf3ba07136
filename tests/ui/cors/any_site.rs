// Origins that pages of any site can have.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "spa",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: [
            "*",
            "https://*.example.com",
            "http://localhost:*",
            "null",
            "file://",
            "data:",
            "https://app.example.com",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

// What is no origin at all.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "spa",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: [
            "",
            "app.example.com",
            "localhost:4200",
            "//app.example.com",
            "https://",
            "https:app.example.com",
            "https://app.example.com ",
            "https://app.example.com, https://b.example.com",
            "https://app..example.com",
            "https://app.example.com:99999",
            "https://app.example.com:",
            "capacitor:localhost",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

// Browsers send scheme, host and port, and nothing more.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "spa",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback", "https://app.example.com:8443/callback"],
        allowed_cors_origins: [
            "https://app.example.com/",
            "https://app.example.com/callback",
            "https://app.example.com?x",
            "https://app.example.com:8443/",
            "https://user@app.example.com",
            "HTTPS://App.example.com:443/",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

// Plain http is for this machine alone.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("dd0a3c0971bc2fa2c5d04c46e590b00ec96013e58a337bbe263f43ed7f04c974")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "http://app.example.com/callback",
            "HTTP://app.example.com/callback",
            "http://192.168.1.20:5000/callback",
            "http://host.docker.internal:5000/callback",
            "http://127.0.0.2/callback",
            "http://localhost.example.com/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

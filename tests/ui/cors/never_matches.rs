// Spellings that browsers never send.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "spa",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: [
            "https://app.example.com:443",
            "https://App.example.com",
            "http://localhost:80",
            "https://bücher.example.com",
            "http://127.1:5000",
            "http://[0:0:0:0:0:0:0:1]:5000",
            "https://app.example.com.",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

// What looks like the host is not.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("82de967ae675090d1281f3139e04294e47468107aad77ad7e14967869a7a96fc")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com@attacker.example.net/callback",
            "https://user:hunter2@app.example.com/callback",
            "https://@app.example.com/callback",
            "http://user:hunter2@app.example.com/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

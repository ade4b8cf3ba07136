// Browsers resolve these before they send the response.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("2c524048b2ac761371b3f7a17882429e0f52901744204ab84d7b50f5521fe463")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/a/../callback",
            "https://app.example.com/./callback",
            "https://app.example.com/a/%2e%2E/callback",
            "https://app.example.com/callback/..",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

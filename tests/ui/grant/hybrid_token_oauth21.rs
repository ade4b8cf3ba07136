use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "app",
        allowed_grant_types: [Hybrid],
        client_secrets: [sha256("b2e72f350387cde9695ff6d9bc85a5c8933af94d5b2628a62df7a95d4e1e4559")],
        allow_access_tokens_via_browser: true,
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

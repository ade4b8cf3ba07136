use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        profile: Oauth2,
        isuer: "https://id.example.com",
        issuer: ["https://id.example.com"],
        api_scopes: ["api1", ("api2", 2), ("api3",)],
        defaults: Client { client_id: "a", authorization_code_lifetme: 60, require_pkce: 1 },
        warn: [pedantc, "pedantic"],
        deny: pedantic,
        allow: [pedantic],
        allow: [secret_weak],
    },
    Client {
        client_id: "a",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

// What a request without scopes gets is declared, and of an API.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        identity_scopes: ["openid", "profile"],
        api_scopes: ["api1", ("api2.read_only", "https://api2.example.com")],
        default_scopes: ["api1", "profile", "offline_access", "api2.readonly", "api3", "api1"],
    },
    Client {
        client_id: "service",
        client_secrets: [sha256("2daca1d08c1d89deca3486b4293f26a6ef1942273924a6fc0fe8719be9bb0f17")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

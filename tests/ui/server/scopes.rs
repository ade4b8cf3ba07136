// Scopes that cannot be asked for, or that belong to two.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        identity_scopes: ["openid", "roles", "a b", ""],
        api_scopes: ["api1", "api1", "roles", "offline_access", ("api\"2", "https://api.example.com"), "grün"],
    },
    Client {
        client_id: "service",
        client_secrets: [sha256("2daca1d08c1d89deca3486b4293f26a6ef1942273924a6fc0fe8719be9bb0f17")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

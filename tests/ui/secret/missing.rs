use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client { client_id: "left-out", allowed_grant_types: [ClientCredentials], allowed_scopes: ["api1"] },
    Client {
        client_id: "empty-list",
        client_secrets: [],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "spa",
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: ["https://app.example.com"],
        allowed_scopes: ["openid", "api1"],
    },
    Client { client_id: "device", allowed_grant_types: [DeviceCode], allowed_scopes: ["api1"] },
];

fn main() {}

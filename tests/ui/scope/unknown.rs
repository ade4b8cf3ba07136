use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { identity_scopes: ["openid", "roles"], api_scopes: ["api1", "api2.read_only"] },
    Client {
        client_id: "orders",
        client_secrets: [sha256("232664efb47b37de858d005d5bcdcdf224dda56391562a828021a65edeed8e39")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1", "api2.readonly", "API1", "invoices"],
    },
    Client {
        client_id: "app",
        client_secrets: [sha256("554371cbb73a387f9c2e3c38a1108e3a9b0b8c9f91a1f8824bcef26f288e30b0")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "profil", "role", "offline-access"],
    },
    Client {
        client_id: "several-in-one",
        client_secrets: [sha256("e66b2834b97bd84b46e1a5fdd7196d7d5d368e04b58e5465b808b7a21426871d")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1,api2.read_only", "*"],
    },
];

fn main() {}

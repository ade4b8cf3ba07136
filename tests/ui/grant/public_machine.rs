use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        require_client_secret: false,
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "till",
        require_client_secret: false,
        allowed_grant_types: [Ciba],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    #[allow(secret_placeholder)]
    Client {
        client_id: "orders",
        client_secrets: ["changeme"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "mail",
        client_name: "Mail Service",
        client_secrets: ["Mail Service"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "template",
        client_secrets: ["<your secret here>"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "crosses",
        client_secrets: ["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

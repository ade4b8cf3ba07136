use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "orders",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "billing",
        client_secrets: [
            sha256("7deb9a1d26f49e8f43309d825ea882f6eefb866cd01795cbdace219e07606a05"),
            sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "reports",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

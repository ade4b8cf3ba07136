use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "orders",
        client_secrets: [sha256("db173a47ddcaa0ada3afdefa6df368ca9847539ba7b22380a33aafea1b6a641d")],
        require_dpop: true,
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "billing",
        client_secrets: ["changeme"],
        require_dpop: true,
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

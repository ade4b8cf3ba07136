use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "app",
        allowed_grant_types: [ClientCredentials, Password],
        client_secrets: [sha256("7f88a4aac9596a1e3f588fc13c1830c66e2a2d9926b6c462201f8a1f5d38a8a0")],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

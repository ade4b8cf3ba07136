use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_secrets: [sha256("f4635138b2389cf223d56b7dbd23ac8e85f559489699c14796e61428abd605f8")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "",
        client_secrets: [sha256("fb3cb0efb3224535073e653c62f1bb6b409be124bfe42fc8ba604f95e7e6f646")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

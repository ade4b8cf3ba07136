use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        client_secrets: [sha256("d66954128f168def79dc74c0279dcdacf119a53e5bd773d0aa2a7c257f0ab01a")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "billing",
        client_secrets: [sha256("e0596fefb18cdcdbd96d107065445773d843d7461b72061ece962a7e5dddc630")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "orders",
        client_secrets: [sha256("9f15a30af846fa38ec21ddef8dbbfe6e5e107e6edee6e4da63dd18d2fb9cd2e8")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "orders",
        client_secrets: [sha256("87d0b85f13869b3e7f566ca6cde1cea7d208df9f24d4f0e0cba419b07c7c8972")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

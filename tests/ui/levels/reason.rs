// A reason is a text beside the names of rules.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    #[allow(grant_password, reason = 5)]
    Client {
        client_id: "a",
        client_secrets: [sha256("ad0257a8258aab68ba51b4c31951ce9ecdf04c0a9673d966d9d8875dde60532c")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[allow(reason = "nobody uses it")]
    Client {
        client_id: "b",
        client_secrets: [sha256("2171332ea4ee2c9c43c0c31314c9627da83ecd3f4e64b46e1f7290fb57d1edf4")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

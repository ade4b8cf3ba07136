#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [client_id_like_subject] },
    Client {
        client_id: "1048576",
        client_secrets: [sha256("28ae3500936dbbdaab19c26a8c2da62fbe4a93eee4a3b5b2cda6f2f78406f0af")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "alice@example.com",
        client_secrets: [sha256("eaf3ff334708b4ccc249caf369463ea64514662bed2cc8ea8c6a1e0d7e5e48ba")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [scope_identity_machine], identity_scopes: ["openid", "roles"], api_scopes: ["api1"] },
    Client {
        client_id: "orders",
        client_secrets: [sha256("4956d14182042fd8b1372588cb4a1586f52a669bdc28d13a2cf8f51172f200e9")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["openid", "api1", "roles"],
    },
];

fn main() {}

#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        client_secrets: ["changeme"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "sample",
        client_secrets: ["511536EF-F270-4058-80CA-1C89C192F69A"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "digest",
        client_secrets: [sha256("XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "billing",
        client_secrets: [sha256("b42bd504706c9a5c565d28ae6bc3f51d0518539f3cb0fcab0e8a2bb82f712ea8"), "billing"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "unexpanded",
        client_secrets: ["${ORDERS_SECRET}"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

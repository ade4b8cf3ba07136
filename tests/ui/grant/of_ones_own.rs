#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [grant_custom_not_uri] },
    Client {
        client_id: "gateway",
        allowed_grant_types: ["delegation"],
        client_secrets: [sha256("da4b75867bbce092ad54beb97d7961a665c1244eac6daf595b95e6d2d7910925")],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "api",
        allowed_grant_types: ["acme/impersonate"],
        client_secrets: [sha256("d39dfe6bcc63af51e14153857a1aa5e2ff5ad7e2f9128a9a86a41747338e8894")],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

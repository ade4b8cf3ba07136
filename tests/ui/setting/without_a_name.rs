#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "report-service",
        client_secrets: [sha256("9e1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        claims: [("role", "reports"), ("", "admin")],
        properties: [("", "gold")],
    },
];

fn main() {}

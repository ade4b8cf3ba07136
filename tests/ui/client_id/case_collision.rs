#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        client_secrets: [sha256("9f976169c1e51167de183f61e5ce4f9b7ad9ac1a09949022771370fbad853093")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "Orders",
        client_secrets: [sha256("3da5ee8a4013f896ef5c302a826acbf552980e14197c479bfa8e63b212b1baf0")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

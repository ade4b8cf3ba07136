#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [client_id_confusable] },
    Client {
        client_id: "order-service",
        client_secrets: [sha256("b8bedc7484e372e2f82fbc7f66c7e3f5064bf5e752bc59a6d3ceae3727fe73b8")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "0rder.service",
        client_secrets: [sha256("c972470084ab991a6dbdb1488150b65b5054c29e5fb6094e7243fe07a4fcf445")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "modern",
        client_secrets: [sha256("d1afbb48f59ee73369726628dee72a6933cac701857f235115dc5b694466b735")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "modem",
        client_secrets: [sha256("c5ae6e4c4f541c4896b1c6ccda3aaf4f43ec4ed09ef4d8946be8aa331bf07715")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

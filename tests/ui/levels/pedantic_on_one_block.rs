// Silent unless switched on: here on one block.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "silent",
        client_secrets: [sha256("e63c47e8c64faaeec5d058ddc0cf46558698f42f5f1e485732337a28184d8c22")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://silent.example.com"],
        allowed_scopes: ["openid"],
    },
    #[warn(pedantic)]
    Client {
        client_id: "pedantic",
        client_secrets: [sha256("d21b08e6a7f09e9302288d2d8903edb4a934a4f62cc56219a9647d7c127f21bc")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://pedantic.example.com"],
        allowed_scopes: ["openid"],
    },
];

fn main() {}

#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "declared",
        application_type: Native,
        client_secrets: [sha256("29e268e98fc2f3a9a3d60d832a342422c02512b6ecdb025831a503d37714aa13")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.app:/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "told-by-its-scheme",
        client_secrets: [sha256("0f0d64d8c002265effcd5542eccb92a3ba53f679cd6506b5705aae9a7c01399e")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.desk:/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "in-clear",
        application_type: Native,
        client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480"],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.phone:/callback"],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

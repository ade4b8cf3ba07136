// On this machine plain http is a warning.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        issuer: "http://localhost:5000",
    },
    Client {
        client_id: "service",
        client_secrets: [sha256("8b1dfd19cefdbd48b3156d3826b1d967cd3b8c37238d80bc6bfa94859c18891f")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

// One secret twice: the second was meant to be another.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "service",
        client_secrets: [
            sha256("81aeee46b06a501de06bb4f3052938dbf7ecad68ea4a758d65fbfb8648a9e028"),
            sha256("81aeee46b06a501de06bb4f3052938dbf7ecad68ea4a758d65fbfb8648a9e028"),
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

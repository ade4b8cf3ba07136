// Clients compare the issuer byte for byte.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        issuer: "https://id.example.com?tenant=7",
    },
    Client {
        client_id: "service",
        client_secrets: [sha256("17f8460e1d6fde514f3555fd0ffc63aa389508ca95ffc057d31e255eafc3c9eb")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

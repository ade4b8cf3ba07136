// Clients compare the issuer byte for byte.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        issuer: "https://id.example.com/#id",
    },
    Client {
        client_id: "service",
        client_secrets: [sha256("34ce6cbb8a389eec3ad369046a3f3314168bc4c23764f30683fabaaf3aaef76f")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

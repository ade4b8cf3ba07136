// An issuer has https.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        issuer: "http://id.example.com",
    },
    Client {
        client_id: "service",
        client_secrets: [sha256("c4a0c72fe14c6a2c004ef6e838899dcd7985140cdbb077ebd06e54ff24b5f5bf")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

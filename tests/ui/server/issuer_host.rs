// An issuer has a host that exists.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        issuer: "https://id..example.com",
    },
    Client {
        client_id: "service",
        client_secrets: [sha256("c4915edc85ed811666018ebc3edecc04f59a2c483ee4529675bc3cd7c334aafb")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

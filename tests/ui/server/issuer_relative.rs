// An issuer is an absolute URL.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        issuer: "id.example.com",
    },
    Client {
        client_id: "service",
        client_secrets: [sha256("fa0f2238e781d016f67183f8c50360837945be0edcdfd2a0521207c0bf037342")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

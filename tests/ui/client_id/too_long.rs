#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [pedantic] },
    Client {
        client_id: "a-service-whose-name-goes-on-and-on-since-someone-wrote-the-whole-address-of-the-department-into-it.v1",
        client_secrets: [sha256("bb32e594f5fce6adfc447308ba8bc9a65662801cd9d85893744f0f3d2c01ae8d")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

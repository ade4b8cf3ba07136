#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![Client {
    client_id: "app",
    allowed_grant_types: [Password],
    client_secrets: [sha256("48dca52151b06a6653c00b98d6cbce19bdf683f1b368ecbb8177f0c0fc8f991d")],
    allowed_scopes: ["api1"],
}];

fn main() {}

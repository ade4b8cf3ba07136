#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![Client {
    client_id: "gateway",
    require_client_secret: false,
    allowed_grant_types: ["urn:ietf:params:oauth:grant-type:token-exchange"],
    allowed_scopes: ["api1"],
}];

fn main() {}

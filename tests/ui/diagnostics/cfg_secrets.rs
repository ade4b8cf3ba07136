//! Behind a `cfg` a broken secret is reported once, and a secret in clear is quoted on none of its lines.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    #[cfg(all())]
    Client {
        client_id: "broken",
        client_secrets: [@, 17, file("no/such/file"), Secret { value: }],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    #[cfg(all())]
    Client {
        client_id: "joined",
        client_secrets: ["tulip"
            + "-47-"
            + "Delft"], allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
];

fn main() {
    println!("{}", CLIENTS.len());
}

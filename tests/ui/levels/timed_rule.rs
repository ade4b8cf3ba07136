// A rule that depends on the time says nothing while compiling.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { allow: [secret_all_expired] },
    #[allow(secret_expired)]
    Client {
        client_id: "service",
        client_secrets: [sha256("038ba09c154e4f1570eb03eb3e32f2c3feb8007e61f54658a873ebea10001972")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

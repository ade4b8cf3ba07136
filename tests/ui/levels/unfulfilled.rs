// An expectation that nothing fulfils.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { expect: [secret_reused] },
    #[expect(grant_password, redirect_uri_http, reason = "an old terminal")]
    Client {
        client_id: "terminal",
        client_secrets: [sha256("f425390215ad65b7bd4449ce4f9bc38403811a6dacd95f24f1edbc3b2516eca9")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[expect(pedantic)]
    Client {
        client_id: "service",
        client_secrets: [sha256("038ba09c154e4f1570eb03eb3e32f2c3feb8007e61f54658a873ebea10001972")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    // Nobody knows whether it would be: what it is about could not be read.
    #[expect(scopes_empty)]
    Client {
        client_id: "unread",
        client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ,
    },
];

fn main() {}

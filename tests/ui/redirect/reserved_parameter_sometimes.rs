// Parameters that only some responses add.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("db4f681a5eb5b31af67ef117ebb167ac2c543e0ccb1b2f2d2403de3fe8aef5e9")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/callback?session_state=7",
            "https://app.example.com/callback?error_description=x",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

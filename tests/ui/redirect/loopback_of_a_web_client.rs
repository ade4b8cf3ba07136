// A web application that is left on a developer's machine.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "web",
        client_secrets: [sha256("467a974c7249f202a5869c8972eac479fe3cd292b3fc78b4f3937a89d025d96d")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/callback",
            "http://localhost:5000/callback",
            "https://127.0.0.1/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

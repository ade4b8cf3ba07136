// A fragment is only a warning here, and so is what by the letter has a scheme of its own.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("67836e57d252f2d0e79ca9450ed54a318cfdd22f39610ff7d04cae96e590fb45")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        post_logout_redirect_uris: ["https://app.example.com/#/signed-out", "localhost:5000/signed-out"],
    },
];

fn main() {}

// A wildcard in the path is legal, but matches only itself.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("7f977658fb1f978f4aed718346fd845d8a86f152a8bfbf959a77e981f8d55ca2")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/*",
            "https://app.example.com/callback?tenant=*",
            "https://app.example.com/*/callback/*",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

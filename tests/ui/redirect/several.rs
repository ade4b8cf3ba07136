// Legal by RFC 3986, and never what was meant.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("8d977658fb1f978f4aed718346fd845d8a86f152a8bfbf959a77e981f8d55ca2")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://a.example.com/callback,https://b.example.com/callback",
            "https://c.example.com/callback;https://d.example.com/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

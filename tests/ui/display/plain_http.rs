#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [display_uri_http] },
    Client {
        client_id: "app",
        client_uri: "http://app.example.com",
        logo_uri: "http://app.example.com/logo.svg",
        client_secrets: [sha256("da3126051b750594842da54f2e501851bacec89f54e6199653740b5c64b79f8b")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

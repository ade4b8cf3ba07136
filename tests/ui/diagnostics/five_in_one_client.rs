// All of them in one build, in the order of the source.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web app",
        client_secrets: [sha256("83720da47bf6d6ee3f92e481ec6542527b6c14e19bcf20f22792faed32ed0731")],
        allowed_grant_types: [AuthorizationCode, Implicit],
        redirect_uris: ["http://app.example.com/callback", "/callback"],
        allowed_scopes: ["openid", "api 1"],
        access_token_lifetime: 0,
    },
];

fn main() {}

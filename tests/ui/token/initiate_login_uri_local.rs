// On this machine plain http is a warning.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("b133e49ffb16d2eddcfef7bbb3831a5332936685d6079d37018d66685c0d5955")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        initiate_login_uri: "http://localhost:5000/login",
    },
];

fn main() {}

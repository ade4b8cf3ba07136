// Over plain http the session id is for everyone on the way.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("1d3169225dd3b5488c7b952bab5bf4b7e025887a8b7b615e42d2b04acb31d497")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        post_logout_redirect_uris: ["http://app.example.com/", "http://localhost:5000/"],
        back_channel_logout_uri: "http://app.example.com/logout",
    },
];

fn main() {}

// Schemes that anybody may have.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "shop:/callback",
            "my-shop://callback",
            "shop.:/callback",
            "my+shop:/callback",
            "password.com:/callback",
            "urn:ietf:wg:oauth:2.0:oob",
            "localhost:3000/callback",
            "app.example.com:8443/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

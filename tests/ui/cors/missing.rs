// An application in a browser that cannot redeem its code.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "nothing",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback", "https://www.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "empty",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: [],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "another",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: ["https://api.example.net"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

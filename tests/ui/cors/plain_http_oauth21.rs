// Under OAuth 2.1 it is an error, but for a host that the server lists.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21, insecure_http_hosts: ["dev.example.com"] },
    Client {
        client_id: "spa",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: [
            "https://app.example.com",
            "http://admin.example.com",
            "http://dev.example.com",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

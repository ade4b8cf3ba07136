// Hosts that the server lists for development: each use is a warning, and a host that is not listed stays an error.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { insecure_http_hosts: ["dev.example.com"] },
    Client {
        client_id: "web",
        client_secrets: [sha256("5f22a5ee0d935280c4d59ffd8a68769c81daf7b6539a23eecf89210963f87ae6")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "http://dev.example.com/callback",
            "http://dev2.example.com/callback",
        ],
        allowed_scopes: ["openid", "api1"],
        post_logout_redirect_uris: ["http://dev.example.com/"],
    },
];

fn main() {}

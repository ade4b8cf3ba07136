// Several spellings of one URI.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("cfb843de79ffe4dafff48f02bfca541dc7ac2f43babe8f988787c0b89254f5cd")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://App.Example.com/callback",
            "HTTPS://app.example.com/callback",
            "https://app.example.com:443/callback",
            "https://app.example.com./callback",
            "https://my_app.example.com/callback",
            "https://app.example.com/a%2fb",
            "https://app.example.com/%7euser",
            "https://app.example.com/caf%c3%a9",
            "https://[2001:DB8::0]/callback",
            "http://App.example.com/callback",
            "http://[0:0:0:0:0:0:0:1]:5000/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["COM.example.app:/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

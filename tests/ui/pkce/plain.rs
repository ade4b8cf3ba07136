// The method by which the request itself carries the proof.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.notes:/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_plain_text_pkce: true,
    },
    Client {
        client_id: "web",
        client_secrets: [sha256("71261eb3b9e81e75fbfbc00ae8356985c36a3ba8ddc00828b62cf7cf41ebbade")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        require_pkce: false,
        allow_plain_text_pkce: true,
    },
];

fn main() {}

// A stolen refresh token of a public client.
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
        allow_offline_access: true,
        refresh_token_usage: ReUse,
    },
];

fn main() {}

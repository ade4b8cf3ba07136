// For a public client it is an error in every profile.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "spa",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_cors_origins: ["https://app.example.com"],
        allowed_scopes: ["openid", "api1"],
        post_logout_redirect_uris: ["http://app.example.com/"],
    },
];

fn main() {}

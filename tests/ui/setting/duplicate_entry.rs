// What a list says twice.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("15eba7a4b863094f692bef5a7c95aa67263356021b1df5e1c629a277e2eb66b5")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/callback",
            "https://app.example.com/other",
            "https://app.example.com/callback",
        ],
        allowed_scopes: ["openid", "api1", "openid"],
        post_logout_redirect_uris: ["https://app.example.com/", "https://app.example.com/"],
        allowed_identity_token_signing_algorithms: [PS256, PS256],
        identity_provider_restrictions: ["corporate", "corporate"],
        claims: [("role", "admin"), ("role", "writer"), ("role", "admin")],
        properties: [("tier", "gold"), ("tier", "silver")],
    },
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "http://127.0.0.1:5000/callback",
            "http://127.0.0.1:6000/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

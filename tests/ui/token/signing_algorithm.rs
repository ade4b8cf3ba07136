// Algorithms that do not exist, or that anybody can sign with.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("6cde19b5f77f3b987b321c63a54238fe49104c5183a3c8732f2f238e47550415")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allowed_identity_token_signing_algorithms: [
            ES256,
            none,
            RS1,
            rs256,
            RS265,
            A128KW,
        ],
    },
    Client {
        client_id: "symmetric",
        client_secrets: [sha256("86d3c9771ae16944e84164d6c0efa43e4de9cf21e07245493778b145d7ff7218")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allowed_identity_token_signing_algorithms: [RS256, HS256],
    },
];

fn main() {}

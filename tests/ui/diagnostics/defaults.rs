// A mistake in the defaults is reported once, where it is written.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        defaults: Client {
            access_token_lifetime: days(400),
            require_pkce: false,
            redirect_uris: ["https://app.example.com/callback#fragment"],
        },
    },
    Client {
        client_id: "a",
        client_secrets: [sha256("038ba09c154e4f1570eb03eb3e32f2c3feb8007e61f54658a873ebea10001972")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid"],
    },
    Client {
        client_id: "b",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid"],
    },
    #[allow(lifetime_too_long, pkce_confidential)]
    Client {
        client_id: "c",
        client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid"],
        protocol_type: "saml2p",
    },
];

fn main() {}

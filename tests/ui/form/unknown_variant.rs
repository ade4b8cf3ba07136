use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "a",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredential, GrantTypes::Password, Code, RefreshToken, TokenExchange, "client_credentials", Zebra],
        refresh_token_usage: OneTime,
        refresh_token_expiration: absolute,
        access_token_type: TokenKind::Jwt,
        application_type: Mobile,
        dpop_validation_mode: [Iat, Nonse],
        allowed_identity_token_signing_algorithms: [PS265, "rs256", none, EdDSA],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

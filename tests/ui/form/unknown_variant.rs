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
    Client {
        client_id: "b",
        client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
        allowed_grant_types: [Extension("client_credentials"), Extension("urn:example:grant"), 3],
        refresh_token_usage: "one_time_only",
        refresh_token_expiration: "abslute",
        access_token_type: 1,
        application_type: Some(Native),
        dpop_validation_mode: ["time"],
        allowed_identity_token_signing_algorithms: [256],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "hybrid",
        client_secrets: [jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        )],
        allowed_grant_types: [Hybrid],
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
        require_dpop: true,
        allowed_identity_token_signing_algorithms: [PS256],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "implicit",
        allowed_grant_types: [Implicit],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "password",
        client_secrets: [jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)],
        allowed_grant_types: [Password],
        require_dpop: true,
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "public",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        allowed_cors_origins: ["https://app.example.com"],
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
        require_dpop: true,
        allowed_identity_token_signing_algorithms: [PS256],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

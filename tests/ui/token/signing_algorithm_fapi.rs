// What FAPI 2.0 leaves out.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "written",
        client_secrets: [x509_thumbprint("38ea589470c71d8baf9addd5189be4410d5ab697")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "accounts"],
        allowed_identity_token_signing_algorithms: [PS256, RS256, HS256, ES512],
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
    },
    Client {
        client_id: "empty",
        client_secrets: [x509_thumbprint("eb5b329dc4411570770130c4171ef7b7f4f81ddb")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "accounts"],
        allowed_identity_token_signing_algorithms: [],
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
    },
    Client {
        client_id: "by-default",
        client_secrets: [x509_thumbprint("5b8779de03f144f90ed56aa0fc12f54e1b7f96c6")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "accounts"],
        authorization_code_lifetime: 60,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
    },
    Client {
        client_id: "own-key",
        client_secrets: [jwk(r#"{"kty":"EC","crv":"P-384","x":"MKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBCMKBC","y":"4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl4Etl"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["accounts"],
        require_dpop: true,
    },
];

fn main() {}

#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "bank",
        client_secrets: [jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        )],
        require_pushed_authorization: true,
        require_dpop: true,
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["accounts"],
        allowed_grant_types: [AuthorizationCode],
        authorization_code_lifetime: 60,
        pushed_authorization_lifetime: 90,
        access_token_lifetime: hours(2),
    },
    Client {
        client_id: "half-an-hour",
        client_secrets: [jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)],
        require_pushed_authorization: true,
        require_dpop: true,
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["accounts"],
        allowed_grant_types: [AuthorizationCode],
        authorization_code_lifetime: minutes(30),
        pushed_authorization_lifetime: 90,
    },
];

fn main() {}

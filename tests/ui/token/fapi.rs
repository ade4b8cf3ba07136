// What FAPI 2.0 asks of every client.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "not-pushed",
        client_secrets: [x509_thumbprint("8435a29d7e2c22259c324b2cb94df914a44e6ddc")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["accounts"],
        authorization_code_lifetime: 60,
        require_pushed_authorization: false,
        pushed_authorization_lifetime: 90,
    },
    Client {
        client_id: "by-default",
        client_secrets: [x509_thumbprint("5b8779de03f144f90ed56aa0fc12f54e1b7f96c6")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["accounts"],
        authorization_code_lifetime: 60,
        pushed_authorization_lifetime: 90,
    },
    Client {
        client_id: "bearer",
        client_secrets: [jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["accounts"],
    },
    Client {
        client_id: "bearer-too",
        client_secrets: [jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"22qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["accounts"],
        require_dpop: false,
    },
];

fn main() {}

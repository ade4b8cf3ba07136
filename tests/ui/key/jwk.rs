use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "not-json",
        client_secrets: [jwk("{kty: EC}")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "not-an-object",
        client_secrets: [jwk("[]")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "no-type",
        client_secrets: [jwk(r#"{"crv":"P-256","x":"MKBC","y":"4Etl"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "unknown-type",
        client_secrets: [jwk(r#"{"kty":"ec","crv":"P-256","x":"MKBC","y":"4Etl"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "half-a-key",
        client_secrets: [jwk(r#"{"kty":"EC","crv":"P-256","x":"MKBC"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "padded",
        client_secrets: [jwk(r#"{"kty":"EC","crv":"P-256","x":"MKB=","y":"4Etl"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

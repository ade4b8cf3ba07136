// Digests, certificates and keys are no secrets in clear: a warning stands where it belongs, also on their line.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client { client_id: "a", client_secrets: [x509_name("CN=a")], allowed_grant_types: [ClientCredentials], allowed_scopes: ["api1"], user_sso_lifetime: 5 },
    Client {
        client_id: "b",
        client_secrets: [jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)], user_sso_lifetime: 5,
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    // One word for both places, when they can only be shown at one.
    Client {
        client_id: "c",
        client_secrets: ["xkqjwvzpbmfhgtdrnclsyaoeiu"], allowed_grant_types: [ClientCredentials], allowed_scopes: ["api1", "api1"],
    },
];

fn main() {}

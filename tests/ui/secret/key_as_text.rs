// A public key is no secret in clear; what is no digest is said without showing it.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "keys",
        client_secrets: [
            r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            "-----BEGIN CERTIFICATE-----\nMIIBbjCCAROgAwIBAgIUK5PIMkVDr8fHcSjhVqFhYjBWV90w\n-----END CERTIFICATE-----\n",
            jwk(env("PUBLIC_KEY")),
            jwk(file("no such file")),
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    #[cfg(not(windows))]
    Client {
        client_id: "keys-behind-cfg",
        client_secrets: [r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "digests",
        client_secrets: [
            sha256(env("DIGEST")),
            sha256("3f9c2a7e81b4d6053e9f7c1a2b8d4e60"),
            sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdeg"),
            sha256("K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols"),
            sha512("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
            sha512("swordfish"),
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

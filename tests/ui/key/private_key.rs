use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "in-clear",
        client_secrets: ["-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "as-a-certificate",
        client_secrets: [x509_certificate(
            "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIBFs\n-----END EC PRIVATE KEY-----\n",
        )],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "set-of-private-keys",
        client_secrets: [jwk(r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS","d":"nWGxne_9WmC6hEr0"}]}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "set-of-keys",
        client_secrets: [jwk(
            r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#,
        )],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

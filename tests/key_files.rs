//! Keys, certificates and digests that stand in files beside the source.

use guestlist::{Clients, SecretValue, SigningAlgorithm, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "key",
        client_secrets: [jwk(file("tests/keys/ed25519.jwk"))],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    // In PEM, as tools write it: the lines around it are dropped.
    Client {
        client_id: "certificate",
        client_secrets: [x509_certificate(file("tests/keys/client.pem"))],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    #[cfg(not(windows))]
    Client {
        client_id: "digest",
        client_secrets: [Secret { value: sha256(file("tests/keys/secret.sha256")), description: "in a file" }],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn secret(client_id: &str) -> &'static SecretValue {
    &CLIENTS.require(client_id).client_secrets[0].value
}

#[test]
fn keys_are_read_from_files() {
    assert!(
        matches!(secret("key"), SecretValue::Jwk(jwk) if jwk.contains("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
    );
    assert_eq!(secret("key").algorithms(), [SigningAlgorithm::EdDSA, SigningAlgorithm::Ed25519]);
    assert_eq!(secret("certificate").algorithms(), [SigningAlgorithm::ES256]);
    assert!(CLIENTS.require("digest").verify_secret("a long secret that nobody knows", 0));
}

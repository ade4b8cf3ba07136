use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "armoured",
        client_secrets: [x509_certificate(
            "-----BEGIN CERTIFICATE-----\nMIIBbjCCAROgAwIBAgIUK5PIMkVDr8fHcSjhVqFhYjBWV90wCgYIKoZIzj0EAwIw\n-----END CERTIFICATE-----\n",
        )],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "truncated",
        client_secrets: [x509_certificate("MIIBbjCCAROgAwIBAgIUK5PIMkVDr8fHcSjhVqFhYjBWV90w")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "empty",
        client_secrets: [x509_certificate("")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

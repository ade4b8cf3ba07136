#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "orders",
        client_secrets: [
            sha256("468e48c13af75e6bf6add5f3dd26d3c6314f808b4dd0d242bff9223e7afe694f"),
            jwk(
                r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
            ),
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "billing",
        client_secrets: [
            x509_thumbprint("2ba15cd00d427ea65140706fe184fbc7935f01ee"),
            sha256("525dad0a1a82cd98597dc6c5ff067b49cce2c2cdfcc904ddec579c86d91b304f"),
            sha256("2dc25911c1bb810d50085204ed6b26f2b33ebbd6af6be9b2679ce797b6a46ff1"),
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

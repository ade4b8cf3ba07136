#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "billing",
        client_secrets: [
            sha256("d01b3463a4304549ece5e72aea25144518b3ae5854f58eb83bb0c3b80df1ca5b"),
            "3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480",
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "reports",
        client_secrets: [jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        )],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "audit",
        client_secrets: [jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        )],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

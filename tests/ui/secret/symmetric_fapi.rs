use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "orders",
        client_secrets: [sha256("db173a47ddcaa0ada3afdefa6df368ca9847539ba7b22380a33aafea1b6a641d")],
        require_dpop: true,
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "billing",
        client_secrets: ["changeme"],
        require_dpop: true,
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "both",
        client_secrets: [
            sha256("87f529f6be039a92f451f86cee8ab28125195c9ec57652b585e9c96bb3a1fe45"),
            jwk(
                r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
            ),
        ],
        require_dpop: true,
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

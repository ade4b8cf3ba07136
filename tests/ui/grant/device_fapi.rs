#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20, warn: [pedantic] },
    Client {
        client_id: "terminal",
        client_name: "Terminal",
        client_secrets: [jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        )],
        allowed_grant_types: [DeviceCode],
        require_dpop: true,
        allowed_scopes: ["api1"],
    },
];

fn main() {}

// Of a bare number it is told; hours are hours.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "a-day-in-milliseconds",
        client_secrets: [sha256("a174b6cba2c7b2a68dac5d5e39ede95eacd5dbc061913d08a1a128e322874777")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        access_token_type: Reference,
        access_token_lifetime: 86400000,
    },
    Client {
        client_id: "a-month",
        client_secrets: [sha256("b276e43ac4ba0c7baecc96a54ea87dce4bab5a4a744e8086a5a13fd72cea49b1")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        access_token_type: Reference,
        access_token_lifetime: 2592000,
    },
    Client {
        client_id: "hours-of-a-reference",
        client_secrets: [sha256("c376e43ac4ba0c7baecc96a54ea87dce4bab5a4a744e8086a5a13fd72cea49b1")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        access_token_type: Reference,
        access_token_lifetime: hours(250),
    },
    Client {
        client_id: "hours-of-a-jwt",
        client_secrets: [sha256("d476e43ac4ba0c7baecc96a54ea87dce4bab5a4a744e8086a5a13fd72cea49b1")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        access_token_lifetime: hours(100),
    },
];

fn main() {}

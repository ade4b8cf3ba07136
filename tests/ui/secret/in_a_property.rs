#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [property_secret] },
    Client {
        client_id: "orders",
        client_secrets: [sha256("f64ba8fa0435d181aefda1ef76751c8f2a945d89dcda8b9706c66273cdf88a4d")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        properties: [("tier", "gold"), ("mail_password", "swordfish"), ("Api-Key", "83f1")],
    },
];

fn main() {}

#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
Client { client_id: "orders", client_secrets: ["changeme"], allowed_grant_types: [ClientCredentials], allowed_scopes: ["api1"], },
Client { client_id: "billing", client_secrets: ["tulip-47-Delft"], allowed_grant_types: [ClientCredentials], allowed_scopes: ["api1"], },
];

fn main() {}

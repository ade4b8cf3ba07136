use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
Server { profile: OAuth21 },
Client { client_id: "orders", client_secrets: ["changeme"], allowed_grant_types: [ClientCredentials], allowed_scopes: ["api1"], },
];

fn main() {}

// A warning about a secret in clear stands at the client id, and never quotes the secret's line.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "service",
        client_secrets: ["correct horse battery staple"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client { client_id: "one-line", client_secrets: ["tr0ub4dor and 3"], allowed_grant_types: [Password], allowed_scopes: ["api1"] },
];

fn main() {}

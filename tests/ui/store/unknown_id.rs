// A client that is not on the list does not build.
use guestlist::{Client, Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "service.client",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

static MISSPELT: &Client = CLIENTS.require("service.clint");
const UNKNOWN: &Client = CLIENTS.require("shop");

fn main() {
    let _ = (MISSPELT, UNKNOWN);
}

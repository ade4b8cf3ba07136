// One mistake is one error, whatever uses the store.
use guestlist::{Client, Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "service.client",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        require_pkec: true,
    },
];

static SERVICE: &Client = CLIENTS.require("service.client");
static OTHER: &Client = CLIENTS.require("not.there");

fn find(id: &str) -> Option<&'static Client> {
    CLIENTS.get(id)
}

fn main() {
    let _ = (SERVICE, OTHER, find("a"), CLIENTS.iter().count());
}

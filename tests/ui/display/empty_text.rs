#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![Client {
    client_id: "app",
    client_name: "",
    description: "  ",
    client_uri: "",
    logo_uri: "",
    client_secrets: [sha256("021fd62c1217ce6c286a55210bbaa60fb43fecf2e83e7434d4a5a787169834ce")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}];

fn main() {}

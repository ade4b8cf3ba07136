// As a block looks while it is being typed.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "a",
        client_sec
        allowed_grant_types:
        redirect_uris: ,
        allowed_scopes: ["api1"],
        client_name: "Shop" + ,
        require_pkce = true,
        description: @,
        ..
    },
    Client {
        client_id: "b",
        client_id_and
    },
    Cli
];

fn main() {}

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { api_scopes: ["api1"] },
    Client {
        client_id: "orders",
        client_secrets: [sha256("f3beca051f60abcd5468d4b332de8aba84c582815d2ba0ff20bf14910f69ef5e")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["*"],
    },
];

fn main() {}

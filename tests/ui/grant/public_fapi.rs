use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: Fapi20 },
    Client {
        client_id: "orders",
        require_client_secret: false,
        allowed_grant_types: [ClientCredentials, "urn:ietf:params:oauth:grant-type:token-exchange"],
        require_dpop: true,
        allowed_scopes: ["api1"],
    },
];

fn main() {}

#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [pedantic] },
    Client {
        client_id: "app",
        client_secrets: [sha256("3da5b60f2df1c287e06f94d8b07291928ea0094d40edc0d94baa1994fe8fe54a")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "tv",
        require_client_secret: false,
        allowed_grant_types: [DeviceCode],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

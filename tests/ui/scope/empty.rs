#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        client_secrets: [sha256("03431a5fa3e20e054e0b6bd728e8d7bf6934fa0bb41b617ea6a1e6c9105ad634")],
        allowed_grant_types: [ClientCredentials],
    },
    Client {
        client_id: "app",
        client_secrets: [sha256("32baa8b4ca07eef908a02a838fcffa711e41065400c2054f60845929b290f469")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: [],
    },
];

fn main() {}

#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        client_secrets: [sha256("19aef41564fe5426af1d1cf1eec6c75683cd92c043b8bb8e613000695ecd9e5d")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["*"],
    },
    Client {
        client_id: "app",
        client_secrets: [sha256("410dcaf9daa87fc6ac6d5a0ce5c686432462e2220fd690a55e7cbba94bb78e7b")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "all"],
    },
];

fn main() {}

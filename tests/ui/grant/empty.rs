use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "left-out",
        client_secrets: [sha256("d5434c37f713c5436d38d327aa6da4207aabdf9d455e25e530688a217cb37b1f")],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "empty-list",
        allowed_grant_types: [],
        client_secrets: [sha256("aa666c2cec66394e7653c25cf4738d6303a60d6d079a7431c4137c9bcbda9192")],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

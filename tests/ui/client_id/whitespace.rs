#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders ",
        client_secrets: [sha256("e1e5c258d262a8417f1afb2a845cddaf68b4fdfa36c56f66990e545ade1d6108")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "  billing",
        client_secrets: [sha256("12ad6a9e580b6dec11a2682476429b1ca42a205e948e3d2cb6dd09056fb3a72c")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: " ",
        client_secrets: [sha256("1d58ea67c8835dc6e944a8e5d2a04872be2bb3159c70c123bf3ce8c605fa41ce")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    #[warn(client_id_whitespace)]
    #[allow(client_id_basic_encoding)]
    Client {
        client_id: "front desk",
        client_secrets: [sha256("0ca6d947c35651deb8677054d583b226d9c1fe8dd7bd8b9f68976b79bd126cc8")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

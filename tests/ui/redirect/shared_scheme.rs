// The system hands the code to one of them.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "shop",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "com.example.shop:/callback",
            "com.example.shop:/other",
        ],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "shop-admin",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["COM.example.shop:/admin"],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "shop-beta",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.shop:/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

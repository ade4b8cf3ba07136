// A finding across clients is silent only where both of them allow it.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    #[allow(redirect_uri_shared_scheme)]
    Client {
        client_id: "shop",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.shop:/callback"],
        allowed_scopes: ["openid"],
    },
    Client {
        client_id: "shop-admin",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.shop:/callback"],
        allowed_scopes: ["openid"],
    },
];

fn main() {}

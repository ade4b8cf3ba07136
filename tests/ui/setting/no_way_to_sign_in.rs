// Pedantic: no way to sign in is left.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [idp_restriction_empty] },
    Client {
        client_id: "web",
        client_secrets: [sha256("6e36c6814464e3ed677e27f1ad6c6d6ba28d9d97fce9f832f1ffd5ea1a6a0aff")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        enable_local_login: false,
    },
    Client {
        client_id: "blank",
        client_secrets: [sha256("08efbcd8f8631278688913d1b1c56e0a66985b28cdefe90bea18bde79de1dc13")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        identity_provider_restrictions: ["corporate", ""],
    },
];

fn main() {}

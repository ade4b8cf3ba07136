#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "cut-off",
        client_secrets: [sha256("3a3e78ae829042130c3eb3065c182f0a7cf993abe23b4a3c216278846ea67657")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_expiration: Sliding,
        absolute_refresh_token_lifetime: days(15),
        sliding_refresh_token_lifetime: days(30),
    },
    Client {
        client_id: "shorter-than-access",
        client_secrets: [sha256("8085b0588de628854f55df25230c04b1af819238a61e68ac25251b3263fb3222")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_expiration: Sliding,
        access_token_lifetime: hours(2),
        absolute_refresh_token_lifetime: hours(1),
        sliding_refresh_token_lifetime: minutes(30),
    },
    Client {
        client_id: "long-access",
        client_secrets: [sha256("6960fc6988cd47ab03b18c78b37aef6a553502520edda962e5f04b8b64f66f9c")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_expiration: Sliding,
        access_token_type: Reference,
        access_token_lifetime: days(60),
    },
    Client {
        client_id: "only-absolute",
        client_secrets: [sha256("64f3dee5cc6fb7742eaf3dfa48551027dad6dfdd458441ddfbe48ba543f8b259")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_expiration: Sliding,
        absolute_refresh_token_lifetime: days(7),
    },
];

fn main() {}

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "left-out",
        client_secrets: [sha256("852ce59cf5c0d179e992f11006fdb333042890c7bebe4a531e0502dc6b9f95c0")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "offline_access"],
    },
    Client {
        client_id: "off",
        client_secrets: [sha256("be5eb3f090c23a8d374c4cbe0348745e5a13c8daf2d5c0f643fd5a93c29c6e73")],
        allowed_grant_types: [AuthorizationCode],
        allow_offline_access: false,
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "offline_access"],
    },
    Client {
        client_id: "machine",
        client_secrets: [sha256("d40a60f0433d60910b942d351a436397951b1a8769dbb685d7fc5847eb4f8987")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1", "offline_access"],
    },
];

fn main() {}

// A public client must use it; of others it is recommended.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.notes:/callback"],
        allowed_scopes: ["openid", "api1"],
        require_pkce: false,
    },
    Client {
        client_id: "web",
        client_secrets: [sha256("6113f783ba65da851c147aaa79702476b07fee06e353cb4519882d21247e2ce2")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        require_pkce: false,
    },
    Client {
        client_id: "hybrid",
        client_secrets: [sha256("1343b9f7a065c1ead2756341de28dedbafff52713ac8cac3add65de4e40d4a1c")],
        allowed_grant_types: [Hybrid],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        require_pkce: false,
    },
];

fn main() {}

// A signature that nothing can check.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("ea1f1690072b1ba80045644a0e7f8a1e566f58a28fa7d4fe3d4c9a3d0293f643")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        require_request_object: true,
    },
    Client {
        client_id: "thumbprint",
        client_secrets: [x509_thumbprint("d871ce5ee1566ea89df9d3025c9c0f7dced583a7")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        require_request_object: true,
    },
];

fn main() {}

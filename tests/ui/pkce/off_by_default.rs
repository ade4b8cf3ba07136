// The server's defaults switch it off: there is nothing to point at but the client.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21, defaults: Client { require_pkce: false } },
    Client {
        client_id: "web",
        client_secrets: [sha256("0a4bdbd6cd3cfb321e522cd43431262bdf1a6b714073460267dd62f4ec935d99")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.notes:/callback"],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

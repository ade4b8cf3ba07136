//! What cannot be read of the server is said once, not again in each client.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        profile: Strict,
        identity_scopes: [openid, "roles"],
        api_scope: ["api1"],
        default_scopes: ["api1"],
        insecure_http_hosts: [dev.example.com],
        defaults: Client { require_pkce: yes, refresh_token_usage: Reuse },
    },
    Client {
        client_id: "app",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://dev.example.com/callback"],
        allowed_cors_origins: ["http://dev.example.com"],
        allow_offline_access: true,
        allowed_scopes: ["openid", "roles", "api1"],
    },
    Client {
        client_id: "orders",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1", "api1 api2"],
    },
];

fn main() {
    println!("{}", CLIENTS.len());
}

// Nothing is replaced in a text.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { issuer: "http://id.dev.example.com", insecure_http_hosts: ["dev.example.com"] },
    Client {
        client_id: "app",
        client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://${HOST}/callback", "https://app.example.com/{tenant}/callback", "https://{HOST}/"],
        allowed_scopes: ["openid"],
        client_uri: "https://${HOST}",
        allowed_cors_origins: ["https://${HOST}"],
    },
];

fn main() {}

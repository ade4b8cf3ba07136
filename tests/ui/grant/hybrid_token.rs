#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![Client {
    client_id: "app",
    allowed_grant_types: [Hybrid],
    client_secrets: [sha256("2dc3bc02459a39a0bc3ed21ac2459cc0707b3e7bbe0d326e6fe023c46e39beb1")],
    allow_access_tokens_via_browser: true,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}];

fn main() {}

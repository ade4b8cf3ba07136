use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "token",
        allowed_grant_types: [Implicit],
        allow_access_tokens_via_browser: true,
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    #[allow(grant_implicit_token)]
    Client {
        client_id: "stubborn",
        allowed_grant_types: [Implicit],
        allow_access_tokens_via_browser: true,
        redirect_uris: ["http://localhost:7017/index.html"],
        allowed_scopes: ["openid"],
    },
];

fn main() {}

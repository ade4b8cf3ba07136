// What is wrong with a redirect URI is wrong here too.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("ced88cc052874aa547b7e55da28cc5383fa07a2e135710bae52cd9f86f42e0a6")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        post_logout_redirect_uris: [
            "/signed-out",
            "app.example.com",
            "",
            "https://app.example.com/signed out",
            "javascript:alert(1)",
            "https://*.example.com/signed-out",
            "https://user@app.example.com/",
            "https://app.example.com/a/../b",
            "https://app..example.com/",
            "https://app.example.com:0/",
        ],
    },
];

fn main() {}

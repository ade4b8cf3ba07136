// What is no URI by itself.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("21102ad5ef1aaa20efe7d2282b64443d90472f1cb5feff9fba2143be2524e44e")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "",
            "/callback",
            "callback",
            "app.example.com/callback",
            "//app.example.com/callback",
            "https:app.example.com/callback",
            "https:/app.example.com/callback",
            "https://",
            "7app:/callback",
            "app_name:/callback",
            "localhost/callback",
            "~/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

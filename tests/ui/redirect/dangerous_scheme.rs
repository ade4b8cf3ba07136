// Schemes that run code, read files or hand the response on.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("024de93fee310f1270cb04a34d4c3aecae0d8c269e670befd3e939a2a54e2a3f")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "javascript:void(0)",
            "JavaScript:alert(1)",
            "data:text/html,hello",
            "file:///home/user/callback.html",
            "mailto:admin@example.com",
            "ws://app.example.com/callback",
            "about:blank",
            "javascript://app.example.com/%0aalert(1)#x",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

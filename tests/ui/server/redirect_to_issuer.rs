// A redirect to the issuer itself answers no client.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server {
        issuer: "https://id.example.com",
    },
    Client {
        client_id: "web",
        client_secrets: [sha256("a332524eb53270a6495b28567ff4ad67e02ddd51f76bf69585766b09bf46ff75")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/callback",
            "https://id.example.com/",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

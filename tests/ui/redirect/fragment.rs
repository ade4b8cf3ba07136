// The routes of single-page applications are a common one.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("757df2721dc6a25363b083775577fcc6f300dcaa16a9f7014e4c70159bd62c2d")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/#/callback",
            "https://app.example.com/callback#",
            "https://app.example.com/callback?tenant=7#top",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

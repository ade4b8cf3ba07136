// Matching is by equal bytes.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("7011aafa9ded452be80134fd29826d081d7444563fa90bbaf9a73292c8328ab7")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://*.example.com/callback",
            "https://*/callback",
            "http://localhost:*/callback",
            "https://*.example.com/*",
            "*",
            "*://app.example.com/callback",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

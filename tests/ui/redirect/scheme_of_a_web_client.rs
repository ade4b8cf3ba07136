// A client that says it is a web application.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("7a4cd50acb1b6e829fb4a2746bc5c61c7fb2cff329630b79838471e4be1151ce")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "com.example.app:/callback",
            "https://app.example.com/callback",
            "shop://callback",
            "localhost:3000/callback",
        ],
        allowed_scopes: ["openid", "api1"],
        application_type: Web,
    },
];

fn main() {}

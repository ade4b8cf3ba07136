// The crate under another name, and somebody else under its own.
extern crate guestlist as renamed;

mod guestlist {}

static CLIENTS: renamed::Clients = renamed::clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("52f1be4ca4c772d6354bb8c7035b2b654689d2a411bb4a7bb1b0bfebc4f76068")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback", "https://App.example.com/callback"],
        allowed_scopes: ["openid"],
    },
    #[cfg(all())]
    Client {
        client_id: "other",
        client_secrets: [sha256("8b876badf1b3dc044d381da95384d5d731493e3530a4ff6f7c001c2c6a8f0af3")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://app.example.com/callback", "https://App.example.com/callback"],
        allowed_scopes: ["openid"],
    },
];

fn main() {}

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { identity_scopes: ["roles"], api_scopes: ["api1"] },
    Client {
        client_id: "app",
        client_secrets: [sha256("711ec1576742b74388f3235f2e5c7b0c757e52d5c801e20d3b1ef1d4d8ae767d")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["profile", "email"],
    },
    Client {
        client_id: "declared",
        client_secrets: [sha256("459afc48378676a4563040b237e8ce882623d312d61e80c97fcc55c1eef707f8")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1", "roles"],
    },
    Client {
        client_id: "till",
        client_secrets: [sha256("d318f11df71dc2cb2b0a238820114d60a490c726aeb7f1e1f66f64b41759bcf4")],
        allowed_grant_types: [Ciba],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "misspelt",
        client_secrets: [sha256("8cf019b599afbce105d03322fd06bddf137dd65519e7deb42b39255b9804c4be")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["open_id", "profile"],
    },
];

fn main() {}

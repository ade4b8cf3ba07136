// Parameters that the response adds itself.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "web",
        client_secrets: [sha256("5d92fbe7fbf55dbf78c508b4336dfbc5667ee8958c6a84ff90472f77cf3adb20")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/callback?state=7",
            "https://app.example.com/callback?code=x&tenant=7&iss=y",
            "https://app.example.com/callback?%63ode=x",
            "https://app.example.com/callback?error",
        ],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

// Under OAuth 2.1 it is an error.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.notes:/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_plain_text_pkce: true,
    },
];

fn main() {}

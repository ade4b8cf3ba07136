use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { profile: OAuth21 },
    Client {
        client_id: "app",
        application_type: Native,
        client_secrets: [sha256("df413998ed3469189521593cd663a4f1ebe80f427751240e2ccb498f44995334")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["com.example.app:/callback"],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

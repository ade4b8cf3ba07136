// A grant that goes through the browser needs a way back.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "nothing",
        client_secrets: [sha256("81aeee46b06a501de06bb4f3052938dbf7ecad68ea4a758d65fbfb8648a9e028")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "empty",
        client_secrets: [sha256("14e562f434ed9279437c44510bca3932607664fdbc37ab8a5e5740da631ceb26")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "hybrid",
        client_secrets: [sha256("947896aab68971f07e919ea5eb1279d805158a1629bcfb6ab5be7aee2678a3cb")],
        allowed_grant_types: [Hybrid],
        allowed_scopes: ["openid", "api1"],
    },
];

fn main() {}

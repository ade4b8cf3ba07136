// Claims under the names that a token has itself.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "no-prefix",
        client_secrets: [sha256("84036269dca1cdd33526cfb8f07e7af9cb43a2d4297217b0242ef23f95177eef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        claims: [("sub", "reports"), ("role", "admin"), ("scope", "api2")],
        client_claims_prefix: "",
    },
    Client {
        client_id: "prefix",
        client_secrets: [sha256("cef5ddcf82034185045a0d49e11e91c028dddac85accf488bab3f4a3be9496ac")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        claims: [("id", "reports")],
    },
];

fn main() {}

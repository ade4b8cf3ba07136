// What the server allows, a block may warn of again.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { allow: [grant_password] },
    Client {
        client_id: "by-server",
        client_secrets: [sha256("3209fbe92903644c6de9808365aa3bc30f3a51605638947fb1c9a77d51679afb")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[warn(grant_password)]
    Client {
        client_id: "by-block",
        client_secrets: [sha256("3c3adf59817013359cebf21d236ab883f11a8f9f9daabdbe4def0f2aefc6ea8a")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[deny(grant_password)]
    Client {
        client_id: "denied",
        client_secrets: [sha256("6cd5a638d098695e356ecbcbc4d52647fad613e8362f898214320e4242e69ec7")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

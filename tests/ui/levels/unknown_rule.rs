// Names that are no rules.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [pedantics, grant_pasword], allow: [clippy::all, "secret_weak", dead_code] },
    #[allow(grant_pasword, redirect_http, unused)]
    #[warn(zebra)]
    Client {
        client_id: "a",
        client_secrets: [sha256("24b85ad70e33897d71f0bb32f0a3164a9c4216f5749d1dfcc87b447311d0c873")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

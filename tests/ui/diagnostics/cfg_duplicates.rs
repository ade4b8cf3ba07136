// Two conditions that are not exclusive.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    #[cfg(all())]
    Client {
        client_id: "orders",
        client_secrets: [sha256("41677860c1285d29d238c18fe0496f88f5486a7ca352f0a6bec2c39bf811521d")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    #[cfg(not(any()))]
    Client {
        client_id: "orders",
        client_secrets: [sha256("754f059c365aeda552c05c970b84bcce45da978ce3ecec4fe725e766b79921ff")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    #[cfg(any())]
    Client {
        client_id: "orders",
        client_secrets: [sha256("4a696733cc4156ae38eba9673b03fa82a55624ecc321763a45470ac09ec8878e")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

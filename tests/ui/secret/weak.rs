#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "short",
        client_secrets: ["tulip-47-Delft"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "repeated",
        client_secrets: [
            sha256("081e3264976cf48585ccb19c089bdb82998c984ece1265de7bcdab5a25b856c6"),
            "abcabcabcabcabcabcabcabcabcabcabcabc",
        ],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "described",
        client_secrets: [Secret { value: "winter-2026", description: "until spring" }],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

// Settings that contradict DPoP or take its worth.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "front-channel",
        client_secrets: [sha256("5c8b8f626ddeb0797775d7714967f23eec2de16d42f710d580cfcb05f118e717")],
        allowed_grant_types: [Hybrid],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_access_tokens_via_browser: true,
        require_dpop: true,
    },
    Client {
        client_id: "skew",
        client_secrets: [sha256("ae832121a189a5548136f78992f8dd749a50948ccb85c9eb2be5af560c03a90b")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        require_dpop: true,
        dpop_clock_skew: minutes(10),
    },
    Client {
        client_id: "mode",
        client_secrets: [sha256("784971f21c1c9480aa907c9b87d10fc015aae3968ccae38c3af9407f58b94cae")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        require_dpop: true,
        dpop_validation_mode: [],
    },
    Client {
        client_id: "custom",
        client_secrets: [sha256("9fbcc7953f2ffab5c129da5084d3354b8e97487311c4911b4c9c7a98cb4669d3")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        require_dpop: true,
        dpop_validation_mode: [Custom],
    },
];

fn main() {}

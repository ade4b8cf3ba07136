#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "tenant:orders",
        client_secrets: [sha256("6254b5cf3a24a667afd7b8652e9e1f06996d49cbffb34319b2a033ed47b72cd0")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "discount-50%",
        client_secrets: [sha256("9bd8c52e3b0d87c24a2c2c1579fd07de8413df12ab51e64acfc43842f3533782")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "orders+billing",
        client_secrets: [sha256("221259ee6992d340fc7b20c2955c86fa5f9fbbb5e748c3dc444f419230545750")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "my app",
        client_secrets: [sha256("0fb6a772d20d48f825ec58dbb8496251ff29811fbb329b9d61864ac096575307")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "base64",
        client_secrets: ["pHJz7c+Qm2Xv/4bTq9sLdK1uWfYgN8eRaZ0oC5iVxGM="],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

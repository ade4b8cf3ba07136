use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "twice",
        allowed_grant_types: [ClientCredentials, DeviceCode, ClientCredentials],
        client_secrets: [sha256("d4546a6aa8aca332ddc051a7f4c1650295935aa880c64120ff5597d48d78a80d")],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "nothing",
        allowed_grant_types: [ClientCredentials, ""],
        client_secrets: [sha256("55b8f2b6f1d56215397d57eb6316ba13896e3ac059c9fa2cec747594d03f0145")],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "several-in-one",
        allowed_grant_types: ["device_code client_credentials"],
        client_secrets: [sha256("c56582b9294411a81f7d2b20d60274b445364962a2f4b3c4dcffc218843a1100")],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "padded",
        allowed_grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer "],
        client_secrets: [sha256("42b175db0ed008726260928ef7f4656d48bfdf54df4da3d792efe6f1cac979b9")],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

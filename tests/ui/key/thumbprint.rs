use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "colons",
        client_secrets: [x509_thumbprint("2b:a1:5c:d0:0d:42:7e:a6:51:40:70:6f:e1:84:fb:c7:93:5f:01:ee")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "short",
        client_secrets: [x509_thumbprint("2ba15cd0")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "base64",
        client_secrets: [x509_thumbprint("K6Fc0A1CfqZRQHBv4YT7x5NfAe4=")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "no-name",
        client_secrets: [x509_name("")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "café",
        client_secrets: [sha256("97ead977dfadb120fab83bd1b5f8f145fdbab3508b6ca661aa6ebcdf5770a482")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "orders\tservice",
        client_secrets: [sha256("6d715b99703519a8d3ba00819543a933294991144cb93bf18071d65000730d2e")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "orders\n",
        client_secrets: [sha256("18f345ec5b9d1097d5ec7948bfca318e72957de5ac3fcaeb4258966cb1a1364a")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "billing\u{200B}",
        client_secrets: [sha256("a84d6676b80c84c02e1add9f32b67d8bae8970a8095461a1443550ae6d703ec9")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "p\u{430}yments",
        client_secrets: [sha256("62b93595f026f2a972af4f11d694e82ac860865a37825f72561eba3de566e6a7")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

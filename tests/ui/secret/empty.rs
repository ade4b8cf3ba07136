use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "nothing",
        client_secrets: [""],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "blank",
        client_secrets: ["   "],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "digest-of-nothing",
        client_secrets: [sha256("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "umlaut",
        client_secrets: ["Größe-3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "second",
        client_secrets: [sha256("c6a9566a088f4f1c90c215d879f852017aca9a1af2ae64707331c7e9a7a8d638"), ""],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

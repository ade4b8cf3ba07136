// One id for two clients: told at both places.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "orders",
        client_secrets: [sha256("ba8db6cbc61040e8f064031293cae2893943cb2658f19ef7d767e3ce0daedc64")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "reports",
        client_secrets: [sha256("418456642310239efca7124c52c1b95515fc2e5fa448f6e08c070a8dce71fefb")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "orders",
        client_secrets: [sha256("a5891b80afa63f73c7f0b106b601c3997d5b31a6cfd86a1c1d1114938c92db40")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "orders",
        client_secrets: [sha256("d56d57be11c2491874ed04ff02bc226544436d581c3881e840f670f688434024")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

// The word of a block holds for that block alone.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    #[allow(grant_password, reason = "an old terminal")]
    Client {
        client_id: "allowed",
        client_secrets: [sha256("31fa4383d1221586140cfc77585c925cbf3f407bc954107d6aaea75de2fe4527")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "warned",
        client_secrets: [sha256("8a65cc793accf309af8d11fdc0c19557d3331fe75caef39e33527c0cfb4b41cd")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[deny(grant_password)]
    Client {
        client_id: "denied",
        client_secrets: [sha256("27f8ab97bdf852398084a29d4b6c4dab4a13fe7df49acbd3c2c1483935b3713f")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
    #[expect(grant_password)]
    Client {
        client_id: "expected",
        client_secrets: [sha256("64b44e153965ea2de1658e35d7478ebb6075d76466cc91705a37dfa338d594b4")],
        allowed_grant_types: [Password],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

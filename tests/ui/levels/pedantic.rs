// A group of rules; the name of one of them is more specific.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [pedantic], allow: [client_name_missing] },
    Client {
        client_id: "a",
        client_secrets: [sha256("02394cd443829d355b56e5a24abcb36281b52de919e77113348b751356d99776")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://a.example.com"],
        allowed_scopes: ["openid"],
    },
    #[deny(client_name_missing)]
    Client {
        client_id: "b",
        client_secrets: [sha256("d437b59c496c4d6887d21dc11464a1d94824bdfc9c49a88d685a8b37ca1b529f")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://b.example.com"],
        allowed_scopes: ["openid"],
    },
    #[allow(pedantic)]
    Client {
        client_id: "c",
        client_secrets: [sha256("2c107db3ffff5521e5db6617583e18e333841f9a1de2e6512599a79b9d17d670")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://c.example.com"],
        allowed_scopes: ["openid"],
    },
    #[deny(pedantic)]
    Client {
        client_id: "d",
        client_secrets: [sha256("e5823f57b9bf17d90e37d0f816f9458006d26d572da879bf3bf9c5cbb084d4e7")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://d.example.com"],
        allowed_scopes: ["openid"],
    },
    #[allow(redirect_uri_empty_path)]
    Client {
        client_id: "e",
        client_secrets: [sha256("da4091ddac88a03c878670102cd3bb88030e0f35e524182874de79304f3c018d")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://e.example.com"],
        allowed_scopes: ["openid"],
    },
];

fn main() {}

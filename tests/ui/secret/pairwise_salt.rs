#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [pairwise_salt_weak] },
    Client {
        client_id: "short",
        pair_wise_subject_salt: "app",
        redirect_uris: ["https://app.example.com/callback"],
        client_secrets: [sha256("c653a352a7934dacc0f44d088640da41fd4f1e6969cd69ca46b1a8ff0cf3ad47")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid"],
    },
    Client {
        client_id: "placeholder",
        pair_wise_subject_salt: "${PAIRWISE_SUBJECT_SALT}",
        redirect_uris: ["https://app.example.com/callback"],
        client_secrets: [sha256("ed05e52dd461a4a0c49e3e2ad4df3a48ec446661373a453484c560365bbbf009")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid"],
    },
    Client {
        client_id: "one",
        pair_wise_subject_salt: "0c6a5f13b7e94d28a1f0",
        redirect_uris: ["https://app.example.com/callback"],
        client_secrets: [sha256("cdcdcd1bb8851bb46588ee9791cd40555c2f0281926c6a8ed6342744cfc613b7")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid"],
    },
    Client {
        client_id: "other",
        pair_wise_subject_salt: "0c6a5f13b7e94d28a1f0",
        redirect_uris: ["https://app.example.com/callback"],
        client_secrets: [sha256("fc74ea4b6521e00a1c4fb730d1f8142961b8e0b321ac8b727dac285686ffb507")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid"],
    },
    Client {
        client_id: "two-hosts",
        pair_wise_subject_salt: "9f8e7d6c5b4a39281706",
        redirect_uris: ["https://app.example.com/callback", "https://shop.example.com/callback"],
        client_secrets: [sha256("29f13772e8b52598c317847ed331b3da3567d22767bbbfab91f07ee95186b790")],
        allowed_grant_types: [AuthorizationCode],
        allowed_scopes: ["openid"],
    },
];

fn main() {}

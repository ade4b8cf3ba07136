#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "relative",
        logo_uri: "/logo.png",
        client_secrets: [sha256("2b858debeb4afed1ac9988e16647d751aaa2deee4097b356758d42201ec873ee")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "no-scheme",
        client_uri: "app.example.com",
        client_secrets: [sha256("57191bdd9d90d73cc57414ebc69502c977556862bc8d7c70fcebe7092f5d1d49")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "inline",
        logo_uri: "data:image/png;base64,iVBORw0K",
        client_secrets: [sha256("1a04f58d2923ce7ddf14e7df6d7a6d9018a0a90721181c5e55371dae41c38afd")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "mail",
        client_uri: "mailto:team@example.com",
        client_secrets: [sha256("29023c86dd9dc330860f96e0c5d1d2e99daed3a6da314b26859351d37233140d")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "umlaut",
        client_uri: "https://müller.example/",
        client_secrets: [sha256("5c5c35a78993bd796d39a5378b84f9e7b75c9db382a8c7a0db0c98dc427e9cb7")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

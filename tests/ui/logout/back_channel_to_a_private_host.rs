// Pedantic: the server posts there itself.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [back_channel_logout_host] },
    Client {
        client_id: "network",
        client_secrets: [sha256("2f9c944ec3cf2bca2f921677eb002c79b3f3ff36eba9ebe334842b49a80e53bc")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        back_channel_logout_uri: "https://192.168.1.20/logout",
    },
    Client {
        client_id: "here",
        client_secrets: [sha256("25d7e1ec239232406aa5577c289da56e38946a384a046dca713aeff41a0d45bf")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        back_channel_logout_uri: "http://localhost:5000/logout",
    },
    Client {
        client_id: "cloud",
        client_secrets: [sha256("1064e1389a5bb25cf45839a86ff96a03cdbd8ea2ed977a5217c52c9f6ad8cb91")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        back_channel_logout_uri: "https://169.254.169.254/latest",
    },
    Client {
        client_id: "name",
        client_secrets: [sha256("661a1e1954d5e3635fa7d6258795446691d2490a15edcb34e310209da7bbe159")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        back_channel_logout_uri: "https://orders.internal/logout",
    },
    Client {
        client_id: "mapped",
        client_secrets: [sha256("deea0f6171d3a7c1f4eb8d778a9a2fb11dba95fca9e939118db09ae251cb286c")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        back_channel_logout_uri: "https://[::ffff:10.0.0.1]/logout",
    },
];

fn main() {}

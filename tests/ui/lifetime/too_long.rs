#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "milliseconds",
        client_secrets: [sha256("e674b6cba2c7b2a68dac5d5e39ede95eacd5dbc061913d08a1a128e322874777")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        authorization_code_lifetime: 300000,
        identity_token_lifetime: 300000,
    },
    Client {
        client_id: "month",
        client_secrets: [sha256("d9276e43ac4ba0c7baecc96a54ea87dce4bab5a4a744e8086a5a13fd72cea49b")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        access_token_lifetime: days(30),
    },
    Client {
        client_id: "hour",
        client_secrets: [sha256("5d7184a063198fb2ec99762ed82a599c1416ee827a0282a06ba8b19ea0f0029e")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        authorization_code_lifetime: hours(1),
    },
    Client {
        client_id: "for-ever",
        client_secrets: [sha256("44e696ba3a9025be0aeb7c2e88f817114d77bd71555bb5df7ce85d6f8e3125e8")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        refresh_token_expiration: Sliding,
        absolute_refresh_token_lifetime: 0,
    },
    Client {
        client_id: "two-years",
        client_secrets: [sha256("4013648868432b6d71cda25f730baf0479ca54c8d8b44e90e84f96ed1a6ff7e2")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        allow_offline_access: true,
        absolute_refresh_token_lifetime: days(730),
    },
    Client {
        client_id: "reference",
        client_secrets: [sha256("320c8f208b37431469d348ac1416d2da90abca37f1dd575c58cc5149a2231028")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://app.example.com/callback"],
        allowed_scopes: ["openid", "api1"],
        access_token_type: Reference,
        access_token_lifetime: 3600000,
    },
    Client {
        client_id: "device",
        client_secrets: [sha256("ee71df1415bee809b9b883b3cc5fed7fbcc3bc81787b407a7b8e85030322cef7")],
        allowed_grant_types: [DeviceCode],
        allowed_scopes: ["api1"],
        device_code_lifetime: hours(2),
    },
];

fn main() {}

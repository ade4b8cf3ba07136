// What is silent unless `pedantic` is switched on.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Server { warn: [pedantic] },
    Client {
        client_id: "web",
        client_secrets: [sha256("c90adc6433cd0378bc85c943fb9b66202721408bb2972fb047ba54c9fc72a511")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "https://app.example.com/callback?return_to=/home",
            "https://app.example.com/callback?Next=/home&url=x",
            "https://203.0.113.7/callback",
            "https://[2001:db8::1]/callback",
            "https://app.example.com",
            "https://app.example.com?tenant=7",
            "https://app.example.com/callback?data=01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
        ],
        allowed_scopes: ["openid", "api1"],
        client_name: "App",
    },
    Client {
        client_id: "app",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: [
            "com.example.shop://callback",
            "com.example.shop://callback/path",
        ],
        allowed_scopes: ["openid", "api1"],
        client_name: "Shop",
    },
];

fn main() {}

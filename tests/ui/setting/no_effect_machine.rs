// Settings for users, on a client without one.
#![deny(deprecated)]

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "service",
        client_secrets: [sha256("f2b56ceaa83e08602f0e384d2b7d822a0db816a5a3693bf77850a610c1d92a40")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        redirect_uris: ["https://app.example.com/callback"],
        post_logout_redirect_uris: ["https://app.example.com/"],
        front_channel_logout_uri: "https://app.example.com/logout",
        allowed_cors_origins: ["https://app.example.com"],
        require_pkce: true,
        allow_offline_access: true,
        authorization_code_lifetime: minutes(1),
        device_code_lifetime: minutes(5),
        ciba_lifetime: minutes(5),
        identity_token_lifetime: minutes(5),
        require_consent: true,
        enable_local_login: false,
        require_request_object: false,
        allow_access_tokens_via_browser: true,
    },
];

fn main() {}

use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: 17,
        client_name: ["Shop"],
        client_secrets: "a text that must not be shown",
        allowed_grant_types: ClientCredentials,
        allowed_scopes: "api1",
        redirect_uris: [1, true, 'x', b"bytes", "https://app.example.com/callback"],
        require_pkce: "false",
        require_consent: flase,
        enabled: 1,
        access_token_lifetime: "3600",
        identity_token_lifetime: 1.5,
        device_code_lifetime: minutes("5"),
        consent_lifetime: weeks(2),
        user_sso_lifetime: minute(5),
        ciba_lifetime: hours(1, 2),
        absolute_refresh_token_lifetime: 30u7,
        access_token_type: "jwt",
        application_type: true,
        claims: [("role"), "role"],
        properties: [("tier", "gold", "metal"), ("tier", 1)],
    },
    Client {
        client_id: CLIENT_ID,
        client_name: config::NAME,
        allowed_grant_types: (AuthorizationCode, ClientCredentials),
        redirect_uris: ("https://app.example.com/callback", "https://app.example.com/other"),
        client_secrets: [sha256(digest("x"))],
        allowed_scopes: ["https://${HOST}/api1"],
        require_pkce: PKCE,
        access_token_lifetime: hours(1) + minutes(30),
        identity_token_lifetime: env("LIFETIME"),
        device_code_lifetime: LIFETIME,
        claims: ("role", "admin"),
    },
];

fn main() {}

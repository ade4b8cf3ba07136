//! Which clients may ask this server for tokens?

use guestlist::{Clients, clients};

#[expect(deprecated, reason = "the documentation's own definitions: samples, whose warnings are deliberate")]
pub static CLIENTS: Clients = clients![
    Client {
        client_id: "service.client",
        client_secrets: ["secret"],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1", "api2.read_only"],
    },
    Client {
        client_id: "js",
        client_name: "JavaScript Client",
        client_uri: "http://identityserver.io",
        allowed_grant_types: [Implicit],
        allow_access_tokens_via_browser: true,
        redirect_uris: ["http://localhost:7017/index.html"],
        post_logout_redirect_uris: ["http://localhost:7017/index.html"],
        allowed_cors_origins: ["http://localhost:7017"],
        allowed_scopes: ["openid", "profile", "email", "api1", "api2.read_only"],
    },
    Client {
        client_id: "mvc",
        client_name: "MVC Client",
        client_secrets: ["secret"],
        allowed_grant_types: [Hybrid],
        allow_offline_access: true,
        redirect_uris: ["http://localhost:21402/signin-oidc"],
        post_logout_redirect_uris: ["http://localhost:21402/"],
        front_channel_logout_uri: "http://localhost:21402/signout-oidc",
        allowed_scopes: ["openid", "profile", "email", "api1", "api2.read_only"],
    },
    // Beyond the documentation: an installed application with a code and PKCE, whose users are asked each time, as any
    // other program may pass for it (RFC 8252 §8.6).
    Client {
        client_id: "native",
        client_name: "Desktop Client",
        description: "Keeps your notes on this computer.",
        application_type: Native,
        require_client_secret: false,
        require_consent: true,
        allow_remember_consent: false,
        allowed_grant_types: [AuthorizationCode],
        allow_offline_access: true,
        redirect_uris: ["http://127.0.0.1/callback"],
        post_logout_redirect_uris: ["http://127.0.0.1/signed-out"],
        allowed_scopes: ["openid", "profile", "api1"],
        access_token_lifetime: minutes(10),
    },
    // A web application whose access tokens are references and end with the session, told of sign-outs by the back channel.
    Client {
        client_id: "portal",
        client_name: "Portal",
        client_secrets: [sha256("4611dfc2744729ea5ff5829127d754b42dd3f3cf06ddf1e32fe1c154c624d61a")],
        allowed_grant_types: [AuthorizationCode],
        allow_offline_access: true,
        redirect_uris: ["http://localhost:21403/signin-oidc"],
        post_logout_redirect_uris: ["http://localhost:21403/"],
        back_channel_logout_uri: "http://localhost:21403/backchannel",
        access_token_type: Reference,
        coordinate_lifetime_with_user_session: true,
        allowed_identity_token_signing_algorithms: [ES256],
        refresh_token_usage: ReUse,
        allowed_scopes: ["openid", "email", "api1"],
    },
    // A device without a browser.
    Client {
        client_id: "tv",
        client_name: "Television",
        require_client_secret: false,
        allowed_grant_types: [DeviceCode],
        allow_offline_access: true,
        polling_interval: 1,
        allowed_scopes: ["openid", "profile", "api1"],
    },
    // An application of a bank: it signs what it asks for, and has a key in the place of a secret.
    Client {
        client_id: "ledger",
        client_name: "Ledger",
        client_secrets: [jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        )],
        allowed_grant_types: [AuthorizationCode, ClientCredentials],
        require_request_object: true,
        redirect_uris: ["http://localhost:21404/callback"],
        allowed_scopes: ["openid", "api1"],
    },
    // One on a telephone: it pushes what it asks for, and its tokens are worth nothing without its key. Which program
    // has registered the scheme of its redirect URI, the user has to know.
    Client {
        client_id: "wallet",
        client_name: "Wallet",
        application_type: Native,
        require_client_secret: false,
        require_consent: true,
        allow_remember_consent: false,
        allowed_grant_types: [AuthorizationCode],
        allow_offline_access: true,
        require_dpop: true,
        dpop_validation_mode: [Iat, Nonce],
        require_pushed_authorization: true,
        redirect_uris: ["com.example.wallet:/callback"],
        allowed_scopes: ["openid", "profile", "api1"],
    },
];

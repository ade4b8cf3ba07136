//! Two clients that write every setting, as the compiler knows them.
#![allow(dead_code, reason = "not every test uses everything")]

use std::path::PathBuf;
use std::{env, fs, process};

use guestlist::{Clients, clients};

/// A day on which all tests run: 2027-01-15, in Unix time.
pub const NOW: u64 = 1_800_000_000;

/// The secrets of the files in clear.
pub const SECRETS: [&str; 2] = ["K2v9-wT4x_Qm8LrZ1pYc7Hn3", "b7Rz-Jq2s_Wd5MfX8kTa4Ge6"];

pub static CLIENTS: Clients = clients![
    #[allow(setting_no_effect)]
    Client {
        enabled: true,
        client_id: "portal",
        protocol_type: "oidc",
        client_secrets: [
            Secret {
                value: sha256("UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU="),
                description: "2026",
                expiration: "2098-12-31T23:59:59Z",
            },
            sha512("03HPHkDoDlrHJnhST2NYGE04DJtytWARHjL4NGnLroe/ZQPQNGugdfRnhp/EO2qm355Ud2z9T9QiNVRg/cCDAw=="),
        ],
        require_client_secret: true,
        client_name: "Portal",
        description: "The portal of the company",
        client_uri: "https://portal.example.com",
        logo_uri: "https://portal.example.com/logo.svg",
        require_consent: true,
        allow_remember_consent: true,
        consent_lifetime: days(90),
        allowed_grant_types: [AuthorizationCode, ClientCredentials],
        require_pkce: true,
        allow_plain_text_pkce: false,
        require_request_object: false,
        allow_access_tokens_via_browser: false,
        redirect_uris: ["https://portal.example.com/signin-oidc", "https://portal.example.com/signin-silent"],
        post_logout_redirect_uris: ["https://portal.example.com/signed-out"],
        front_channel_logout_uri: "https://portal.example.com/signout-oidc",
        front_channel_logout_session_required: false,
        back_channel_logout_uri: "https://portal.example.com/logout",
        back_channel_logout_session_required: true,
        allow_offline_access: true,
        allowed_scopes: ["openid", "profile", "api1", "api2.read_only"],
        always_include_user_claims_in_id_token: true,
        identity_token_lifetime: 120,
        allowed_identity_token_signing_algorithms: [PS256, ES256],
        access_token_lifetime: minutes(15),
        authorization_code_lifetime: 60,
        absolute_refresh_token_lifetime: days(14),
        sliding_refresh_token_lifetime: days(7),
        refresh_token_usage: OneTimeOnly,
        refresh_token_expiration: Sliding,
        update_access_token_claims_on_refresh: true,
        access_token_type: Reference,
        enable_local_login: false,
        identity_provider_restrictions: ["aad", "google"],
        include_jwt_id: false,
        claims: [("role", "portal"), ("level", "3", "integer")],
        always_send_client_claims: true,
        client_claims_prefix: "app_",
        pair_wise_subject_salt: "4f1f6a0c9d2e8b7351ac",
        user_sso_lifetime: hours(8),
        allowed_cors_origins: ["https://portal.example.com"],
        properties: [("owner", "web team"), ("tier", "gold")],
        require_dpop: false,
        dpop_validation_mode: [Iat],
        dpop_clock_skew: minutes(5),
        require_pushed_authorization: true,
        pushed_authorization_lifetime: 90,
        coordinate_lifetime_with_user_session: true,
        initiate_login_uri: "https://portal.example.com/login",
        application_type: Web,
    },
    #[allow(lifetime_too_long)]
    Client {
        enabled: false,
        client_id: "tv",
        client_secrets: [
            jwk(
                r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#
            ),
            x509_thumbprint("A9993E364706816ABA3E25717850C26C9CD0D89D"),
            x509_name("CN=tv, O=Example"),
            x509_certificate(
                "MIIBbjCCAROgAwIBAgIUK5PIMkVDr8fHcSjhVqFhYjBWV90wCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjMyMjU5NDhaFw0zNjExMjAyMjU5NDhaMAwxCjAIBgNVBAMMAWEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT9e22CCQyxADWhLRWXjIFblWHvwCvr3L+Ncu5wN/jD50Z6uavOsRo9hQlOfJUsXo5nRmBKCDyFPjlj6zY4xOpYo1MwUTAdBgNVHQ4EFgQUs4f0s71CbMlqucqwF6zH4jyrtcwwHwYDVR0jBBgwFoAUs4f0s71CbMlqucqwF6zH4jyrtcwwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAxyA2QFiemywZowG8wBkf+2+iu7IsSIU9mZZKUNV5v7ECIQDDNdg+N1oAEZlCMfMUd61SS+pLysZmG/1mzRgB3JgbXQ=="
            ),
        ],
        allowed_grant_types: [DeviceCode, Ciba],
        require_request_object: true,
        allow_offline_access: true,
        allowed_scopes: ["openid", "api1"],
        absolute_refresh_token_lifetime: 0,
        refresh_token_usage: ReUse,
        refresh_token_expiration: Sliding,
        user_code_type: "Numeric",
        device_code_lifetime: minutes(2),
        require_dpop: true,
        dpop_validation_mode: [Iat, Nonce],
        dpop_clock_skew: 60,
        ciba_lifetime: minutes(3),
        polling_interval: 10,
    },
];

/// A folder of its own, which is removed in the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("guestlist-config-{name}-{}", process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

//! The three clients of the documentation compile as they are written there.

use guestlist::{Client, Clients, GrantType, clients};

#[expect(deprecated, reason = "the documentation's samples draw warnings, which `tests/ui/documentation` pins")]
static CLIENTS: Clients = clients![
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
];

static MVC: &Client = CLIENTS.require("mvc");

#[test]
fn they_are_what_the_documentation_says() {
    let ids: Vec<&str> = CLIENTS.iter().map(|client| client.client_id.as_str()).collect();
    assert_eq!(ids, ["service.client", "js", "mvc"]);
    assert_eq!(MVC.client_name.as_deref(), Some("MVC Client"));
    assert!(MVC.allow_offline_access);
    assert!(MVC.verify_secret("secret", 0));
    assert_eq!(MVC.allowed_grant_types.as_slice(), [GrantType::Hybrid]);
    let js = CLIENTS.require("js");
    assert!(js.allow_access_tokens_via_browser);
    assert!(js.allows_origin("http://localhost:7017"));
    assert!(js.client_secrets.is_empty());
    let service = CLIENTS.require("service.client");
    assert!(service.allows_scope("api2.read_only"));
    assert!(!service.allows_scope("openid"));
}

#[test]
fn the_rest_has_its_defaults() {
    let service = CLIENTS.require("service.client");
    let expected = Client {
        client_id: "service.client".into(),
        client_secrets: service.client_secrets.clone(),
        allowed_grant_types: [GrantType::ClientCredentials].into(),
        allowed_scopes: ["api1", "api2.read_only"].into(),
        ..Client::default()
    };
    assert_eq!(*service, expected);
}

#[test]
fn no_secret_and_no_digest_is_shown() {
    let shown = format!("{:?} {CLIENTS:?}", CLIENTS.iter().collect::<Vec<_>>());
    assert!(!shown.contains("K7gNU3sd"), "{shown}");
    assert!(shown.contains("Sha256(…)"), "{shown}");
}

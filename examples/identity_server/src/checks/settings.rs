//! Which settings of a client's record does the server heed? Each has a client that is named after it, and says no more
//! than that.

use guestlist::{Clients, Setting, clients};
use serde_json::{Value, json};

use super::wire::{Answer, Ask, Browser, CHALLENGE, FORM, VERIFIER, changed, encoded, parameters};
use super::{Server, claims};

#[expect(deprecated, reason = "samples, some of whose warnings are what is tested")]
static CLIENTS: Clients = clients![
    Server {
        defaults: Client {
            require_client_secret: false,
            allowed_grant_types: [AuthorizationCode],
            redirect_uris: ["https://app.example.com/callback"],
            post_logout_redirect_uris: ["https://app.example.com/"],
            allowed_scopes: ["openid", "profile", "email", "api1"],
            allow_offline_access: true,
        },
    },
    Client { client_id: "plain" },
    Client { client_id: "enabled", enabled: false },
    Client { client_id: "protocol_type", protocol_type: "saml2p" },
    // The API.
    Client {
        client_id: "service.client",
        require_client_secret: true,
        client_secrets: [sha256("7864a0a14d77e58eaa629faa13a01e1f4f85651ec947f9cde9e8b257ed5d61d1")],
    },
    Client {
        client_id: "client_secrets",
        require_client_secret: true,
        client_secrets: [
            sha256("7864a0a14d77e58eaa629faa13a01e1f4f85651ec947f9cde9e8b257ed5d61d1"),
            Secret {
                value: sha512(
                    "9bc51dc64b15baaa4076f98898e99a27147dee6811ca75847fc46158add4ccf2b15ce1306ed734daddc282f4b7bce6f130a09b3a9bd001d78722e66729374d9c"
                ),
                expiration: "2096-10-02T07:08:20Z",
            },
        ],
    },
    Client {
        client_id: "require_client_secret",
        require_client_secret: true,
        client_secrets: [sha256("7864a0a14d77e58eaa629faa13a01e1f4f85651ec947f9cde9e8b257ed5d61d1")],
    },
    Client { client_id: "client_name", require_consent: true, client_name: "Notes <& more>" },
    Client { client_id: "description", require_consent: true, description: "Keeps your <notes>." },
    Client { client_id: "client_uri", require_consent: true, client_uri: "https://app.example.com/about" },
    Client { client_id: "logo_uri", require_consent: true, logo_uri: "https://cdn.example.com/logo.svg" },
    Client { client_id: "require_consent", require_consent: true },
    Client { client_id: "allow_remember_consent", require_consent: true, allow_remember_consent: false },
    Client { client_id: "consent_lifetime", require_consent: true, consent_lifetime: 60 },
    Client { client_id: "allowed_grant_types", allowed_grant_types: [Implicit], allow_access_tokens_via_browser: true },
    Client {
        client_id: "require_pkce",
        require_pkce: false,
        require_client_secret: true,
        client_secrets: [sha256("7864a0a14d77e58eaa629faa13a01e1f4f85651ec947f9cde9e8b257ed5d61d1")],
    },
    Client { client_id: "allow_plain_text_pkce", allow_plain_text_pkce: true },
    Client {
        client_id: "require_request_object",
        require_client_secret: true,
        client_secrets: [jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        )],
        require_request_object: true,
    },
    Client { client_id: "allow_access_tokens_via_browser", allowed_grant_types: [Implicit] },
    Client { client_id: "redirect_uris", redirect_uris: ["https://other.example.com/callback"] },
    Client { client_id: "post_logout_redirect_uris", post_logout_redirect_uris: ["https://other.example.com/"] },
    Client { client_id: "front_channel_logout_uri", front_channel_logout_uri: "https://app.example.com/signout" },
    Client {
        client_id: "front_channel_logout_session_required",
        front_channel_logout_uri: "https://app.example.com/signout",
        front_channel_logout_session_required: false,
    },
    Client { client_id: "allow_offline_access", allow_offline_access: false },
    Client { client_id: "allowed_scopes", allowed_scopes: ["openid"] },
    Client { client_id: "always_include_user_claims_in_id_token", always_include_user_claims_in_id_token: true },
    Client { client_id: "identity_token_lifetime", identity_token_lifetime: 60 },
    Client {
        client_id: "allowed_identity_token_signing_algorithms",
        allowed_identity_token_signing_algorithms: [ES256]
    },
    Client { client_id: "no_such_key", allowed_identity_token_signing_algorithms: [PS512] },
    Client { client_id: "access_token_lifetime", access_token_lifetime: 60 },
    Client { client_id: "authorization_code_lifetime", authorization_code_lifetime: 10 },
    Client { client_id: "absolute_refresh_token_lifetime", absolute_refresh_token_lifetime: 7_200 },
    Client {
        client_id: "sliding_refresh_token_lifetime",
        refresh_token_expiration: Sliding,
        sliding_refresh_token_lifetime: 60,
        absolute_refresh_token_lifetime: 150,
    },
    Client { client_id: "refresh_token_expiration", refresh_token_expiration: Sliding },
    Client { client_id: "refresh_token_usage", refresh_token_usage: ReUse },
    Client {
        client_id: "access_token_type",
        access_token_type: Reference,
        claims: [("tier", "gold")],
        always_send_client_claims: true
    },
    Client {
        client_id: "enable_local_login",
        enable_local_login: false,
        identity_provider_restrictions: ["elsewhere"]
    },
    Client { client_id: "include_jwt_id", include_jwt_id: false },
    Client {
        client_id: "claims",
        claims: [("tier", "gold"), ("level", "3", "integer"), ("on", "true", "boolean"), ("tier", "silver")],
        always_send_client_claims: true
    },
    Client { client_id: "always_send_client_claims", claims: [("tier", "gold")] },
    Client {
        client_id: "client_claims_prefix",
        claims: [("tier", "gold")],
        always_send_client_claims: true,
        client_claims_prefix: "app_"
    },
    Client { client_id: "pair_wise_subject_salt", pair_wise_subject_salt: "0c6a5f13b7e94d28a1f0" },
    Client { client_id: "user_sso_lifetime", user_sso_lifetime: 60 },
    Client { client_id: "allowed_cors_origins", allowed_cors_origins: ["https://app.example.com"] },
    Client { client_id: "require_dpop", require_dpop: true },
    Client { client_id: "dpop_validation_mode", dpop_validation_mode: [Nonce] },
    Client { client_id: "dpop_clock_skew", dpop_clock_skew: 5 },
    Client { client_id: "require_pushed_authorization", require_pushed_authorization: true },
    Client { client_id: "pushed_authorization_lifetime", pushed_authorization_lifetime: 30 },
    Client { client_id: "coordinate_lifetime_with_user_session", coordinate_lifetime_with_user_session: true },
    Client { client_id: "application_type", application_type: Web, redirect_uris: ["http://127.0.0.1:3000/callback"] },
    Client {
        client_id: "application_type_native",
        application_type: Native,
        redirect_uris: ["http://127.0.0.1/callback"]
    },
    Client { client_id: "device", allowed_grant_types: [DeviceCode], redirect_uris: [], post_logout_redirect_uris: [] },
    Client {
        client_id: "user_code_type",
        allowed_grant_types: [DeviceCode],
        redirect_uris: [],
        post_logout_redirect_uris: [],
        user_code_type: "Numeric"
    },
    Client {
        client_id: "device_code_lifetime",
        allowed_grant_types: [DeviceCode],
        redirect_uris: [],
        post_logout_redirect_uris: [],
        device_code_lifetime: 60
    },
    Client {
        client_id: "polling_interval",
        allowed_grant_types: [DeviceCode],
        redirect_uris: [],
        post_logout_redirect_uris: [],
        polling_interval: 30
    },
    Client {
        client_id: "device_sso",
        allowed_grant_types: [DeviceCode],
        redirect_uris: [],
        post_logout_redirect_uris: [],
        user_sso_lifetime: 60
    },
    Client {
        client_id: "device_elsewhere",
        allowed_grant_types: [DeviceCode],
        redirect_uris: [],
        post_logout_redirect_uris: [],
        enable_local_login: false,
        identity_provider_restrictions: ["elsewhere"]
    },
];

/// The secret of `client_secrets` and `require_pkce`, and one that counts for a hundred seconds.
const SECRET: &str = "settings-secret-of-the-tests-0001";
const OLD_SECRET: &str = "settings-secret-of-the-tests-0002";

const URI: &str = "https://app.example.com/callback";

/// The settings that no client can see here, and why.
const UNSEEN: &[(Setting, &str)] = &[
    (Setting::BackChannelLogoutSessionRequired, "the server always knows the session, and names it"),
    (Setting::UpdateAccessTokenClaimsOnRefresh, "its access tokens have no claims that change"),
    (Setting::IdentityProviderRestrictions, "there is no provider but the server itself"),
    (Setting::Properties, "they are for the code of whoever has use for them"),
    (Setting::CibaLifetime, "it has no backchannel authentication"),
    (Setting::InitiateLoginUri, "it sends nobody to a client who was not sent by it"),
];

/// Those that the tests from outside see: what the record is found by, and who listens for sign-outs.
const SEEN_ELSEWHERE: &[Setting] = &[Setting::ClientId, Setting::BackChannelLogoutUri];

#[test]
fn every_setting_has_its_client_or_its_reason() {
    for setting in Setting::ALL {
        let has_client = CLIENTS.get(setting.as_str()).is_some();
        let has_reason = UNSEEN.iter().any(|(unseen, _)| unseen == setting) || SEEN_ELSEWHERE.contains(setting);
        assert!(has_client != has_reason, "{}", setting.as_str());
    }
}

/// A good request of a client.
fn request(client_id: &str) -> String {
    format!(
        "client_id={client_id}&response_type=code&scope=openid+profile+email+api1+offline_access&state=s&nonce=n\
         &redirect_uri={}&code_challenge={CHALLENGE}&code_challenge_method=S256",
        encoded(URI)
    )
}

/// The same without what a client may not have.
fn plain(client_id: &str) -> String {
    changed(&request(client_id), &["scope=openid"])
}

fn authorize(browser: &Browser<'_>, request: &str) -> Answer {
    browser.get(&format!("/authorize?{request}"))
}

/// What the client is told is wrong, if anything is.
fn error(answer: &Answer) -> String {
    match answer.status() {
        303 => parameters(answer.location()).get("error_description").cloned().unwrap_or_default(),
        _ => answer.page().2,
    }
}

fn redeem(server: &Server, client_id: &str, code: &str) -> Answer {
    let body = format!(
        "grant_type=authorization_code&client_id={client_id}&code={code}&code_verifier={VERIFIER}&redirect_uri={}",
        encoded(URI)
    );
    server.form("/token", None, &body)
}

/// The tokens that alice lets a client have.
fn tokens(server: &Server, client_id: &str) -> Value {
    let alice = Browser::signed_in(server, "alice");
    redeem(server, client_id, &alice.authorize(&request(client_id), "alice")["code"]).json()
}

fn refresh(server: &Server, client_id: &str, token: &Value) -> Answer {
    let token = token.as_str().unwrap();
    server.form("/token", None, &format!("grant_type=refresh_token&client_id={client_id}&refresh_token={token}"))
}

#[test]
fn who_may_ask() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    for (client_id, expected) in [
        ("plain", ""),
        ("enabled", "unauthorized_client: the client is unknown or not enabled"),
        ("protocol_type", "unauthorized_client: the client is unknown or not enabled"),
        ("require_pushed_authorization", "the client must push its authorization requests"),
        ("require_request_object", "the client must send a signed request object"),
        ("redirect_uris", "invalid_request: redirect_uri is not registered for this client"),
        ("allowed_grant_types", "the client may not use this response type"),
        ("allowed_scopes", ""),
        ("enable_local_login", "Its users sign in elsewhere, and this server has no way there."),
    ] {
        let said = error(&authorize(&alice, &plain(client_id)));
        let expected = match expected.split_once(": ") {
            // On a page of the server's own.
            Some(_) => {
                format!("The application asked for something that it may not have ({expected}). Tell its makers.")
            }
            None => expected.to_owned(),
        };
        assert_eq!(said, expected, "{client_id}");
    }
    for (client_id, changes, expected) in [
        ("allowed_scopes", &["scope=openid+api1"][..], "a scope is unknown or not allowed to this client"),
        ("allow_offline_access", &["scope=openid+offline_access"], "a scope is unknown or not allowed to this client"),
        ("plain", &["code_challenge_method=plain"], "code_challenge_method must be S256"),
        ("allow_plain_text_pkce", &["code_challenge_method=plain"], ""),
        ("plain", &["-code_challenge", "-code_challenge_method"], "code_challenge is missing"),
        ("require_pkce", &["-code_challenge", "-code_challenge_method"], ""),
        ("allowed_grant_types", &["response_type=token", "scope=api1"], ""),
        (
            "allow_access_tokens_via_browser",
            &["response_type=token", "scope=api1"],
            "the client may not get access tokens through the browser",
        ),
        ("allow_access_tokens_via_browser", &["response_type=id_token"], ""),
    ] {
        assert_eq!(
            error(&authorize(&alice, &changed(&plain(client_id), changes))),
            expected,
            "{client_id} {changes:?}"
        );
    }
    // A loopback address may have any port, but not of a web application (RFC 8252 §7.3).
    for (client_id, good) in [("application_type", false), ("application_type_native", true)] {
        let uri = format!("redirect_uri={}", encoded("http://127.0.0.1:4444/callback"));
        let answer = authorize(&alice, &changed(&plain(client_id), &[&uri]));
        assert_eq!(answer.status() == 303, good, "{client_id}");
    }
}

#[test]
fn who_has_proven_itself() {
    let server = Server::new(&CLIENTS);
    let revoke =
        |client: &str, secret: &str| server.form("/revoke", Some(&format!("{client}:{secret}")), "token=x").status();
    for (client_id, secret, status) in [
        // Whose name anybody may use has nothing to prove.
        ("plain", "whatever", 200),
        ("client_secrets", SECRET, 200),
        ("client_secrets", OLD_SECRET, 200),
        ("client_secrets", "wrong", 401),
        ("enabled", "whatever", 401),
        ("protocol_type", "whatever", 401),
    ] {
        assert_eq!(revoke(client_id, secret), status, "{client_id} {secret}");
    }
    server.at_second(100);
    assert_eq!((revoke("client_secrets", SECRET), revoke("client_secrets", OLD_SECRET)), (200, 401), "it has expired");
    for (client_id, status) in [("plain", 200), ("require_client_secret", 401)] {
        assert_eq!(server.form("/revoke", None, &format!("client_id={client_id}&token=x")).status(), status);
    }
}

#[test]
fn a_proof_key_that_is_not_required_still_binds() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    let without = ["-code_challenge", "-code_challenge_method"];
    for (what, changes, verifier, description) in [
        ("neither", &without[..], "", ""),
        // A downgrade, if the client has sent a challenge that somebody took away (RFC 9700 §4.8.2).
        ("a verifier alone", &without, VERIFIER, "code_verifier without a code_challenge"),
        ("a challenge alone", &[], "", "code_verifier is missing"),
        ("both", &[], VERIFIER, ""),
    ] {
        let code = parameters(authorize(&alice, &changed(&plain("require_pkce"), changes)).location())["code"].clone();
        let verifier = if verifier.is_empty() { String::new() } else { format!("&code_verifier={verifier}") };
        let body = format!("grant_type=authorization_code&code={code}&redirect_uri={}{verifier}", encoded(URI));
        let answer = server.form("/token", Some(&format!("require_pkce:{SECRET}")), &body).json();
        assert_eq!(answer["error_description"].as_str().unwrap_or_default(), description, "{what}");
    }
    let code = parameters(
        authorize(&alice, &changed(&plain("allow_plain_text_pkce"), &["code_challenge_method=plain"])).location(),
    )["code"]
        .clone();
    let body = format!(
        "grant_type=authorization_code&client_id=allow_plain_text_pkce&code={code}&redirect_uri={}",
        encoded(URI)
    );
    server.form("/token", None, &format!("{body}&code_verifier={VERIFIER}")).assert_refused("hashed", "invalid_grant");
    assert_eq!(server.form("/token", None, &format!("{body}&code_verifier={CHALLENGE}")).status(), 200);
}

#[test]
fn what_a_user_is_shown_and_asked() {
    let server = Server::new(&CLIENTS);
    let page = |client_id: &str| {
        let alice = Browser::signed_in(&server, "alice");
        alice.follow(authorize(&alice, &plain(client_id)))
    };
    let sign_in = Browser::new(&server);
    let sign_in = sign_in.follow(authorize(&sign_in, &plain("client_name")));
    assert!(sign_in.text().contains("<strong>Notes &lt;&amp; more&gt;</strong>"), "{}", sign_in.text());
    assert!(page("client_name").text().contains("<strong>Notes &lt;&amp; more&gt;</strong> asks for access"));
    assert!(page("description").text().contains("<p>Keeps your &lt;notes&gt;.</p>"));
    assert!(
        page("client_uri")
            .text()
            .contains("<a href=\"https:&#x2f;&#x2f;app.example.com&#x2f;about\" rel=\"noreferrer\">")
    );
    let logo = page("logo_uri");
    assert!(
        logo.text().contains("<img class=\"logo\" src=\"https:&#x2f;&#x2f;cdn.example.com&#x2f;logo.svg\" alt=\"\">")
    );
    assert!(logo.header("content-security-policy").contains("; img-src https://cdn.example.com; "));
    assert!(page("require_consent").header("content-security-policy").contains("; img-src 'none'; "));
    assert!(page("require_consent").text().contains("name=\"remember\""));
    assert!(!page("allow_remember_consent").text().contains("name=\"remember\""));
    // Whoever has no account here is told so, and not asked for a password that would not count.
    let nobody = Browser::new(&server);
    nobody.follow(authorize(&nobody, &plain("enable_local_login"))).assert_page(
        "elsewhere",
        403,
        "You cannot sign in for this application",
        "Its users sign in elsewhere, and this server has no way there.",
    );
}

#[test]
fn how_long_the_user_is_not_asked_again() {
    for (client_id, second, asked) in [
        ("require_consent", 1_000_000, false),
        ("consent_lifetime", 60, false),
        ("consent_lifetime", 61, true),
        ("allow_remember_consent", 1, true),
    ] {
        let server = Server::new(&CLIENTS);
        let alice = Browser::signed_in(&server, "alice");
        let form = alice.follow(authorize(&alice, &plain(client_id))).filled();
        alice.follow(alice.send(&form.with("answer", "allow").with("remember", "yes")));
        server.at_second(second);
        let alice = Browser::signed_in(&server, "alice");
        let answer = authorize(&alice, &plain(client_id));
        assert_eq!(answer.location().starts_with("/consent?"), asked, "{client_id} {second}");
    }
    for (client_id, second, asked) in
        [("plain", 61, false), ("user_sso_lifetime", 60, false), ("user_sso_lifetime", 61, true)]
    {
        let server = Server::new(&CLIENTS);
        let alice = Browser::signed_in(&server, "alice");
        server.at_second(second);
        assert_eq!(
            authorize(&alice, &plain(client_id)).location().starts_with("/signin?"),
            asked,
            "{client_id} {second}"
        );
    }
}

#[test]
fn what_tokens_say() {
    let server = Server::new(&CLIENTS);
    let access = |client_id: &str| claims(tokens(&server, client_id)["access_token"].as_str().unwrap());
    let id = |client_id: &str| claims(tokens(&server, client_id)["id_token"].as_str().unwrap());
    let lifetime = |claims: &Value| claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap();
    let (plain_access, plain_id) = (access("plain"), id("plain"));
    assert_eq!((lifetime(&plain_access), lifetime(&plain_id)), (3_600, 300));
    assert_eq!((lifetime(&access("access_token_lifetime")), lifetime(&id("identity_token_lifetime"))), (60, 60));
    assert_eq!(tokens(&server, "access_token_lifetime")["expires_in"], 60);
    assert!(plain_access["jti"].is_string() && access("include_jwt_id")["jti"].is_null());
    assert!(plain_id["name"].is_null());
    assert_eq!(id("always_include_user_claims_in_id_token")["name"], "Alice Smith");
    // Claims about the client never pass for what the server says.
    for (client_id, expected) in [
        ("plain", json!({})),
        ("claims", json!({ "client_tier": ["gold", "silver"], "client_level": 3, "client_on": true })),
        ("always_send_client_claims", json!({})),
        ("client_claims_prefix", json!({ "app_tier": "gold" })),
    ] {
        let mut more = access(client_id);
        let more = more.as_object_mut().unwrap();
        for name in plain_access.as_object().unwrap().keys() {
            more.remove(name);
        }
        assert_eq!(Value::from(more.clone()), expected, "{client_id}");
    }
    // A token without a name of its own counts and is revoked as any other.
    let token = tokens(&server, "include_jwt_id")["access_token"].as_str().unwrap().to_owned();
    let user_info = || server.ask("GET", "/userinfo", &[("authorization", &format!("Bearer {token}"))], None).status();
    assert_eq!(user_info(), 200);
    server.form("/revoke", None, &format!("client_id=include_jwt_id&token={token}"));
    assert_eq!(user_info(), 401);
    // A reference says the same to who asks.
    let token = tokens(&server, "access_token_type")["access_token"].as_str().unwrap().to_owned();
    assert!(!token.contains('.'));
    let known = server.form("/introspect", Some(&format!("service.client:{SECRET}")), &format!("token={token}")).json();
    assert_eq!((&known["client_tier"], &known["sub"]), (&json!("gold"), &json!("818727")));
    // The algorithm, and one for which there is no key: no other is taken in its place.
    let algorithm = |jwt: &Value| format!("{:?}", jsonwebtoken::decode_header(jwt.as_str().unwrap()).unwrap().alg);
    assert_eq!(algorithm(&tokens(&server, "plain")["id_token"]), "RS256");
    let es256 = tokens(&server, "allowed_identity_token_signing_algorithms");
    assert_eq!(
        (algorithm(&es256["id_token"]).as_str(), algorithm(&es256["access_token"]).as_str()),
        ("ES256", "RS256")
    );
    let alice = Browser::signed_in(&server, "alice");
    let answer = redeem(&server, "no_such_key", &alice.authorize(&request("no_such_key"), "alice")["code"]);
    assert_eq!((answer.status(), &answer.json()["error"]), (500, &json!("server_error")));
}

#[test]
fn a_user_is_known_by_another_name_where_there_is_a_salt() {
    let server = Server::new(&CLIENTS);
    let client_id = "pair_wise_subject_salt";
    let first = tokens(&server, client_id);
    let (access, id_token) = (first["access_token"].as_str().unwrap(), first["id_token"].as_str().unwrap());
    let subject = claims(id_token)["sub"].clone();
    assert_eq!(subject.as_str().map(str::len), Some(43));
    assert_eq!(claims(access)["sub"], subject, "everywhere the same");
    let info = server.ask("GET", "/userinfo", &[("authorization", &format!("Bearer {access}"))], None).json();
    assert_eq!(info["sub"], subject);
    let known =
        server.form("/introspect", Some(&format!("service.client:{SECRET}")), &format!("token={access}")).json();
    assert_eq!(known["sub"], subject);
    assert!(!format!("{info} {known}").contains("818727"));
    assert_eq!(claims(tokens(&server, client_id)["id_token"].as_str().unwrap())["sub"], subject, "again");
    let document = server.get("/.well-known/openid-configuration").json();
    assert_eq!(document["subject_types_supported"], json!(["public", "pairwise"]));
    // And by that name a hint is understood.
    let alice = Browser::signed_in(&server, "alice");
    let hint = parameters(authorize(&alice, &plain(client_id)).location())["code"].clone();
    let hint = redeem(&server, client_id, &hint).json()["id_token"].as_str().unwrap().to_owned();
    let back = encoded("https://app.example.com/");
    let bob = Browser::signed_in(&server, "bob");
    let hinted = format!("{}&id_token_hint={hint}", plain(client_id));
    assert!(authorize(&bob, &hinted).location().starts_with("/signin?"), "another user");
    assert!(authorize(&alice, &hinted).location().contains("?code="), "the same");
    let answer = alice.get(&format!("/signout?id_token_hint={hint}&post_logout_redirect_uri={back}"));
    assert_eq!(answer.location(), "https://app.example.com/");
}

#[test]
fn how_long_codes_and_refresh_tokens_count() {
    for (second, status) in [(9, 200), (10, 400)] {
        let server = Server::new(&CLIENTS);
        let alice = Browser::signed_in(&server, "alice");
        let code = alice.authorize(&request("authorization_code_lifetime"), "alice")["code"].clone();
        server.at_second(second);
        assert_eq!(redeem(&server, "authorization_code_lifetime", &code).status(), status, "{second}");
    }
    for (client_id, steps) in [
        ("plain", &[(2_591_999, 200), (2_592_000, 400)][..]),
        ("absolute_refresh_token_lifetime", &[(7_199, 200), (7_200, 400)]),
        // Each use prolongs it, but not beyond the absolute end.
        ("sliding_refresh_token_lifetime", &[(59, 200), (118, 200), (149, 200), (150, 400)]),
        ("sliding_refresh_token_lifetime", &[(60, 400)]),
        ("refresh_token_expiration", &[(1_295_999, 200), (2_591_998, 200), (2_592_000, 400)]),
        ("refresh_token_expiration", &[(1_296_000, 400)]),
    ] {
        let server = Server::new(&CLIENTS);
        let mut token = tokens(&server, client_id)["refresh_token"].clone();
        for (second, status) in steps {
            server.at_second(*second);
            let answer = refresh(&server, client_id, &token);
            assert_eq!(answer.status(), *status, "{client_id} {second}");
            if *status == 200 {
                token = answer.json()["refresh_token"].clone();
            }
        }
    }
    let server = Server::new(&CLIENTS);
    for (client_id, same) in [("plain", false), ("refresh_token_usage", true)] {
        let token = tokens(&server, client_id)["refresh_token"].clone();
        assert_eq!(refresh(&server, client_id, &token).json()["refresh_token"] == token, same, "{client_id}");
    }
    // With the session, or without.
    for (client_id, status) in [("plain", 200), ("coordinate_lifetime_with_user_session", 400)] {
        let alice = Browser::signed_in(&server, "alice");
        let token = redeem(&server, client_id, &alice.authorize(&request(client_id), "alice")["code"]).json();
        alice.send(&alice.get("/signout").filled());
        assert_eq!(refresh(&server, client_id, &token["refresh_token"]).status(), status, "{client_id}");
    }
    // What a sliding token was replaced by outlives it, and its theft is noticed all the same (RFC 9700 §4.14.2).
    let client_id = "refresh_token_expiration";
    let first = tokens(&server, client_id)["refresh_token"].clone();
    server.at_second(1_000_000);
    let second = refresh(&server, client_id, &first).json()["refresh_token"].clone();
    server.at_second(1_500_000);
    refresh(&server, client_id, &first).assert_refused("after its own end", "invalid_grant");
    refresh(&server, client_id, &second).assert_refused("its family", "invalid_grant");
}

#[test]
fn where_a_user_goes_after_signing_out_and_who_is_told() {
    let server = Server::new(&CLIENTS);
    let sign_out = |client_id: &str| {
        let alice = Browser::signed_in(&server, "alice");
        let code = alice.authorize(&request(client_id), "alice")["code"].clone();
        let hint = redeem(&server, client_id, &code).json()["id_token"].as_str().unwrap().to_owned();
        alice.get(&format!(
            "/signout?id_token_hint={hint}&post_logout_redirect_uri={}",
            encoded("https://app.example.com/")
        ))
    };
    assert_eq!(sign_out("plain").location(), "https://app.example.com/");
    sign_out("post_logout_redirect_uris").assert_page("not its", 200, "Signed out", "You have signed out here.");
    let frame = |client_id: &str| {
        let page = sign_out(client_id);
        let (_, rest) = page.text().split_once("<iframe src=\"").unwrap();
        rest.split('"').next().unwrap().replace("&#x2f;", "/")
    };
    assert!(frame("front_channel_logout_uri").starts_with("https://app.example.com/signout?iss="));
    assert_eq!(frame("front_channel_logout_session_required"), "https://app.example.com/signout");
}

#[test]
fn what_scripts_may_do() {
    let server = Server::new(&CLIENTS);
    let origin = ("origin", "https://app.example.com");
    for (client_id, error, readable) in
        [("plain", "unauthorized_client", ""), ("allowed_cors_origins", "invalid_grant", origin.1)]
    {
        let body = format!("grant_type=refresh_token&client_id={client_id}&refresh_token=x");
        let answer = server.post("/token", FORM, &[origin], &body);
        answer.assert_refused(client_id, error);
        assert_eq!(answer.header("access-control-allow-origin"), readable, "{client_id}");
    }
}

#[test]
fn how_devices_are_connected() {
    let server = Server::new(&CLIENTS);
    let begin = |client_id: &str| server.form("/device_authorization", None, &format!("client_id={client_id}")).json();
    let poll = |client_id: &str, device: &Value| {
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        let code = device["device_code"].as_str().unwrap();
        let answer =
            server.form("/token", None, &format!("grant_type={grant}&client_id={client_id}&device_code={code}"));
        answer.json()["error"].as_str().unwrap_or_default().to_owned()
    };
    let plain = begin("device");
    assert_eq!((&plain["expires_in"], &plain["interval"]), (&json!(300), &json!(5)));
    assert_eq!(begin("device_code_lifetime")["expires_in"], 60);
    assert_eq!(begin("polling_interval")["interval"], 30);
    let code = begin("user_code_type")["user_code"].as_str().unwrap().to_owned();
    assert!(code.len() == 11 && code.replace('-', "").bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    let slow = begin("polling_interval");
    assert_eq!(poll("polling_interval", &slow), "authorization_pending");
    server.at_second(29);
    assert_eq!(poll("polling_interval", &slow), "slow_down");
    // Its user signs in by the rules of the record, as in the browser.
    let alice = Browser::signed_in(&server, "alice");
    server.at_second(90);
    for (client_id, leads) in [("device", ""), ("device_sso", "/signin?request=")] {
        let page = alice.get(&format!("/device?user_code={}", begin(client_id)["user_code"].as_str().unwrap()));
        let answer = alice.send(&page.filled());
        assert_eq!(answer.header("location").starts_with("/signin?"), !leads.is_empty(), "{client_id}");
    }
    let page = alice.get(&format!("/device?user_code={}", begin("device_elsewhere")["user_code"].as_str().unwrap()));
    assert!(alice.send(&page.filled()).text().contains("The users of this application sign in elsewhere"));
}

#[test]
fn what_is_pushed_and_what_is_proven() {
    let server = Server::new(&CLIENTS);
    let push = |client_id: &str| server.form("/par", None, &plain(client_id)).json();
    assert_eq!(push("plain")["expires_in"], 600);
    let pushed = push("pushed_authorization_lifetime");
    assert_eq!(pushed["expires_in"], 30);
    server.at_second(30);
    let path = format!(
        "/authorize?client_id=pushed_authorization_lifetime&request_uri={}",
        pushed["request_uri"].as_str().unwrap()
    );
    assert_eq!(server.get(&path).status(), 400);
    let path = format!(
        "/authorize?client_id=require_pushed_authorization&request_uri={}",
        push("require_pushed_authorization")["request_uri"].as_str().unwrap()
    );
    assert!(server.get(&path).location().starts_with("/signin?"));
    let server = Server::new(&CLIENTS);
    let proof = proof_of(super::START - 10);
    for (client_id, proof, error) in [
        ("plain", "", "invalid_grant"),
        ("require_dpop", "", "invalid_dpop_proof"),
        ("require_dpop", &*proof, "invalid_grant"),
        ("dpop_validation_mode", &proof_of(super::START - 10), "use_dpop_nonce"),
        ("dpop_clock_skew", &proof_of(super::START - 10), "invalid_dpop_proof"),
    ] {
        let headers = [("dpop", proof)];
        let headers = if proof.is_empty() { &headers[..0] } else { &headers };
        let body = format!("grant_type=refresh_token&client_id={client_id}&refresh_token=x");
        server.post("/token", FORM, headers, &body).assert_refused(client_id, error);
    }
}

/// A proof of a new key, made at this time.
fn proof_of(time: u64) -> String {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
    use jsonwebtoken::jwk::Jwk;
    use jsonwebtoken::{Algorithm, EncodingKey, Header};
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap().to_pkcs8v1().unwrap();
    let key = EncodingKey::from_ec_der(key.as_ref());
    let mut header = Header::new(Algorithm::ES256);
    header.typ = Some("dpop+jwt".to_owned());
    header.jwk = Some(Jwk::from_encoding_key(&key, Algorithm::ES256).unwrap());
    let claims = json!({ "htm": "POST", "htu": format!("{}/token", super::ISSUER), "iat": time, "jti": "one" });
    jsonwebtoken::encode(&header, &claims, &key).unwrap()
}

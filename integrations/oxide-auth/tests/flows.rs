//! Do oxide-auth's flows pass on the static store, and refuse what the record does not allow?

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says so when it cannot go on")]

mod common;

use std::borrow::Cow;

use common::{Answer, CHALLENGE, CLIENTS, Parameters, SECRET, VERIFIER, code_request, form, pair, query, with};
use guestlist::Clients;
use guestlist_oxide_auth::{ClientPkce, Flow, StoreRegistrar};
use oxide_auth::endpoint::{
    AccessTokenFlow, AuthorizationFlow, ClientCredentialsFlow, OwnerConsent, RefreshFlow, Solicitation,
};
use oxide_auth::frontends::simple::endpoint::{FnSolicitor, Generic, Vacant};
use oxide_auth::frontends::simple::extensions::{AddonList, Extended};
use oxide_auth::frontends::simple::request::{Request, Response, Status};
use oxide_auth::primitives::prelude::{AuthMap, RandomGenerator, TokenMap};
use oxide_auth::primitives::registrar::{BoundClient, ClientUrl, ExactUrl, RegisteredUrl, Registrar};

/// A server in the process.
struct Server {
    codes: AuthMap<RandomGenerator>,
    tokens: TokenMap<RandomGenerator>,
}

/// Nothing was answered: the user sees a page, or the server's log an error.
#[derive(Debug)]
struct Unanswered;

type Answered = Result<Answer, Unanswered>;

impl Server {
    fn new() -> Self {
        Self { codes: AuthMap::new(RandomGenerator::new(16)), tokens: TokenMap::new(RandomGenerator::new(16)) }
    }

    fn addons() -> AddonList {
        let mut addons = AddonList::new();
        addons.push_code(ClientPkce::new(&CLIENTS));
        addons
    }

    fn authorize(&mut self, parameters: &[(&str, &str)]) -> Answered {
        let endpoint = Generic {
            registrar: StoreRegistrar::new(&CLIENTS, Flow::Authorization),
            authorizer: &mut self.codes,
            issuer: Vacant,
            solicitor: FnSolicitor(|_: &mut Request, _: Solicitation<'_>| {
                OwnerConsent::<Response>::Authorized("alice".into())
            }),
            scopes: Vacant,
            response: Vacant,
        };
        let mut flow = AuthorizationFlow::prepare(Extended::extend_with(endpoint, Self::addons())).unwrap();
        answered(flow.execute(query(parameters)))
    }

    fn redeem(&mut self, pair: Option<&str>, parameters: &[(&str, &str)]) -> Answered {
        let endpoint = Generic {
            registrar: StoreRegistrar::new(&CLIENTS, Flow::AccessToken),
            authorizer: &mut self.codes,
            issuer: &mut self.tokens,
            solicitor: Vacant,
            scopes: Vacant,
            response: Vacant,
        };
        let mut flow = AccessTokenFlow::prepare(Extended::extend_with(endpoint, Self::addons())).unwrap();
        answered(flow.execute(form(pair, parameters)))
    }

    fn refresh(&mut self, pair: Option<&str>, refresh_token: &str) -> Answered {
        let endpoint = Generic {
            registrar: StoreRegistrar::new(&CLIENTS, Flow::Refresh),
            authorizer: Vacant,
            issuer: &mut self.tokens,
            solicitor: Vacant,
            scopes: Vacant,
            response: Vacant,
        };
        let mut flow = RefreshFlow::prepare(endpoint).unwrap();
        answered(flow.execute(form(pair, &[("grant_type", "refresh_token"), ("refresh_token", refresh_token)])))
    }

    /// By the registrar of any flow.
    fn client_credentials(&mut self, flow: Flow, pair: Option<&str>, scope: Option<&str>) -> Answered {
        let endpoint = Generic {
            registrar: StoreRegistrar::new(&CLIENTS, flow),
            authorizer: Vacant,
            issuer: &mut self.tokens,
            solicitor: FnSolicitor(|_: &mut Request, solicitation: Solicitation<'_>| {
                OwnerConsent::<Response>::Authorized(solicitation.pre_grant().client_id.clone())
            }),
            scopes: Vacant,
            response: Vacant,
        };
        let mut flow = ClientCredentialsFlow::prepare(endpoint).unwrap();
        let mut parameters = vec![("grant_type", "client_credentials")];
        parameters.extend(scope.map(|scope| ("scope", scope)));
        answered(flow.execute(form(pair, &parameters)))
    }

    /// A code, and the request that redeems it.
    #[track_caller]
    fn code<'a>(&mut self, request: &[(&str, &str)], redirect_uri: &'a str) -> (String, Parameters<'a>) {
        let answer = self.authorize(request).unwrap();
        let parameters = vec![("grant_type", "authorization_code"), ("redirect_uri", redirect_uri)];
        (answer.code(), parameters)
    }
}

fn answered<E>(result: Result<Response, E>) -> Answered {
    result.map(Answer::from).map_err(|_| Unanswered)
}

const WEB: &str = "https://web.example.com/callback?tenant=7";
const LOOPBACK: &str = "http://127.0.0.1:51004/callback";

#[test]
fn a_confidential_client_gets_a_code_tokens_and_new_tokens() {
    let mut server = Server::new();
    let answer = server.authorize(&code_request("web", WEB)).unwrap();
    assert_eq!(answer.status, Status::Redirect);
    assert!(answer.location.starts_with(&format!("{WEB}&code=")), "{answer:?}");
    assert!(answer.location.ends_with("&state=xyz"), "{answer:?}");
    let code = answer.code();
    let body =
        vec![("grant_type", "authorization_code"), ("redirect_uri", WEB), ("code", &code), ("code_verifier", VERIFIER)];
    let answer = server.redeem(Some(&pair("web")), &body).unwrap();
    assert_eq!(answer.status, Status::Ok, "{answer:?}");
    assert_eq!((answer.text("token_type"), answer.scopes()), ("bearer", vec!["api1"]));
    let refresh_token = answer.text("refresh_token").to_owned();
    for (wrong, status) in [
        (None, Status::Unauthorized),
        (Some("web:wrong".to_owned()), Status::Unauthorized),
        (Some(pair("both")), Status::BadRequest),
    ] {
        assert_eq!(server.refresh(wrong.as_deref(), &refresh_token).unwrap().status, status, "{wrong:?}");
    }
    let answer = server.refresh(Some(&pair("web")), &refresh_token).unwrap();
    assert_eq!((answer.status, answer.scopes()), (Status::Ok, vec!["api1"]));
}

#[test]
fn a_public_client_gets_them_without_a_secret() {
    for redirect_uri in [LOOPBACK, "http://127.0.0.1/callback", "com.example.app:/callback"] {
        let mut server = Server::new();
        let answer = server.authorize(&code_request("native", redirect_uri)).unwrap();
        // To the port that was asked for.
        assert!(answer.location.starts_with(&format!("{redirect_uri}?code=")), "{answer:?}");
        let code = answer.code();
        let body = [
            ("grant_type", "authorization_code"),
            ("client_id", "native"),
            ("redirect_uri", redirect_uri),
            ("code", &code),
            ("code_verifier", VERIFIER),
        ];
        let answer = server.redeem(None, &body).unwrap();
        assert_eq!(answer.status, Status::Ok, "{answer:?}");
        let refresh_token = answer.text("refresh_token").to_owned();
        assert_eq!(server.refresh(None, &refresh_token).unwrap().status, Status::Ok);
    }
}

#[test]
fn a_client_that_acts_for_itself_gets_the_scopes_of_apis() {
    for (client_id, scope, granted) in [
        ("machine", None, &["api1", "api2"][..]),
        ("machine", Some("api2"), &["api2"]),
        ("both", None, &["api1", "api2"]),
        ("both", Some("api1"), &["api1"]),
    ] {
        let answer = Server::new().client_credentials(Flow::ClientCredentials, Some(&pair(client_id)), scope).unwrap();
        assert_eq!((answer.status, answer.scopes()), (Status::Ok, granted.to_vec()), "{client_id} {scope:?}");
        assert!(answer.body.get("refresh_token").is_none());
    }
    for (client_id, scope) in [
        ("machine", "api3"),
        ("machine", "API1"),
        ("machine", "api1 api3"),
        // There is no user.
        ("both", "openid"),
        ("both", "api1 profile"),
        ("both", "api1 offline_access"),
    ] {
        let answer = Server::new().client_credentials(Flow::ClientCredentials, Some(&pair(client_id)), Some(scope));
        assert!(answer.is_err(), "{client_id} {scope}: {answer:?}");
    }
}

#[test]
fn a_client_acts_for_itself_only_with_the_grant_and_its_secret() {
    let answers = |pair: &str| Server::new().client_credentials(Flow::ClientCredentials, Some(pair), None).unwrap();
    for wrong in [
        pair("web"),
        pair("native"),
        "native:".into(),
        pair("off"),
        pair("unknown"),
        // It must use DPoP, which oxide-auth has not.
        pair("pushed"),
        "machine:wrong".into(),
        "machine:".into(),
        format!("machine:{SECRET} "),
        format!("Machine:{SECRET}"),
        "machine:\u{e9}".into(),
    ] {
        let answer = answers(&wrong);
        assert_eq!((answer.status, answer.text("error")), (Status::Unauthorized, "invalid_client"), "{wrong}");
    }
    let answer = Server::new().client_credentials(Flow::ClientCredentials, None, None).unwrap();
    assert_eq!(answer.status, Status::BadRequest);
}

#[test]
fn a_registrar_of_another_flow_refuses_everything() {
    let redirect_uri: ExactUrl = "https://both.example.com/a".parse().unwrap();
    for (flow, binds_asked, binds_none, negotiates, checks) in [
        (Flow::Authorization, true, false, true, false),
        (Flow::AccessToken, false, false, false, true),
        (Flow::Refresh, false, false, false, true),
        (Flow::ClientCredentials, false, true, true, true),
    ] {
        let registrar = StoreRegistrar::new(&CLIENTS, flow);
        let bind = |redirect_uri: Option<&ExactUrl>| {
            let redirect_uri = redirect_uri.cloned().map(Cow::Owned);
            registrar.bound_redirect(ClientUrl { client_id: "both".into(), redirect_uri }).is_ok()
        };
        assert_eq!((bind(Some(&redirect_uri)), bind(None)), (binds_asked, binds_none), "{flow:?}");
        // The flow has rewritten it on the way.
        let redirect_uri = Cow::Owned(RegisteredUrl::Semantic(redirect_uri.to_url()));
        let bound = BoundClient { client_id: "both".into(), redirect_uri };
        assert_eq!(registrar.negotiate(bound, Some("api1".parse().unwrap())).is_ok(), negotiates, "{flow:?}");
        assert_eq!(registrar.check("both", Some(SECRET.as_bytes())).is_ok(), checks, "{flow:?}");
        // By the flow for clients that act for themselves, only its own registrar gives tokens.
        let answer = Server::new().client_credentials(flow, Some(&pair("both")), Some("api1"));
        let granted = answer.is_ok_and(|answer| answer.status == Status::Ok);
        assert_eq!(granted, flow == Flow::ClientCredentials, "{flow:?}");
    }
}

/// What the user is shown an error for, and no client is told.
#[track_caller]
fn assert_not_redirected(request: &[(&str, &str)]) {
    let answer = Server::new().authorize(request);
    assert!(answer.is_err(), "{request:?}: {answer:?}");
}

#[test]
fn a_client_that_is_not_trusted_with_codes_gets_none() {
    assert_not_redirected(&code_request("unknown", WEB));
    assert_not_redirected(&code_request("off", "https://off.example.com/callback"));
    assert_not_redirected(&code_request("machine", WEB));
    assert_not_redirected(&code_request("pushed", "https://pushed.example.com/callback"));
    assert_not_redirected(&code_request("bound", "https://bound.example.com/callback"));
    // Nowhere to go to.
    assert_not_redirected(&with(code_request("machine", WEB), &[("redirect_uri", "")]));
    assert_not_redirected(&with(code_request("machine", WEB), &[("redirect_uri", "about:invalid")]));
}

#[test]
fn a_redirect_uri_that_is_not_registered_is_not_followed() {
    for (client_id, redirect_uris) in [
        (
            "web",
            &[
                "https://evil.example/callback?tenant=7",
                "https://web.example.com/callback",
                "https://web.example.com/callback?tenant=7&x",
                "https://web.example.com/callback?tenant=7#x",
                "https://web.example.com/callback/?tenant=7",
                "https://web.example.com:443/callback?tenant=7",
                "https://WEB.example.com/callback?tenant=7",
                "https://web.example.com/%63allback?tenant=7",
                "https://web.example.com/x/../callback?tenant=7",
                "https://web.example.com@evil.example/callback?tenant=7",
                "http://web.example.com/callback?tenant=7",
                "not a uri",
            ][..],
        ),
        (
            "native",
            &[
                "http://127.0.0.1:51004/callback/",
                "http://127.0.0.1:51004@evil.example/callback",
                "http://127.0.0.1:0/callback",
                "http://127.0.0.1:65536/callback",
                "http://localhost:51004/callback",
                "http://[::1]:51004/callback",
                "https://127.0.0.1:51004/callback",
                "com.example.app:/Callback",
                "com.example.app://callback",
            ],
        ),
    ] {
        for redirect_uri in redirect_uris {
            assert_not_redirected(&code_request(client_id, redirect_uri));
        }
    }
}

#[test]
fn the_only_redirect_uri_need_not_be_named() {
    let request = |client_id| with(code_request(client_id, WEB), &[("redirect_uri", "")]);
    let answer = Server::new().authorize(&request("web")).unwrap();
    assert!(answer.location.starts_with(WEB), "{answer:?}");
    assert_not_redirected(&request("both"));
}

#[test]
fn a_scope_that_is_not_allowed_is_an_error_for_the_client() {
    for scope in ["api2", "api1 api2", "API1", "profile", ""] {
        let answer = Server::new().authorize(&with(code_request("web", WEB), &[("scope", scope)])).unwrap();
        assert!(answer.location.contains("error=invalid_scope"), "{scope}: {answer:?}");
        assert!(!answer.location.contains("code="), "{scope}: {answer:?}");
    }
    // Offline access is switched by its own setting.
    let offline = [("scope", "api1 offline_access")];
    assert!(!Server::new().authorize(&with(code_request("web", WEB), &offline)).unwrap().location.contains("error"));
    let legacy = with(code_request("legacy", "https://legacy.example.com/callback"), &offline);
    assert!(Server::new().authorize(&legacy).unwrap().location.contains("error=invalid_scope"));
}

#[test]
fn a_challenge_is_needed_by_the_record() {
    let plain = "https://plain.example.com/callback";
    for (client_id, redirect_uri, changes, works) in [
        ("web", WEB, &[("code_challenge", ""), ("code_challenge_method", "")][..], false),
        ("native", LOOPBACK, &[("code_challenge", ""), ("code_challenge_method", "")], false),
        (
            "legacy",
            "https://legacy.example.com/callback",
            &[("code_challenge", ""), ("code_challenge_method", "")],
            true,
        ),
        // A method without a challenge, no method where plain is off, and what is malformed.
        ("legacy", "https://legacy.example.com/callback", &[("code_challenge", "")], false),
        ("web", WEB, &[("code_challenge_method", "")], false),
        ("web", WEB, &[("code_challenge_method", "plain")], false),
        ("web", WEB, &[("code_challenge_method", "s256")], false),
        ("web", WEB, &[("code_challenge", "short")], false),
        ("web", WEB, &[("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM")], false),
        ("plain", plain, &[("code_challenge_method", "plain")], true),
        ("plain", plain, &[("code_challenge_method", "")], true),
        ("plain", plain, &[], true),
        ("plain", plain, &[("code_challenge", "short"), ("code_challenge_method", "plain")], false),
    ] {
        let answer = Server::new().authorize(&with(code_request(client_id, redirect_uri), changes)).unwrap();
        assert_eq!(answer.location.contains("code="), works, "{client_id} {changes:?}: {answer:?}");
        assert_eq!(answer.location.contains("error=invalid_request"), !works, "{client_id} {changes:?}: {answer:?}");
    }
}

#[test]
fn a_code_is_redeemed_by_its_verifier_alone() {
    let plain = "https://plain.example.com/callback";
    let without = [("code_challenge", ""), ("code_challenge_method", "")];
    let legacy = "https://legacy.example.com/callback";
    for (client_id, redirect_uri, changes, verifier, works) in [
        ("web", WEB, &[][..], VERIFIER, true),
        ("web", WEB, &[], "", false),
        ("web", WEB, &[], "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl", false),
        ("web", WEB, &[], CHALLENGE, false),
        ("plain", plain, &[("code_challenge_method", "plain")], CHALLENGE, true),
        ("plain", plain, &[("code_challenge_method", "plain")], VERIFIER, false),
        ("plain", plain, &[], VERIFIER, true),
        // A challenge that was sent binds, needed or not; one that was taken away is missed.
        ("legacy", legacy, &[], "", false),
        ("legacy", legacy, &[], VERIFIER, true),
        ("legacy", legacy, &without, "", true),
        ("legacy", legacy, &without, VERIFIER, false),
    ] {
        let mut server = Server::new();
        let (code, body) = server.code(&with(code_request(client_id, redirect_uri), changes), redirect_uri);
        let body = with(body, &[("code", &code), ("code_verifier", verifier)]);
        let answer = server.redeem(Some(&pair(client_id)), &body).unwrap();
        let status = if works { Status::Ok } else { Status::BadRequest };
        assert_eq!(answer.status, status, "{client_id} {changes:?} {verifier}: {answer:?}");
    }
}

#[test]
fn a_code_is_of_its_client_and_its_redirect_uri() {
    for (pair, changes, status) in [
        (Some("web:wrong".to_owned()), &[][..], Status::Unauthorized),
        (Some("web:".to_owned()), &[], Status::Unauthorized),
        (None, &[("client_id", "web")], Status::Unauthorized),
        (Some(pair("both")), &[], Status::BadRequest),
        (None, &[("client_id", "native")], Status::BadRequest),
        // Without the grant, without being enabled, without DPoP.
        (Some(pair("machine")), &[], Status::Unauthorized),
        (Some(pair("off")), &[], Status::Unauthorized),
        (Some(pair("pushed")), &[], Status::Unauthorized),
        (Some(pair("web")), &[("redirect_uri", "https://web.example.com/callback")], Status::BadRequest),
        (Some(pair("web")), &[("redirect_uri", "")], Status::BadRequest),
        (Some(pair("web")), &[("code", "unknown")], Status::BadRequest),
    ] {
        let mut server = Server::new();
        let (code, body) = server.code(&code_request("web", WEB), WEB);
        let body = with(with(body, &[("code", &code), ("code_verifier", VERIFIER)]), changes);
        let answer = server.redeem(pair.as_deref(), &body).unwrap();
        assert_eq!(answer.status, status, "{pair:?} {changes:?}: {answer:?}");
    }
}

#[test]
fn a_client_refreshes_only_with_offline_access() {
    let mut server = Server::new();
    let legacy = "https://legacy.example.com/callback";
    let (code, body) = server.code(&code_request("legacy", legacy), legacy);
    let answer = server.redeem(Some(&pair("legacy")), &with(body, &[("code", &code), ("code_verifier", VERIFIER)]));
    // Whether one is issued is not the registrar's.
    let refresh_token = answer.unwrap().text("refresh_token").to_owned();
    assert_eq!(server.refresh(Some(&pair("legacy")), &refresh_token).unwrap().status, Status::Unauthorized);
}

#[test]
fn a_registrar_lives_in_a_static() {
    static REGISTRAR: StoreRegistrar<&Clients> =
        StoreRegistrar::new(&CLIENTS, Flow::ClientCredentials).with_clock(|| 0).with_report(|_| {});
    assert_eq!(format!("{REGISTRAR:?}"), "StoreRegistrar { flow: ClientCredentials, .. }");
}

//! Which requests reach the handler of an endpoint for clients, and how are the others answered?

#![allow(clippy::unwrap_used, reason = "a test says so when it cannot go on")]

mod common;

use std::collections::HashSet;
use std::sync::Mutex;

use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::Request;
use common::{NOW, SECRET, SECRET_BASIC, ask, basic, form, router, server};
use guestlist::decide::{ASSERTION_TYPE, JwtClaims, JwtLibrary, Parameters};
use guestlist::{Client, Lookup, SecretValue, SigningAlgorithm, StoreError};
use guestlist_axum::{Guestlist, JwtId, JwtMemory, TlsCertificate};
use serde_json::json;

#[tokio::test]
async fn each_way_to_prove_a_client_reaches_the_handler() {
    let authorization: &[_] = &[("authorization", SECRET_BASIC)];
    let posted = format!("scope=api1&client_id=reports&client_secret={SECRET}");
    for (headers, body, client_id, method) in [
        (authorization, "scope=api1", "reports", "client_secret_basic"),
        (authorization, "scope=api1&client_id=reports", "reports", "client_secret_basic"),
        (&[], posted.as_str(), "reports", "client_secret_post"),
        (&[], "scope=api1&client_id=shop", "shop", "none"),
        (&[], "scope=api1&client_id=shop&client_secret=ignored", "shop", "none"),
    ] {
        let answer = ask(server(), form(headers, body)).await;
        let got = json!({ "client_id": client_id, "method": method, "scope": "api1", "x5t": null, "now": NOW });
        assert_eq!(answer.json(), got, "{body}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn what_is_wrong_is_answered_before_the_handler() {
    let wrong = basic("reports:wrong");
    let raw = format!("Basic reports:{SECRET}");
    let authorization = |value| vec![("authorization", value)];
    let right = format!("client_id=reports&client_secret={SECRET}");
    for (headers, body, status, error) in [
        (vec![], "", 401, "invalid_client"),
        (vec![], "client_id=reports", 401, "invalid_client"),
        (vec![], "client_id=reports&client_secret=", 401, "invalid_client"),
        (vec![], "client_id=reports&client_secret=wrong", 401, "invalid_client"),
        (authorization(wrong.as_str()), "", 401, "invalid_client"),
        (authorization(raw.as_str()), "", 401, "invalid_client"),
        (authorization("Bearer x"), "client_id=shop", 401, "invalid_client"),
        (authorization("Basic \u{e9}"), "", 401, "invalid_client"),
        (authorization(SECRET_BASIC), right.as_str(), 400, "invalid_request"),
        (authorization(SECRET_BASIC), "client_id=shop", 400, "invalid_request"),
        (vec![("authorization", SECRET_BASIC), ("authorization", SECRET_BASIC)], "", 400, "invalid_request"),
        (vec![], "client_id=shop&client_id=shop", 400, "invalid_request"),
        (vec![], "client_id=shop&scope=%", 400, "invalid_request"),
        (vec![], "client_id=shop&scope=%FF", 400, "invalid_request"),
        // No JWT library.
        (vec![], "client_assertion=x", 401, "invalid_client"),
    ] {
        let answer = ask(server(), form(&headers, body)).await;
        assert_eq!(answer.refusal(), (status, error.into()), "{headers:?} {body}");
    }
}

#[tokio::test]
async fn an_answer_does_not_tell_which_clients_exist() {
    let mut answers = Vec::new();
    for pair in ["reports:wrong", "unknown:wrong", "off:wrong", &format!("off:{SECRET}"), "machine:wrong"] {
        let answer = ask(server(), form(&[("authorization", &basic(pair))], "grant_type=client_credentials")).await;
        answers.push((answer.status, answer.headers, answer.body));
    }
    assert_eq!(answers[0].0, 401);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn credentials_stay_out_of_the_query() {
    for query in ["client_id=shop", "client_secret=x", "client%5fassertion=x", "a=%zz"] {
        let mut request = form(&[], "client_id=shop");
        *request.uri_mut() = format!("/token?{query}").parse().unwrap();
        assert_eq!(ask(server(), request).await.refusal(), (400, "invalid_request".into()), "{query}");
    }
    let mut request = form(&[], "client_id=shop");
    *request.uri_mut() = "/token?tenant=7".parse().unwrap();
    assert_eq!(ask(server(), request).await.status, 200);
}

#[tokio::test]
async fn only_a_form_is_read() {
    for (content_type, status) in [
        ("application/x-www-form-urlencoded", 200),
        ("Application/X-WWW-Form-UrlEncoded; charset=UTF-8", 200),
        ("application/json", 400),
        ("multipart/form-data", 400),
        ("application/x-www-form-urlencoded-not", 400),
        ("", 400),
    ] {
        let mut request = form(&[], "client_id=shop");
        request.headers_mut().insert("content-type", content_type.parse().unwrap());
        assert_eq!(ask(server(), request).await.status, status, "{content_type}");
    }
    let without = Request::post("/token").body("client_id=shop".into()).unwrap();
    assert_eq!(ask(server(), without).await.refusal(), (400, "invalid_request".into()));
    let no_text = Request::post("/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(b"client_id=shop&scope=\xFF".to_vec()))
        .unwrap();
    assert_eq!(ask(server(), no_text).await.refusal(), (400, "invalid_request".into()));
}

#[tokio::test]
async fn a_long_body_is_not_read_to_its_end() {
    let body = |length: usize| format!("client_id=shop&scope={}", "x".repeat(length));
    let limited = || router(Guestlist::new(&common::CLIENTS).with_body_limit(100));
    assert_eq!(ask(limited(), form(&[], &body(79))).await.status, 200);
    assert_eq!(ask(limited(), form(&[], &body(80))).await.refusal(), (400, "invalid_request".into()));
    assert_eq!(ask(server(), form(&[], &body(guestlist_axum::BODY_LIMIT))).await.status, 400);
    // axum's own limit counts as well.
    let lower = || server().layer(DefaultBodyLimit::max(50));
    assert_eq!(ask(lower(), form(&[], &body(10))).await.status, 200);
    assert_eq!(ask(lower(), form(&[], &body(50))).await.status, 400);
}

#[tokio::test]
async fn a_script_acts_for_no_public_client_that_does_not_list_its_origin() {
    let shop = "client_id=shop";
    let right = format!("client_id=reports&client_secret={SECRET}");
    for (origins, body, status, error) in [
        (&["https://shop.example.com"][..], shop, 200, None),
        // The server's own pages.
        (&["https://id.example.com"], shop, 200, None),
        // Another client's.
        (&["https://news.example.com"], shop, 400, Some("unauthorized_client")),
        (&["https://shop.example.com"], "client_id=news", 400, Some("unauthorized_client")),
        (&["https://evil.example"], shop, 400, Some("unauthorized_client")),
        (&["https://Shop.example.com"], shop, 400, Some("unauthorized_client")),
        (&["https://id.example.com:443"], shop, 400, Some("unauthorized_client")),
        (&["http://id.example.com"], shop, 400, Some("unauthorized_client")),
        (&["null"], shop, 400, Some("unauthorized_client")),
        (&[""], shop, 400, Some("unauthorized_client")),
        (&["https://shop.example.com", "https://shop.example.com"], shop, 400, Some("unauthorized_client")),
        // Who has proven itself is answered, but no script reads it.
        (&["https://shop.example.com"], &right, 200, None),
        (&["https://evil.example"], &right, 200, None),
        // Who has not proven itself does not learn whether it exists.
        (&["https://shop.example.com"], "client_id=reports&client_secret=wrong", 401, Some("invalid_client")),
        (&["https://shop.example.com"], "client_id=unknown&client_secret=wrong", 401, Some("invalid_client")),
    ] {
        let headers: Vec<_> = origins.iter().map(|origin| ("origin", *origin)).collect();
        let answer = ask(server(), form(&headers, body)).await;
        assert_eq!(answer.status, status, "{origins:?} {body}");
        if let Some(error) = error {
            assert_eq!(answer.refusal().1, error, "{origins:?} {body}");
        }
        let readable = origins == ["https://shop.example.com"] && body == shop;
        assert_eq!(!answer.header("access-control-allow-origin").is_empty(), readable, "{origins:?} {body}");
    }
}

#[tokio::test]
async fn a_tls_certificate_proves_its_client_and_binds_tokens() {
    let thumbprint = "UFDYDSLs1HHqVd9wNAQsHgQTQf9AZuf2_zjiC3IN-Oo";
    let with = |der: &[u8], headers, body| {
        let mut request = form(headers, body);
        request.extensions_mut().insert(TlsCertificate::self_signed(der));
        request
    };
    let answer = ask(server(), with(b"der", &[], "client_id=machine")).await.json();
    assert_eq!(answer["method"], "self_signed_tls_client_auth");
    assert_eq!(answer["x5t"], thumbprint);
    // Beside another method it only binds.
    let answer = ask(server(), with(b"der", &[("authorization", SECRET_BASIC)], "")).await.json();
    assert_eq!((&answer["method"], &answer["x5t"]), (&json!("client_secret_basic"), &json!(thumbprint)));
    assert_eq!(ask(server(), with(b"other", &[], "client_id=machine")).await.refusal().0, 401);
    assert_eq!(ask(server(), form(&[], "client_id=machine")).await.refusal().0, 401);
}

/// Takes a client's id for a JWT; who has signed it is said once for all.
struct Library {
    signed: bool,
}

impl JwtLibrary for Library {
    fn claims(&self, jwt: &str) -> Option<JwtClaims> {
        Some(JwtClaims {
            issuer: Some(jwt.into()),
            subject: Some(jwt.into()),
            audience: Some("https://id.example.com".into()),
            expires_at: Some(NOW + 60),
            jwt_id: Some("1".into()),
            ..JwtClaims::default()
        })
    }

    fn is_signed(&self, _: &str, _: &SecretValue, _: &[SigningAlgorithm]) -> bool {
        self.signed
    }
}

/// Remembers in its own time, as a database does.
#[derive(Default)]
struct Seen(Mutex<HashSet<String>>);

impl JwtMemory for Seen {
    fn is_first_use<'a>(&'a self, id: JwtId<'a>, until: u64, now: u64) -> Lookup<'a, bool> {
        assert_eq!((until, now), (NOW + 60, NOW));
        Lookup::pending(async move {
            tokio::task::yield_now().await;
            Ok(self.0.lock().unwrap().insert(format!("{} {}", id.issuer, id.jwt_id)))
        })
    }
}

/// A memory that cannot be reached.
struct Gone;

impl JwtMemory for Gone {
    fn is_first_use<'a>(&'a self, _: JwtId<'a>, _: u64, _: u64) -> Lookup<'a, bool> {
        Lookup::ready(Err(StoreError::unavailable("no route to db1")))
    }
}

#[tokio::test]
async fn an_assertion_is_read_by_the_servers_library() {
    let key = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
    let client =
        Client { client_id: "jwt".into(), client_secrets: [SecretValue::Jwk(key.into())].into(), ..Client::default() };
    let store = || {
        let server = guestlist::Server { issuer: Some("https://id.example.com".into()), ..Default::default() };
        Guestlist::new(One(client.clone(), server)).with_clock(|| NOW)
    };
    let server = router(store().with_jwt_library(Library { signed: true }, Seen::default()));
    let body = format!("client_assertion_type={}&client_assertion=jwt", ASSERTION_TYPE.replace(':', "%3A"));
    assert!(Parameters::parse(&body).is_ok());
    assert_eq!(ask(server.clone(), form(&[], &body)).await.json()["method"], "private_key_jwt");
    // A second time it is a replay.
    assert_eq!(ask(server, form(&[], &body)).await.refusal(), (401, "invalid_client".into()));
    // A forged one does not tell which clients exist.
    let forging = router(store().with_jwt_library(Library { signed: false }, Seen::default()));
    let forged = ask(forging.clone(), form(&[], &body)).await;
    let unknown = ask(forging, form(&[], &body.replace("assertion=jwt", "assertion=unknown"))).await;
    assert_eq!(forged.refusal(), (401, "invalid_client".into()));
    assert_eq!((forged.status, forged.headers, forged.body), (unknown.status, unknown.headers, unknown.body));
    let (log, heard) = std::sync::mpsc::channel();
    let forgetful = store().with_log(move |error| log.send(error.to_string()).unwrap());
    let forgetful = router(forgetful.with_jwt_library(Library { signed: true }, Gone));
    assert_eq!(ask(forgetful, form(&[], &body)).await.refusal(), (503, "temporarily_unavailable".into()));
    assert!(heard.try_iter().eq([StoreError::unavailable("no route to db1").to_string()]));
}

/// A store of one client that was made at run time.
struct One(Client, guestlist::Server);

impl guestlist::ClientStore for One {
    fn registered<'a>(&'a self, client_id: &'a str) -> guestlist::Lookup<'a, Option<guestlist::ClientRef>> {
        let found = (self.0.client_id == client_id).then(|| self.0.clone().into());
        guestlist::Lookup::ready(Ok(found))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> guestlist::Lookup<'a, bool> {
        guestlist::Lookup::ready(Ok(self.0.allows_origin(origin)))
    }

    fn list<'a>(&'a self, _: Option<&'a str>, _: usize) -> guestlist::Lookup<'a, guestlist::Page> {
        guestlist::Lookup::ready(Ok(guestlist::Page::default()))
    }

    fn server(&self) -> &guestlist::Server {
        &self.1
    }
}

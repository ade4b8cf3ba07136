//! What does a browser get from the authorization endpoint?

#![allow(clippy::unwrap_used, reason = "a test says so when it cannot go on")]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use common::{Answer, CLIENTS, NOW, ask, router, server};
use guestlist::decide::{AuthorizationRefusal, ErrorCode, Refusal};
use guestlist_axum::{AuthorizationRefused, Guestlist};
use sha2::{Digest, Sha256};

const LOOPBACK: &str = "client_id=shop&scope=api1&response_type=code&state=%3Cs%20%22%27%26%3E\
    &redirect_uri=http%3A%2F%2F127.0.0.1%3A51004%2Fcallback\
    &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

const QUOTED: &str = "client_id=shop&scope=api1&response_type=code&response_mode=form_post\
    &redirect_uri=https%3A%2F%2Fshop.example.com%2Fcallback%3Fa%26b&state=s\
    &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

/// As a user who has signed in, or as nobody.
async fn get(has_user: bool, query: &str) -> Answer {
    let request = Request::get(format!("/authorize?{query}"));
    let request = if has_user { request.header("user", "alice") } else { request };
    ask(server(), request.body(Body::empty()).unwrap()).await
}

#[track_caller]
fn assert_private(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
}

#[track_caller]
fn assert_is_error_page(answer: &Answer, status: u16, error: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("location"), "");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(
        answer.header("content-security-policy"),
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    assert!(answer.body.contains(error), "{}", answer.body);
    assert_private(answer);
}

#[tokio::test]
async fn a_response_goes_to_the_asked_redirect_uri() {
    assert_eq!(get(false, LOOPBACK).await.body, "sign in");
    let answer = get(true, LOOPBACK).await;
    assert_eq!(answer.status, 303);
    assert_eq!(
        answer.header("location"),
        "http://127.0.0.1:51004/callback?code=c&state=%3Cs%20%22%27%26%3E&iss=https%3A%2F%2Fid.example.com"
    );
    assert_private(&answer);
    let answer = get(true, &format!("{LOOPBACK}&response_mode=fragment")).await;
    assert!(answer.header("location").starts_with("http://127.0.0.1:51004/callback#code=c&"));
}

#[tokio::test]
async fn a_form_is_posted_under_a_strict_policy() {
    let answer = get(true, &format!("{LOOPBACK}&response_mode=form_post")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("location"), "");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_private(&answer);
    let form = "<form method=\"post\" action=\"http://127.0.0.1:51004/callback\">\n\
        <input type=\"hidden\" name=\"code\" value=\"c\">\n\
        <input type=\"hidden\" name=\"state\" value=\"&lt;s &quot;&#39;&amp;&gt;\">\n\
        <input type=\"hidden\" name=\"iss\" value=\"https://id.example.com\">\n\
        <noscript><button>Continue</button></noscript>\n</form>";
    assert!(answer.body.contains(form), "{}", answer.body);
    // The one script is the one that the policy names.
    let script = answer.body.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    let hash = STANDARD.encode(Sha256::digest(script));
    assert_eq!(
        answer.header("content-security-policy"),
        format!("default-src 'none'; script-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors 'none'")
    );
}

#[tokio::test]
async fn a_request_may_be_posted() {
    let post = |body: &'static str| {
        Request::post("/authorize")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("user", "alice")
            .body(Body::from(body))
            .unwrap()
    };
    let answer = ask(server(), post(LOOPBACK)).await;
    assert!(answer.header("location").contains("code=c"));
    let json = Request::post("/authorize").header("content-type", "application/json").body(Body::from("{}")).unwrap();
    assert_is_error_page(&ask(server(), json).await, 400, "invalid_request");
}

#[tokio::test]
async fn what_is_not_trusted_is_shown_and_not_redirected() {
    for (query, error) in [
        ("", "invalid_request: client_id is missing"),
        ("client_id=shop&client_id=shop", "invalid_request: client_id is repeated"),
        ("client_id=%zz", "invalid_request"),
        ("client_id=unknown&redirect_uri=https%3A%2F%2Fevil.example", "unauthorized_client"),
        ("client_id=off", "unauthorized_client"),
        ("client_id=shop&redirect_uri=https%3A%2F%2Fevil.example", "invalid_request"),
    ] {
        for has_user in [false, true] {
            assert_is_error_page(&get(has_user, query).await, 400, error);
        }
    }
}

#[tokio::test]
async fn a_query_is_no_longer_than_a_body() {
    let server = |limit| router(Guestlist::new(&CLIENTS).with_clock(|| NOW).with_body_limit(limit));
    let get = || Request::get(format!("/authorize?{LOOPBACK}")).body(Body::empty()).unwrap();
    assert_eq!(ask(server(LOOPBACK.len()), get()).await.body, "sign in");
    let answer = ask(server(LOOPBACK.len() - 1), get()).await;
    assert_is_error_page(&answer, 400, "invalid_request: the query is too long");
}

#[tokio::test]
async fn an_error_is_sent_to_the_client_when_the_user_has_signed_in() {
    let query = LOOPBACK.replace("scope=api1", "scope=api9");
    assert_is_error_page(&get(false, &query).await, 400, "invalid_scope");
    let answer = get(true, &query).await;
    assert_eq!(answer.status, 303);
    assert!(
        answer.header("location").starts_with("http://127.0.0.1:51004/callback?error=invalid_scope&error_description=")
    );
    assert!(answer.header("location").ends_with("&iss=https%3A%2F%2Fid.example.com"));
    // At once, where the client asked that the user see nothing.
    let answer = get(false, &format!("{query}&prompt=none")).await;
    assert!(answer.header("location").contains("error=invalid_scope"));
    let answer = get(false, &format!("{LOOPBACK}&prompt=none")).await;
    assert!(answer.header("location").contains("error=login_required"));
    // Errors, too, go by the mode that was asked for.
    let answer = get(true, &format!("{query}&response_mode=form_post")).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("<input type=\"hidden\" name=\"error\" value=\"invalid_scope\">"), "{}", answer.body);
}

#[tokio::test]
async fn the_server_may_have_a_page_of_its_own() {
    let refusal = Refusal::new(ErrorCode::InvalidRequest, "<redirect_uri>");
    let refused = || AuthorizationRefused::from(AuthorizationRefusal::Page(refusal.clone()));
    let response = refused().into_response_with(|refusal| (StatusCode::IM_A_TEAPOT, refusal.description.to_string()));
    assert_eq!(response.status(), 418);
    let body = axum::body::to_bytes(refused().into_response().into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8(body.into()).unwrap();
    assert!(body.contains("&lt;redirect_uri&gt;"), "{body}");
}

#[tokio::test]
async fn a_registered_redirect_uri_is_escaped_where_it_becomes_html() {
    let answer = get(true, QUOTED).await;
    assert!(answer.body.contains("action=\"https://shop.example.com/callback?a&amp;b\">"), "{}", answer.body);
}

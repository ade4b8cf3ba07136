//! Which key does a request prove to hold?

#![allow(clippy::unwrap_used, reason = "a test says so when it cannot go on")]

mod common;

use std::collections::HashSet;
use std::sync::Mutex;

use axum::extract::State;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use common::{Answer, NOW, ask, form};
use guestlist::decide::{Binding, DpopProof, TokenType};
use guestlist::{Clients, Lookup, SigningAlgorithm, clients};
use guestlist_axum::{DpopLibrary, DpopNonce, FromClient, Guestlist, JwtId, JwtMemory, Refused};
use serde_json::json;

static CLIENTS: Clients = clients![
    Server { issuer: "https://id.example.com", defaults: Client { allowed_scopes: ["openid"] } },
    Client {
        client_id: "wallet",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://wallet.example.com/callback"],
        allowed_cors_origins: ["https://wallet.example.com"],
    },
    Client {
        client_id: "vault",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://vault.example.com/callback"],
        allowed_cors_origins: ["https://vault.example.com"],
        require_dpop: true,
        dpop_validation_mode: [Nonce],
    },
];

const TOKEN_ENDPOINT: &str = "https://id.example.com/connect/token";

/// Takes `jkt method uri iat jti nonce` for a proof. The signature is for the tests of those who check one.
struct Library;

impl DpopLibrary for Library {
    fn proof(&self, jwt: &str) -> Option<DpopProof> {
        let [jkt, method, uri, issued_at, jwt_id, nonce] = jwt.split(' ').collect::<Vec<_>>().try_into().ok()?;
        Some(DpopProof {
            jkt: jkt.into(),
            method: method.into(),
            uri: uri.into(),
            issued_at: issued_at.parse().ok(),
            jwt_id: jwt_id.into(),
            nonce: Some(nonce.to_owned()).filter(|nonce| nonce != "-"),
            access_token_hash: None,
        })
    }

    fn algorithms(&self) -> &[SigningAlgorithm] {
        &[SigningAlgorithm::ES256]
    }

    fn nonces(&self, now: u64) -> Vec<DpopNonce> {
        let nonce = |value: &str, expires_at| DpopNonce { value: value.into(), expires_at };
        vec![nonce("new", now + 600), nonce("old", now + 300)]
    }
}

/// Remembers by which key, what, and until when.
#[derive(Default)]
struct Seen(Mutex<HashSet<(String, u64)>>);

impl JwtMemory for Seen {
    fn is_first_use<'a>(&'a self, id: JwtId<'a>, until: u64, _: u64) -> Lookup<'a, bool> {
        Lookup::pending(async move { Ok(self.0.lock().unwrap().insert((format!("{id:?}"), until))) })
    }
}

/// The token endpoint in a router within the router, as most have it; a resource beside it.
fn server() -> Router {
    let guestlist = Guestlist::new(&CLIENTS).with_clock(|| NOW).with_dpop(Library, Seen::default());
    let connect = Router::new().route("/token", post(token));
    Router::new().nest("/connect", connect).route("/resource", get(resource)).with_state(guestlist)
}

async fn token(request: FromClient) -> impl IntoResponse {
    Json(json!({ "jkt": request.sender.jkt.as_deref(), "token_type": request.sender.token_type().as_str() }))
}

/// Holds a token that is bound to the key `k`.
async fn resource(State(guestlist): State<Guestlist>, parts: Parts) -> Response {
    let bound = Binding { jkt: Some("k".into()), x5t_s256: None };
    match guestlist.proven_key(CLIENTS.require("wallet"), &parts, None).await {
        Ok(key) => bound.admits(&Binding::of(key.as_ref(), None), TokenType::Dpop).to_string().into_response(),
        Err(refused) => refused.at_resource(TokenType::Dpop, guestlist.dpop_algorithms()),
    }
}

async fn send(server: &Router, client_id: &str, proofs: &[&str]) -> Answer {
    let headers: Vec<_> = proofs.iter().map(|proof| ("dpop", *proof)).collect();
    let mut request = form(&headers, &format!("client_id={client_id}"));
    *request.uri_mut() = "/connect/token".parse().unwrap();
    ask(server.clone(), request).await
}

fn proof(jwt_id: &str, nonce: &str) -> String {
    format!("k POST {TOKEN_ENDPOINT} {NOW} {jwt_id} {nonce}")
}

#[tokio::test]
async fn a_proof_gives_the_key_once() {
    let server = server();
    let answer = send(&server, "wallet", &[&proof("1", "-")]).await.json();
    assert_eq!(answer, json!({ "jkt": "k", "token_type": "DPoP" }));
    let again = send(&server, "wallet", &[&proof("1", "-")]).await;
    assert_eq!(again.refusal(), (400, "invalid_dpop_proof".into()));
    assert!(again.body.contains("used before"), "{}", again.body);
    // Another key may have chosen the same id.
    let other = proof("1", "-").replacen('k', "l", 1);
    assert_eq!(send(&server, "wallet", &[&other]).await.json()["jkt"], "l");
}

#[tokio::test]
async fn a_proof_of_something_else_is_refused() {
    let server = server();
    for proofs in [
        &["x"][..],
        &[""],
        &["\u{e9}"],
        &[&proof("1", "-"), &proof("2", "-")],
        &[&proof("3", "-").replace("POST", "GET")],
        // The path within the router is not the address.
        &[&proof("4", "-").replace("/connect/token", "/token")],
        &[&proof("5", "-").replace("id.example.com", "evil.example")],
        &[&proof("6", "-").replace(&NOW.to_string(), "1700000000")],
        &[&proof("7", "-").replace(&NOW.to_string(), "-")],
    ] {
        assert_eq!(send(&server, "wallet", proofs).await.refusal(), (400, "invalid_dpop_proof".into()), "{proofs:?}");
    }
    // None at all is for the decision to judge.
    assert_eq!(send(&server, "wallet", &[]).await.json()["token_type"], "Bearer");
    // Who has not proven itself is told that first.
    assert_eq!(send(&server, "unknown", &["x"]).await.refusal(), (401, "invalid_client".into()));
}

#[tokio::test]
async fn a_client_that_needs_a_nonce_is_told_it() {
    let server = server();
    for nonce in ["-", "other"] {
        let answer = send(&server, "vault", &[&proof(nonce, nonce)]).await;
        assert_eq!((answer.refusal(), answer.header("dpop-nonce")), ((400, "use_dpop_nonce".into()), "new"));
    }
    for nonce in ["new", "old"] {
        assert_eq!(send(&server, "vault", &[&proof(nonce, nonce)]).await.json()["jkt"], "k", "{nonce}");
        let again = send(&server, "vault", &[&proof(nonce, nonce)]).await;
        assert_eq!(again.refusal(), (400, "invalid_dpop_proof".into()), "{nonce}");
    }
    // The others need none, and get none.
    let answer = send(&server, "wallet", &[&proof("w", "-")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("dpop-nonce")), (200, ""));
}

#[tokio::test]
async fn a_server_without_dpop_looks_at_no_proof() {
    let plain = Guestlist::new(&CLIENTS).with_clock(|| NOW);
    assert!(plain.dpop_algorithms().is_empty());
    let server = Router::new().nest("/connect", Router::new().route("/token", post(token))).with_state(plain);
    assert_eq!(send(&server, "wallet", &["x"]).await.json()["token_type"], "Bearer");
}

#[tokio::test]
async fn a_resource_refuses_in_the_scheme_of_the_token() {
    let server = server();
    let at = |proof: String| {
        let mut request = form(&[("dpop", &proof)], "");
        (*request.uri_mut(), *request.method_mut()) = ("/resource".parse().unwrap(), "GET".parse().unwrap());
        ask(server.clone(), request)
    };
    let resource = "https://id.example.com/resource";
    assert_eq!(at(format!("k GET {resource} {NOW} 1 -")).await.body, "true");
    assert_eq!(at(format!("l GET {resource} {NOW} 2 -")).await.body, "false");
    let refused = at(format!("k POST {resource} {NOW} 3 -")).await;
    assert_eq!(refused.status, 401);
    let challenge = refused.header("www-authenticate");
    assert!(challenge.starts_with(r#"DPoP error="invalid_dpop_proof", "#), "{challenge}");
    assert!(challenge.ends_with(r#", algs="ES256""#), "{challenge}");
}

#[test]
fn a_nonce_comes_with_the_refusal_at_a_resource_too() {
    let refusal = guestlist::decide::Refusal::new(guestlist::decide::ErrorCode::UseDpopNonce, "no nonce");
    let refused = Refused::Nonce { refusal, nonce: "n".into() };
    let response = refused.at_resource(TokenType::Dpop, &[]);
    assert_eq!((response.status().as_u16(), &response.headers()["dpop-nonce"]), (401, &"n".parse().unwrap()));
    assert_eq!(response.headers()["www-authenticate"], r#"DPoP error="use_dpop_nonce", error_description="no nonce""#);
}

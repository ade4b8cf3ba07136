//! Which scripts does the layer answer?

#![allow(clippy::unwrap_used, reason = "a test says so when it cannot go on")]

mod common;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use common::{Answer, CLIENTS, Slow, ask, form, router, server};
use guestlist::decide::{CORS_METHODS, CORS_REQUEST_HEADERS, CORS_RESPONSE_HEADERS};
use guestlist_axum::{FromBrowser, Guestlist};

fn preflight(path: &str, origin: &str) -> Request<Body> {
    Request::options(path)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,dpop")
        .body(Body::empty())
        .unwrap()
}

#[track_caller]
fn assert_varies(answer: &Answer) {
    assert!(
        answer.header("vary").to_ascii_lowercase().split(", ").any(|name| name == "origin"),
        "{:?}",
        answer.headers
    );
    // No cookies, and never every origin.
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    assert_ne!(answer.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn a_preflight_is_answered_from_the_union_of_all_clients() {
    for server in [server(), router(Guestlist::new(Slow))] {
        for origin in ["https://shop.example.com", "https://news.example.com"] {
            let answer = ask(server.clone(), preflight("/token", origin)).await;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.header("access-control-allow-origin"), origin);
            assert_eq!(answer.header("access-control-allow-methods"), CORS_METHODS.join(","));
            assert_eq!(answer.header("access-control-allow-headers"), CORS_REQUEST_HEADERS.join(","));
            assert_varies(&answer);
        }
        for origin in ["https://evil.example", "null", "*", "", "https://SHOP.example.com"] {
            let answer = ask(server.clone(), preflight("/token", origin)).await;
            assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
            assert_varies(&answer);
        }
    }
}

#[tokio::test]
async fn an_answer_is_readable_to_scripts_of_its_own_client_alone() {
    for (origin, client, status, readable) in [
        ("https://shop.example.com", "shop", 200, true),
        // Of which client the script is, is not known yet.
        ("https://shop.example.com", "unknown", 401, false),
        ("https://shop.example.com", "", 401, false),
        ("https://shop.example.com", "shop&client_id=shop", 400, false),
        // Another client's script.
        ("https://shop.example.com", "news", 400, false),
        ("https://evil.example", "shop", 400, false),
    ] {
        let answer = ask(server(), form(&[("origin", origin)], &format!("client_id={client}"))).await;
        assert_eq!(answer.status, status, "{origin} {client}");
        let allowed = if readable { origin } else { "" };
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
        assert_varies(&answer);
        if readable {
            assert_eq!(answer.header("access-control-expose-headers"), CORS_RESPONSE_HEADERS.join(","));
        }
    }
}

#[tokio::test]
async fn no_script_reads_an_answer_of_the_authorization_endpoint_also_behind_the_layer() {
    let guestlist = Guestlist::new(&CLIENTS);
    let wrong = Router::new()
        .route("/authorize", get(async |request: FromBrowser| request.client.client_id.to_string()))
        .layer(guestlist.cors())
        .with_state(guestlist);
    for (query, status) in [("client_id=shop", 200), ("client_id=unknown", 400), ("", 400)] {
        let request = Request::get(format!("/authorize?{query}")).header("origin", "https://shop.example.com");
        let answer = ask(wrong.clone(), request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status, "{query}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{query}");
    }
}

#[tokio::test]
async fn the_authorization_endpoint_takes_no_part() {
    let answer = ask(server(), preflight("/authorize", "https://shop.example.com")).await;
    assert_eq!(answer.status, 405);
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

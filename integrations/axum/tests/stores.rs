//! What if the store must wait, or has no answer?

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says so when it cannot go on")]

mod common;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::FromRef;
use axum::http::Request;
use axum::routing::post;
use common::{CLIENTS, Failing, SECRET_BASIC, Slow, ask, form, router};
use guestlist::{ClientStore, StoreError};
use guestlist_axum::{FromClient, Guestlist};

#[tokio::test]
async fn every_store_is_asked_alike() {
    let shared: Arc<dyn ClientStore> = Arc::new(Slow);
    for guestlist in [Guestlist::new(&CLIENTS), Guestlist::new(Slow), Guestlist::new(shared)] {
        let answer = ask(router(guestlist.clone()), form(&[("authorization", SECRET_BASIC)], "")).await;
        assert_eq!(answer.json()["client_id"], "reports");
        let answer = ask(router(guestlist.clone()), form(&[], "client_id=unknown&client_secret=x")).await;
        assert_eq!(answer.refusal(), (401, "invalid_client".into()));
        let request = Request::get("/authorize?client_id=shop").body(Body::empty()).unwrap();
        assert!(ask(router(guestlist), request).await.body.contains("redirect_uri is missing"));
    }
}

#[tokio::test]
async fn a_store_without_an_answer_tells_the_operator_alone() {
    for (error, status, code) in [
        (StoreError::unavailable("no route to db1.internal"), 503, "temporarily_unavailable"),
        (StoreError::refused("reports: redirect_uris[0] in db1.internal"), 500, "server_error"),
    ] {
        let server = router(Guestlist::new(Failing(error.clone())));
        let answer = ask(server.clone(), form(&[("authorization", SECRET_BASIC)], "")).await;
        assert_eq!(answer.refusal(), (status, code.into()));
        assert!(!answer.body.contains("db1") && !answer.body.contains("client"), "{}", answer.body);
        assert_eq!(answer.error.as_ref(), Some(&error));

        let request = Request::get("/authorize?client_id=shop").body(Body::empty()).unwrap();
        let answer = ask(server.clone(), request).await;
        assert_eq!(answer.status, status);
        assert!(answer.body.contains(code) && !answer.body.contains("db1"), "{}", answer.body);
        assert_eq!(answer.error.as_ref(), Some(&error));

        let preflight = Request::options("/token").header("origin", "https://shop.example.com");
        let answer = ask(server, preflight.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn the_log_hears_of_each_error_once_wherever_it_is_met() {
    let error = StoreError::refused("reports: redirect_uris[0] in db1.internal");
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    let guestlist =
        Guestlist::new(Failing(error.clone())).with_log(move |error| log.lock().unwrap().push(error.clone()));
    let server = router(guestlist.clone());
    let from_script = Request::options("/token").header("origin", "https://shop.example.com");
    for request in [
        form(&[("authorization", SECRET_BASIC)], ""),
        Request::get("/authorize?client_id=shop").body(Body::empty()).unwrap(),
        from_script.header("access-control-request-method", "POST").body(Body::empty()).unwrap(),
    ] {
        ask(server.clone(), request).await;
        assert_eq!(std::mem::take(&mut *heard.lock().unwrap()), std::slice::from_ref(&error));
    }
    // A handler of one's own.
    assert_eq!(guestlist.store().find("shop").await, Err(error.clone()));
    assert_eq!(std::mem::take(&mut *heard.lock().unwrap()), [error]);
}

#[tokio::test]
async fn the_log_hears_nothing_of_answers() {
    let guestlist = Guestlist::new(Slow).with_log(|error| panic!("{error}"));
    for client in ["shop", "unknown"] {
        ask(router(guestlist.clone()), form(&[], &format!("client_id={client}"))).await;
    }
}

#[derive(Clone)]
struct App {
    guestlist: Guestlist,
}

impl FromRef<App> for Guestlist {
    fn from_ref(app: &App) -> Self {
        app.guestlist.clone()
    }
}

#[tokio::test]
async fn the_state_may_be_the_servers_own() {
    let whoami = async |request: FromClient| request.caller.client().client_id.to_string();
    let app = App { guestlist: Guestlist::new(&CLIENTS) };
    let router = Router::new().route("/token", post(whoami)).with_state(app);
    assert_eq!(ask(router, form(&[], "client_id=shop")).await.body, "shop");
}

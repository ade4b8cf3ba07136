//! The documented JavaScript client, in its own library and in a real browser.
//!
//! It needs Chromium with its driver, and `npm ci` in `tests/browser/page`; where one of them is
//! missing, the test says so and counts as ignored.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so when it cannot go on")]

#[path = "../server/mod.rs"]
mod server;

use std::env;
use std::net::TcpListener as StdListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use libtest_mimic::{Arguments, Trial};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::server::Server;

fn main() {
    let missing = missing();
    if let Some(missing) = missing {
        eprintln!("the browser tests are ignored: {missing}");
    }
    let test = Trial::test("js_signs_in_calls_an_api_and_signs_out", || {
        tokio::runtime::Runtime::new().unwrap().block_on(everything());
        Ok(())
    });
    libtest_mimic::run(&Arguments::from_args(), vec![test.with_ignored_flag(missing.is_some())]).exit();
}

/// What there is to be done before the test can run.
fn missing() -> Option<&'static str> {
    let installed = |name: &str| {
        env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(name).is_file())
    };
    match (installed("chromium"), installed("chromedriver"), library().is_file()) {
        (false, ..) => Some("there is no `chromium`: install Debian's package of that name"),
        (_, false, _) => Some("there is no `chromedriver`: install Debian's package `chromium-driver`"),
        (.., false) => Some("there is no `oidc-client`: run `npm ci` in tests/browser/page"),
        _ => None,
    }
}

fn pages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/page")
}

fn library() -> PathBuf {
    pages().join("node_modules/oidc-client/dist/oidc-client.min.js")
}

const ALICE: &str = "818727";

async fn everything() {
    let server = Server::start();
    // Ports by the client's record: its page, and a stranger's. The API is a third origin.
    serve_pages(7017, &server).await;
    serve_pages(7019, &server).await;
    serve_api(7018, &server).await;
    let (_driver, browser) = browser().await;

    // Sign in, and be who one is.
    browser.goto("http://localhost:7017/index.html").await.unwrap();
    says(&browser, "user", "nobody").await;
    click(&browser, "#sign-in").await;
    arrives(&browser, &server.at("/signin")).await;
    screenshot(&browser, "sign-in").await;
    fill(&browser, "#username", "alice").await;
    fill(&browser, "#password", "not alice").await;
    click(&browser, "button[type=submit]").await;
    let alert = browser.wait().for_element(Locator::Css("[role=alert]")).await.unwrap();
    assert!(alert.text().await.unwrap().contains("wrong"));
    fill(&browser, "#username", "alice").await;
    fill(&browser, "#password", "alice").await;
    click(&browser, "button[type=submit]").await;
    arrives(&browser, "http://localhost:7017/index.html").await;
    let user = says(&browser, "user", ALICE).await;
    let user: Value = serde_json::from_str(&user).unwrap();
    assert_eq!(user["name"], "Alice Smith", "{user}");
    assert_eq!(user["email"], "AliceSmith@example.com", "{user}");

    // The access token works at the API, across origins.
    click(&browser, "#call-api").await;
    let api = says(&browser, "api", "200").await;
    assert!(api.contains(ALICE) && api.contains("api1"), "{api}");

    // A page of an origin that no client allows reads nothing of the server.
    browser.goto("http://localhost:7019/stranger.html").await.unwrap();
    says(&browser, "read", "refused: TypeError").await;

    // A redirect URI that is not registered: the server's own page, and the browser stays there.
    let evil = server.at("/authorize?client_id=js&response_type=id_token%20token&scope=openid%20api1&nonce=n&state=s\
         &redirect_uri=http%3A%2F%2Flocalhost%3A7017%2Fother.html");
    browser.goto(&evil).await.unwrap();
    let heading = browser.find(Locator::Css("h1")).await.unwrap().text().await.unwrap();
    assert_eq!(heading, "This does not work");
    screenshot(&browser, "refused").await;
    assert_eq!(browser.current_url().await.unwrap().as_str(), evil);

    // Sign out, and land on the registered page.
    browser.goto("http://localhost:7017/index.html").await.unwrap();
    says(&browser, "user", ALICE).await;
    click(&browser, "#sign-out").await;
    arrives(&browser, "http://localhost:7017/index.html").await;
    says(&browser, "user", "nobody").await;
    // At the server, too.
    click(&browser, "#sign-in").await;
    arrives(&browser, &server.at("/signin")).await;

    // What a user is asked to allow, for the native client.
    let ask = server.at(
        "/authorize?client_id=native&response_type=code&scope=openid%20profile%20api1%20offline_access&nonce=n&state=s\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A7017%2Fcallback\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
    );
    browser.goto(&ask).await.unwrap();
    fill(&browser, "#username", "bob").await;
    fill(&browser, "#password", "bob").await;
    click(&browser, "button[type=submit]").await;
    arrives(&browser, &server.at("/consent")).await;
    screenshot(&browser, "consent").await;
    click(&browser, "button[value=allow]").await;
    // Chromium follows the redirect after the form, as the page's policy names where it leads.
    arrives(&browser, "http://127.0.0.1:7017/callback?code=").await;
    browser.close().await.unwrap();
}

/// A fresh browser without a screen.
async fn browser() -> (Child, Client) {
    let port = StdListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let driver = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let options = json!({
        "binary": "/usr/bin/chromium",
        "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=900,700",
        ],
    });
    let capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
    for _ in 0..100 {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        if let Ok(client) =
            builder.capabilities(Clone::clone(&capabilities)).connect(&format!("http://127.0.0.1:{port}")).await
        {
            return (driver, client);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("chromedriver does not answer");
}

async fn click(browser: &Client, css: &str) {
    browser.wait().for_element(Locator::Css(css)).await.unwrap().click().await.unwrap();
}

async fn fill(browser: &Client, css: &str, text: &str) {
    let field = browser.wait().for_element(Locator::Css(css)).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

/// Waits until an output says something with these words.
async fn says(browser: &Client, output: &str, words: &str) -> String {
    let mut last = String::new();
    for _ in 0..100 {
        if let Ok(element) = browser.find(Locator::Id(output)).await {
            last = element.text().await.unwrap_or_default();
            if last.contains(words) {
                return last;
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let problem = match browser.find(Locator::Id("problem")).await {
        Ok(problem) => problem.text().await.unwrap_or_default(),
        Err(_) => String::new(),
    };
    panic!("{output} says {last:?} and not {words:?}; at {:?}: {problem}", browser.current_url().await);
}

async fn arrives(browser: &Client, address: &str) {
    for _ in 0..100 {
        if browser.current_url().await.is_ok_and(|url| url.as_str().starts_with(address)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the browser is at {:?} and not at {address}", browser.current_url().await);
}

/// For the README: kept if `GUESTLIST_SCREENSHOTS` names a folder.
async fn screenshot(browser: &Client, name: &str) {
    if let Some(folder) = env::var_os("GUESTLIST_SCREENSHOTS") {
        let picture = browser.screenshot().await.unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), picture).unwrap();
    }
}

/// The pages of an application, at an origin of its own.
async fn serve_pages(port: u16, server: &Server) {
    let settings =
        format!("const settings = {};", json!({ "authority": server.issuer, "api": "http://localhost:7018/" }));
    let file = |path: PathBuf, kind: &'static str| {
        let content = std::fs::read(path).unwrap();
        get(move || async move { ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-store")], content) })
    };
    let router = Router::new()
        .route("/index.html", file(pages().join("index.html"), "text/html"))
        .route("/stranger.html", file(pages().join("stranger.html"), "text/html"))
        .route("/app.js", file(pages().join("app.js"), "text/javascript"))
        .route("/oidc-client.min.js", file(library(), "text/javascript"))
        .route("/callback", get(|| async { "signed in" }))
        .route("/settings.js", get(|| async move { ([(CONTENT_TYPE, "text/javascript")], settings) }));
    serve(port, router).await;
}

struct Api {
    keys: JwkSet,
    issuer: String,
}

/// An API that takes the server's access tokens, by their signature, audience and scope (RFC 9068 §4).
async fn serve_api(port: u16, server: &Server) {
    let keys = reqwest::get(server.at("/jwks")).await.unwrap().text().await.unwrap();
    let api = Arc::new(Api { keys: serde_json::from_str(&keys).unwrap(), issuer: server.issuer.clone() });
    serve(port, Router::new().route("/", any(answer)).with_state(api)).await;
}

async fn answer(State(api): State<Arc<Api>>, method: Method, headers: HeaderMap) -> Response {
    let cors = [(ACCESS_CONTROL_ALLOW_ORIGIN, "http://localhost:7017"), (VARY, "Origin")];
    if method == Method::OPTIONS {
        return (cors, [(ACCESS_CONTROL_ALLOW_HEADERS, "authorization")]).into_response();
    }
    let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match token.and_then(|token| claims(&api, token)) {
        Some(claims) => (cors, claims.to_string()).into_response(),
        None => (StatusCode::UNAUTHORIZED, cors).into_response(),
    }
}

fn claims(api: &Api, token: &str) -> Option<Value> {
    let header = jsonwebtoken::decode_header(token).ok().filter(|header| header.typ.as_deref() == Some("at+jwt"))?;
    let key = DecodingKey::from_jwk(api.keys.find(&header.kid?)?).ok()?;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[&api.issuer]);
    validation.set_audience(&[format!("{}/resources", api.issuer)]);
    let claims = jsonwebtoken::decode::<Value>(token, &key, &validation).ok()?.claims;
    claims["scope"].as_str()?.split(' ').any(|scope| scope == "api1").then_some(claims)
}

async fn serve(port: u16, router: Router) {
    // By both names of this machine.
    for address in ["127.0.0.1", "[::1]"] {
        if let Ok(listener) = TcpListener::bind(format!("{address}:{port}")).await {
            let router = router.clone();
            tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        } else {
            assert_ne!(address, "127.0.0.1", "port {port} is taken");
        }
    }
}

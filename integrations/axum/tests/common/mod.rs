//! The server that the tests ask: its clients, its stores, its endpoints.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "shared by tests")]

use std::future::poll_fn;
use std::task::Poll;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use guestlist::decide::{self, Caller, Interaction, UserSession};
use guestlist::{ClientRef, ClientStore, Clients, Lookup, Page, Server, StoreError, clients};
use guestlist_axum::{AuthorizationRefused, FromBrowser, FromClient, Guestlist, NoStore, authorization_response};
use serde_json::{Value, json};
use tower::ServiceExt;

pub static CLIENTS: Clients = clients![
    Server { issuer: "https://id.example.com", defaults: Client { allowed_scopes: ["api1"] } },
    #[allow(secret_reused, reason = "one secret is enough for the tests")]
    Client {
        client_id: "reports",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        allowed_grant_types: [ClientCredentials],
    },
    Client {
        client_id: "shop",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://shop.example.com/callback?a&b", "http://127.0.0.1/callback"],
        allowed_cors_origins: ["https://shop.example.com"],
    },
    Client {
        client_id: "news",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://news.example.com/callback"],
        allowed_cors_origins: ["https://news.example.com"],
    },
    #[allow(secret_reused, reason = "one secret is enough for the tests")]
    Client {
        client_id: "off",
        enabled: false,
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        allowed_grant_types: [ClientCredentials],
    },
    Client {
        client_id: "machine",
        // `printf der | sha256sum`
        client_secrets: [x509_thumbprint("5050d80d22ecd471ea55df7034042c1e041341ff4066e7f6ff38e20b720df8ea")],
        allowed_grant_types: [ClientCredentials],
    },
];

pub const NOW: u64 = 1_800_000_000;

/// `FromClient` at `/token`, for scripts, too; `FromBrowser` at `/authorize`.
pub fn router(guestlist: Guestlist) -> Router {
    Router::new()
        .route("/token", post(token))
        .layer(guestlist.cors())
        .route("/authorize", get(authorize).post(authorize))
        .with_state(guestlist)
}

/// The server with the static store.
pub fn server() -> Router {
    router(Guestlist::new(&CLIENTS).with_clock(|| NOW))
}

/// Tells what the handler has got.
async fn token(request: FromClient) -> impl IntoResponse {
    let method = match &request.caller {
        Caller::Confidential(_, method) => method.as_str(),
        _ => "none",
    };
    let scope = request.parameters.get("scope").unwrap();
    let client_id = request.caller.client().client_id.as_str();
    let x5t = request.sender.x5t_s256.as_deref();
    (NoStore, Json(json!({ "client_id": client_id, "method": method, "scope": scope, "x5t": x5t, "now": request.now })))
}

/// Knows a user who has signed in by the header `user`.
async fn authorize(
    State(guestlist): State<Guestlist>,
    headers: HeaderMap,
    FromBrowser { client, parameters, now, .. }: FromBrowser,
) -> Result<Response, AuthorizationRefused> {
    let user = headers.get("user").map(|_| UserSession::new("alice", now - 60));
    let authorization = match decide::authorize(Some(&*client), guestlist.server(), &parameters, None, now) {
        Ok(authorization) => authorization,
        Err(refusal) if user.is_some() => return Err(AuthorizationRefused::from(refusal).after_sign_in()),
        Err(refusal) => return Err(refusal.into()),
    };
    match authorization.interaction(&client, user.as_ref(), None, None, now)? {
        Interaction::Proceed => Ok(authorization_response(&authorization.destination, &[("code", "c")])),
        _ => Ok("sign in".into_response()),
    }
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub error: Option<StoreError>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json", "{}", self.body);
        serde_json::from_str(&self.body).unwrap()
    }

    /// `error`, after a look at what must stand around it (RFC 6749 §5.2).
    #[track_caller]
    pub fn refusal(&self) -> (u16, String) {
        let body = self.json();
        let members: Vec<_> = body.as_object().unwrap().keys().collect();
        assert_eq!(members, ["error", "error_description"]);
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("pragma"), "no-cache");
        let challenged = self.header("www-authenticate") == "Basic realm=\"clients\", charset=\"UTF-8\"";
        assert_eq!(challenged, self.status == 401);
        (self.status.as_u16(), body["error"].as_str().unwrap().to_owned())
    }
}

pub async fn ask(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let error = response.extensions().get().cloned();
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().into()).unwrap();
    Answer { status: parts.status, headers: parts.headers, body, error }
}

/// A form for the token endpoint.
pub fn form(headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let request = Request::post("/token").header("content-type", "application/x-www-form-urlencoded");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(body.to_owned().into()).unwrap()
}

pub fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

/// The secret of `reports`, and that of `off`.
pub const SECRET: &str = "7c1e0a94d35f682b9e47d018c6a3f52b8d90e6417af3c25b";

/// `reports` with its secret.
pub const SECRET_BASIC: &str = "Basic cmVwb3J0czo3YzFlMGE5NGQzNWY2ODJiOWU0N2QwMThjNmEzZjUyYjhkOTBlNjQxN2FmM2MyNWI=";

/// A store that must first wait.
pub struct Slow;

impl ClientStore for Slow {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::pending(async move {
            wait_once().await;
            CLIENTS.registered(client_id).await
        })
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        Lookup::pending(async move {
            wait_once().await;
            Ok(CLIENTS.allows_origin(origin))
        })
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        CLIENTS.list(after, limit)
    }

    fn server(&self) -> &Server {
        CLIENTS.server()
    }
}

async fn wait_once() {
    let mut waited = false;
    poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A store that has no answer.
pub struct Failing(pub StoreError);

impl ClientStore for Failing {
    fn registered<'a>(&'a self, _: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::pending(async { Err(self.0.clone()) })
    }

    fn allows_origin<'a>(&'a self, _: &'a str) -> Lookup<'a, bool> {
        Lookup::ready(Err(self.0.clone()))
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        CLIENTS.list(after, limit)
    }

    fn server(&self) -> &Server {
        CLIENTS.server()
    }
}

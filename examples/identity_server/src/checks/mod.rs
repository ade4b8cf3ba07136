//! The server from inside, where a test sets the clock and chooses the clients. From outside, `tests/endpoints`
//! asks it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says so when it cannot go on")]

mod expiry;
mod outage;
mod races;
mod sessions;
mod settings;
#[allow(dead_code, reason = "shared with the tests from outside")]
#[path = "../../tests/endpoints/wire.rs"]
mod wire;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use guestlist::{ClientStore, Clients};
use serde_json::Value;
use tokio::runtime::Builder;
use tower::ServiceExt;

use crate::app::{self, App, Shared};
use crate::keys::SigningKeys;
use wire::{Answer, Ask};

/// When a server starts, in Unix time.
const START: u64 = 4_000_000_000;

const ISSUER: &str = "http://127.0.0.1:5001";

/// A server whose time only passes when a test says so.
struct Server {
    router: Router,
    clock: Arc<AtomicU64>,
}

impl Server {
    fn new(clients: &'static Clients) -> Self {
        Self::at(ISSUER, clients)
    }

    fn at(issuer: &str, clients: impl ClientStore + 'static) -> Self {
        // Making them takes longer than anything else here.
        static KEYS: OnceLock<SigningKeys> = OnceLock::new();
        let keys = KEYS.get_or_init(|| SigningKeys::generate().unwrap()).clone();
        let mut app = App::new(issuer.to_owned(), clients, keys).unwrap();
        let clock = Arc::new(AtomicU64::new(START));
        let time = Arc::clone(&clock);
        app.guestlist = app.guestlist.with_clock(move || time.load(Ordering::SeqCst));
        Self { router: app::router(Shared::new(app)), clock }
    }

    /// Sets the clock to so many seconds after the start.
    fn at_second(&self, second: u64) {
        self.clock.store(START + second, Ordering::SeqCst);
    }
}

impl Ask for Server {
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(Body::from(body.unwrap_or_default().to_owned())).unwrap();
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            Answer(Response::from_parts(parts, String::from_utf8(body.into()).unwrap()))
        })
    }
}

/// What a JWT says. That its signature counts, other tests see.
fn claims(jwt: &str) -> Value {
    let body = jwt.split('.').nth(1).unwrap_or_else(|| panic!("no JWT: {jwt}"));
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}

//! Which scripts may read the answer?

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use guestlist_runtime::decide::{self, cors_headers};
use guestlist_runtime::{Client, ClientRef, ClientStore, Lookup, Page, Server};

use crate::support::*;

/// A store of a few clients.
struct Store(Vec<ClientRef>, Server);

impl Store {
    fn enabled(&self) -> impl Iterator<Item = &ClientRef> {
        self.0.iter().filter(|client| client.enabled)
    }
}

impl ClientStore for Store {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::ready(Ok(self.enabled().find(|client| client.client_id == client_id).cloned()))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        Lookup::ready(Ok(self.enabled().any(|client| client.allows_origin(origin))))
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        Lookup::ready(Ok(Page::of(self.0.iter().cloned(), after, limit)))
    }

    fn server(&self) -> &Server {
        &self.1
    }
}

fn answered<T>(lookup: Lookup<'_, T>) -> T {
    match pin!(lookup).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer.unwrap(),
        Poll::Pending => panic!("not at hand"),
    }
}

const ONE: &str = "https://one.example.com";
const OTHER: &str = "https://other.example.com";

fn store() -> Store {
    let client = |client_id: &str, origin: &str, enabled| Client {
        client_id: client_id.into(),
        allowed_cors_origins: [origin].into(),
        enabled,
        ..spa()
    };
    let clients =
        [client("one", ONE, true), client("other", OTHER, true), client("off", "https://off.example.com", false)];
    Store(clients.map(ClientRef::from).into(), server())
}

#[test]
fn a_preflight_is_answered_from_the_union_of_the_enabled_clients() {
    let store: &dyn ClientStore = &store();
    for (origin, expected) in
        [(ONE, true), (OTHER, true), ("https://off.example.com", false), ("https://evil.example", false)]
    {
        assert_eq!(answered(store.allows_origin(origin)), expected, "{origin}");
    }
}

#[test]
fn the_request_itself_is_answered_from_its_client_s_own_list() {
    let store = store();
    let one = answered(store.find("one")).unwrap();
    assert!(one.allows_origin(ONE) && !one.allows_origin(OTHER));
    // One that is switched off is answered as one that does not exist.
    assert!(answered(store.find("off")).is_none());
}

#[test]
fn an_origin_is_allowed_by_equal_bytes() {
    let client = Client { allowed_cors_origins: ["https://app.example.com"].into(), ..spa() };
    assert!(client.allows_origin("https://app.example.com"));
    for origin in [
        "",
        "*",
        "null",
        "https://app.example.com/",
        "https://app.example.com:443",
        "https://APP.example.com",
        "http://app.example.com",
        "https://app.example.com.evil.example",
        "https://evil.example/https://app.example.com",
        "https://app.example.com https://evil.example",
    ] {
        assert!(!client.allows_origin(origin), "{origin}");
    }
}

#[test]
fn one_origin_is_echoed_and_the_answer_varies() {
    assert_eq!(cors_headers(ONE, true), [("vary", "Origin"), ("access-control-allow-origin", ONE)]);
    // Caches must know also where there is no other header.
    assert_eq!(cors_headers(OTHER, false), [("vary", "Origin")]);
    // No cookie takes part, so credentials are not allowed.
    assert!(cors_headers(ONE, true).iter().all(|(name, _)| *name != "access-control-allow-credentials"));
}

#[test]
fn the_preflight_names_what_scripts_send_and_read() {
    // RFC 6749 §2.3.1, RFC 9449 §4.1; and the challenges and nonces of refusals.
    assert_eq!(decide::CORS_METHODS, ["GET", "POST"]);
    assert_eq!(decide::CORS_REQUEST_HEADERS, ["authorization", "content-type", "dpop"]);
    assert_eq!(decide::CORS_RESPONSE_HEADERS, ["www-authenticate", "dpop-nonce"]);
}

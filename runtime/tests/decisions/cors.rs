//! Which scripts may read the answer?

use guestlist_runtime::Client;
use guestlist_runtime::decide::cors_headers;

use crate::support::*;

const ONE: &str = "https://one.example.com";
const OTHER: &str = "https://other.example.com";

#[cfg(feature = "rules")]
mod of_a_store {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use guestlist_runtime::{ClientStore, InMemoryClients, Lookup};

    use super::*;

    fn answered<T>(lookup: Lookup<'_, T>) -> T {
        match pin!(lookup).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer.unwrap(),
            Poll::Pending => panic!("not at hand"),
        }
    }

    fn store() -> InMemoryClients {
        let client = |client_id: &str, origin: &str, enabled| Client {
            client_id: client_id.into(),
            allowed_cors_origins: [origin].into(),
            redirect_uris: [format!("{origin}/callback").as_str()].into(),
            enabled,
            ..spa()
        };
        let clients =
            [client("one", ONE, true), client("other", OTHER, true), client("off", "https://off.example.com", false)];
        InMemoryClients::new(server(), clients, NOW).unwrap()
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

//! What if the store must wait, or has no answer?

#![allow(clippy::unwrap_used, reason = "a test says so when it cannot go on")]

mod common;

use std::sync::Mutex;

use common::{CLIENTS, SECRET};
use guestlist::{ClientRef, ClientStore, Lookup, Page, Server, StoreError};
use guestlist_oxide_auth::{Flow, StoreRegistrar};
use oxide_auth::primitives::registrar::{ClientUrl, Registrar, RegistrarError};

/// Answers at once, but by a future.
struct Prompt;

impl ClientStore for Prompt {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::pending(CLIENTS.registered(client_id))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        ClientStore::allows_origin(&CLIENTS, origin)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        CLIENTS.list(after, limit)
    }

    fn server(&self) -> &Server {
        CLIENTS.server()
    }
}

/// Never answers, or has no answer.
struct Failing(Option<StoreError>);

impl ClientStore for Failing {
    fn registered<'a>(&'a self, _: &'a str) -> Lookup<'a, Option<ClientRef>> {
        match self.0.clone() {
            Some(error) => Lookup::ready(Err(error)),
            None => Lookup::pending(std::future::pending()),
        }
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        ClientStore::allows_origin(&CLIENTS, origin)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        CLIENTS.list(after, limit)
    }

    fn server(&self) -> &Server {
        CLIENTS.server()
    }
}

#[test]
fn an_answer_that_is_at_hand_counts() {
    let registrar = StoreRegistrar::new(Prompt, Flow::ClientCredentials);
    assert!(registrar.check("machine", Some(SECRET.as_bytes())).is_ok());
    assert!(matches!(registrar.check("machine", Some(b"wrong")), Err(RegistrarError::Unspecified)));
}

#[test]
fn a_store_without_an_answer_is_no_fault_of_the_client() {
    static REPORTED: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let report = |error: &StoreError| REPORTED.lock().unwrap().push(error.to_string());
    for error in [Some(StoreError::unavailable("no route")), Some(StoreError::refused("a rule")), None] {
        let registrar = StoreRegistrar::new(Failing(error), Flow::ClientCredentials).with_report(report);
        let checked = registrar.check("machine", Some(SECRET.as_bytes()));
        assert!(matches!(checked, Err(RegistrarError::PrimitiveError)));
        let bound = registrar.bound_redirect(ClientUrl { client_id: "machine".into(), redirect_uri: None });
        assert!(matches!(bound, Err(RegistrarError::PrimitiveError)));
    }
    let reported = REPORTED.lock().unwrap();
    assert_eq!(reported.len(), 6);
    assert!(reported[0].contains("no route") && reported[2].contains("a rule") && reported[4].contains("wait"));
}

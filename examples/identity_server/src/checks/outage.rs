//! What goes on while a store is down?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use guestlist::{ClientRef, ClientStore, Lookup, Page, StoreError};

use super::wire::Ask;
use super::{ISSUER, Server};
use crate::clients::CLIENTS;

/// The clients, while there is an answer.
struct Database(Arc<AtomicBool>);

impl Database {
    fn ask<'a, T>(&self, answer: Lookup<'a, T>) -> Lookup<'a, T> {
        match self.0.load(Ordering::SeqCst) {
            true => answer,
            false => Lookup::ready(Err(StoreError::unavailable("the database is down"))),
        }
    }
}

impl ClientStore for Database {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        self.ask(CLIENTS.registered(client_id))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        self.ask(ClientStore::allows_origin(&CLIENTS, origin))
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        self.ask(CLIENTS.list(after, limit))
    }

    fn server(&self) -> &guestlist::Server {
        CLIENTS.server()
    }
}

const DISCOVERY: &str = "/.well-known/openid-configuration";

#[test]
fn discovery_goes_on_by_the_last_document() {
    let is_up = Arc::new(AtomicBool::new(false));
    let server = Server::at(ISSUER, Database(Arc::clone(&is_up)));
    assert_eq!(server.get(DISCOVERY).status(), 503);

    is_up.store(true, Ordering::SeqCst);
    let document = server.get(DISCOVERY).json();

    is_up.store(false, Ordering::SeqCst);
    server.at_second(86_400);
    assert_eq!(server.get(DISCOVERY).json(), document);
    // Those who must be looked up have to wait.
    let request = "grant_type=client_credentials&scope=api1";
    assert_eq!(server.form("/token", Some("service.client:secret"), request).status(), 503);
}

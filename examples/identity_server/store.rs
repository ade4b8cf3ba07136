//! Which clients are there? The compiled-in ones, at a server whose address is known only now.

use guestlist::{ClientRef, ClientStore, Lookup, Page, Server};

use crate::clients::CLIENTS;

/// The clients of `clients.rs`. A server with a fixed address says `issuer` there, and hands out
/// `&CLIENTS` itself.
#[derive(Clone, Debug)]
pub struct Store {
    server: Server,
}

impl Store {
    pub fn new(issuer: String) -> Self {
        Self { server: Server { issuer: Some(issuer.into()), ..CLIENTS.server().clone() } }
    }
}

impl ClientStore for Store {
    fn find<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        ClientStore::find(&CLIENTS, client_id)
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        ClientStore::allows_origin(&CLIENTS, origin)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        CLIENTS.list(after, limit)
    }

    fn server(&self) -> &Server {
        &self.server
    }
}

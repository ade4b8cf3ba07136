//! Which clients are there? Those of a store, at a server whose address is known only now.

use std::sync::Arc;

use guestlist::{ClientRef, ClientStore, Lookup, Page, Server};

/// Clients such as those of `clients.rs`. A server with a fixed address says `issuer` there, and hands out its store
/// as it is.
#[derive(Clone)]
pub struct Store {
    clients: Arc<dyn ClientStore>,
    server: Server,
}

impl Store {
    pub fn new(issuer: String, clients: impl ClientStore + 'static) -> Self {
        let server = Server { issuer: Some(issuer.into()), ..clients.server().clone() };
        Self { clients: Arc::new(clients), server }
    }
}

impl ClientStore for Store {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        self.clients.registered(client_id)
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        self.clients.allows_origin(origin)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        self.clients.list(after, limit)
    }

    fn server(&self) -> &Server {
        &self.server
    }
}

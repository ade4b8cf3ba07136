//! Which clients are there? The compiled-in ones, at a server whose address is known only now.

use guestlist::{ClientRef, ClientStore, Clients, Lookup, Page, Server};

/// Clients such as those of `clients.rs`. A server with a fixed address says `issuer` there, and hands out
/// `&CLIENTS` itself.
#[derive(Clone, Debug)]
pub struct Store {
    clients: &'static Clients,
    server: Server,
}

impl Store {
    pub fn new(issuer: String, clients: &'static Clients) -> Self {
        Self { clients, server: Server { issuer: Some(issuer.into()), ..clients.server().clone() } }
    }
}

impl ClientStore for Store {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        self.clients.registered(client_id)
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        ClientStore::allows_origin(self.clients, origin)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        self.clients.list(after, limit)
    }

    fn server(&self) -> &Server {
        &self.server
    }
}

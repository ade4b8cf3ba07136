//! Which clients are there? Those of a store, at a server whose address is known only now.

use std::sync::Arc;

use guestlist::{ClientRef, ClientStore, Lookup, Page, Server, StoreError};

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

/// All clients of a store, page by page.
pub async fn all(store: &dyn ClientStore) -> Result<Vec<ClientRef>, StoreError> {
    let mut all: Vec<ClientRef> = Vec::new();
    loop {
        let after = all.last().map(|client| client.client_id.clone());
        let page = store.list(after.as_deref(), 500).await?;
        all.extend(page.clients);
        if !page.more {
            return Ok(all);
        }
    }
}

//! Who hears of a store that has no answer?

use std::sync::Arc;

use guestlist_runtime::{ClientRef, ClientStore, Lookup, Page, Server, StoreError};

/// What an operator's log is told.
pub type Log = Arc<dyn Fn(&StoreError) + Send + Sync>;

/// A store whose errors are told, whoever asks it and whatever becomes of the answer.
pub struct Logged {
    pub store: Arc<dyn ClientStore>,
    pub log: Log,
}

impl ClientStore for Logged {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        logged(&self.log, self.store.registered(client_id))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        logged(&self.log, self.store.allows_origin(origin))
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        logged(&self.log, self.store.list(after, limit))
    }

    fn server(&self) -> &Server {
        self.store.server()
    }
}

/// The same answer. One that is at hand stays so.
pub fn logged<'a, T: Send + 'a>(log: &'a Log, answer: Lookup<'a, T>) -> Lookup<'a, T> {
    match answer {
        Lookup::Ready(answer) => Lookup::Ready(answer.map(|answer| answer.inspect_err(|error| log(error)))),
        pending => Lookup::pending(async move { pending.await.inspect_err(|error| log(error)) }),
    }
}

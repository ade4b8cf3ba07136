#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// No panic on any input.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]

mod answers;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use guestlist_runtime::{ClientRef, ClientStore, Lookup, Page, Server};

use answers::Answers;

/// How long an answer counts, if nothing else is said.
pub const TIME_TO_LIVE: Duration = Duration::from_secs(300);

/// How long it counts at most that there is no such client, if nothing else is said.
pub const UNKNOWN_TIME_TO_LIVE: Duration = Duration::from_secs(10);

/// How many clients are kept, if nothing else is said.
pub const CAPACITY: usize = 10_000;

/// A store whose answers are kept for a time. See the [crate's page](crate).
///
/// It is a [`ClientStore`] itself. [`list`](ClientStore::list) is handed on and kept nowhere, and so is what is asked by
/// an id or an origin of more than 1,024 bytes.
pub struct CachedClients<S> {
    store: S,
    settings: Settings,
    clients: Answers<ClientRef>,
    origins: Answers<()>,
}

#[derive(Clone)]
struct Settings {
    capacity: usize,
    time_to_live: Duration,
    unknown_time_to_live: Duration,
    clock: Arc<dyn Fn() -> Duration + Send + Sync>,
}

impl Settings {
    fn unknown_time_to_live(&self) -> Duration {
        self.unknown_time_to_live.min(self.time_to_live)
    }
}

impl<S: ClientStore> CachedClients<S> {
    /// Keeps the answers of this store.
    #[must_use]
    pub fn new(store: S) -> Self {
        let start = Instant::now();
        let clock = Arc::new(move || start.elapsed());
        let settings = Settings {
            capacity: CAPACITY,
            time_to_live: TIME_TO_LIVE,
            unknown_time_to_live: UNKNOWN_TIME_TO_LIVE,
            clock,
        };
        Self::with(store, settings)
    }

    fn with(store: S, settings: Settings) -> Self {
        let clients = Answers::new(&settings);
        let origins = Answers::new(&settings);
        Self { store, settings, clients, origins }
    }

    /// How long an answer counts.
    #[must_use]
    pub fn with_time_to_live(self, time_to_live: Duration) -> Self {
        Self::with(self.store, Settings { time_to_live, ..self.settings })
    }

    /// How long it counts that there is no such client: until then, a new one is not found. No longer than any other
    /// answer, whatever is said here.
    #[must_use]
    pub fn with_unknown_time_to_live(self, unknown_time_to_live: Duration) -> Self {
        Self::with(self.store, Settings { unknown_time_to_live, ..self.settings })
    }

    /// How many clients are kept; as many unknown ids, and as many origins, known and unknown, beside them.
    #[must_use]
    pub fn with_capacity(self, capacity: usize) -> Self {
        Self::with(self.store, Settings { capacity, ..self.settings })
    }

    /// Takes the time from elsewhere: since any fixed moment, and never backwards. For tests.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self::with(self.store, Settings { clock: Arc::new(clock), ..self.settings })
    }

    /// Forgets a client that was changed, also one that was unknown, and which origins are allowed. An answer that is
    /// on its way is not kept.
    pub fn invalidate(&self, client_id: &str) {
        self.clients.forget(client_id);
        self.origins.forget_all();
    }

    /// Forgets everything. An answer that is on its way is not kept.
    pub fn invalidate_all(&self) {
        self.clients.forget_all();
        self.origins.forget_all();
    }

    /// The store whose answers are kept.
    pub fn store(&self) -> &S {
        &self.store
    }
}

impl<S: ClientStore> ClientStore for CachedClients<S> {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        match self.clients.at_hand(client_id) {
            Some(client) => Lookup::ready(Ok(client)),
            None => Lookup::pending(self.clients.ask(client_id, || self.store.registered(client_id))),
        }
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        match self.origins.at_hand(origin) {
            Some(allowed) => Lookup::ready(Ok(allowed.is_some())),
            None => Lookup::pending(async move {
                let ask = || async { Ok(self.store.allows_origin(origin).await?.then_some(())) };
                Ok(self.origins.ask(origin, ask).await?.is_some())
            }),
        }
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        self.store.list(after, limit)
    }

    fn server(&self) -> &Server {
        self.store.server()
    }
}

impl<S> fmt::Debug for CachedClients<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedClients")
            .field("capacity", &self.settings.capacity)
            .field("time_to_live", &self.settings.time_to_live)
            .field("unknown_time_to_live", &self.settings.unknown_time_to_live())
            .finish_non_exhaustive()
    }
}

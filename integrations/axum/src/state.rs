//! What do the endpoints share?

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use guestlist_runtime::decide::{JwtLibrary, MAX_ASSERTION_LENGTH, NoJwts};
use guestlist_runtime::{ClientStore, Server, StoreError};

use crate::log::{Log, Logged, logged};
use crate::memory::NoMemory;
use crate::{DpopLibrary, JwtId, JwtMemory};

/// How long the body of a request may be, in bytes, unless the server says otherwise: room for a
/// request object and an assertion of the greatest length, and for the other parameters.
pub const BODY_LIMIT: usize = 3 * MAX_ASSERTION_LENGTH;

/// A store, with what it takes to ask it: the server's JWT library and a clock. It is the state that
/// the extractors read, or a part of it, by [`FromRef`](axum::extract::FromRef); a clone is cheap.
///
/// ```
/// use axum::extract::FromRef;
/// use guestlist_axum::Guestlist;
/// # use guestlist::{Clients, clients};
/// # static CLIENTS: Clients = clients![];
///
/// #[derive(Clone)]
/// struct App {
///     guestlist: Guestlist,
///     // A pool, keys, …
/// }
///
/// // `#[derive(FromRef)]` writes the same.
/// impl FromRef<App> for Guestlist {
///     fn from_ref(app: &App) -> Self {
///         app.guestlist.clone()
///     }
/// }
///
/// let app = App { guestlist: Guestlist::new(&CLIENTS) };
/// # let _ = app;
/// ```
#[derive(Clone)]
pub struct Guestlist {
    store: Arc<dyn ClientStore>,
    library: Arc<dyn JwtLibrary + Send + Sync>,
    memory: Arc<dyn JwtMemory>,
    dpop: Option<Dpop>,
    clock: Arc<dyn Fn() -> u64 + Send + Sync>,
    log: Log,
    body_limit: usize,
}

impl Guestlist {
    /// Any store: `&CLIENTS`, one of your own, or an `Arc<dyn ClientStore>`.
    ///
    /// No JWTs are taken from clients, the time is the system's, and nobody hears of errors but by
    /// [`with_log`](Self::with_log).
    #[must_use]
    pub fn new(store: impl ClientStore + 'static) -> Self {
        Self {
            store: Arc::new(store),
            library: Arc::new(NoJwts),
            memory: Arc::new(NoMemory),
            dpop: None,
            clock: Arc::new(system_time),
            log: Arc::new(|_| ()),
            body_limit: BODY_LIMIT,
        }
    }

    /// Takes client assertions and request objects, which this library reads. An assertion counts once, which the
    /// memory sees to.
    #[must_use]
    pub fn with_jwt_library(
        self,
        library: impl JwtLibrary + Send + Sync + 'static,
        memory: impl JwtMemory + 'static,
    ) -> Self {
        Self { library: Arc::new(library), memory: Arc::new(memory), ..self }
    }

    /// Takes DPoP proofs, which this library reads. A proof counts once, which the memory sees to.
    #[must_use]
    pub fn with_dpop(self, library: impl DpopLibrary + 'static, memory: impl JwtMemory + 'static) -> Self {
        Self { dpop: Some(Dpop { library: Arc::new(library), memory: Arc::new(memory) }), ..self }
    }

    /// Takes the time from elsewhere, such as in a test: in Unix time, in seconds.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }

    /// Tells every error of the store and of the memories to the operator's log, wherever it is met: in an extractor,
    /// in the layer for [CORS](Self::cors), in a handler that asks the [`store`](Self::store). Clients and users hear
    /// no more than that the server cannot answer.
    ///
    /// ```
    /// use guestlist_axum::Guestlist;
    /// # use guestlist::{Clients, clients};
    /// # static CLIENTS: Clients = clients![];
    ///
    /// let guestlist = Guestlist::new(&CLIENTS).with_log(|error| eprintln!("clients: {error}"));
    /// # let _ = guestlist;
    /// ```
    #[must_use]
    pub fn with_log(self, log: impl Fn(&StoreError) + Send + Sync + 'static) -> Self {
        let log: Log = Arc::new(log);
        Self { store: Arc::new(Logged { store: self.store, log: Arc::clone(&log) }), log, ..self }
    }

    /// Takes bodies up to this length, in bytes, instead of [`BODY_LIMIT`], and the queries of authorization
    /// requests. An [`axum::extract::DefaultBodyLimit`] that is lower counts for bodies as well.
    #[must_use]
    pub fn with_body_limit(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &dyn ClientStore {
        &*self.store
    }

    /// The server that the clients belong to, which decisions ask for.
    #[must_use]
    pub fn server(&self) -> &Server {
        self.store.server()
    }

    /// The JWT library, which some decisions ask for.
    #[must_use]
    pub fn jwt_library(&self) -> &(dyn JwtLibrary + Send + Sync) {
        &*self.library
    }

    /// The time, in Unix time, in seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        (self.clock)()
    }

    pub(crate) fn shared_store(&self) -> Arc<dyn ClientStore> {
        Arc::clone(&self.store)
    }

    pub(crate) fn jwt_memory(&self) -> &dyn JwtMemory {
        &*self.memory
    }

    pub(crate) async fn is_first_use(
        &self,
        memory: &dyn JwtMemory,
        id: JwtId<'_>,
        until: u64,
        now: u64,
    ) -> Result<bool, StoreError> {
        logged(&self.log, memory.is_first_use(id, until, now)).await
    }

    pub(crate) const fn dpop(&self) -> Option<&Dpop> {
        self.dpop.as_ref()
    }

    pub(crate) const fn body_limit(&self) -> usize {
        self.body_limit
    }
}

/// What it takes to take DPoP.
#[derive(Clone)]
pub(crate) struct Dpop {
    pub(crate) library: Arc<dyn DpopLibrary>,
    pub(crate) memory: Arc<dyn JwtMemory>,
}

impl fmt::Debug for Guestlist {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guestlist").field("body_limit", &self.body_limit).finish_non_exhaustive()
    }
}

/// A clock that is before 1970 is wrong, and then nothing that can expire counts.
fn system_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(u64::MAX, |time| time.as_secs())
}

//! How is a store asked by oxide-auth?

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{SystemTime, UNIX_EPOCH};

use guestlist_runtime::{ClientRef, ClientStore, Lookup, StoreError};
use oxide_auth::primitives::registrar::{BoundClient, ClientUrl, PreGrant, Registrar, RegistrarError};
use oxide_auth::primitives::scope::Scope;

use crate::{Flow, answer};

/// A store as the [`Registrar`] of one [`Flow`].
///
/// It takes any store whose answers are at hand, such as `&CLIENTS`, and serves oxide-auth-async as
/// well; where a store would have to wait, it answers [`PrimitiveError`](RegistrarError::PrimitiveError).
/// With the feature `async`, `into_async` makes one that waits.
///
/// | question | answer |
/// |---|---|
/// | `bound_redirect` | the asked redirect URI, if it is registered by equal bytes but for the port of a loopback address; without one, the only one there is |
/// | `negotiate` | the asked scopes, if the client may have each of them; without any, all API scopes in `ClientCredentials`, and none otherwise |
/// | `check` | whether the secret is one of the client's, in equal time for unknown clients; a public client needs none, and gets nothing for itself |
///
/// A client that is [disabled](guestlist_runtime::Client::enabled) is unknown. So is one whose record
/// requires what oxide-auth has not, where it would be needed: pushed requests, request objects, DPoP.
///
/// ```
/// use guestlist::{Clients, clients};
/// use guestlist_oxide_auth::{Flow, StoreRegistrar};
/// use oxide_auth::primitives::registrar::Registrar;
///
/// static CLIENTS: Clients = clients![
///     Client {
///         client_id: "reports",
///         client_secrets: [sha256("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=")],
///         allowed_grant_types: [ClientCredentials],
///         allowed_scopes: ["api1"],
///     },
/// ];
///
/// static REGISTRAR: StoreRegistrar<&Clients> = StoreRegistrar::new(&CLIENTS, Flow::ClientCredentials);
///
/// assert!(REGISTRAR.check("reports", Some(b"wrong")).is_err());
/// ```
#[derive(Clone, Copy)]
pub struct StoreRegistrar<S> {
    store: S,
    flow: Flow,
    clock: fn() -> u64,
    report: fn(&StoreError),
}

impl<S> StoreRegistrar<S> {
    /// The registrar of a flow.
    #[must_use]
    pub const fn new(store: S, flow: Flow) -> Self {
        Self { store, flow, clock: system_time, report: |_| {} }
    }

    /// Takes the time from elsewhere, such as in a test: in Unix time, in seconds.
    #[must_use]
    pub const fn with_clock(mut self, clock: fn() -> u64) -> Self {
        self.clock = clock;
        self
    }

    /// Tells why the store had no answer, for the operator's log: oxide-auth's errors do not.
    #[must_use]
    pub const fn with_report(mut self, report: fn(&StoreError)) -> Self {
        self.report = report;
        self
    }
}

impl<S: ClientStore> StoreRegistrar<S> {
    #[cfg(feature = "async")]
    pub(crate) const fn store(&self) -> &S {
        &self.store
    }

    #[cfg(feature = "async")]
    pub(crate) const fn flow(&self) -> Flow {
        self.flow
    }

    #[cfg(feature = "async")]
    pub(crate) fn now(&self) -> u64 {
        (self.clock)()
    }

    /// What the store says; that it has no answer is no fault of the client.
    pub(crate) fn told(
        &self,
        answer: Result<Option<ClientRef>, StoreError>,
    ) -> Result<Option<ClientRef>, RegistrarError> {
        answer.map_err(|error| {
            (self.report)(&error);
            RegistrarError::PrimitiveError
        })
    }

    fn find(&self, client_id: &str) -> Result<Option<ClientRef>, RegistrarError> {
        self.told(at_hand(self.store.find(client_id)))
    }
}

impl<S: ClientStore> Registrar for StoreRegistrar<S> {
    fn bound_redirect<'a>(&self, bound: ClientUrl<'a>) -> Result<BoundClient<'a>, RegistrarError> {
        let client = self.find(&bound.client_id)?;
        answer::bound(self.flow, client.as_deref(), bound)
    }

    fn negotiate(&self, bound: BoundClient<'_>, scope: Option<Scope>) -> Result<PreGrant, RegistrarError> {
        let client = self.find(&bound.client_id)?;
        answer::negotiated(self.flow, client.as_deref(), self.store.server(), bound, scope)
    }

    fn check(&self, client_id: &str, passphrase: Option<&[u8]>) -> Result<(), RegistrarError> {
        let client = self.find(client_id)?;
        answer::checked(self.flow, client, self.store.server(), client_id, passphrase, (self.clock)())
    }
}

impl<S> fmt::Debug for StoreRegistrar<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreRegistrar").field("flow", &self.flow).finish_non_exhaustive()
    }
}

/// The answer of a store that need not wait.
pub(crate) fn at_hand<T>(mut lookup: Lookup<'_, T>) -> Result<T, StoreError> {
    match Pin::new(&mut lookup).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => Err(StoreError::unavailable("the store would have to wait; use the feature `async`")),
    }
}

/// A clock that is before 1970 is wrong, and then nothing that can expire counts.
fn system_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(u64::MAX, |time| time.as_secs())
}

//! Which JWTs of clients came before?

use guestlist_runtime::Lookup;
use guestlist_runtime::decide::ProvenKey;

/// Where the server remembers the JWTs that count once: memory for one node, a database that all nodes share for
/// several. With [`Guestlist::with_jwt_library`](crate::Guestlist::with_jwt_library) for client assertions, and with
/// [`Guestlist::with_dpop`](crate::Guestlist::with_dpop) for DPoP proofs: a memory for each of the two.
///
/// ```
/// use std::collections::HashMap;
/// use std::sync::{Mutex, PoisonError};
///
/// use guestlist::Lookup;
/// use guestlist_axum::{JwtId, JwtMemory};
///
/// /// The ids, each with the Unix time at which it is forgotten.
/// #[derive(Default)]
/// struct Seen(Mutex<HashMap<(String, String), u64>>);
///
/// impl JwtMemory for Seen {
///     fn is_first_use<'a>(&'a self, id: JwtId<'a>, until: u64, now: u64) -> Lookup<'a, bool> {
///         let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
///         seen.retain(|_, until| now < *until);
///         Lookup::ready(Ok(seen.insert((id.issuer.into(), id.jwt_id.into()), until).is_none()))
///     }
/// }
///
/// let (seen, id) = (Seen::default(), JwtId::assertion("reports", "1"));
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!(seen.is_first_use(id, 160, 100).await, Ok(true));
/// assert_eq!(seen.is_first_use(id, 160, 100).await, Ok(false));
/// # });
/// ```
pub trait JwtMemory: Send + Sync {
    /// Whether a JWT comes for the first time at the Unix time `now`; it is remembered until the Unix time `until`.
    /// Both in one step, such as an insertion that fails where there is one: of two requests at the same time one
    /// comes second.
    ///
    /// # Errors
    ///
    /// A memory that cannot answer refuses the request, as a [store](guestlist_runtime::ClientStore) does.
    fn is_first_use<'a>(&'a self, id: JwtId<'a>, until: u64, now: u64) -> Lookup<'a, bool>;
}

/// What tells a JWT from every other of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct JwtId<'a> {
    /// Who has made it: the id of a client, or the thumbprint of a key.
    pub issuer: &'a str,
    /// `jti`, which that one has chosen. Both are as long as somebody likes: a digest of them is as good.
    pub jwt_id: &'a str,
}

impl<'a> JwtId<'a> {
    /// That of a client's assertion (RFC 7523 §3 item 7).
    #[must_use]
    pub const fn assertion(client_id: &'a str, jwt_id: &'a str) -> Self {
        Self { issuer: client_id, jwt_id }
    }

    /// That of a DPoP proof (RFC 9449 §11.1).
    #[must_use]
    pub fn proof(key: &'a ProvenKey) -> Self {
        Self { issuer: key.jkt(), jwt_id: key.jwt_id() }
    }
}

/// Of a server that takes no JWTs: there, none comes.
pub struct NoMemory;

impl JwtMemory for NoMemory {
    fn is_first_use<'a>(&'a self, _: JwtId<'a>, _: u64, _: u64) -> Lookup<'a, bool> {
        Lookup::ready(Ok(false))
    }
}

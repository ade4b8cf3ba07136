//! Some of a store's clients.

use alloc::vec::Vec;
use core::fmt;

use super::{ClientRef, StoreError};
use crate::Text;

/// Some of a store's clients, in the order of their ids' bytes. One that is refused costs nobody but itself.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{ClientStore, StoreError};
/// async fn ids(store: &dyn ClientStore) -> Result<Vec<String>, StoreError> {
///     let mut ids = Vec::new();
///     let mut page = store.list(None, 100).await?;
///     loop {
///         ids.extend(page.clients.iter().map(|client| client.client_id.to_string()));
///         match page.next() {
///             Some(after) => page = store.list(Some(after), 100).await?,
///             None => return Ok(ids),
///         }
///     }
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The clients.
    pub clients: Vec<ClientRef>,
    /// Those that are there, too, but break the rulebook: for the operator's log. They count towards the limit.
    pub refused: Vec<RefusedClient>,
    /// Whether there are more behind the last of them.
    pub more: bool,
}

impl Page {
    /// Up to `limit` of the clients behind the id `after`, of all that there are in any order.
    pub fn of(clients: impl IntoIterator<Item = ClientRef>, after: Option<&str>, limit: usize) -> Self {
        let behind = |client: &ClientRef| after.is_none_or(|after| client.client_id.as_str() > after);
        let mut clients: Vec<ClientRef> = clients.into_iter().filter(behind).collect();
        clients.sort_by(|one, other| one.client_id.cmp(&other.client_id));
        let more = clients.len() > limit;
        clients.truncate(limit);
        Self { clients, refused: Vec::new(), more }
    }

    /// The id behind which the next page begins; none, if this is the last page, or an empty one since nothing was
    /// asked for.
    #[must_use]
    pub fn next(&self) -> Option<&Text> {
        let client = self.clients.last().map(|client| &client.client_id);
        let refused = self.refused.last().map(|refused| &refused.client_id);
        // An id that could not be read is behind nothing.
        client.max(refused).filter(|last| self.more && !last.is_empty())
    }

    /// Goes on with the page behind this one.
    pub(super) fn append(&mut self, next: Self) {
        self.clients.extend(next.clients);
        self.refused.extend(next.refused);
        self.more = next.more;
    }
}

/// A client that is there, but whose definition breaks the rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedClient {
    /// Its id, as far as it can be read.
    pub client_id: Text,
    /// What is wrong, as in [`StoreError::Refused`].
    pub reason: Text,
}

impl From<RefusedClient> for StoreError {
    fn from(refused: RefusedClient) -> Self {
        Self::Refused(refused.reason)
    }
}

/// As the [`StoreError`] that a lookup of it would be.
impl fmt::Display for RefusedClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        StoreError::Refused(self.reason.clone()).fmt(f)
    }
}

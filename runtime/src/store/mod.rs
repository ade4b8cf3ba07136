//! The trait of every store: who is this client id?

mod chain;
mod error;
mod lookup;
#[cfg(feature = "rules")]
mod memory;
mod page;

use alloc::{boxed::Box, sync::Arc};
use core::ops::Deref;

use crate::{Client, Clients, Server};

pub use chain::{Chain, ServersDiffer};
pub use error::StoreError;
pub use lookup::Lookup;
#[cfg(feature = "rules")]
pub use memory::{InMemoryClients, Refused};
pub use page::{Page, RefusedClient};

/// A source of clients: compiled in, or anywhere else.
///
/// Every store judges its clients by the [`Server`] it is given, so a client that breaks the
/// rulebook never leaves one. It is usable as `dyn ClientStore`, and [`Clients`] answers without
/// allocating and without waiting.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, ClientStore, StoreError};
/// async fn name(store: &dyn ClientStore, client_id: &str) -> Result<Option<String>, StoreError> {
///     let client = store.find(client_id).await?;
///     Ok(client.and_then(|client| client.client_name.as_deref().map(String::from)))
/// }
/// ```
pub trait ClientStore: Send + Sync {
    /// The client with this id, by equal bytes, also one that is switched off: to manage clients. To answer requests,
    /// ask [`find`](Self::find).
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>>;

    /// The client with this id, by equal bytes, if it is [enabled](Client::enabled): one that is
    /// switched off is answered as one that does not exist.
    ///
    /// Provided, and to be left so: a [`Chain`] and a cache ask [`registered`](Self::registered).
    fn find<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        self.registered(client_id).map(|client| client.filter(|client| client.enabled))
    }

    /// Whether scripts of this origin may call the server for any enabled client, by equal bytes: what
    /// a CORS preflight asks, which carries no client id.
    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool>;

    /// Up to `limit` clients behind the id `after`, or the first ones, in the order of their ids' bytes; also those
    /// that are switched off, and, apart, those that are refused.
    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page>;

    /// All clients, as one page, which [`list`](Self::list) is asked for piece by piece.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::{ClientStore, StoreError};
    /// async fn ids(store: &dyn ClientStore) -> Result<Vec<String>, StoreError> {
    ///     let all = store.all().await?;
    ///     for refused in &all.refused {
    ///         eprintln!("{refused}");
    ///     }
    ///     Ok(all.clients.iter().map(|client| client.client_id.to_string()).collect())
    /// }
    /// ```
    fn all(&self) -> Lookup<'_, Page> {
        /// How many clients are asked for at once.
        const PIECE: usize = 500;
        Lookup::pending(async move {
            let mut all = self.list(None, PIECE).await?;
            while let Some(after) = all.next().cloned() {
                all.append(self.list(Some(&after), PIECE).await?);
            }
            Ok(all)
        })
    }

    /// The server that the clients belong to.
    fn server(&self) -> &Server;
}

impl ClientStore for Clients {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::ready(Ok(self.get(client_id).map(ClientRef::Static)))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        Lookup::ready(Ok(Self::allows_origin(self, origin)))
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        Lookup::ready(Ok(Page::of(self.iter().map(ClientRef::Static), after, limit)))
    }

    fn server(&self) -> &Server {
        Self::server(self)
    }
}

/// A store behind a pointer is that store.
macro_rules! pointers {
    ($($pointer:ty),+) => {$(
        impl<S: ClientStore + ?Sized> ClientStore for $pointer {
            fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
                (**self).registered(client_id)
            }

            fn find<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
                (**self).find(client_id)
            }

            fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
                (**self).allows_origin(origin)
            }

            fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
                (**self).list(after, limit)
            }

            fn all(&self) -> Lookup<'_, Page> {
                (**self).all()
            }

            fn server(&self) -> &Server {
                (**self).server()
            }
        }
    )+};
}

pointers!(&S, Arc<S>, Box<S>);

/// A client of a store: compiled in, or loaded and shared. It dereferences to [`Client`], and a
/// clone copies no record.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, ClientRef};
/// let client = ClientRef::from(Client { client_id: "js".into(), ..Client::default() });
/// assert_eq!(client.client_id, "js");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ClientRef {
    /// Lies in the program's read-only memory.
    Static(&'static Client),
    /// Was loaded.
    Shared(Arc<Client>),
}

impl Deref for ClientRef {
    type Target = Client;

    fn deref(&self) -> &Client {
        match self {
            Self::Static(client) => client,
            Self::Shared(client) => client,
        }
    }
}

impl AsRef<Client> for ClientRef {
    fn as_ref(&self) -> &Client {
        self
    }
}

impl PartialEq for ClientRef {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for ClientRef {}

impl From<&'static Client> for ClientRef {
    fn from(client: &'static Client) -> Self {
        Self::Static(client)
    }
}

impl From<Arc<Client>> for ClientRef {
    fn from(client: Arc<Client>) -> Self {
        Self::Shared(client)
    }
}

impl From<Client> for ClientRef {
    fn from(client: Client) -> Self {
        Self::Shared(Arc::new(client))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_their_answers_can_be_sent_to_other_threads() {
        fn sendable<T: Send + Sync + ?Sized>() {}
        fn sent<T: Send>() {}
        sendable::<dyn ClientStore>();
        sendable::<ClientRef>();
        sent::<Lookup<'_, Option<ClientRef>>>();
    }
}

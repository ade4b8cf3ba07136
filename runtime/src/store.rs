//! The trait of every store: who is this client id?

use alloc::{boxed::Box, sync::Arc};
use core::future::Future;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::{error, fmt};

use crate::{Client, Clients, Server, Text};

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
    /// The client with this id, by equal bytes, if it is [enabled](Client::enabled): one that is
    /// switched off is answered as one that does not exist.
    fn find<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>>;

    /// Whether scripts of this origin may call the server for any enabled client, by equal bytes: what
    /// a CORS preflight asks, which carries no client id.
    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool>;

    /// The server that the clients belong to.
    fn server(&self) -> &Server;
}

impl ClientStore for Clients {
    fn find<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::ready(Ok(self.get(client_id).filter(|client| client.enabled).map(ClientRef::Static)))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        Lookup::ready(Ok(Self::allows_origin(self, origin)))
    }

    fn server(&self) -> &Server {
        Self::server(self)
    }
}

impl<S: ClientStore + ?Sized> ClientStore for &S {
    fn find<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        (**self).find(client_id)
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        (**self).allows_origin(origin)
    }

    fn server(&self) -> &Server {
        (**self).server()
    }
}

impl<S: ClientStore + ?Sized> ClientStore for Arc<S> {
    fn find<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        (**self).find(client_id)
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        (**self).allows_origin(origin)
    }

    fn server(&self) -> &Server {
        (**self).server()
    }
}

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

/// An answer of a store: there already, or to be awaited.
///
/// A store whose answer is at hand allocates nothing, as a boxed future would.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, Lookup, StoreError};
/// fn answer<'a>(known: bool) -> Lookup<'a, bool> {
///     if known { Lookup::ready(Ok(true)) } else { Lookup::pending(async { Err(StoreError::unavailable("no network")) }) }
/// }
/// ```
#[must_use = "a future does nothing until it is awaited"]
#[non_exhaustive]
pub enum Lookup<'a, T> {
    /// The answer; nothing, once it was taken.
    Ready(Option<Result<T, StoreError>>),
    /// The work that leads to it.
    Pending(Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>),
}

impl<'a, T> Lookup<'a, T> {
    /// An answer that is at hand.
    pub const fn ready(answer: Result<T, StoreError>) -> Self {
        Self::Ready(Some(answer))
    }

    /// An answer that needs work.
    pub fn pending(work: impl Future<Output = Result<T, StoreError>> + Send + 'a) -> Self {
        Self::Pending(Box::pin(work))
    }
}

// Nothing in it is pinned in place: the future has a box of its own.
impl<T> Unpin for Lookup<'_, T> {}

impl<T> Future for Lookup<'_, T> {
    type Output = Result<T, StoreError>;

    /// Polled again after its end, it never ends.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Ready(answer) => answer.take().map_or(Poll::Pending, Poll::Ready),
            Self::Pending(work) => work.as_mut().poll(context),
        }
    }
}

impl<T> fmt::Debug for Lookup<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready(_) => "Ready",
            Self::Pending(_) => "Pending",
        })
    }
}

/// Why a store has no answer. That a client does not exist is an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreError {
    /// There is such a client, but its definition breaks the rulebook: what is wrong, for the operator's log.
    Refused(Text),
    /// The source cannot be asked: what happened, for the operator's log.
    Unavailable(Text),
}

impl StoreError {
    /// The source cannot be asked.
    #[must_use]
    pub fn unavailable(what: impl Into<Text>) -> Self {
        Self::Unavailable(what.into())
    }

    /// The client's definition breaks the rulebook.
    #[must_use]
    pub fn refused(what: impl Into<Text>) -> Self {
        Self::Refused(what.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(what) => write!(f, "the client's definition is refused: {what}"),
            Self::Unavailable(what) => write!(f, "the source of clients is unavailable: {what}"),
        }
    }
}

impl error::Error for StoreError {}

#[cfg(test)]
mod tests {
    use core::pin::pin;
    use core::task::Waker;

    use super::*;

    fn polled<T>(work: impl Future<Output = T>) -> Option<T> {
        match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        }
    }

    #[test]
    fn an_answer_at_hand_is_there_at_once_and_once() {
        let mut lookup = Lookup::ready(Ok(7));
        assert_eq!(polled(&mut lookup), Some(Ok(7)));
        assert_eq!(polled(&mut lookup), None);
        let error = StoreError::unavailable("no network");
        assert_eq!(polled(Lookup::<u8>::pending(core::future::ready(Err(error.clone())))), Some(Err(error)));
    }

    #[test]
    fn stores_and_their_answers_can_be_sent_to_other_threads() {
        fn sendable<T: Send + Sync + ?Sized>() {}
        fn sent<T: Send>() {}
        sendable::<dyn ClientStore>();
        sendable::<ClientRef>();
        sent::<Lookup<'_, Option<ClientRef>>>();
    }
}

//! Several stores, one behind the other.

use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};
use core::{error, fmt};

#[cfg(feature = "rules")]
use super::StoreError;
use super::{ClientRef, ClientStore, Lookup, Page, RefusedClient};
#[cfg(feature = "rules")]
use crate::rules::{Finding, Place, Rule};
use crate::{Server, Text};

/// Stores that are asked one behind the other: the compiled-in clients first, then the database.
///
/// The first store that knows an id answers for it, also if the client is switched off there. An error of a store is
/// the chain's: the client might be there. A chain whose answer is at hand allocates nothing.
///
/// An origin is allowed if any store allows it, also for the sake of a client that an earlier store hides: a preflight
/// carries no client id, and whoever asks in that client's name is then told that there is none.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Chain, ClientStore, InMemoryClients, Server};
/// # let built_in = InMemoryClients::new(Server::default(), Vec::<guestlist::Client>::new(), 0).unwrap();
/// # let database = built_in.clone();
/// let clients = Chain::new(built_in).then(database)?;
/// assert_eq!(clients.server(), &Server::default());
/// # Ok::<(), guestlist::ServersDiffer>(())
/// ```
pub struct Chain {
    first: Box<dyn ClientStore>,
    rest: Vec<Box<dyn ClientStore>>,
}

impl Chain {
    /// A chain of one store, the first to be asked.
    #[must_use]
    pub fn new(first: impl ClientStore + 'static) -> Self {
        Self { first: Box::new(first), rest: Vec::new() }
    }

    /// Adds a store, to be asked when those before it do not know a client.
    ///
    /// # Errors
    ///
    /// If it judges its clients by another [`Server`] than those before it: then a client's rules would depend on
    /// where it lies.
    pub fn then(mut self, next: impl ClientStore + 'static) -> Result<Self, ServersDiffer> {
        match differing(self.server(), next.server()) {
            Some(field) => Err(ServersDiffer { field }),
            None => {
                self.rest.push(Box::new(next));
                Ok(self)
            }
        }
    }

    fn stores(&self) -> impl Iterator<Item = &dyn ClientStore> {
        core::iter::once(&self.first).chain(&self.rest).map(|store| &**store)
    }

    /// Asks the stores in turn, until one has an answer that counts.
    fn first<'a, T: Default + Send + 'a>(
        &'a self,
        from: usize,
        ask: impl Fn(&'a dyn ClientStore) -> Lookup<'a, T> + Send + 'a,
        counts: fn(&T) -> bool,
    ) -> Lookup<'a, T> {
        for (at, store) in self.stores().enumerate().skip(from) {
            match ask(store) {
                Lookup::Ready(Some(Ok(answer))) if !counts(&answer) => {}
                Lookup::Pending(work) => {
                    return Lookup::pending(async move {
                        match work.await? {
                            answer if counts(&answer) => Ok(answer),
                            _ => self.first(at + 1, ask, counts).await,
                        }
                    });
                }
                answer => return answer,
            }
        }
        Lookup::ready(Ok(T::default()))
    }

    /// Every id that two stores know, also one that is refused: the later one is never asked for it. At start-up, show
    /// it to the operator, as what [`all`](ClientStore::all) tells of those that are refused.
    ///
    /// # Errors
    ///
    /// If a store cannot be listed.
    #[cfg(feature = "rules")]
    pub async fn findings(&self) -> Result<Vec<Finding>, StoreError> {
        let mut known = BTreeMap::new();
        let mut findings = Vec::new();
        for (at, store) in self.stores().enumerate() {
            for (client_id, _) in entries(store.all().await?) {
                let first = *known.entry(client_id.clone()).or_insert(at);
                if first != at {
                    findings.extend(duplicate(&client_id, first, at));
                }
            }
        }
        Ok(findings)
    }
}

/// Clients by their ids, let out or refused.
fn entries(page: Page) -> impl Iterator<Item = (Text, Result<ClientRef, RefusedClient>)> {
    let clients = page.clients.into_iter().map(|client| (client.client_id.clone(), Ok(client)));
    let refused = page.refused.into_iter().map(|refused| (refused.client_id.clone(), Err(refused)));
    clients.chain(refused)
}

#[cfg(feature = "rules")]
fn duplicate(client_id: &str, first: usize, again: usize) -> Option<Finding> {
    let message = alloc::format!(
        "client id {client_id:?} is in store #{} of the chain and in store #{}, which is never asked for it",
        first + 1,
        again + 1
    );
    let help = "give one of the two another id, or remove it";
    Some(Rule::named("client_id_duplicate")?.finding(None, Place::Client, message.into(), help.into()))
}

impl ClientStore for Chain {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        self.first(0, move |store| store.registered(client_id), Option::is_some)
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        self.first(0, move |store| store.allows_origin(origin), |allowed| *allowed)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        Lookup::pending(async move {
            let mut known = BTreeMap::new();
            let mut more = false;
            for store in self.stores() {
                let page = store.list(after, limit).await?;
                more |= page.more;
                for (client_id, entry) in entries(page) {
                    known.entry(client_id).or_insert(entry);
                }
            }
            let mut page = Page { more: more || known.len() > limit, ..Page::default() };
            for entry in known.into_values().take(limit) {
                match entry {
                    Ok(client) => page.clients.push(client),
                    Err(refused) => page.refused.push(refused),
                }
            }
            Ok(page)
        })
    }

    /// The one server of all its stores.
    fn server(&self) -> &Server {
        self.first.server()
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain").field("stores", &self.stores().count()).finish()
    }
}

/// The first field in which two servers differ.
fn differing(one: &Server, other: &Server) -> Option<&'static str> {
    macro_rules! first {
        ($($field:ident),+) => {{
            // Whole, so that a new field is not forgotten.
            let Server { $($field),+ } = one;
            $(if *$field != other.$field {
                return Some(stringify!($field));
            })+
            None
        }};
    }
    first!(profile, issuer, identity_scopes, api_scopes, default_scopes, insecure_http_hosts, defaults, levels)
}

/// Two stores of a chain judge their clients by different [`Server`]s.
#[derive(Clone, PartialEq, Eq)]
pub struct ServersDiffer {
    field: &'static str,
}

impl fmt::Display for ServersDiffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the stores of a chain judge by different servers, which have not the same `{}`: give each the same \
             `Server`, as from `CLIENTS.server()`; clients of another server make a chain of their own",
            self.field
        )
    }
}

/// As it is displayed: this is what `main` shows of an error.
impl fmt::Debug for ServersDiffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for ServersDiffer {}

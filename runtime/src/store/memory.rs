//! Clients that were built at run time.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    vec::Vec,
};
use core::ops::Bound;
use core::{error, fmt};

use super::{ClientRef, ClientStore, Lookup, Page};
use crate::rules::{self, Definition, Finding, Level, Report};
use crate::{Client, Server, Text};

/// Clients in memory, built at run time and held to the rulebook: for tests, and for servers that make their
/// definitions in code.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, GrantType, InMemoryClients, List, SecretValue, Server};
///
/// let reports = Client {
///     client_id: "reports".into(),
///     client_secrets: [SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60")].into(),
///     allowed_grant_types: [GrantType::ClientCredentials].into(),
///     allowed_scopes: ["api1"].into(),
///     ..Client::default()
/// };
/// let now = 1_800_000_000; // Unix time, in seconds
/// let store = InMemoryClients::new(Server::default(), [reports.clone()], now).unwrap();
/// assert_eq!(store.get("reports").map(|client| &**client), Some(&reports));
///
/// let refused = InMemoryClients::new(Server::default(), [Client { allowed_grant_types: List::EMPTY, ..reports }], now);
/// assert!(refused.unwrap_err().to_string().contains("[grants_empty]"));
/// ```
#[derive(Clone, Debug)]
pub struct InMemoryClients {
    server: Server,
    clients: BTreeMap<Text, Arc<Client>>,
    origins: BTreeSet<Text>,
    report: Report,
}

impl InMemoryClients {
    /// Holds definitions to the whole rulebook at the Unix time `now`, in seconds, and keeps them if no finding is an
    /// error. A [`Client`] is a definition of which everything counts as written that is not as by default; begin
    /// with a clone of [`Server::defaults`], if the server has any.
    ///
    /// # Errors
    ///
    /// The findings, if one is an error.
    pub fn new<D: Into<Definition>>(
        server: Server,
        definitions: impl IntoIterator<Item = D>,
        now: u64,
    ) -> Result<Self, Refused> {
        let definitions: Vec<Definition> = definitions.into_iter().map(Into::into).collect();
        let report = rules::check_at(&server, &definitions, Vec::new(), now);
        if report.refuses() {
            return Err(Refused { report });
        }
        let clients: BTreeMap<Text, Arc<Client>> = definitions
            .into_iter()
            .map(Definition::into_client)
            .map(|client| (client.client_id.clone(), Arc::new(client)))
            .collect();
        let enabled = clients.values().filter(|client| client.enabled);
        let origins = enabled.flat_map(|client| &client.allowed_cors_origins).cloned().collect();
        Ok(Self { server, clients, origins, report })
    }

    /// The client with this id, by equal bytes. It may be [disabled](Client::enabled).
    #[must_use]
    pub fn get(&self, client_id: &str) -> Option<&Arc<Client>> {
        self.clients.get(client_id)
    }

    /// The clients, in the order of their ids' bytes.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Client>> {
        self.clients.values()
    }

    /// Every origin that an enabled client allows.
    #[must_use]
    pub const fn origins(&self) -> &BTreeSet<Text> {
        &self.origins
    }

    /// Up to `limit` clients behind the id `after`, or the first ones.
    #[must_use]
    pub fn page(&self, after: Option<&str>, limit: usize) -> Page {
        let behind = (after.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded);
        let mut clients = self.clients.range::<str, _>(behind).map(|(_, client)| ClientRef::Shared(Arc::clone(client)));
        let page = clients.by_ref().take(limit).collect();
        Page { clients: page, refused: Vec::new(), more: clients.next().is_some() }
    }

    /// What the rulebook warns of, for the operator's log.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.report.findings
    }

    /// All that the rulebook says: the warnings, and the expectations that nothing fulfilled.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }
}

impl ClientStore for InMemoryClients {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::ready(Ok(self.get(client_id).cloned().map(ClientRef::Shared)))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        Lookup::ready(Ok(self.origins.contains(origin)))
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        Lookup::ready(Ok(self.page(after, limit)))
    }

    fn server(&self) -> &Server {
        &self.server
    }
}

/// Definitions that break the rulebook: every finding, errors and warnings.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What the rulebook says.
    pub report: Report,
}

/// The errors, one a line.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut errors = self.report.findings.iter().filter(|finding| finding.level == Level::Error);
        if let Some(first) = errors.next() {
            write!(f, "{first}")?;
        }
        errors.try_for_each(|finding| write!(f, "\n{finding}"))
    }
}

impl error::Error for Refused {}

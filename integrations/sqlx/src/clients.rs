//! Which client is it? The store.

use std::fmt;
use std::sync::Arc;

use guestlist_runtime::rules::{Definition, Finding};
use guestlist_runtime::{ClientRef, ClientStore, Lookup, Page, Server, StoreError, Text};

use crate::cell::Parameter;
use crate::database::Database;
use crate::error::{OpenError, Refused, unread};
use crate::judge;
use crate::record::Row;
use crate::version::Version;
use crate::{MAX_CLIENT_ID_LENGTH, MAX_ORIGIN_LENGTH};

/// The clients in a database, as a [`ClientStore`] and to be managed. A clone is cheap.
///
/// Each lookup is one statement. What it finds is held to the whole rulebook again, so that a row that was written by
/// other hands and breaks a rule is [`StoreError::Refused`], with its findings as a text for the operator's log; it is
/// not taken for an unknown client, also if it is switched off. Rules across clients are judged when a client is
/// written. Put
/// [`guestlist-cache`](https://docs.rs/guestlist-cache) in front, and let [`changes`](Self::changes) invalidate it.
///
/// ```
/// use guestlist_runtime::{Client, ClientStore, GrantType, Server};
/// use guestlist_sqlx::{Database, SqlClients, WriteError};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let database = Database::connect("sqlite::memory:").await?;
/// database.migrate().await?;
/// let clients = SqlClients::open(database, Server::default()).await?;
///
/// let tv = Client {
///     client_id: "tv".into(),
///     require_client_secret: false,
///     allowed_grant_types: [GrantType::DeviceCode].into(),
///     allowed_scopes: ["openid"].into(),
///     ..Client::default()
/// };
/// let created = clients.create(tv).await?;
/// assert!(clients.find("tv").await?.is_some());
///
/// let stored = clients.get("tv").await?.ok_or("somebody has deleted it")?;
/// let mut definition = stored.definition?;
/// definition.client.client_name = Some("Television".into());
/// let updated = clients.update(definition, stored.version).await?;
///
/// // Who has read it before this change does not undo it.
/// assert!(matches!(clients.delete("tv", created.version).await, Err(WriteError::Conflict(_))));
/// clients.delete("tv", updated.version).await?;
/// assert!(clients.entries(None, 100).await?.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SqlClients {
    pub(crate) database: Database,
    pub(crate) server: Arc<Server>,
}

impl SqlClients {
    /// The clients in this database, or in a pool of your own, to be judged by this server.
    ///
    /// # Errors
    ///
    /// [`OpenError::Old`] or [`OpenError::New`] if the schema is not that of this release, or
    /// [`OpenError::Unavailable`]. Once it is open, the database may go and come back.
    pub async fn open(database: impl Into<Database>, server: Server) -> Result<Self, OpenError> {
        let database = database.into();
        database.check_schema().await?;
        Ok(Self { database, server: Arc::new(server) })
    }

    /// A client as it is to be managed, also one that is switched off or refused; none, if it does not exist.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; also [`StoreError::Refused`], if PostgreSQL does not show a text that is not UTF-8.
    pub async fn get(&self, client_id: &str) -> Result<Option<Stored>, StoreError> {
        if !may_exist(client_id) {
            return Ok(None);
        }
        let rows = self.rows(&self.database.0.statements().get, vec![client_id.into()]).await?;
        Ok(rows.into_iter().next().map(|row| self.judged(row)))
    }

    /// Up to `limit` clients behind the id `after`, or the first ones, in the order of their ids' bytes, as they are to
    /// be managed: also those that are switched off or refused.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`]; also [`StoreError::Refused`], if PostgreSQL does not show a text that is not UTF-8.
    pub async fn entries(&self, after: Option<&str>, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let rows = self.rows_behind(after, limit).await?;
        Ok(rows.into_iter().map(|row| self.judged(row)).collect())
    }

    fn judged(&self, row: Row) -> Stored {
        let client_id = row.definition.client.client_id.clone();
        let version = row.version;
        match judge::row(&self.server, row) {
            Ok((definition, warnings)) => Stored { client_id, version, definition: Ok(definition), warnings },
            Err(refused) => Stored { client_id, version, definition: Err(refused), warnings: Vec::new() },
        }
    }

    async fn rows_behind(&self, after: Option<&str>, limit: usize) -> Result<Vec<Row>, StoreError> {
        // No id has U+0000, so all that are behind a text with it are behind what stands before.
        let after = after.and_then(|after| after.split('\0').next()).unwrap_or_default();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.rows(&self.database.0.statements().list, vec![after.into(), limit.into()]).await
    }

    async fn rows(&self, sql: &str, parameters: Vec<Parameter>) -> Result<Vec<Row>, StoreError> {
        self.database.0.rows(sql, parameters, Row::read).await.map_err(unread)
    }
}

/// Whether a row may have this id: nobody else is asked for, however long the id is and whatever stands in it.
pub fn may_exist(client_id: &str) -> bool {
    (1..=MAX_CLIENT_ID_LENGTH).contains(&client_id.len()) && client_id.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

impl ClientStore for SqlClients {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        if !may_exist(client_id) {
            return Lookup::ready(Ok(None));
        }
        Lookup::pending(async move {
            let rows = self.rows(&self.database.0.statements().get, vec![client_id.into()]).await?;
            let Some(row) = rows.into_iter().next() else { return Ok(None) };
            let (definition, _) = judge::row(&self.server, row)?;
            Ok(Some(definition.into_client().into()))
        })
    }

    /// By the list of origins alone: whether its client is refused is told when the client is looked up, before
    /// anything is answered to the origin.
    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        if origin.len() > MAX_ORIGIN_LENGTH || origin.contains('\0') {
            return Lookup::ready(Ok(false));
        }
        Lookup::pending(async move {
            let allowed = |row: &dyn crate::cell::Cells| row.flag(0);
            let rows = self.database.0.rows(&self.database.0.statements().allows_origin, vec![origin.into()], allowed);
            let allowed = rows.await.and_then(|rows| rows.into_iter().next().transpose()).map_err(unread)?;
            Ok(allowed.flatten().unwrap_or_default())
        })
    }

    /// Fails as a whole only where PostgreSQL does not show a text that is not UTF-8, as in a database of the encoding
    /// `SQL_ASCII`.
    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        Lookup::pending(async move {
            let mut rows = self.rows_behind(after, limit.saturating_add(1)).await?;
            let mut page = Page { more: rows.len() > limit, ..Page::default() };
            rows.truncate(limit);
            for row in rows {
                match judge::row(&self.server, row) {
                    Ok((definition, _)) => page.clients.push(definition.into_client().into()),
                    Err(refused) => page.refused.push(refused.into()),
                }
            }
            Ok(page)
        })
    }

    fn server(&self) -> &Server {
        &self.server
    }
}

impl fmt::Debug for SqlClients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlClients").field("database", &self.database).finish_non_exhaustive()
    }
}

/// A client as it is managed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Stored {
    /// Its id, as far as it can be read.
    pub client_id: Text,
    /// The version, which [`SqlClients::update`] and [`SqlClients::delete`] ask for.
    pub version: Version,
    /// The record with its levels, or why it is refused; then it can be replaced or deleted.
    pub definition: Result<Definition, Refused>,
    /// What the rulebook warns of, if it is not refused.
    pub warnings: Vec<Finding>,
}

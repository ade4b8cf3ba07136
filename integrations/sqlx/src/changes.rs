//! Which clients have changed?

use std::fmt;
use std::pin::Pin;
#[cfg(feature = "cache")]
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "cache")]
use guestlist_cache::CachedClients;
#[cfg(feature = "cache")]
use guestlist_runtime::ClientStore;
use guestlist_runtime::Text;
#[cfg(feature = "postgres")]
use sqlx::postgres::{PgListener, PgNotification, PgPool, PgPoolOptions};
use tokio::time::sleep;
#[cfg(feature = "postgres")]
use tokio::time::timeout;

use crate::clients::SqlClients;
#[cfg(feature = "postgres")]
use crate::database::PATIENCE;
use crate::database::Pool;
#[cfg(feature = "sqlite")]
use crate::statements::SQLITE_REVISION;

/// What has changed in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The client of this id was created, changed or deleted.
    Client(Text),
    /// Any client may have changed.
    Everything,
}

/// The changes of the clients, whoever makes them: this server, another one, or a person with SQL. Made by
/// [`SqlClients::changes`].
///
/// The first is [`Change::Everything`], as soon as the database is being watched: from then on none is missed. A
/// connection that is lost is made again, and then everything may have changed. `Changes::invalidate` lets a cache forget
/// what they tell (feature `cache`).
///
/// While the database cannot be watched, nothing is told, and a cache lives on its time: also where it never can, as on a
/// hot standby of PostgreSQL, which refuses `LISTEN`.
///
/// From PostgreSQL the changes come by `NOTIFY`, each with its client, when they are committed. In SQLite a counter is
/// read, which tells only that there was a change: `PRAGMA data_version` would tell no more, and need a connection of
/// its own.
///
/// ```
/// use guestlist_runtime::{Client, GrantType, Server};
/// use guestlist_sqlx::{Change, Database, SqlClients};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = Database::connect("sqlite::memory:").await?;
/// # database.migrate().await?;
/// # let clients = SqlClients::open(database, Server::default()).await?;
/// # let grants = [GrantType::DeviceCode].into();
/// # let tv = Client { client_id: "tv".into(), require_client_secret: false, allowed_grant_types: grants, ..Client::default() };
/// # let tv = Client { allowed_scopes: ["openid"].into(), ..tv };
/// let mut changes = clients.changes_every(std::time::Duration::from_millis(10));
/// assert_eq!(changes.next().await, Change::Everything);
/// clients.create(tv).await?;
/// // From PostgreSQL: `Change::Client("tv")`.
/// assert_eq!(changes.next().await, Change::Everything);
/// # Ok(())
/// # }
/// ```
pub struct Changes {
    /// Goes on where it was when a wait was given up.
    next: Pin<Box<dyn Future<Output = (Change, Watch)> + Send>>,
    interval: Duration,
}

impl SqlClients {
    /// The changes from now on. SQLite is asked every second, so a change is seen no later than that. PostgreSQL tells
    /// by itself; if it is silent for 30 seconds, it is asked whether it is still there.
    #[must_use]
    pub fn changes(&self) -> Changes {
        self.changes_every(match &self.database.0 {
            #[cfg(feature = "sqlite")]
            Pool::Sqlite(_) => Duration::from_secs(1),
            #[cfg(feature = "postgres")]
            Pool::Postgres(_) => Duration::from_secs(30),
        })
    }

    /// The changes from now on, where the database is asked in this interval.
    #[must_use]
    pub fn changes_every(&self, interval: Duration) -> Changes {
        let watch = match self.database.0.clone() {
            #[cfg(feature = "sqlite")]
            pool @ Pool::Sqlite(_) => Watch::Counter(pool, None),
            #[cfg(feature = "postgres")]
            Pool::Postgres(pool) => Watch::Notices(pool, None),
        };
        Changes { next: Box::pin(watch.next(interval)), interval }
    }
}

impl Changes {
    /// Waits for the next change; while the database is down, for its return. A wait that is given up misses nothing.
    pub async fn next(&mut self) -> Change {
        let (change, watch) = self.next.as_mut().await;
        self.next = Box::pin(watch.next(self.interval));
        change
    }

    /// Lets a cache forget each client that changes: work for a task of its own. It ends at the first change after the
    /// cache was dropped.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use guestlist_cache::CachedClients;
    /// use guestlist_sqlx::SqlClients;
    ///
    /// fn behind_a_cache(clients: SqlClients) -> Arc<CachedClients<SqlClients>> {
    ///     let changes = clients.changes();
    ///     let cached = Arc::new(CachedClients::new(clients));
    ///     tokio::spawn(changes.invalidate(&cached));
    ///     cached
    /// }
    /// ```
    #[cfg(feature = "cache")]
    pub fn invalidate<S: ClientStore + 'static>(
        mut self,
        cache: &Arc<CachedClients<S>>,
    ) -> impl Future<Output = ()> + Send + use<S> {
        let cache = Arc::downgrade(cache);
        async move {
            loop {
                let change = self.next().await;
                match (cache.upgrade(), change) {
                    (None, _) => return,
                    (Some(cache), Change::Client(client_id)) => cache.invalidate(&client_id),
                    (Some(cache), Change::Everything) => cache.invalidate_all(),
                }
            }
        }
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").field("interval", &self.interval).finish_non_exhaustive()
    }
}

enum Watch {
    /// A counter, and what it said last.
    #[cfg(feature = "sqlite")]
    Counter(Pool, Option<i64>),
    #[cfg(feature = "postgres")]
    Notices(PgPool, Option<PgListener>),
}

impl Watch {
    async fn next(mut self, interval: Duration) -> (Change, Self) {
        let change = match &mut self {
            #[cfg(feature = "sqlite")]
            Self::Counter(pool, seen) => counted(pool, seen, interval).await,
            #[cfg(feature = "postgres")]
            Self::Notices(pool, listener) => noticed(pool, listener, interval).await,
        };
        (change, self)
    }
}

#[cfg(feature = "sqlite")]
async fn counted(pool: &Pool, seen: &mut Option<i64>, interval: Duration) -> Change {
    if seen.is_some() {
        sleep(interval).await;
    }
    loop {
        let counter = pool.rows(SQLITE_REVISION, Vec::new(), |row| row.integer(0)).await;
        match counter.and_then(|rows| rows.into_iter().next().transpose()).map(Option::flatten) {
            Ok(count) if count.is_some() && count != *seen => {
                *seen = count;
                return Change::Everything;
            }
            Ok(_) => {}
            // Another file may be there when it is back.
            Err(_) => *seen = None,
        }
        sleep(interval).await;
    }
}

#[cfg(feature = "postgres")]
async fn noticed(pool: &PgPool, listener: &mut Option<PgListener>, interval: Duration) -> Change {
    /// How long a database that cannot be reached is left alone.
    const PAUSE: Duration = Duration::from_millis(500);
    loop {
        let Some(listening) = listener else {
            match listen(pool).await {
                Ok(listening) => {
                    *listener = Some(listening);
                    return Change::Everything;
                }
                Err(_) => sleep(PAUSE).await,
            }
            continue;
        };
        match timeout(interval, listening.try_recv()).await {
            Ok(Ok(Some(notice))) => return of_notice(&notice),
            Err(_) if answers(listening, interval).await => {}
            // Lost: what happens until there is another connection is noticed by nobody.
            _ => *listener = None,
        }
    }
}

/// Listens on a connection apart, so that the pool has all of its own.
#[cfg(feature = "postgres")]
async fn listen(pool: &PgPool) -> sqlx::Result<PgListener> {
    let options = PgPoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
    let options = options.idle_timeout(None).max_lifetime(None);
    let apart = options.connect_with((*pool.connect_options()).clone()).await?;
    let mut listener = PgListener::connect_with(&apart).await?;
    // It would connect again by itself, and would not always tell.
    listener.eager_reconnect(false);
    listener.listen("guestlist").await?;
    Ok(listener)
}

#[cfg(feature = "postgres")]
async fn answers(listener: &mut PgListener, within: Duration) -> bool {
    matches!(timeout(within, sqlx::query("SELECT 1").execute(listener)).await, Ok(Ok(_)))
}

#[cfg(feature = "postgres")]
fn of_notice(notice: &PgNotification) -> Change {
    match notice.payload() {
        "" => Change::Everything,
        client_id => Change::Client(client_id.into()),
    }
}

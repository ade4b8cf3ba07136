//! Where do the clients lie?

use std::fmt;
#[cfg(feature = "postgres")]
use std::io;
#[cfg(feature = "sqlite")]
use std::path::Path;
use std::time::Duration;

#[cfg(feature = "postgres")]
use sqlx::Connection;
#[cfg(feature = "postgres")]
use sqlx::postgres::{PgConnection, PgPool, PgPoolOptions, Postgres};
use sqlx::query::Query;
#[cfg(feature = "sqlite")]
use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sqlx::{Encode, Type};
use tokio::time::timeout;

use crate::OpenError;
use crate::cell::{Cells, Parameter};
use crate::error::quoted;
#[cfg(feature = "sqlite")]
use crate::error::reason;
use crate::statements::{self, Statements};

/// The database in which the clients lie: a pool of connections to SQLite or to PostgreSQL. A clone is cheap.
///
/// ```
/// use guestlist_sqlx::Database;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), guestlist_sqlx::OpenError> {
/// let database = Database::connect("sqlite::memory:").await?;
/// database.migrate().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Database(pub(crate) Pool);

/// How long a lookup or a change may take; an endpoint that waits longer is down as well.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// How long a locked file is waited for: less, so that the error says that it is locked.
#[cfg(feature = "sqlite")]
const BUSY: Duration = Duration::from_secs(4);

impl Database {
    /// Connects by a URL: `sqlite:clients.db` for a file beside the server, `sqlite:clients.db?mode=rwc` to create it,
    /// `sqlite::memory:` for a test, or `postgres://user:password@host/database`, as
    /// [sqlx](https://docs.rs/sqlx) takes them. A pool of your own is a database by [`From`].
    ///
    /// A file is opened in SQLite's WAL mode, in which reading never waits for writing. A connection is not asked
    /// whether it is still there before it is used, so that a lookup is one round trip; one that was lost is noticed by
    /// its use, and another one taken. For a pool of your own that is `test_before_acquire(false)`. How long it waits for
    /// a connection is also how long anything may take.
    ///
    /// PostgreSQL is spoken to in TLS if it can do so, and in clear if not: over a network write `?sslmode=verify-full`,
    /// which refuses to be overheard and looks at the server's certificate, by the authorities of this system and those
    /// of `&sslrootcert=file.pem`.
    ///
    /// # Errors
    ///
    /// [`OpenError::Url`], or [`OpenError::Unavailable`] if the database does not answer within five seconds. None shows
    /// a password.
    pub async fn connect(url: &str) -> Result<Self, OpenError> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            #[cfg(feature = "sqlite")]
            Some("sqlite") => {
                let options: SqliteConnectOptions = url.parse().map_err(url_error)?;
                let options = options.busy_timeout(BUSY);
                let is_in_memory = url.contains(":memory:") || url.contains("mode=memory");
                // A database in memory is that of one connection, and ends with it.
                let (options, connections) =
                    if is_in_memory { (options, 1) } else { (options.journal_mode(SqliteJournalMode::Wal), 8) };
                let file = options.get_filename().to_owned();
                let pool = SqlitePoolOptions::new()
                    .acquire_timeout(PATIENCE)
                    .test_before_acquire(false)
                    .max_connections(connections)
                    .idle_timeout(None)
                    .max_lifetime(None);
                Ok(pool.connect_with(options).await.map_err(|error| file_error(&file, &error))?.into())
            }
            #[cfg(feature = "postgres")]
            Some("postgres" | "postgresql") => {
                let options = url.parse().map_err(url_error)?;
                let pool = PgPoolOptions::new().acquire_timeout(PATIENCE).test_before_acquire(false);
                let pool = pool.connect_lazy_with(options);
                let database = Self::from(pool.clone());
                database.0.within(database.0.on_one_that_lives(|| async { pool.acquire().await.map(drop) })).await?;
                Ok(database)
            }
            // All else may hold a password, as the `user=… password=…` of libpq does.
            Some(scheme) if !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                Err(OpenError::Url(format!("{} is no database of this build: {SCHEMES}", quoted(scheme)).into()))
            }
            _ => Err(OpenError::Url(format!("the clients' database is not given as a URL: {SCHEMES}").into())),
        }
    }
}

/// Without the value that is wrong: it may be a password that got to another place.
fn url_error(error: sqlx::Error) -> OpenError {
    let mut said = error.to_string();
    if let (Some(from), Some(to)) = (said.find('"'), said.rfind('"')) {
        said.replace_range(from..=to, "…");
    }
    OpenError::Url(format!("the URL of the clients' database is wrong: {said}").into())
}

/// Which file cannot be opened. SQLite tells neither that, nor what to do.
#[cfg(feature = "sqlite")]
fn file_error(file: &Path, error: &sqlx::Error) -> OpenError {
    let hint = match file.exists() {
        true => "",
        false => "; there is no such file: add `?mode=rwc` to the URL to create it",
    };
    OpenError::Unavailable(format!("{}: {}{hint}", file.display(), reason(error)).into())
}

const SCHEMES: &str = match (cfg!(feature = "sqlite"), cfg!(feature = "postgres")) {
    (true, true) => "write `sqlite:…` or `postgres://…`",
    (true, false) => "write `sqlite:…`, or switch on the feature `postgres`",
    (false, _) => "write `postgres://…`, or switch on the feature `sqlite`",
};

#[cfg(feature = "sqlite")]
impl From<SqlitePool> for Database {
    fn from(pool: SqlitePool) -> Self {
        Self(Pool::Sqlite(pool))
    }
}

#[cfg(feature = "postgres")]
impl From<PgPool> for Database {
    fn from(pool: PgPool) -> Self {
        Self(Pool::Postgres(pool))
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            #[cfg(feature = "sqlite")]
            Pool::Sqlite(_) => "Database(SQLite)",
            #[cfg(feature = "postgres")]
            Pool::Postgres(_) => "Database(PostgreSQL)",
        })
    }
}

#[derive(Clone)]
pub enum Pool {
    #[cfg(feature = "sqlite")]
    Sqlite(SqlitePool),
    #[cfg(feature = "postgres")]
    Postgres(PgPool),
}

impl Pool {
    pub fn statements(&self) -> &'static Statements {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => &statements::SQLITE,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => &statements::POSTGRES,
        }
    }

    /// Asks, and reads each row.
    pub async fn rows<T>(
        &self,
        sql: &str,
        parameters: Vec<Parameter>,
        read: impl Fn(&dyn Cells) -> T,
    ) -> sqlx::Result<Vec<T>> {
        self.within(self.on_one_that_lives(|| self.ask(sql, parameters.clone(), &read))).await
    }

    async fn ask<T>(
        &self,
        sql: &str,
        parameters: Vec<Parameter>,
        read: impl Fn(&dyn Cells) -> T,
    ) -> sqlx::Result<Vec<T>> {
        Ok(match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => {
                query::<Sqlite>(sql, parameters).fetch_all(pool).await?.iter().map(|row| read(row)).collect()
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => {
                query::<Postgres>(sql, parameters).fetch_all(pool).await?.iter().map(|row| read(row)).collect()
            }
        })
    }

    /// Begins a transaction that writes: one after the other, so that each sees what those before it have written, and
    /// what the rulebook says of several clients holds.
    pub async fn begin(&self) -> sqlx::Result<Transaction> {
        self.on_one_that_lives(|| self.begin_one()).await
    }

    async fn begin_one(&self) -> sqlx::Result<Transaction> {
        Ok(match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => Transaction::Postgres(pool.begin_with(BEGIN).await?),
        })
    }

    /// Does it on one connection after the other, as long as they turn out to have been lost while nobody used them.
    async fn on_one_that_lives<T, W: Future<Output = sqlx::Result<T>>>(&self, work: impl Fn() -> W) -> sqlx::Result<T> {
        let mut left = self.size();
        loop {
            self.reach().await?;
            match work().await {
                Err(error) if left > 0 && is_lost(&error) => left -= 1,
                done => return done,
            }
        }
    }

    /// Whether the database can be reached, if there is no connection to it. The pool would try as long as it waits, with
    /// everybody who asks meanwhile, and then not tell what has happened.
    async fn reach(&self) -> sqlx::Result<()> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => Ok(()),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) if pool.size() > 0 => Ok(()),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => {
                let options = pool.connect_options();
                let connected = self.within(PgConnection::connect_with(&options)).await;
                match connected {
                    Ok(connection) => connection.close().await,
                    Err(sqlx::Error::Io(error)) => {
                        let place = format!("{} port {}", options.get_host(), options.get_port());
                        Err(sqlx::Error::Io(io::Error::new(error.kind(), format!("{place}: {error}"))))
                    }
                    // Too many connections, or on its way up: for that, the pool waits.
                    Err(sqlx::Error::Database(_)) => Ok(()),
                    Err(error) => Err(error),
                }
            }
        }
    }

    /// Gives up what takes longer than the pool waits for a connection: a server that is silent is down as well.
    pub async fn within<T, E: From<sqlx::Error>>(&self, work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        timeout(self.patience(), work).await.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()))
    }

    fn patience(&self) -> Duration {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => pool.options().get_acquire_timeout(),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => pool.options().get_acquire_timeout(),
        }
    }

    /// How many connections are open.
    fn size(&self) -> u32 {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(pool) => pool.size(),
            #[cfg(feature = "postgres")]
            Self::Postgres(pool) => pool.size(),
        }
    }
}

/// Each statement sees what was committed before it, whatever the server's default is. Who is last waits, by a number
/// that no other application uses, and no longer than a minute for a writer that has gone silent.
#[cfg(feature = "postgres")]
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED;
    SET LOCAL idle_in_transaction_session_timeout = '1min';
    SELECT pg_advisory_xact_lock(7310584035483562100)";

/// Whether it is the connection that has failed, and not what was asked on it.
fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        // PostgreSQL, as it shuts down (class 57, "operator intervention").
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}

/// A transaction; what is not committed is undone.
pub enum Transaction {
    #[cfg(feature = "sqlite")]
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    #[cfg(feature = "postgres")]
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Transaction {
    /// Asks, and reads each row.
    pub async fn rows<T>(
        &mut self,
        sql: &str,
        parameters: Vec<Parameter>,
        read: impl Fn(&dyn Cells) -> T,
    ) -> sqlx::Result<Vec<T>> {
        Ok(match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(transaction) => {
                let rows = query::<Sqlite>(sql, parameters).fetch_all(&mut **transaction).await?;
                rows.iter().map(|row| read(row)).collect()
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(transaction) => {
                let rows = query::<Postgres>(sql, parameters).fetch_all(&mut **transaction).await?;
                rows.iter().map(|row| read(row)).collect()
            }
        })
    }

    /// How many rows it concerned.
    pub async fn execute(&mut self, sql: &str, parameters: Vec<Parameter>) -> sqlx::Result<u64> {
        Ok(match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(transaction) => {
                query::<Sqlite>(sql, parameters).execute(&mut **transaction).await?.rows_affected()
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(transaction) => {
                query::<Postgres>(sql, parameters).execute(&mut **transaction).await?.rows_affected()
            }
        })
    }

    pub async fn commit(self) -> sqlx::Result<()> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite(transaction) => transaction.commit().await,
            #[cfg(feature = "postgres")]
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }
}

/// A statement with its parameters, for either database.
fn query<'q, DB: sqlx::Database>(sql: &'q str, parameters: Vec<Parameter>) -> Query<'q, DB, DB::Arguments<'q>>
where
    Option<bool>: Encode<'q, DB> + Type<DB>,
    Option<i64>: Encode<'q, DB> + Type<DB>,
    Option<String>: Encode<'q, DB> + Type<DB>,
    Vec<u8>: Encode<'q, DB> + Type<DB>,
{
    parameters.into_iter().fold(sqlx::query(sql), |query, parameter| match parameter {
        Parameter::Flag(flag) => query.bind(flag),
        Parameter::Integer(number) => query.bind(number),
        Parameter::Text(text) => query.bind(text),
        Parameter::Bytes(bytes) => query.bind(bytes),
    })
}

//! A fresh database, and its tables as other hands see them.

use std::time::Duration;

use guestlist_runtime::Server;
use guestlist_sqlx::{Database, SqlClients};
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use tempfile::TempDir;

use crate::postgres::{Cluster, SharedCluster};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Memory,
    File,
    Postgres,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Memory, Self::File, Self::Postgres];

    pub fn name(self) -> &'static str {
        match self {
            Self::Memory => "sqlite_in_memory",
            Self::File => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Where a test works: an empty database of its own.
pub struct Place {
    pub hands: Hands,
    pub url: String,
    pub cluster: SharedCluster,
    /// The file's.
    folder: Option<TempDir>,
}

/// Other hands than those of `SqlClients`, with rights on everything.
#[derive(Clone)]
pub enum Hands {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Place {
    pub async fn new(kind: Kind, cluster: &SharedCluster) -> Self {
        let (url, folder) = match kind {
            Kind::Memory => ("sqlite::memory:".to_owned(), None),
            Kind::File => {
                let folder = TempDir::new().unwrap();
                (format!("sqlite:{}?mode=rwc", folder.path().join("clients.db").display()), Some(folder))
            }
            Kind::Postgres => (cluster.get_or_init(Cluster::start).create("").await, None),
        };
        Self { hands: Hands::of(kind, &url).await, url, cluster: cluster.clone(), folder }
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.as_ref().unwrap().path()
    }

    pub fn database(&self) -> Database {
        self.hands.database()
    }

    /// The clients, in a schema that is there.
    pub async fn clients(&self) -> SqlClients {
        self.clients_of(Server::default()).await
    }

    pub async fn clients_of(&self, server: Server) -> SqlClients {
        self.database().migrate().await.unwrap();
        SqlClients::open(self.database(), server).await.unwrap()
    }
}

impl Hands {
    /// A pool that waits longer than anything takes.
    pub async fn of(kind: Kind, url: &str) -> Self {
        const PATIENCE: Duration = Duration::from_secs(60);
        match kind {
            Kind::Postgres => {
                Self::Postgres(PgPoolOptions::new().acquire_timeout(PATIENCE).connect(url).await.unwrap())
            }
            Kind::File => {
                let options: SqliteConnectOptions = url.parse().unwrap();
                let options = options.journal_mode(SqliteJournalMode::Wal).busy_timeout(PATIENCE);
                Self::Sqlite(SqlitePoolOptions::new().acquire_timeout(PATIENCE).connect_with(options).await.unwrap())
            }
            Kind::Memory => {
                let pool = SqlitePoolOptions::new().acquire_timeout(PATIENCE).max_connections(1);
                Self::Sqlite(pool.idle_timeout(None).max_lifetime(None).connect(url).await.unwrap())
            }
        }
    }

    pub fn database(&self) -> Database {
        match self {
            Self::Sqlite(pool) => pool.clone().into(),
            Self::Postgres(pool) => pool.clone().into(),
        }
    }

    /// Statements in which `{clients}`, `{client_secrets}` and `{allowed_cors_origins}` are the tables.
    pub async fn write(&self, sql: &str) -> sqlx::Result<()> {
        let sql = self.named(sql);
        match self {
            Self::Sqlite(pool) => sqlx::raw_sql(&sql).execute(pool).await.map(drop),
            Self::Postgres(pool) => sqlx::raw_sql(&sql).execute(pool).await.map(drop),
        }
    }

    /// The first column of the first row, as a text.
    pub async fn read(&self, sql: &str) -> String {
        let sql = self.named(sql);
        match self {
            Self::Sqlite(pool) => sqlx::query_scalar(&sql).fetch_one(pool).await.unwrap(),
            Self::Postgres(pool) => sqlx::query_scalar(&sql).fetch_one(pool).await.unwrap(),
        }
    }

    /// What the constraints forbid: a program that does not know them, or a database that was damaged.
    pub async fn write_without_constraints(&self, constraint: &str, sql: &str) {
        match self {
            Self::Sqlite(pool) => {
                let mut connection = pool.acquire().await.unwrap();
                let sql = format!(
                    "PRAGMA ignore_check_constraints = ON; {}; PRAGMA ignore_check_constraints = OFF",
                    self.named(sql)
                );
                sqlx::raw_sql(&sql).execute(&mut *connection).await.unwrap();
            }
            Self::Postgres(_) => {
                self.write(&format!("ALTER TABLE {{clients}} DROP CONSTRAINT {constraint}; {sql}")).await.unwrap();
            }
        }
    }

    fn named(&self, sql: &str) -> String {
        let prefix = match self {
            Self::Sqlite(_) => "guestlist_",
            Self::Postgres(_) => "guestlist.",
        };
        ["clients", "client_secrets", "allowed_cors_origins"]
            .iter()
            .fold(sql.to_owned(), |sql, table| sql.replace(&format!("{{{table}}}"), &format!("{prefix}{table}")))
    }
}

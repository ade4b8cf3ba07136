//! Is the schema there, and the right one?

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

use sqlx::error::BoxDynError;
use sqlx::migrate::{MigrateError, Migration, MigrationSource, MigrationType, Migrator};

#[cfg(feature = "postgres")]
use crate::database::Pool;
use crate::database::{Database, Transaction};
use crate::error::{OpenError, reason};

/// A step of the schema from one version to the next.
struct Step {
    what: &'static str,
    #[cfg(feature = "sqlite")]
    sqlite: &'static str,
    #[cfg(feature = "postgres")]
    postgres: &'static str,
}

/// Every step, from nothing to the newest version. One that was released is never changed: what comes later is another
/// one.
const STEPS: &[Step] = &[Step {
    what: "clients",
    #[cfg(feature = "sqlite")]
    sqlite: include_str!("../migrations/sqlite/0001_clients.sql"),
    #[cfg(feature = "postgres")]
    postgres: include_str!("../migrations/postgres/0001_clients.sql"),
}];

/// The version of the schema that this release needs, and the newest that it knows.
const VERSION: i64 = STEPS.len() as i64;

impl Database {
    /// Brings the schema to the version that this release needs, with sqlx's migrations. All of it happens in one
    /// transaction, or nothing. It may be called by several servers at once and at every start; then most of the times
    /// there is nothing to do.
    ///
    /// In PostgreSQL everything lies in the schema `guestlist`, the list of migrations as well, so that it does not meet
    /// that of an application. In SQLite it lies in the file: give the clients a file of their own.
    ///
    /// To make the schema in PostgreSQL, a role needs `CREATE` on the database, and none of that once it is there: then
    /// `USAGE` on the schema and on its sequence, `SELECT`, `INSERT`, `UPDATE` and `DELETE` on its tables.
    ///
    /// # Errors
    ///
    /// [`OpenError::New`] if a later release has been here, or [`OpenError::Unavailable`].
    pub async fn migrate(&self) -> Result<(), OpenError> {
        #[cfg(feature = "postgres")]
        if matches!(self.0, Pool::Postgres(_)) && self.check_schema().await.is_ok() {
            // `IF NOT EXISTS` would ask for the right to make what is there.
            return Ok(());
        }
        let mut transaction = self.0.begin().await?;
        // `Migrator::run` would not let the future be sent to another thread.
        match &mut transaction {
            #[cfg(feature = "sqlite")]
            Transaction::Sqlite(connection) => migrator(|step| step.sqlite).await?.run_direct(&mut **connection).await,
            #[cfg(feature = "postgres")]
            Transaction::Postgres(connection) => {
                for statement in BEFORE_POSTGRES {
                    sqlx::query(statement).execute(&mut **connection).await?;
                }
                migrator(|step| step.postgres).await?.run_direct(&mut **connection).await
            }
        }
        .map_err(open_error)?;
        Ok(transaction.commit().await?)
    }

    /// Whether the schema has the version that this release needs.
    pub(crate) async fn check_schema(&self) -> Result<(), OpenError> {
        let statements = self.0.statements();
        let exists = self.0.rows(statements.schema_exists, Vec::new(), |row| row.flag(0)).await?;
        if !matches!(exists.as_slice(), [Ok(Some(true))]) {
            return Err(OpenError::Old { found: 0, needed: VERSION });
        }
        let versions = self.0.rows(statements.schema_version, Vec::new(), |row| row.integer(0)).await?;
        match versions.into_iter().next().transpose()?.flatten().unwrap_or_default() {
            VERSION => Ok(()),
            found if found < VERSION => Err(OpenError::Old { found, needed: VERSION }),
            found => Err(OpenError::New { found, known: VERSION }),
        }
    }
}

#[cfg(feature = "postgres")]
const BEFORE_POSTGRES: [&str; 2] = [
    "CREATE SCHEMA IF NOT EXISTS guestlist",
    // Until the end of the transaction.
    "SET LOCAL search_path TO guestlist",
];

async fn migrator(sql: fn(&Step) -> &'static str) -> Result<Migrator, OpenError> {
    let mut migrator = Migrator::new(Source(sql)).await.map_err(open_error)?;
    // The transaction holds one.
    migrator.set_locking(false);
    Ok(migrator)
}

fn open_error(error: MigrateError) -> OpenError {
    match error {
        MigrateError::VersionMissing(found) => OpenError::New { found, known: VERSION },
        MigrateError::Execute(error) => error.into(),
        MigrateError::ExecuteMigration(error, version) => {
            OpenError::Unavailable(format!("migration {version} failed: {}", reason(&error)).into())
        }
        MigrateError::VersionMismatch(version) => OpenError::Unavailable(
            format!(
                "migration {version} was made by something else: another application's migrations are in this \
                 database, so give the clients one of their own"
            )
            .into(),
        ),
        error => OpenError::Unavailable(error.to_string().into()),
    }
}

#[derive(Debug)]
struct Source(fn(&Step) -> &'static str);

impl MigrationSource<'static> for Source {
    fn resolve(self) -> Pin<Box<dyn Future<Output = Result<Vec<Migration>, BoxDynError>> + Send>> {
        let migration = |(step, version): (&Step, i64)| {
            let [what, sql] = [step.what, (self.0)(step)].map(Cow::Borrowed);
            Migration::new(version, what, MigrationType::Simple, sql, false)
        };
        Box::pin(std::future::ready(Ok(STEPS.iter().zip(1..).map(migration).collect())))
    }
}

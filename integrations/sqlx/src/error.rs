//! Why there is no answer, and why nothing was written.

use std::{error, fmt};

use guestlist_runtime::rules::{Level, Report};
use guestlist_runtime::{RefusedClient, StoreError, Text};

use crate::Version;

/// A client that breaks the rulebook, or that a row or the record cannot hold.
#[derive(Clone)]
#[non_exhaustive]
pub struct Refused {
    /// The client's id, as far as it can be read.
    pub client_id: Text,
    /// What the row cannot hold of the record, or the record of the row.
    pub misfits: Vec<Misfit>,
    /// What the rulebook says of the rest; its only definition, or the first, is the client.
    pub report: Report,
}

/// The misfits and the errors, one a line.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.report.findings.iter().filter(|finding| finding.level == Level::Error);
        let lines = self.misfits.iter().map(ToString::to_string).chain(errors.map(ToString::to_string));
        write!(f, "client {}: {}", quoted(&self.client_id), lines.collect::<Vec<_>>().join("\n"))
    }
}

/// As it is displayed: the whole of a report shows the rules with their examples.
impl fmt::Debug for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refused({self})")
    }
}

impl error::Error for Refused {}

impl From<Refused> for StoreError {
    fn from(refused: Refused) -> Self {
        Self::refused(refused.to_string())
    }
}

impl From<Refused> for RefusedClient {
    fn from(refused: Refused) -> Self {
        let reason = refused.to_string().into();
        Self { client_id: refused.client_id, reason }
    }
}

/// A value that has no place where it is to go: in a row that others have written, a value that the record's type does
/// not have; in a record, one that the database cannot keep.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Misfit {
    /// The column; mostly the setting of that name.
    pub column: &'static str,
    /// What is wrong, as it follows on the name. Never the value of a secret.
    pub message: Text,
}

impl Misfit {
    pub(crate) fn new(column: &'static str, message: impl Into<Text>) -> Self {
        Self { column, message: message.into() }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.column, self.message)
    }
}

/// Why nothing was written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The definition is refused, with every finding.
    Refused(Refused),
    /// There is a client of this id already.
    Exists,
    /// The client is no longer the version that was given, but this one, or none if it was deleted. Read it again, and
    /// decide again.
    Conflict(Option<Version>),
    /// The database did not answer or did not do it: what happened, for the operator's log. If the connection was lost
    /// at the very end, it may have been written: read the client, whose version tells.
    Unavailable(Text),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => refused.fmt(f),
            Self::Exists => f.write_str("there is a client of this id already: update it, or choose another id"),
            Self::Conflict(Some(version)) => {
                write!(f, "the client was changed by somebody else and is version {version} now: read it again")
            }
            Self::Conflict(None) => f.write_str("the client does not exist, or was deleted by somebody else"),
            Self::Unavailable(what) => write!(f, "the database has not written the client: {what}"),
        }
    }
}

impl error::Error for WriteError {}

impl From<Refused> for WriteError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<sqlx::Error> for WriteError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(reason(&error))
    }
}

/// Why a database cannot be used.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// The URL names no database that this build can use: what to write instead.
    Url(Text),
    /// The schema is older than this release needs, or not there (0): call [`Database::migrate`](crate::Database::migrate).
    Old {
        /// The version of the schema.
        found: i64,
        /// The version that is needed.
        needed: i64,
    },
    /// The schema is newer than this release knows: it may hold settings that would be overlooked.
    New {
        /// The version of the schema.
        found: i64,
        /// The newest version that is known.
        known: i64,
    },
    /// The database did not answer or did not do it: what happened, for the operator's log.
    Unavailable(Text),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(what) => f.write_str(what),
            Self::Old { found: 0, .. } => f.write_str("the database has no clients' schema: run `Database::migrate`"),
            Self::Old { found, needed } => {
                write!(f, "the clients' schema has version {found}, and {needed} is needed: run `Database::migrate`")
            }
            Self::New { found, known } => write!(
                f,
                "the clients' schema has version {found}, and this release of guestlist-sqlx knows no later one than \
                 {known}: use the release that has migrated it, or, if the migrations are another application's, a \
                 database of the clients' own"
            ),
            Self::Unavailable(what) => write!(f, "the clients' database cannot be used: {what}"),
        }
    }
}

/// As it is displayed: this is what `main` shows of an error.
impl fmt::Debug for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for OpenError {}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(reason(&error))
    }
}

/// An error of sqlx as a text for the operator's log. The error itself is not kept: PostgreSQL puts the row that it
/// refuses into it, and so the digests of secrets.
pub(crate) fn reason(error: &sqlx::Error) -> Text {
    match error {
        sqlx::Error::PoolTimedOut => {
            "no answer in the time that the pool waits: it is down, or all connections are in use".into()
        }
        error => error.to_string().into(),
    }
}

/// Why rows could not be read.
pub(crate) fn unread(error: sqlx::Error) -> StoreError {
    // PostgreSQL's "character not in repertoire": the whole answer is missing, with all its rows.
    const NO_TEXT: &str = "22021";
    match error.as_database_error().and_then(|error| error.code()).as_deref() {
        Some(NO_TEXT) => StoreError::refused(format!(
            "a row has a text that is not UTF-8, so that the database does not show it: put it right with SQL ({})",
            reason(&error)
        )),
        _ => StoreError::unavailable(reason(&error)),
    }
}

/// A text in a message, without what cannot be seen and not without end.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 100;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

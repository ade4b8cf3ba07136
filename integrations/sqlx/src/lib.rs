#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// No panic on any input.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
compile_error!("choose a database: switch on the feature `sqlite` or `postgres` of guestlist-sqlx");

mod cell;
mod changes;
mod clients;
mod database;
mod error;
mod json;
mod judge;
mod manage;
mod record;
mod schema;
mod statements;
mod version;

pub use changes::{Change, Changes};
pub use clients::{SqlClients, Stored};
pub use database::Database;
pub use error::{Misfit, OpenError, Refused, WriteError};
pub use manage::Saved;
pub use version::Version;

/// The greatest length of a client id, in bytes. A longer one is refused when it is written, and nobody is asked for it.
pub const MAX_CLIENT_ID_LENGTH: usize = 1024;

/// The greatest length of an origin, in bytes, as of a client id.
pub const MAX_ORIGIN_LENGTH: usize = 1024;

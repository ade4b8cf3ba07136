#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// No panic on any file.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]

mod clients_file;
mod content;
mod diagnostic;
mod dialect;
mod format;
mod read;
mod report;
mod shape;
mod tree;
#[cfg(feature = "watch")]
mod watch;
pub mod write;

pub use clients_file::{ClientsFile, FileRefused, Loaded};
pub use diagnostic::{Diagnostic, Diagnostics, Span};
pub use format::Format;
pub use shape::Shape;
#[cfg(feature = "watch")]
pub use watch::WatchedClients;

//! The example server from outside: what it answers to those who keep to the book, and to those who do not.
//!
//! Each endpoint is a module with a table of what may be wrong with a request, and the exact answer to it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so when it cannot go on")]

mod discovery;
mod process;
mod support;
mod token;

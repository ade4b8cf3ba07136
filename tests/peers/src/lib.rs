//! What the tests share: the example server as a process, and a user with a browser of few words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so when it cannot go on")]

pub mod server;
pub mod user;

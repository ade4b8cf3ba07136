//! The example server from outside: what it answers to those who keep to the book, and to those who do not.
//!
//! Each endpoint is a module with tables of what may be wrong with a request, and the exact answer to it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so when it cannot go on")]

mod assertion;
mod authorize;
mod consent;
mod cors;
mod device;
mod discovery;
mod dpop;
mod headers;
mod introspect;
mod keys;
mod limits;
mod object;
mod par;
mod process;
mod revoke;
#[path = "../server/mod.rs"]
mod server;
mod signin;
mod signout;
mod sources;
mod support;
mod token;
mod userinfo;
mod wire;

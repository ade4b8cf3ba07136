#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// No panic on any request.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
#[cfg(feature = "async")]
mod async_pkce;
#[cfg(feature = "async")]
mod async_registrar;
mod flow;
mod pkce;
mod registrar;

#[cfg(feature = "async")]
pub use async_registrar::AsyncRegistrar;
pub use flow::Flow;
pub use pkce::ClientPkce;
pub use registrar::StoreRegistrar;

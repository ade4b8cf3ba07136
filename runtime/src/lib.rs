//! The client record, the rulebook and the static store of `guestlist`.
//!
//! This crate is a part of [`guestlist`](https://docs.rs/guestlist): depend on that one, which
//! re-exports everything here. Only an integration with another system uses this one directly, to
//! stay clear of the macro.
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// No panic on any input.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

mod character;
mod client;
mod clients;
pub mod decide;
mod grant;
mod index;
mod key;
#[cfg(feature = "rules")]
pub mod rules;
mod secret;
mod server;
mod setting;
#[cfg(feature = "rules")]
pub mod source;
mod store;
mod text;
pub mod uri;
mod wire;

/// Shared with the macro and what it expands to; not covered by semantic versioning.
#[doc(hidden)]
pub mod __private {
    pub use crate::client::Declared;
    pub use crate::clients::{Entry, Parts};
    pub use crate::index::{Words, bucket, displaced, position};
}

pub use client::{
    AccessTokenType, ApplicationType, Client, ClientClaim, DpopValidationMode, Property, RefreshTokenExpiration,
    RefreshTokenUsage, Setting, SigningAlgorithm,
};
pub use clients::Clients;
pub use grant::GrantType;
pub use secret::{MAX_SECRET_LENGTH, Secret, SecretValue, verify_secret};
pub use server::{ApiScope, Levels, Profile, Server};
pub use setting::{Kind, Settings, Value};
pub use store::{Chain, ClientRef, ClientStore, Lookup, Page, RefusedClient, ServersDiffer, StoreError};
#[cfg(feature = "rules")]
pub use store::{InMemoryClients, Refused};
pub use text::{List, Text};
pub use wire::UnknownName;

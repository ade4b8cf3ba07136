#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// No panic on any request.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]

mod authorization;
mod certificate;
mod cors;
mod dpop;
mod form;
mod from_browser;
mod from_client;
mod log;
mod memory;
mod no_store;
mod origin;
mod page;
mod refused;
mod resource;
mod state;

pub use authorization::{AuthorizationRefused, authorization_response};
pub use certificate::TlsCertificate;
pub use cors::Cors;
pub use dpop::{DpopLibrary, DpopNonce};
pub use from_browser::FromBrowser;
pub use from_client::FromClient;
pub use memory::{JwtId, JwtMemory};
pub use no_store::NoStore;
pub use origin::RequestOrigin;
pub use refused::Refused;
pub use resource::token_required;
pub use state::{BODY_LIMIT, Guestlist};

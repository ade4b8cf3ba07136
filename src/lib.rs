//! stub docs
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[doc(inline)]
pub use guestlist_runtime::{
    AccessTokenType, ApiScope, ApplicationType, Client, ClientClaim, Clients, DpopValidationMode, GrantType, Kind,
    Levels, List, MAX_SECRET_LENGTH, Profile, Property, RefreshTokenExpiration, RefreshTokenUsage, Secret, SecretValue,
    Server, Setting, Settings, SigningAlgorithm, Text, UnknownName, Value, uri, verify_secret,
};

#[cfg(feature = "rules")]
#[doc(inline)]
pub use guestlist_runtime::rules;

/// Declares clients.
#[macro_export]
macro_rules! clients {
    ($($block:tt)*) => {
        $crate::__private::clients! { ($crate) $($block)* }
    };
}

/// What `clients!` expands to. Not for use by hand, and not covered by semantic versioning.
#[doc(hidden)]
pub mod __private {
    pub use core;
    pub use core::option::Option::{self, None, Some};

    pub use guestlist_macros::{Resolve, clients};
    pub use guestlist_runtime::__private::*;
    pub use guestlist_runtime::*;

    /// What an editor sees behind the names in a block.
    pub mod editor {
        pub use guestlist_runtime::{Client, Secret, Server};
    }
}

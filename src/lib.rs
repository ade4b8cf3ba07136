//! **Your identity server's clients, checked by the compiler.**
//!
//! An OAuth 2.0 / OpenID Connect server must know its *clients*: the applications that may ask it
//! for tokens. With [`clients!`] a server declares them in source. The compiler refuses a wrong
//! definition and points at the wrong token, hashes the secrets, and links the result into the
//! program as a static store: nothing to load, nothing to start, nothing that can fail at run time.
//!
//! # Declare
//!
//! A client block is a struct literal of [`Client`], so every setting is documented there. What is
//! not written has its default.
//!
//! ```
//! use guestlist::{Client, Clients, clients};
//!
//! pub static CLIENTS: Clients = clients![
//!     Client {
//!         client_id: "reports",
//!         client_secrets: [sha256("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=")],
//!         allowed_grant_types: [ClientCredentials],
//!         allowed_scopes: ["api1", "api2.read_only"],
//!     },
//!     Client {
//!         client_id: "shop",
//!         client_name: "Shop",
//!         require_client_secret: false,
//!         allowed_grant_types: [AuthorizationCode],
//!         redirect_uris: ["https://shop.example.com/callback"],
//!         allowed_cors_origins: ["https://shop.example.com"],
//!         access_token_lifetime: minutes(10),
//!         allowed_scopes: ["openid", "profile", "api1"],
//!     },
//! ];
//!
//! // Resolved while compiling: a client that is not on the list does not build.
//! static SHOP: &Client = CLIENTS.require("shop");
//! # assert_eq!(SHOP.client_name.as_deref(), Some("Shop"));
//! ```
//!
//! | to write | as |
//! |---|---|
//! | a text | `"…"`; for hosts that differ per environment `env("NAME")`, `env("NAME", "default")`, joined with `+` |
//! | a switch | `true`, `false` |
//! | a time | seconds, or `minutes(5)`, `hours(1)`, `days(30)` |
//! | a list | `[…]` |
//! | a grant | `AuthorizationCode`, `Implicit`, `Hybrid`, `ClientCredentials`, `Password`, `DeviceCode`, `Ciba`; another one by its URI in quotes |
//! | another variant | its name: `Native`, `ReUse`, `Sliding`, `Reference`, `PS256`, `Iat` |
//! | a claim, a property | `("role", "admin")`, `("level", "3", "integer")`; `("tier", "gold")` |
//! | an optional setting | bare, or left out |
//!
//! A variable read with `env` stands in clear in cargo's files, and a change of it builds again.
//! A block takes `#[cfg(…)]`; two blocks that exclude each other may share an id.
//!
//! # Secrets
//!
//! | form | what it is |
//! |---|---|
//! | `sha256("…")`, `sha512("…")` | hashed already: hex, or base64 as IdentityServer stores it |
//! | `file("path")` | read and hashed while compiling, relative to the folder of `Cargo.toml`; one trailing line break is dropped; a change builds again |
//! | `"…"` | the secret itself, hashed while compiling |
//! | `x509_certificate("…")`, `x509_thumbprint("…")`, `x509_name("…")` | a client certificate: base64 DER, hex, the subject's name |
//! | `jwk("…")` | a public key as JSON |
//! | `Secret { value: …, description: "…", expiration: "2027-06-30T00:00:00Z" }` | any of them, with more to say |
//!
//! Several live side by side, so that one can be rotated. A secret in clear is in no artifact that
//! guestlist makes, only its digest is. Outside its reach are what rustc and rustdoc make of your
//! source: the line that an *error* quotes, rustdoc's source view, and a `macro_rules!` of your own
//! around the block. So prefer `file` and `sha256`, and write a secret in clear on a line of its own.
//!
//! # The server
//!
//! One optional leading block says what the rulebook must know of the server:
//!
//! ```
//! use guestlist::{Clients, Profile, clients};
//!
//! static CLIENTS: Clients = clients![
//!     Server {
//!         profile: OAuth21,
//!         issuer: "https://id.example.com",
//!         identity_scopes: ["openid", "profile"],
//!         api_scopes: ["api1", ("invoices", "https://invoices.example.com")],
//!         defaults: Client { access_token_lifetime: minutes(10) },
//!         warn: [pedantic],
//!     },
//!     Client {
//!         client_id: "reports",
//!         client_secrets: [sha256("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=")],
//!         allowed_grant_types: [ClientCredentials],
//!         allowed_scopes: ["invoices"],
//!     },
//! ];
//! assert_eq!(CLIENTS.server().profile, Profile::OAuth21);
//! assert_eq!(CLIENTS.require("reports").access_token_lifetime, 600);
//! ```
//!
//! Declared scopes close the list: a misspelt one does not compile. `insecure_http_hosts` names
//! hosts that may be used over plain `http` in development. See [`Server`].
//!
//! # Read an error, silence a warning
//!
//! Every mistake of every client is reported in one build, each at its token, with what to write
//! instead and the name of the rule in brackets. Errors are for what cannot work or what a standard
//! forbids; they cannot be silenced. All else is a warning, shown as the use of a deprecated macro
//! with the rule's name, which is the one way that stable Rust has:
//!
//! ```
//! # use guestlist::{Clients, clients};
//! static CLIENTS: Clients = clients![
//!     // `#[warn(…)]`, `#[deny(…)]` and `#[expect(…)]` work alike; in `Server` they are lists.
//!     #[allow(secret_placeholder, reason = "a sample from the documentation")]
//!     Client {
//!         client_id: "service.client",
//!         client_secrets: ["secret"],
//!         allowed_grant_types: [ClientCredentials],
//!         allowed_scopes: ["api1"],
//!     },
//! ];
//! # assert_eq!(CLIENTS.len(), 1);
//! ```
//!
//! The [page of rules](https://github.com/guestlist-rs/guestlist/blob/main/docs/rules.md) has each rule with the
//! standard behind it, a wrong and a right definition.
//!
//! # Ask
//!
//! ```
//! # use guestlist::{Clients, clients, verify_secret};
//! # static CLIENTS: Clients = clients![
//! #     Client {
//! #         client_id: "reports",
//! #         client_secrets: [sha256("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=")],
//! #         allowed_grant_types: [ClientCredentials],
//! #         allowed_scopes: ["api1"],
//! #     },
//! # ];
//! use guestlist::GrantType;
//!
//! let now = 1_800_000_000; // Unix time, in seconds
//! let client = CLIENTS.get("reports").filter(|client| client.enabled);
//! // The same work for an unknown client, a public one and a wrong secret.
//! if verify_secret(client, "presented", now) {
//!     let client = client.expect("verified");
//!     assert!(client.allows_grant(&GrantType::ClientCredentials));
//!     assert!(client.allows_scope("api1"));
//! }
//! # assert!(!verify_secret(client, "presented", now));
//! assert!(!CLIENTS.allows_origin("https://shop.example.com"));
//! ```
//!
//! [`Clients::get`] takes no lock and allocates nothing. [`Clients::scopes`],
//! [`Clients::grant_types`] and [`Clients::origins`] are the unions that discovery and CORS ask for.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `rules` | the rulebook at run time, as the module `rules`: for clients that do not come from source |
//! | `serde` | `serde::Serialize` for the record; never a shared secret, not even its digest |
//!
//! None is on by default. The crate is `no_std` and needs `alloc`; Rust 1.88 or later.
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod editor;

#[doc(inline)]
pub use guestlist_runtime::{
    AccessTokenType, ApiScope, ApplicationType, Client, ClientClaim, ClientRef, ClientStore, Clients,
    DpopValidationMode, GrantType, Kind, Levels, List, Lookup, MAX_SECRET_LENGTH, Profile, Property,
    RefreshTokenExpiration, RefreshTokenUsage, Secret, SecretValue, Server, Setting, Settings, SigningAlgorithm,
    StoreError, Text, UnknownName, Value, decide, uri, verify_secret,
};

#[cfg(feature = "rules")]
#[doc(inline)]
pub use guestlist_runtime::rules;

/// Declares the clients of a server: a list of `Client { … }` blocks, and one optional leading
/// `Server { … }`, as an expression of the type [`Clients`].
///
/// A block is a struct literal of [`Client`] (or [`Server`]) in a small subset of Rust's
/// expressions; the [crate's page](crate) teaches it. Every mistake is a compile error at its
/// token; `clients![]` is legal and empty.
///
/// ```
/// use guestlist::{Client, Clients, clients};
///
/// static CLIENTS: Clients = clients![
///     Client {
///         client_id: "tv",
///         client_name: "Television",
///         require_client_secret: false,
///         allowed_grant_types: [DeviceCode],
///         allowed_scopes: ["openid", "profile"],
///     },
/// ];
///
/// static TV: &Client = CLIENTS.require("tv");
/// assert_eq!(TV.device_code_lifetime, 300);
/// ```
///
/// ```compile_fail
/// static CLIENTS: guestlist::Clients = guestlist::clients![
///     Client {
///         client_id: "shop",
///         allowed_grant_types: [ClientCredentials],
///         redirect_uris: ["http://shop.example.com/callback"],
///     },
/// ];
/// ```
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
        pub use crate::editor::*;
    }
}

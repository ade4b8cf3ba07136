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
//! | a time | seconds: `300`, `seconds(300)`, `minutes(5)`, `hours(1)`, `days(30)` |
//! | a list | `[…]` |
//! | a grant | `AuthorizationCode`, `Implicit`, `Hybrid`, `ClientCredentials`, `Password`, `DeviceCode`, `Ciba`; another one by its URI in quotes |
//! | another variant | its name: `Native`, `ReUse`, `Sliding`, `Reference`, `PS256`, `Iat` |
//! | a claim, a property | `("role", "admin")`, `("level", "3", "integer")`; `("tier", "gold")` |
//! | an optional setting | bare, or left out |
//!
//! `clients![ … ]` is an expression, so it stands behind `static NAME: Clients =`; with square brackets,
//! since rustfmt formats no other. A macro sees names, not values: constants cannot be used in it. A
//! variable read with `env` stands in clear in cargo's files, and a change of it builds again. A block
//! takes `#[cfg(…)]`; two blocks that exclude each other may share an id.
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
//! | `jwk(file("path"))`, `x509_certificate(file("path"))`, `sha256(file("path"))` | the same from a file; a certificate also in PEM |
//! | `Secret { value: …, description: "…", expiration: "2027-06-30T00:00:00Z" }` | any of them, with more to say |
//!
//! The command `guestlist`, of the package `guestlist-cli`, makes a secret with its digest, and the digest of a secret
//! that you have:
//!
//! ```sh
//! guestlist generate
//! guestlist hash
//! ```
//!
//! The compiler does not look at the clock: that a secret has expired, `verify_secret` sees at run time, and
//! `guestlist check` tells of a file.
//!
//! Several live side by side, so that one can be rotated. A secret in clear is in no artifact that
//! guestlist makes, only its digest is; and no error or warning of guestlist quotes its line, since cargo
//! keeps what rustc prints below `target/`. Outside its reach is what others make of your source: an error
//! of rustc's own on that line quotes it; rustdoc shows the source; a `macro_rules!` of your own around the
//! block keeps its tokens. So prefer `file` and `sha256`, and write a secret in clear on a line of its own.
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
//! The profile is what the clients are held to, and changes no default. What FAPI 2.0 asks of every client is written
//! once, as `defaults`:
//!
//! ```
//! use guestlist::{Clients, clients};
//!
//! static CLIENTS: Clients = clients![
//!     Server {
//!         profile: Fapi20,
//!         issuer: "https://id.bank.example",
//!         identity_scopes: ["openid"],
//!         api_scopes: ["accounts"],
//!         defaults: Client {
//!             require_pushed_authorization: true,
//!             require_dpop: true,
//!             authorization_code_lifetime: minutes(1),
//!             pushed_authorization_lifetime: minutes(1),
//!             allowed_identity_token_signing_algorithms: [PS256],
//!         },
//!     },
//!     Client {
//!         client_id: "ledger",
//!         client_secrets: [jwk(
//!             r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
//!         )],
//!         allowed_grant_types: [AuthorizationCode],
//!         redirect_uris: ["https://ledger.bank.example/callback"],
//!         allowed_scopes: ["openid", "accounts"],
//!     },
//! ];
//! assert!(CLIENTS.require("ledger").require_dpop);
//! ```
//!
//! A store has one server, and a [`Chain`] takes only stores of the same one. For clients under another profile declare
//! another list, and serve it at endpoints of its own, under an issuer of its own.
//!
//! Declared scopes close the list: a misspelt one does not compile. `default_scopes` are those of an
//! authorization request that names none, which is refused otherwise. `insecure_http_hosts` names
//! hosts that may be used over plain `http` in development; each use of one is still warned of, as an issuer such as
//! `http://localhost:5000` is by `server_invalid`, until the rule is in `allow`. See [`Server`].
//!
//! # Read an error, silence a warning
//!
//! Every mistake of every client is reported in one build, each at its token, with what to write
//! instead and the name of the rule in brackets. Errors are for what cannot work or what a standard
//! forbids; nothing silences them. All else is a warning, shown as the use of a deprecated macro
//! with the rule's name, which is the one way that stable Rust has. (So `#![allow(deprecated)]` hides
//! all of them, and `#![deny(deprecated)]` makes errors of them.)
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
//! standard behind it, a wrong definition and one that is allowed.
//!
//! # Ask the record
//!
//! ```
//! # use guestlist::{Clients, clients};
//! # static CLIENTS: Clients = clients![
//! #     Client {
//! #         client_id: "reports",
//! #         client_secrets: [sha256("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=")],
//! #         allowed_grant_types: [ClientCredentials],
//! #         allowed_scopes: ["api1"],
//! #     },
//! #     Client {
//! #         client_id: "shop",
//! #         require_client_secret: false,
//! #         client_name: "Shop",
//! #         allowed_grant_types: [AuthorizationCode],
//! #         redirect_uris: ["https://shop.example.com/callback"],
//! #         allowed_cors_origins: ["https://shop.example.com"],
//! #         allowed_scopes: ["openid"],
//! #     },
//! # ];
//! use guestlist::{GrantType, verify_secret};
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
//! assert!(CLIENTS.allows_origin("https://shop.example.com"));
//! ```
//!
//! [`Clients::get`] takes no lock and allocates nothing. [`Clients::scopes`],
//! [`Clients::grant_types`] and [`Clients::origins`] are the unions that discovery and CORS ask for.
//!
//! # Answer a request
//!
//! [`decide`] answers the protocol's questions from the record: each answer is a pure function that
//! the server calls from the HTTP framework it has. This is a whole token endpoint for machines:
//!
//! ```
//! use guestlist::decide::{
//!     self, Binding, ClientRequest, Credentials, ErrorCode, NoJwts, Parameters, Refusal, TokenRequest, Tokens,
//! };
//! use guestlist::{ClientRef, GrantType};
//! # use guestlist::{Clients, clients};
//! # static CLIENTS: Clients = clients![
//! #     Client {
//! #         client_id: "reports",
//! #         client_secrets: [sha256("HsyQDfrjEwJmxQkFm6fBGq8buKPM59vFRKhKTdkttvw=")],
//! #         allowed_grant_types: [ClientCredentials],
//! #         allowed_scopes: ["api1"],
//! #     },
//! # ];
//!
//! /// What to issue for a form-encoded request to the token endpoint at the Unix time `now`.
//! fn token(authorization: Option<&str>, body: &str, now: u64) -> Result<Tokens, Refusal> {
//!     let body = Parameters::parse(body)?;
//!     let request = ClientRequest { authorization, ..ClientRequest::new(&body) };
//!     let credentials = Credentials::read(request, &NoJwts)?;
//!     let client = CLIENTS.get(credentials.client_id()).map(ClientRef::from);
//!     let caller = credentials.prove(client, CLIENTS.server(), now, &NoJwts)?.caller()?;
//!     match decide::token(&caller, CLIENTS.server(), &body, &[GrantType::ClientCredentials], &Binding::default(), now)? {
//!         TokenRequest::ClientCredentials(tokens) => Ok(tokens),
//!         _ => Err(Refusal::new(ErrorCode::UnsupportedGrantType, "there is no code for it")),
//!     }
//! }
//!
//! let refusal = token(Some("Basic cmVwb3J0czp3cm9uZw=="), "grant_type=client_credentials", 1_800_000_000).unwrap_err();
//! assert_eq!((refusal.status(), refusal.code.as_str()), (401, "invalid_client"));
//! # let proven = Some("Basic cmVwb3J0czozZjljMmE3ZTgxYjRkNjA1M2U5ZjdjMWE=");
//! # for (body, code) in [
//! #     ("grant_type=refresh_token&refresh_token=x", "unsupported_grant_type"),
//! #     ("grant_type=authorization_code&code=x", "unsupported_grant_type"),
//! # ] {
//! #     assert_eq!(token(proven, body, 1_800_000_000).unwrap_err().code.as_str(), code);
//! # }
//! # assert!(token(proven, "grant_type=client_credentials", 1_800_000_000).is_ok());
//! ```
//!
//! Signing tokens, sessions and pages stay with the server. With axum the crate `guestlist-axum` has
//! all of this as extractors, with oxide-auth `guestlist-oxide-auth` as its registrar; the repository's
//! `examples/identity_server` is a whole OpenID provider.
//!
//! # Clients that are not compiled in
//!
//! [`ClientStore`] is the trait of every source of clients, and [`Clients`] implements it. The others are held to the same
//! rulebook, for the same [`Server`]: config files with the crate `guestlist-config`, SQLite and PostgreSQL with
//! `guestlist-sqlx`, and `guestlist-cache` keeps what they have answered. [`Chain`] asks one behind the other.
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
    AccessTokenType, ApiScope, ApplicationType, Chain, Client, ClientClaim, ClientRef, ClientStore, Clients,
    DpopValidationMode, GrantType, Kind, Levels, List, Lookup, MAX_SECRET_LENGTH, Page, Profile, Property,
    RefreshTokenExpiration, RefreshTokenUsage, RefusedClient, Secret, SecretValue, Server, ServersDiffer, Setting,
    Settings, SigningAlgorithm, StoreError, Text, UnknownName, Value, decide, uri, verify_secret,
};

#[cfg(feature = "rules")]
#[doc(inline)]
pub use guestlist_runtime::{InMemoryClients, Refused, rules};

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

//! What an editor sees behind the names in a block that are not the record's.

pub use guestlist_runtime::{
    AccessTokenType, ApplicationType, Client, DpopValidationMode, GrantType, Profile, RefreshTokenExpiration,
    RefreshTokenUsage, Secret, SigningAlgorithm,
};

use guestlist_runtime::{ApiScope, List, Text};

/// The rules by name, as in `#[allow(…)]`.
pub mod rules {
    guestlist_macros::rules!();
}

/// The forms of a secret.
pub mod secrets {
    pub use guestlist_runtime::Secret;

    /// `sha256("…")`: the digest of a secret, in hex or as IdentityServer stores it, in base64.
    pub fn sha256() {}
    /// `sha512("…")`: the digest of a secret, in hex or as IdentityServer stores it, in base64.
    pub fn sha512() {}
    /// `file("path")`: read and hashed while compiling; relative to the folder of `Cargo.toml`.
    pub fn file() {}
    /// `x509_thumbprint("…")`: a client certificate by its thumbprint in hex.
    pub fn x509_thumbprint() {}
    /// `x509_name("…")`: a client certificate by the full name of its subject.
    pub fn x509_name() {}
    /// `x509_certificate("…")`: a client certificate, its DER in base64.
    pub fn x509_certificate() {}
    /// `jwk("…")`: a public key as JSON.
    pub fn jwk() {}
}

/// The units of a lifetime.
pub mod lifetimes {
    /// `seconds(90)`, the same as `90`
    pub fn seconds() {}
    /// `minutes(5)`
    pub fn minutes() {}
    /// `hours(1)`
    pub fn hours() {}
    /// `days(30)`
    pub fn days() {}
}

/// The server that the clients belong to.
pub struct Server {
    /// The profile whose severities are in force: `Default`, `OAuth21` or `Fapi20`.
    pub profile: Profile,
    /// The issuer identifier: an `https` URL without query or fragment (OpenID Connect Discovery §3).
    pub issuer: Option<Text>,
    /// The identity scopes that exist. If any scope is declared, a client that names another one does not compile.
    pub identity_scopes: List<Text>,
    /// The API scopes that exist: `"api1"`, or `("api1", "https://api.example.com")` with the resource they belong to.
    pub api_scopes: List<ApiScope>,
    /// The scopes of an authorization request that names none, each one of `api_scopes`. Without any, such a request is
    /// refused.
    pub default_scopes: List<Text>,
    /// Hosts that may be used over plain `http`, for development. Each use is a warning; `Fapi20` refuses the list.
    pub insecure_http_hosts: List<Text>,
    /// The settings of a client that does not write them: `Client { … }`.
    pub defaults: Client,
    /// Rules whose warnings are silent: `[rule, …]`; `pedantic` stands for all pedantic rules.
    pub allow: List<Text>,
    /// Rules whose warnings are silent, and whose silence is reported when they do not fire.
    pub expect: List<Text>,
    /// Rules whose findings are warnings, if the profile is silent about them.
    pub warn: List<Text>,
    /// Rules whose findings are errors.
    pub deny: List<Text>,
}

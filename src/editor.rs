//! What an editor sees behind the names in a `Server` block, which also has lists of rules.

pub use guestlist_runtime::{Client, Secret};

use guestlist_runtime::{ApiScope, List, Profile, Text};

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

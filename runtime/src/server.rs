//! The server that the clients belong to.

use crate::{Client, List, Text, wire::wire_enum};

wire_enum! {
    /// The body of requirements that a server holds its clients to.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::Profile;
    /// assert_eq!("fapi-2.0".parse(), Ok(Profile::Fapi20));
    /// ```
    Profile is "profile" {
        /// RFC 6749, OpenID Connect and RFC 9700. What RFC 9700 forbids and IdentityServer's samples do, such as the
        /// password grant, is a warning.
        Default = "default",
        /// OAuth 2.1 (draft-ietf-oauth-v2-1-16): no implicit grant with tokens, no password grant, PKCE everywhere.
        OAuth21 = "oauth-2.1",
        /// The FAPI 2.0 Security Profile.
        Fapi20 = "fapi-2.0",
    }
}

#[allow(clippy::derivable_impls, reason = "the derive cannot reach through the macro that makes the enum")]
impl Default for Profile {
    fn default() -> Self {
        Self::Default
    }
}

/// The server that a set of clients belongs to: what the rulebook must know beyond the client itself.
///
/// In `clients!` it is the optional leading block `Server { … }`. It is plain data, so that
/// every other source of clients (a file, a database) is held to the same rules:
/// pass [`Clients::server`](crate::Clients::server) on.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Profile, Server};
/// let server = Server { profile: Profile::OAuth21, ..Server::default() };
/// assert!(server.identity_scopes.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Server {
    /// The profile whose severities are in force. Default: [`Profile::Default`].
    pub profile: Profile,
    /// The issuer identifier: an `https` URL without query or fragment (OpenID Connect Discovery §3).
    pub issuer: Option<Text>,
    /// The identity scopes that exist. If any scope is declared, the list is closed:
    /// a client that names another one is refused.
    pub identity_scopes: List<Text>,
    /// The API scopes that exist, each with the resource it belongs to.
    pub api_scopes: List<ApiScope>,
    /// The scopes of an authorization request that names none (RFC 6749 §3.3): of these the ones that the client may
    /// have. Each is one of [`api_scopes`](Self::api_scopes), since without `openid` nobody asks who the user is.
    /// Without any, such a request is refused.
    pub default_scopes: List<Text>,
    /// Hosts that may be used over plain `http`, for development. Each use is a warning, and
    /// [`Profile::Fapi20`] refuses the list.
    pub insecure_http_hosts: List<Text>,
    /// The settings of a client that does not write them. `clients!` has put them into its records already; other
    /// sources of clients begin each record with a clone of it.
    pub defaults: Client,
    /// How findings of single rules are treated, for all clients. In `clients!` the lists `allow`, `expect`, `warn`
    /// and `deny` of the block.
    pub levels: Levels,
}

impl Server {
    /// A server about which nothing is said.
    pub const DEFAULT: Self = Self {
        profile: Profile::Default,
        issuer: None,
        identity_scopes: List::EMPTY,
        api_scopes: List::EMPTY,
        default_scopes: List::EMPTY,
        insecure_http_hosts: List::EMPTY,
        defaults: Client::DEFAULT,
        levels: Levels::EMPTY,
    };
}

/// The scope of every OpenID Connect request (OpenID Connect Core §3.1.2.1).
pub(crate) const OPENID: &str = "openid";
/// The scope that asks for a refresh token (OpenID Connect Core §11).
pub(crate) const OFFLINE_ACCESS: &str = "offline_access";
/// The scopes that ask for the user's claims (OpenID Connect Core §5.4).
pub(crate) const CLAIM_SCOPES: [&str; 4] = ["profile", "email", "address", "phone"];

impl Server {
    /// Whether a scope is about the user, not about an API: declared in
    /// [`identity_scopes`](Self::identity_scopes), or one of OpenID Connect's own
    /// (OpenID Connect Core §5.4) that is not declared as an API's.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::Server;
    /// let server = Server { identity_scopes: ["roles"].into(), api_scopes: ["email"].into(), ..Server::default() };
    /// assert!(server.is_identity_scope("roles") && server.is_identity_scope("profile"));
    /// assert!(!server.is_identity_scope("email") && !server.is_identity_scope("api1"));
    /// ```
    #[must_use]
    pub fn is_identity_scope(&self, scope: &str) -> bool {
        let is_standard = scope == OPENID || CLAIM_SCOPES.contains(&scope);
        let is_of_api = || self.api_scopes.iter().any(|api| api.name == *scope);
        self.identity_scopes.iter().any(|identity| identity == scope) || (is_standard && !is_of_api())
    }
}

impl Default for Server {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A scope of an API, and the resource (RFC 8707) that tokens with it are meant for.
///
/// In `clients!`: `"api1"` or `("api1", "https://api.example.com")`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ApiScope {
    /// The scope's name (RFC 6749 §3.3).
    pub name: Text,
    /// The resource's identifier, the `aud` of access tokens with this scope. None, if unset.
    pub resource: Option<Text>,
}

impl<T: Into<Text>> From<T> for ApiScope {
    fn from(name: T) -> Self {
        Self { name: name.into(), resource: None }
    }
}

/// Names of rules and how their findings are treated: the attributes of a block,
/// or the lists of a [`Server`]. The name `pedantic` stands for all pedantic rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Levels {
    /// Rules whose warnings are silent.
    pub allow: List<Text>,
    /// Rules whose warnings are silent, and whose silence is reported when they do not fire.
    pub expect: List<Text>,
    /// Rules whose findings are warnings, if the profile is silent about them.
    pub warn: List<Text>,
    /// Rules whose findings are errors.
    pub deny: List<Text>,
}

impl Levels {
    /// No rule is treated otherwise than the profile says.
    pub const EMPTY: Self = Self { allow: List::EMPTY, expect: List::EMPTY, warn: List::EMPTY, deny: List::EMPTY };
}

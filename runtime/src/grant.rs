//! Grant types.

use core::{fmt, str::FromStr};

use crate::{Text, UnknownName};

/// A way in which a client may get tokens (RFC 6749 §1.3).
///
/// [`as_str`](Self::as_str), `Display` and `FromStr` use the registered names.
/// Refresh tokens are no entry here: [`Client::allow_offline_access`](crate::Client::allow_offline_access)
/// switches them.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::GrantType;
/// assert_eq!(GrantType::DeviceCode.as_str(), "urn:ietf:params:oauth:grant-type:device_code");
/// assert_eq!("client_credentials".parse(), Ok(GrantType::ClientCredentials));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GrantType {
    /// `authorization_code`: the user signs in, the client redeems a code (RFC 6749 §4.1).
    AuthorizationCode,
    /// `implicit`: tokens in the redirect itself (RFC 6749 §4.2); obsolete (RFC 9700 §2.1.2).
    Implicit,
    /// `hybrid`: a code and an ID token in the redirect (OpenID Connect Core §3.3).
    /// IdentityServer's word; discovery and registration translate it.
    Hybrid,
    /// `client_credentials`: the client acts for itself (RFC 6749 §4.4).
    ClientCredentials,
    /// `password`: the client sees the user's password (RFC 6749 §4.3); forbidden by RFC 9700 §2.4.
    Password,
    /// `urn:ietf:params:oauth:grant-type:device_code`: devices without a browser (RFC 8628).
    DeviceCode,
    /// `urn:openid:params:grant-type:ciba`: client-initiated backchannel authentication (CIBA Core §4).
    Ciba,
    /// Any other grant, by its absolute URI (RFC 6749 §4.5).
    Extension(Text),
}

impl GrantType {
    /// The grants with a name of their own.
    pub const NAMED: &'static [Self] = &[
        Self::AuthorizationCode,
        Self::Implicit,
        Self::Hybrid,
        Self::ClientCredentials,
        Self::Password,
        Self::DeviceCode,
        Self::Ciba,
    ];

    /// Token exchange (RFC 8693), an extension grant.
    pub const TOKEN_EXCHANGE: Self = Self::Extension(Text::Static("urn:ietf:params:oauth:grant-type:token-exchange"));

    /// The registered name, as it stands in `grant_type`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::Implicit => "implicit",
            Self::Hybrid => "hybrid",
            Self::ClientCredentials => "client_credentials",
            Self::Password => "password",
            Self::DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
            Self::Ciba => "urn:openid:params:grant-type:ciba",
            Self::Extension(name) => name,
        }
    }

    /// The variant's name in Rust, as it is written in `clients!`; nothing for an extension grant.
    #[must_use]
    pub const fn variant_name(&self) -> Option<&'static str> {
        Some(match self {
            Self::AuthorizationCode => "AuthorizationCode",
            Self::Implicit => "Implicit",
            Self::Hybrid => "Hybrid",
            Self::ClientCredentials => "ClientCredentials",
            Self::Password => "Password",
            Self::DeviceCode => "DeviceCode",
            Self::Ciba => "Ciba",
            Self::Extension(_) => return None,
        })
    }

    /// Whether the grant goes through the authorization endpoint and a redirect.
    #[must_use]
    pub const fn is_interactive(&self) -> bool {
        matches!(self, Self::AuthorizationCode | Self::Implicit | Self::Hybrid)
    }

    /// Whether the grant issues an authorization code.
    #[must_use]
    pub const fn issues_code(&self) -> bool {
        matches!(self, Self::AuthorizationCode | Self::Hybrid)
    }

    /// Whether a user stands behind the tokens of this grant.
    /// Of an extension grant that is not known, so it counts as no.
    #[must_use]
    pub const fn has_user(&self) -> bool {
        !matches!(self, Self::ClientCredentials | Self::Extension(_))
    }
}

impl fmt::Display for GrantType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads a registered name; any absolute URI is an extension grant.
impl FromStr for GrantType {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        if let Some(known) = Self::NAMED.iter().find(|grant| grant.as_str() == name) {
            return Ok(known.clone());
        }
        match crate::uri::Uri::parse(name) {
            Ok(_) => Ok(Self::Extension(name.into())),
            Err(_) => Err(UnknownName { what: "grant type" }),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for GrantType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

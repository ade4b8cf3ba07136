//! Who asks, once it is known.

use alloc::string::String;

use super::refusal::{Refusal, invalid_client};
use crate::{ClientRef, wire::wire_enum};

/// Who asks: a type and not a flag, so that no decision can forget to look.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caller {
    /// Anybody may use the client's name, as there is nothing to prove it with.
    Public(ClientRef),
    /// The client has proven itself, in this way.
    Confidential(ClientRef, AuthenticationMethod),
}

impl Caller {
    /// The client.
    #[must_use]
    pub const fn client(&self) -> &ClientRef {
        match self {
            Self::Public(client) | Self::Confidential(client, _) => client,
        }
    }

    /// Whether the client has proven itself.
    #[must_use]
    pub const fn is_confidential(&self) -> bool {
        matches!(self, Self::Confidential(..))
    }
}

wire_enum! {
    /// A way in which a client proves itself, by the name in `token_endpoint_auth_method` (RFC 7591 §2, RFC 8705 §2).
    AuthenticationMethod is "client authentication method" {
        /// A shared secret in the `Authorization` header.
        ClientSecretBasic = "client_secret_basic",
        /// A shared secret in the body.
        ClientSecretPost = "client_secret_post",
        /// A JWT signed with the client's key (RFC 7523).
        PrivateKeyJwt = "private_key_jwt",
        /// A TLS certificate whose subject is registered (RFC 8705 §2.1).
        TlsClientAuth = "tls_client_auth",
        /// A TLS certificate that is registered itself (RFC 8705 §2.2).
        SelfSignedTlsClientAuth = "self_signed_tls_client_auth",
    }
}

/// What [`Credentials::prove`](super::Credentials::prove) has found: who asks, unless an assertion came before.
///
/// ```
/// use std::collections::HashSet;
///
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{Caller, Proven, Refusal};
///
/// /// `seen` stands for a database that all nodes of the server share.
/// fn caller(proven: Proven, seen: &mut HashSet<(String, String)>) -> Result<Caller, Refusal> {
///     match proven {
///         Proven::Caller(caller) => Ok(caller),
///         Proven::IfFirstUse(assertion) => {
///             // Found and kept in one step, and forgotten at `assertion.expires_at()`.
///             let is_first = seen.insert((assertion.client_id().into(), assertion.jwt_id().into()));
///             assertion.caller(is_first)
///         }
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Proven {
    /// This caller.
    Caller(Caller),
    /// The client of this assertion, if it never came before.
    IfFirstUse(Assertion),
}

impl Proven {
    /// The caller, at a server that takes no client assertions, and so remembers none.
    ///
    /// # Errors
    ///
    /// [`InvalidClient`](super::ErrorCode::InvalidClient) for an assertion: it may have come before.
    pub fn caller(self) -> Result<Caller, Refusal> {
        match self {
            Self::Caller(caller) => Ok(caller),
            Self::IfFirstUse(assertion) => assertion.caller(false),
        }
    }
}

/// A client assertion in which all is right. It counts once (RFC 7523 §3 item 7): look whether its id came before, and
/// remember it in the same step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    pub(super) client: ClientRef,
    pub(super) jwt_id: String,
    pub(super) expires_at: u64,
}

impl Assertion {
    /// The client that has signed it: another one may use the same id.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client.client_id
    }

    /// `jti`. It is as long as the client likes.
    #[must_use]
    pub fn jwt_id(&self) -> &str {
        &self.jwt_id
    }

    /// The Unix time until which the id is to be remembered.
    #[must_use]
    pub const fn expires_at(&self) -> u64 {
        self.expires_at
    }

    /// The caller, if this is the first use of the assertion.
    ///
    /// # Errors
    ///
    /// [`InvalidClient`](super::ErrorCode::InvalidClient), if it is not.
    pub fn caller(self, is_first_use: bool) -> Result<Caller, Refusal> {
        if is_first_use {
            Ok(Caller::Confidential(self.client, AuthenticationMethod::PrivateKeyJwt))
        } else {
            Err(FAILED)
        }
    }
}

/// The one answer to all who have not proven themselves, so that it does not tell which clients exist.
pub(super) const FAILED: Refusal = invalid_client("client authentication failed");

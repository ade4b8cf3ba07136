//! How a request is refused: the error codes of the standards.

use core::{error, fmt};

use crate::{Text, wire::wire_enum};

wire_enum! {
    /// A registered error code, as it stands in `error`.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::ErrorCode;
    /// assert_eq!(ErrorCode::InvalidGrant.to_string(), "invalid_grant");
    /// ```
    ErrorCode is "error code" {
        /// A parameter is missing, repeated or malformed (RFC 6749 §4.1.2.1, §5.2).
        InvalidRequest = "invalid_request",
        /// The client is not known, or has not proven itself (RFC 6749 §5.2).
        InvalidClient = "invalid_client",
        /// The code, token or verifier does not count (RFC 6749 §5.2).
        InvalidGrant = "invalid_grant",
        /// The client may not do this (RFC 6749 §4.1.2.1, §5.2).
        UnauthorizedClient = "unauthorized_client",
        /// The server does not know the grant (RFC 6749 §5.2).
        UnsupportedGrantType = "unsupported_grant_type",
        /// The server does not know the response type (RFC 6749 §4.1.2.1).
        UnsupportedResponseType = "unsupported_response_type",
        /// A scope is unknown, malformed or not allowed (RFC 6749 §3.3).
        InvalidScope = "invalid_scope",
        /// The user or the server says no (RFC 6749 §4.1.2.1).
        AccessDenied = "access_denied",
        /// The server failed (RFC 6749 §4.1.2.1).
        ServerError = "server_error",
        /// The server cannot answer now (RFC 6749 §4.1.2.1).
        TemporarilyUnavailable = "temporarily_unavailable",
        /// The user would have to sign in, and must not be asked (OpenID Connect Core §3.1.2.6).
        LoginRequired = "login_required",
        /// The user would have to consent, and must not be asked (OpenID Connect Core §3.1.2.6).
        ConsentRequired = "consent_required",
        /// The user would have to choose an account, and must not be asked (OpenID Connect Core §3.1.2.6).
        AccountSelectionRequired = "account_selection_required",
        /// The user would have to do something, and must not be asked (OpenID Connect Core §3.1.2.6).
        InteractionRequired = "interaction_required",
        /// The request object does not count (RFC 9101 §7).
        InvalidRequestObject = "invalid_request_object",
        /// The `request_uri` does not count (RFC 9101 §7).
        InvalidRequestUri = "invalid_request_uri",
        /// The server takes no request objects (RFC 9101 §7, OpenID Connect Core §3.1.2.6).
        RequestNotSupported = "request_not_supported",
        /// The server fetches no request objects (RFC 9101 §7, OpenID Connect Core §3.1.2.6).
        RequestUriNotSupported = "request_uri_not_supported",
        /// The server takes no `registration` (OpenID Connect Core §3.1.2.6).
        RegistrationNotSupported = "registration_not_supported",
        /// The user cannot be authenticated as the request demands (OpenID Connect Core Unmet Authentication
        /// Requirements §2).
        UnmetAuthenticationRequirements = "unmet_authentication_requirements",
        /// A resource is unknown or not allowed (RFC 8707 §2).
        InvalidTarget = "invalid_target",
        /// The DPoP proof is missing or does not count (RFC 9449 §5).
        InvalidDpopProof = "invalid_dpop_proof",
        /// The DPoP proof must have a nonce of the server's (RFC 9449 §8).
        UseDpopNonce = "use_dpop_nonce",
        /// The user has not answered yet (RFC 8628 §3.5).
        AuthorizationPending = "authorization_pending",
        /// The client polls too often (RFC 8628 §3.5).
        SlowDown = "slow_down",
        /// The device code has expired (RFC 8628 §3.5).
        ExpiredToken = "expired_token",
        /// The hint is of no user whom the server knows (CIBA Core §13).
        UnknownUserId = "unknown_user_id",
        /// The `login_hint_token` has expired (CIBA Core §13).
        ExpiredLoginHintToken = "expired_login_hint_token",
        /// The client must send the user's code (CIBA Core §13).
        MissingUserCode = "missing_user_code",
        /// The user's code is wrong (CIBA Core §13).
        InvalidUserCode = "invalid_user_code",
        /// The binding message cannot be shown (CIBA Core §13).
        InvalidBindingMessage = "invalid_binding_message",
        /// The user could not be asked, as a client is told that does not poll (CIBA Core §12).
        TransactionFailed = "transaction_failed",
        /// The server does not revoke tokens of this type (RFC 7009 §2.2.1).
        UnsupportedTokenType = "unsupported_token_type",
        /// The access token is missing, malformed or does not count (RFC 6750 §3.1).
        InvalidToken = "invalid_token",
        /// The access token does not reach that far (RFC 6750 §3.1).
        InsufficientScope = "insufficient_scope",
    }
}

/// Why a request is refused: an error code, and a sentence for the client's developer.
///
/// The sentence is this crate's own: nothing of the request stands in it, nothing that tells which
/// clients exist, and no character that `error_description` leaves out (RFC 6749 §5.2). Whether the
/// user's browser may carry the refusal to the client is for the decision that made it to say: see
/// [`AuthorizationRefusal`](super::AuthorizationRefusal).
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{ErrorCode, Refusal};
/// let refusal = Refusal::new(ErrorCode::InvalidClient, "client authentication failed");
/// assert_eq!(refusal.status(), 401);
/// assert_eq!(refusal.to_string(), "invalid_client: client authentication failed");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// What stands in `error`.
    pub code: ErrorCode,
    /// What stands in `error_description`.
    pub description: Text,
}

impl Refusal {
    /// A refusal.
    #[must_use]
    pub const fn new(code: ErrorCode, description: &'static str) -> Self {
        Self { code, description: Text::Static(description) }
    }

    /// The HTTP status of a direct answer (RFC 6749 §5.2, RFC 6750 §3.1). One of 401 has a `WWW-Authenticate`
    /// (RFC 9110 §15.5.2): `Basic`, if a client has not proven itself, and otherwise `Bearer` or `DPoP`.
    ///
    /// One code has two: a server that answers a backchannel authentication request with
    /// [`AccessDenied`](ErrorCode::AccessDenied) sends 403 (CIBA Core §13), where the token endpoint sends 400.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self.code {
            ErrorCode::InvalidClient | ErrorCode::InvalidToken => 401,
            ErrorCode::InsufficientScope => 403,
            ErrorCode::ServerError => 500,
            ErrorCode::TemporarilyUnavailable => 503,
            _ => 400,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.description)
    }
}

impl error::Error for Refusal {}

/// Makes the refusals of one code short to write.
macro_rules! refusals {
    ($($name:ident = $code:ident,)+) => {
        $(pub(super) const fn $name(description: &'static str) -> Refusal {
            Refusal::new(ErrorCode::$code, description)
        })+
    };
}

refusals! {
    invalid_request = InvalidRequest,
    invalid_client = InvalidClient,
    invalid_grant = InvalidGrant,
    unauthorized_client = UnauthorizedClient,
    invalid_scope = InvalidScope,
    invalid_target = InvalidTarget,
    invalid_dpop_proof = InvalidDpopProof,
}

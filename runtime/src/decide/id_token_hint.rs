//! What does the ID token say by which a client names its user?

/// What the ID token in `id_token_hint` says. The server has checked its signature; that it may
/// have expired does not count (OpenID Connect RP-Initiated Logout §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdTokenHint<'a> {
    /// The client it was issued to: `aud`.
    pub client_id: &'a str,
    /// `sub`
    pub subject: &'a str,
    /// `sid`
    pub session_id: Option<&'a str>,
}

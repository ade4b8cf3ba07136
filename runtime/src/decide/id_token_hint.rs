//! What does the ID token say by which a client names its user?

/// What the ID token in `id_token_hint` says. The server has checked its signature; that it may
/// have expired does not count (OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdTokenHint<'a> {
    /// The client it was issued to: `aud`.
    pub client_id: &'a str,
    /// `sub`
    pub subject: &'a str,
    /// `sid`
    pub session_id: Option<&'a str>,
}

impl<'a> IdTokenHint<'a> {
    /// What `aud`, `sub` and `sid` say.
    #[must_use]
    pub const fn new(client_id: &'a str, subject: &'a str, session_id: Option<&'a str>) -> Self {
        Self { client_id, subject, session_id }
    }
}

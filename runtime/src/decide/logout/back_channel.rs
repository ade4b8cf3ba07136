//! How does the server itself tell a client of the sign-out (OpenID Connect Back-Channel Logout)?

use super::NotTold;
use crate::{Client, Server, Text};

/// What is posted to a client so that it signs its user out: the claims of a logout token, to be
/// signed with `typ` [`LOGOUT_TOKEN_TYPE`] (OpenID Connect Back-Channel Logout §2.4).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogoutToken {
    /// Where it is posted, as `logout_token`. Do not follow redirects.
    pub uri: Text,
    /// `iss`
    pub issuer: Text,
    /// `aud`
    pub audience: Text,
    /// `sub`
    pub subject: Text,
    /// `sid`
    pub session_id: Option<Text>,
    /// `iat`
    pub issued_at: u64,
    /// `exp`
    pub expires_at: u64,
}

/// The type of a logout token, in the JWT's header.
pub const LOGOUT_TOKEN_TYPE: &str = "logout+jwt";

/// The member of `events` that makes a JWT a logout token; its value is an empty object.
pub const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// How long a logout token counts, in seconds.
pub const LOGOUT_TOKEN_LIFETIME: u64 = 120;

/// The logout token for a client, at the Unix time `now`, in seconds. It has no `nonce`, and each
/// needs a `jti` of its own.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, Server, decide::{NotTold, back_channel_logout}};
/// let client = Client { back_channel_logout_uri: Some("https://shop.example.com/out".into()), ..Client::default() };
/// let server = Server { issuer: Some("https://id.example.com".into()), ..Server::default() };
/// let token = back_channel_logout(&client, &server, "alice", Some("s-1"), 1_800_000_000)?;
/// assert_eq!((token.subject.as_str(), token.expires_at), ("alice", 1_800_000_120));
/// # Ok::<(), NotTold>(())
/// ```
///
/// # Errors
///
/// Why there is none.
pub fn back_channel_logout(
    client: &Client,
    server: &Server,
    subject: &str,
    session_id: Option<&str>,
    now: u64,
) -> Result<LogoutToken, NotTold> {
    let uri = client.back_channel_logout_uri.clone().filter(|_| client.is_usable()).ok_or(NotTold::NotAsked)?;
    if client.back_channel_logout_session_required && session_id.is_none() {
        return Err(NotTold::NoSession);
    }
    Ok(LogoutToken {
        uri,
        issuer: server.issuer.clone().ok_or(NotTold::NoIssuer)?,
        audience: client.client_id.clone(),
        subject: subject.into(),
        session_id: session_id.map(Text::from),
        issued_at: now,
        expires_at: now.saturating_add(LOGOUT_TOKEN_LIFETIME),
    })
}

//! Signing out: where the user may be sent, and who is told (OpenID Connect RP-Initiated, Front-Channel
//! and Back-Channel Logout).

use alloc::string::String;

use super::parameters::{Parameters, append};
use super::refusal::Refusal;
use crate::{Client, Server, Text};

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

/// The session that the browser has at the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrowserSession<'a> {
    /// The user.
    pub subject: &'a str,
    /// The session's id, as in `sid`.
    pub session_id: &'a str,
}

/// How a request to sign out is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndSession {
    /// Whether the user is asked first: nothing proves that the request comes from a client that the
    /// user is signed in at.
    pub asks_user: bool,
    /// Where the user goes afterwards, with the client's `state`; none leaves the user on a page of the server's.
    pub redirect: Option<String>,
}

/// The client that a request to sign out is from, if it says so: ask the store for it.
///
/// # Errors
///
/// If `client_id` is repeated.
pub fn end_session_client<'a>(
    parameters: &'a Parameters<'_>,
    hint: Option<&IdTokenHint<'a>>,
) -> Result<Option<&'a str>, Refusal> {
    Ok(parameters.get("client_id")?.or(hint.map(|hint| hint.client_id)))
}

/// How a request to sign out is answered. `hint` is what `id_token_hint` says, if that is an ID token
/// of ours; `client` is what the store has found for [`end_session_client`].
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{self, BrowserSession, IdTokenHint, Parameters};
/// use guestlist::Client;
/// # let client = Client {
/// #     client_id: "shop".into(),
/// #     post_logout_redirect_uris: ["https://shop.example.com/bye"].into(),
/// #     ..Client::default()
/// # };
/// let query = Parameters::parse("post_logout_redirect_uri=https%3A%2F%2Fshop.example.com%2Fbye&state=7")?;
/// let session = BrowserSession { subject: "alice", session_id: "s-1" };
/// let hint = IdTokenHint { client_id: "shop", subject: "alice", session_id: Some("s-1") };
/// let ended = decide::end_session(Some(&client), &query, Some(&hint), Some(&session))?;
/// assert!(!ended.asks_user);
/// assert_eq!(ended.redirect.as_deref(), Some("https://shop.example.com/bye?state=7"));
/// // Anybody could have made this one.
/// let ended = decide::end_session(None, &query, None, Some(&session))?;
/// assert!(ended.asks_user && ended.redirect.is_none());
/// # Ok::<(), decide::Refusal>(())
/// ```
///
/// # Errors
///
/// If a parameter is repeated.
pub fn end_session(
    client: Option<&Client>,
    parameters: &Parameters<'_>,
    hint: Option<&IdTokenHint<'_>>,
    session: Option<&BrowserSession<'_>>,
) -> Result<EndSession, Refusal> {
    parameters.refuse_repeated(&[])?;
    let client = client.filter(|client| client.enabled);
    // A hint that was issued to another client proves nothing of this one.
    let hint = hint.filter(|hint| client.is_some_and(|client| client.client_id == hint.client_id));
    let of_session = |hint: &IdTokenHint<'_>, session: &BrowserSession<'_>| {
        hint.subject == session.subject && hint.session_id.is_none_or(|id| id == session.session_id)
    };
    let asks_user = match (hint, session) {
        (_, None) => false,
        (Some(hint), Some(session)) => !of_session(hint, session),
        (None, Some(_)) => true,
    };
    let state = parameters.get("state")?;
    let asked = parameters.get("post_logout_redirect_uri")?;
    // Only with a hint is it known that the client asks, and not somebody in its name.
    let redirect =
        client.zip(asked).filter(|(client, asked)| hint.is_some() && client.allows_post_logout_redirect_uri(asked));
    let redirect = redirect.map(|(_, uri)| with_query(uri, state.map(|state| ("state", state)).as_slice()));
    Ok(EndSession { asks_user, redirect })
}

/// The address to load in a frame so that a client signs its user out, if it has one (OpenID Connect
/// Front-Channel Logout §2, §3).
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, Server, decide::front_channel_logout};
/// let client = Client { front_channel_logout_uri: Some("https://shop.example.com/out".into()), ..Client::default() };
/// let server = Server { issuer: Some("https://id.example.com".into()), ..Server::default() };
/// assert_eq!(
///     front_channel_logout(&client, &server, "s-1").as_deref(),
///     Some("https://shop.example.com/out?iss=https%3A%2F%2Fid.example.com&sid=s-1"),
/// );
/// ```
#[must_use]
pub fn front_channel_logout(client: &Client, server: &Server, session_id: &str) -> Option<String> {
    let uri = client.front_channel_logout_uri.as_deref().filter(|_| client.enabled)?;
    if !client.front_channel_logout_session_required {
        return Some(String::from(uri));
    }
    // Both, or neither: the id of a session means nothing without its issuer.
    let issuer = server.issuer.as_deref()?;
    Some(with_query(uri, &[("iss", issuer), ("sid", session_id)]))
}

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

/// Why a client is not told by the back channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotTold {
    /// It has no back-channel logout URI, or is disabled.
    NotAsked,
    /// It needs the session's id, and the session has none: report it, and go on with the others.
    NoSession,
    /// The server has no issuer identifier.
    NoIssuer,
}

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
    let uri = client.back_channel_logout_uri.clone().filter(|_| client.enabled).ok_or(NotTold::NotAsked)?;
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

fn with_query(uri: &str, parameters: &[(&str, &str)]) -> String {
    // A registered URI may have a fragment, which is behind the query.
    let (before, fragment) = uri.split_at(uri.find('#').unwrap_or(uri.len()));
    let mut with = String::from(before);
    if !parameters.is_empty() && !with.contains('?') {
        with.push('?');
    }
    for (name, value) in parameters {
        append(&mut with, name, value);
    }
    with + fragment
}

//! May the user be sent there after signing out (OpenID Connect RP-Initiated Logout)?

use alloc::string::String;

use crate::Client;
use crate::decide::id_token_hint::IdTokenHint;
use crate::decide::parameters::{Parameters, with_query};
use crate::decide::refusal::Refusal;

/// The session that the browser has at the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrowserSession<'a> {
    /// The user, by the name that the client is told: `sub`.
    pub subject: &'a str,
    /// The session's id, as in `sid`.
    pub session_id: &'a str,
}

impl<'a> BrowserSession<'a> {
    /// A session of this user.
    #[must_use]
    pub const fn new(subject: &'a str, session_id: &'a str) -> Self {
        Self { subject, session_id }
    }
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
/// let session = BrowserSession::new("alice", "s-1");
/// let hint = IdTokenHint::new("shop", "alice", Some("s-1"));
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
    let client = client.filter(|client| client.is_usable());
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

//! May this client ask about a token (RFC 7662), or end it (RFC 7009)?

use super::caller::Caller;
use super::refusal::{Refusal, invalid_client, invalid_grant};
use crate::Text;

/// A token that counts, as the server has found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuedToken<'a> {
    /// The client that it was issued to.
    pub client_id: &'a str,
    /// The resources that it is for: `aud`, as in [`Tokens::audience`](super::Tokens::audience).
    pub audience: &'a [Text],
}

impl<'a> IssuedToken<'a> {
    /// A token of this client, for these resources.
    #[must_use]
    pub const fn new(client_id: &'a str, audience: &'a [Text]) -> Self {
        Self { client_id, audience }
    }
}

/// Whether a caller is told what this token says (RFC 7662 §2.2): the client that it was issued to, and an API that it
/// is for, which is registered as a client by the name that stands in `aud`. For everybody else, as for a token that
/// does not count or is unknown, the answer is `{"active": false}` and no more.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, ClientRef, decide::{AuthenticationMethod, Caller, IssuedToken, introspection}};
/// let client = |client_id: &'static str| ClientRef::from(Client { client_id: client_id.into(), ..Client::default() });
/// let api = Caller::Confidential(client("https://orders.example.com"), AuthenticationMethod::ClientSecretBasic);
/// let audience = ["https://orders.example.com".into()];
/// assert_eq!(introspection(&api, Some(IssuedToken::new("shop", &audience))), Ok(true));
/// // It is for another API, or was found nowhere.
/// assert_eq!(introspection(&api, Some(IssuedToken::new("shop", &[]))), Ok(false));
/// assert_eq!(introspection(&api, None), Ok(false));
/// assert!(introspection(&Caller::Public(client("shop")), None).is_err());
/// ```
///
/// # Errors
///
/// [`InvalidClient`](super::ErrorCode::InvalidClient) for one that has not proven itself: anybody could try tokens in
/// the name of a public client (RFC 7662 §2.1).
pub fn introspection(caller: &Caller, token: Option<IssuedToken<'_>>) -> Result<bool, Refusal> {
    if !caller.is_confidential() {
        return Err(invalid_client("a public client may not ask about tokens"));
    }
    let client_id = &caller.client().client_id;
    Ok(token.is_some_and(|token| *client_id == *token.client_id || token.audience.contains(client_id)))
}

/// Whether a token that was issued to the client `issued_to` is revoked as a caller wishes (RFC 7009 §2.1). A public
/// client may revoke its own. Where it is not, answer as if it was, as for a token that is not known (RFC 7009 §2.2):
/// anybody could try tokens in the name of a public client.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, ClientRef, decide::{Caller, revocation}};
/// let caller = Caller::Public(ClientRef::from(Client { client_id: "notes".into(), ..Client::default() }));
/// assert_eq!(revocation(&caller, "notes"), Ok(true));
/// assert_eq!(revocation(&caller, "other"), Ok(false));
/// ```
///
/// # Errors
///
/// [`InvalidGrant`](super::ErrorCode::InvalidGrant) for a client that has proven itself: the token "was issued to
/// another client" (RFC 6749 §5.2).
pub fn revocation(caller: &Caller, issued_to: &str) -> Result<bool, Refusal> {
    let own = caller.client().client_id == issued_to;
    if own || !caller.is_confidential() {
        Ok(own)
    } else {
        Err(invalid_grant("the token was issued to another client"))
    }
}

//! May this client ask about a token (RFC 7662), or end it (RFC 7009)?

use super::caller::Caller;
use super::refusal::{Refusal, invalid_client, invalid_grant};

/// Whether a caller may ask about tokens (RFC 7662 §2.1). Which ones is for the server to say.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, ClientRef, decide::{AuthenticationMethod, Caller, introspection}};
/// let api = ClientRef::from(Client { client_id: "api".into(), ..Client::default() });
/// assert!(introspection(&Caller::Confidential(api.clone(), AuthenticationMethod::ClientSecretBasic)).is_ok());
/// assert!(introspection(&Caller::Public(api)).is_err());
/// ```
///
/// # Errors
///
/// [`InvalidClient`](super::ErrorCode::InvalidClient) for one that has not proven itself: anybody could try tokens in
/// the name of a public client.
pub fn introspection(caller: &Caller) -> Result<(), Refusal> {
    if caller.is_confidential() { Ok(()) } else { Err(invalid_client("a public client may not ask about tokens")) }
}

/// Whether a caller may revoke a token that was issued to the client `issued_to` (RFC 7009 §2.1). A public client may
/// revoke its own. Of a token that is not known say nothing, and answer as if it was revoked (RFC 7009 §2.2).
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, ClientRef, decide::{Caller, revocation}};
/// let caller = Caller::Public(ClientRef::from(Client { client_id: "notes".into(), ..Client::default() }));
/// assert!(revocation(&caller, "notes").is_ok());
/// assert!(revocation(&caller, "other").is_err());
/// ```
///
/// # Errors
///
/// [`InvalidGrant`](super::ErrorCode::InvalidGrant): it "was issued to another client" (RFC 6749 §5.2).
pub fn revocation(caller: &Caller, issued_to: &str) -> Result<(), Refusal> {
    let own = caller.client().client_id == issued_to;
    if own { Ok(()) } else { Err(invalid_grant("the token was issued to another client")) }
}

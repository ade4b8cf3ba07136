//! How does the user's browser tell a client of the sign-out (OpenID Connect Front-Channel Logout)?

use alloc::string::String;

use super::NotTold;
use crate::decide::parameters::with_query;
use crate::{Client, Server};

/// The address to load in a frame so that a client signs its user out (OpenID Connect Front-Channel Logout §2, §3).
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, Server, decide::{NotTold, front_channel_logout}};
/// let client = Client { front_channel_logout_uri: Some("https://shop.example.com/out".into()), ..Client::default() };
/// let server = Server { issuer: Some("https://id.example.com".into()), ..Server::default() };
/// let address = front_channel_logout(&client, &server, Some("s-1"))?;
/// assert_eq!(address, "https://shop.example.com/out?iss=https%3A%2F%2Fid.example.com&sid=s-1");
/// assert_eq!(front_channel_logout(&Client::default(), &server, Some("s-1")), Err(NotTold::NotAsked));
/// # Ok::<(), NotTold>(())
/// ```
///
/// # Errors
///
/// Why there is none.
pub fn front_channel_logout(client: &Client, server: &Server, session_id: Option<&str>) -> Result<String, NotTold> {
    let uri = client.front_channel_logout_uri.as_deref().filter(|_| client.is_usable()).ok_or(NotTold::NotAsked)?;
    if !client.front_channel_logout_session_required {
        return Ok(String::from(uri));
    }
    // The id of a session means nothing without its issuer.
    let issuer = server.issuer.as_deref().ok_or(NotTold::NoIssuer)?;
    let session_id = session_id.ok_or(NotTold::NoSession)?;
    Ok(with_query(uri, &[("iss", issuer), ("sid", session_id)]))
}

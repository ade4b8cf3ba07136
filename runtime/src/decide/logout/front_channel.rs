//! How does the user's browser tell a client of the sign-out (OpenID Connect Front-Channel Logout)?

use alloc::string::String;

use crate::decide::parameters::with_query;
use crate::{Client, Server};

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

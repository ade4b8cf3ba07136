//! Which scripts may read an answer (Fetch §3.3).
//!
//! A preflight carries no client id, so it is answered from the union of all clients:
//! [`ClientStore::allows_origin`](crate::ClientStore::allows_origin). The request itself is answered
//! from its client's own list: [`Client::allows_origin`](crate::Client::allows_origin). The
//! authorization endpoint has no part in it, since a browser goes there itself (RFC 9700 §2.6).

/// The headers of an answer to a request with this `Origin`: exactly that one origin, if it is
/// allowed. What is answered depends on the origin either way, and caches must know.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::cors_headers;
/// assert_eq!(
///     cors_headers("https://app.example.com", true),
///     [("vary", "Origin"), ("access-control-allow-origin", "https://app.example.com")],
/// );
/// assert_eq!(cors_headers("https://evil.example", false), [("vary", "Origin")]);
/// ```
pub fn cors_headers(origin: &str, allowed: bool) -> alloc::vec::Vec<(&'static str, &str)> {
    let allow = allowed.then_some(("access-control-allow-origin", origin));
    core::iter::once(("vary", "Origin")).chain(allow).collect()
}

/// The methods that scripts use at the endpoints of a server.
pub const CORS_METHODS: [&str; 2] = ["GET", "POST"];

/// The headers that scripts send there: credentials, the form's type, and proofs (RFC 9449 §4.1).
pub const CORS_REQUEST_HEADERS: [&str; 3] = ["authorization", "content-type", "dpop"];

/// The headers that scripts may read of an answer: why it was refused, and the nonce for the next proof.
pub const CORS_RESPONSE_HEADERS: [&str; 2] = ["www-authenticate", "dpop-nonce"];

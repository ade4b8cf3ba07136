//! Web origins: what a browser sends in the header `Origin`.

use super::{Uri, UriError, host::as_browsers_write};
use alloc::{format, string::String, string::ToString};
use core::{error::Error, fmt};

/// The origin of an http(s) URI: RFC 6454 §4. Two are the same origin if they are equal.
///
/// `Display` writes it as browsers send it (RFC 6454 §6.2): in lower case, without a default port.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::uri::Uri;
///
/// let written = Uri::parse("HTTPS://App.Example.com:443/callback")?.origin();
/// let plain = Uri::parse("https://app.example.com/logout")?.origin();
/// assert_eq!(written, plain);
/// assert_eq!(plain.map(|origin| origin.to_string()).as_deref(), Some("https://app.example.com"));
/// # Ok::<(), guestlist::uri::UriError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Origin {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// The host as browsers write it: lower case, addresses in their one form.
    pub host: String,
    /// The port, written or not.
    pub port: u16,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, host, port } = self;
        match (*scheme, *port) {
            ("https", 443) | ("http", 80) => write!(f, "{scheme}://{host}"),
            _ => write!(f, "{scheme}://{host}:{port}"),
        }
    }
}

impl Uri<'_> {
    /// The origin, if the scheme is `http` or `https` and host and port can have one.
    ///
    /// Read as browsers do: a port may have leading zeros, `127.1` is `127.0.0.1`, and a dot at the end of a name
    /// makes another origin. A host that [`check_host`](super::check_host) refuses is no origin a browser sends.
    pub fn origin(&self) -> Option<Origin> {
        let (scheme, default_port) = match () {
            () if self.scheme_is("https") => ("https", 443),
            () if self.scheme_is("http") => ("http", 80),
            () => return None,
        };
        let host = self.host().filter(|host| !host.is_empty())?;
        let port = match self.port().unwrap_or_default() {
            "" => default_port,
            // `parse` alone would take a sign.
            port if port.starts_with('+') => return None,
            port => port.parse().ok()?,
        };
        Some(Origin { scheme, host: as_browsers_write(host), port })
    }
}

/// Why a text does not have the form of an origin, see [`parse_origin`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginError<'a> {
    /// It is not even a URI.
    NotUri(UriError),
    /// It is a URI with more than an origin has, or without a `//`.
    NotOrigin {
        /// The first text that an origin does not have: the user information, or all that follows the port.
        surplus: &'a str,
        /// Its byte offset.
        offset: usize,
        /// The origin of that URI, as browsers send it.
        origin: Option<String>,
    },
}

impl fmt::Display for OriginError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUri(error) => error.fmt(f),
            Self::NotOrigin { surplus, offset, .. } => {
                write!(f, "`{surplus}` does not belong to an origin (byte {offset})")
            }
        }
    }
}

impl Error for OriginError<'_> {}

/// Reads a text that is `scheme "://" host [":" port]` byte for byte, as a browser's `Origin` is: RFC 6454 §6.2.
///
/// Only the form is checked: the scheme may be any (app web views send `capacitor://localhost`), and host and port are
/// for [`check_host`](super::check_host) and [`check_port`](super::check_port). Whether a browser would ever send this
/// very text, [`Uri::origin`] tells: compare its `Display` with it.
///
/// # Errors
///
/// What is there besides, and what the origin would be without it.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::uri::{OriginError, parse_origin};
///
/// assert!(parse_origin("https://app.example.com:8443").is_ok());
/// assert_eq!(
///     parse_origin("https://App.example.com/"),
///     Err(OriginError::NotOrigin { surplus: "/", offset: 23, origin: Some("https://app.example.com".into()) }),
/// );
/// ```
pub fn parse_origin(text: &str) -> Result<Uri<'_>, OriginError<'_>> {
    let uri = Uri::parse(text).map_err(OriginError::NotUri)?;
    let after_port = text.get(uri.offset_of(uri.path())..).unwrap_or_default();
    let surplus = match uri.authority() {
        Some(authority) => authority.userinfo.unwrap_or(after_port),
        None => after_port,
    };
    let is_origin = uri.authority().is_some_and(|authority| authority.userinfo.is_none()) && after_port.is_empty();
    if is_origin {
        return Ok(uri);
    }
    Err(OriginError::NotOrigin { surplus, offset: uri.offset_of(surplus), origin: serialised(&uri) })
}

/// The origin as text, for any scheme that has hosts.
fn serialised(uri: &Uri<'_>) -> Option<String> {
    if uri.is_web() {
        return uri.origin().map(|origin| origin.to_string());
    }
    let host = uri.host().filter(|host| !host.is_empty())?;
    let port = uri.port().filter(|port| !port.is_empty()).map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{}{port}", uri.scheme().to_ascii_lowercase(), as_browsers_write(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Option<String> {
        Uri::parse(text).ok()?.origin().map(|origin| origin.to_string())
    }

    #[test]
    fn origins_as_browsers_send_them() {
        for (text, expected) in [
            ("http://localhost:7017/index.html", Some("http://localhost:7017")),
            ("http://a.example:80/", Some("http://a.example")),
            ("http://a.example:443/", Some("http://a.example:443")),
            ("https://a.example:/", Some("https://a.example")),
            ("https://a.example:00443/", Some("https://a.example")),
            ("https://user@A.example/", Some("https://a.example")),
            ("https://a.example./", Some("https://a.example.")),
            ("https://127.1./", Some("https://127.0.0.1")),
            ("https://[0:0::1]:1/", Some("https://[::1]:1")),
            ("https://[::ffff:127.0.0.1]", Some("https://[::ffff:7f00:1]")),
            ("https://a.example:65536/", None),
            ("https://a.example:+1/", None),
            ("https://a.example:*/", None),
            ("https://+1", Some("https://+1")),
            ("https:///x", None),
            ("capacitor://localhost", None),
        ] {
            assert_eq!(origin(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_form_of_an_origin() {
        for text in
            ["https://a.example", "HTTP://A.example:80", "capacitor://localhost", "https://[::1]:1", "https://*"]
        {
            assert_eq!(parse_origin(text).map(|uri| uri.as_str()), Ok(text));
        }
    }

    #[test]
    fn what_does_not_belong_to_an_origin() {
        for (text, surplus, offset, origin) in [
            ("https://a.example/", "/", 17, Some("https://a.example")),
            ("https://a.example:1/b?c#d", "/b?c#d", 19, Some("https://a.example:1")),
            ("https://a.example?", "?", 17, Some("https://a.example")),
            ("https://a.example#", "#", 17, Some("https://a.example")),
            ("https://me@a.example/", "me", 8, Some("https://a.example")),
            ("Capacitor://localhost/", "/", 21, Some("capacitor://localhost")),
            ("https:///x", "/x", 8, None),
            ("data:x", "x", 5, None),
        ] {
            let expected = OriginError::NotOrigin { surplus, offset, origin: origin.map(String::from) };
            assert_eq!(parse_origin(text), Err(expected), "{text}");
        }
        for text in ["null", "*", "", "a.example", "https://a.example ", "https://bücher.example"] {
            assert!(matches!(parse_origin(text), Err(OriginError::NotUri(_))), "{text}");
        }
    }
}

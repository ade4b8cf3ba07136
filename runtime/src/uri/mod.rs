//! URIs, byte for byte as RFC 3986 writes them.
//!
//! A client's URIs are compared by equal bytes (RFC 9700 §2.1), so they are judged as written. A browser's parser
//! repairs `https:host`, `\`, tabs, `127.1` and dot segments before anyone sees them; this one repairs nothing.
//! It knows syntax and facts: what is wrong, where, and what would be right. What follows from that is for the rules.
//!
//! | question | answer |
//! |---|---|
//! | Is it an absolute URI, and what are its parts? | [`Uri::parse`] and the accessors of [`Uri`] |
//! | Where in the text is this part? | [`Uri::offset_of`] |
//! | Is this a host, a port? | [`check_host`], [`check_port`] |
//! | Is it this machine, or an address? | [`is_loopback_host`], [`is_localhost_name`], [`ip_address`] |
//! | Will a browser change the path? | [`Uri::dot_segment`], [`Uri::resolved_path`] |
//! | Is it in normal form? | [`Uri::deviations`], [`Uri::normal_form`] |
//! | Which parameters are there already? | [`Uri::parameters`] |
//! | What does a browser send as `Origin`? | [`Uri::origin`], [`parse_origin`] |

mod host;
mod normal;
mod origin;

pub use self::host::{
    HostProblem, PortProblem, check_host, check_port, ip_address, is_localhost_name, is_loopback_host,
};
pub use self::normal::{Deviation, DeviationKind};
pub use self::origin::{Origin, OriginError, parse_origin};

use alloc::{format, string::String, vec::Vec};
use core::{error::Error, fmt, iter};

use crate::character::Shown;

/// An absolute URI, with or without a fragment: RFC 3986 §3 (`URI`), split but not changed.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::uri::Uri;
///
/// let uri = Uri::parse("https://app.example.com:8443/callback?tenant=7")?;
/// assert_eq!(uri.scheme(), "https");
/// assert_eq!(uri.host(), Some("app.example.com"));
/// assert_eq!(uri.port(), Some("8443"));
/// assert_eq!(uri.path(), "/callback");
/// assert_eq!(uri.query(), Some("tenant=7"));
/// assert_eq!(uri.offset_of(uri.path()), 28);
/// # Ok::<(), guestlist::uri::UriError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Uri<'a> {
    text: &'a str,
    scheme: &'a str,
    authority: Option<Authority<'a>>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

/// What stands between `//` and the path: RFC 3986 §3.2, split but not judged.
///
/// Host and port are whatever was written; [`check_host`] and [`check_port`] judge them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Authority<'a> {
    /// The text before the last `@`. Browsers split there too, so the host is the one that would be contacted.
    pub userinfo: Option<&'a str>,
    /// The host, with its brackets if it has any. Empty in `https:///path`.
    pub host: &'a str,
    /// The text after the host's `:`. Empty in `https://host:/`.
    pub port: Option<&'a str>,
}

impl<'a> Authority<'a> {
    fn split(text: &'a str) -> Self {
        let (userinfo, rest) = match text.rsplit_once('@') {
            Some((userinfo, rest)) => (Some(userinfo), rest),
            None => (None, text),
        };
        let (host, port) = match rest.rsplit_once(':') {
            // A colon of the address is not the one before a port, nor is any of several outside brackets.
            Some((host, port)) if is_bracketed(host) || !host.contains([':', '[']) => (host, Some(port)),
            _ => (rest, None),
        };
        Self { userinfo, host, port }
    }
}

/// Whether the text is a pair of brackets with none inside.
fn is_bracketed(host: &str) -> bool {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).is_some_and(|inner| !inner.contains(['[', ']']))
}

impl<'a> Uri<'a> {
    /// Reads an absolute URI.
    ///
    /// # Errors
    ///
    /// The first character that no URI has; if there is none, the first misplaced bracket; only then what keeps the
    /// text from being absolute.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::uri::{Uri, UriErrorKind};
    ///
    /// let error = Uri::parse("https://app.example.com/call back").unwrap_err();
    /// assert_eq!((error.kind, error.offset), (UriErrorKind::Forbidden(' '), 28));
    /// assert!(error.is_charset());
    ///
    /// let error = Uri::parse("/callback").unwrap_err();
    /// assert_eq!(error.to_string(), "it has no scheme");
    /// ```
    pub fn parse(text: &'a str) -> Result<Self, UriError> {
        let uri = Self::split(text);
        uri.check_characters()?;
        uri.check_absolute()?;
        Ok(uri)
    }

    /// RFC 3986 appendix B: splits any text at all. Without a scheme, `scheme` is empty.
    fn split(text: &'a str) -> Self {
        let (rest, fragment) = cut_off(text, '#');
        let (rest, query) = cut_off(rest, '?');
        let (scheme, rest) = match rest.split_once(':') {
            Some((scheme, rest)) if !scheme.is_empty() && !scheme.contains('/') => (scheme, rest),
            _ => ("", rest),
        };
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) =
                    rest.find('/').and_then(|at| rest.split_at_checked(at)).unwrap_or((rest, end_of(rest)));
                (Some(Authority::split(authority)), path)
            }
            None => (None, rest),
        };
        Self { text, scheme, authority, path, query, fragment }
    }

    fn check_characters(&self) -> Result<(), UriError> {
        let brackets = self.host().filter(|host| is_bracketed(host)).map(|host| {
            let open = self.offset_of(host);
            [open, open + host.len() - 1]
        });
        let mut fragment_begun = false;
        let mut misplaced = None;
        for (offset, character) in self.text.char_indices() {
            let kind = match character {
                '%' => match self.text.get(offset..).and_then(escaped_byte) {
                    None => UriErrorKind::MalformedEscape,
                    Some(byte) if byte.is_ascii_control() => UriErrorKind::EncodedControl(byte),
                    Some(_) => continue,
                },
                // Another character may be what parts the brackets from their host: it is the one to name.
                '[' | ']' => {
                    if !brackets.is_some_and(|brackets| brackets.contains(&offset)) {
                        misplaced.get_or_insert(UriError { kind: UriErrorKind::MisplacedBracket(character), offset });
                    }
                    continue;
                }
                '#' if !fragment_begun => {
                    fragment_begun = true;
                    continue;
                }
                // What is left of printable ASCII is unreserved or reserved, RFC 3986 §2.2 and §2.3.
                '!'..='~' if !matches!(character, '#' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') => {
                    continue;
                }
                _ => UriErrorKind::Forbidden(character),
            };
            return Err(UriError { kind, offset });
        }
        misplaced.map_or(Ok(()), Err)
    }

    fn check_absolute(&self) -> Result<(), UriError> {
        if self.scheme.is_empty() {
            return Err(UriError { kind: UriErrorKind::NoScheme, offset: 0 });
        }
        let wrong = self.scheme.char_indices().find(|&(offset, character)| {
            !(character.is_ascii_alphabetic()
                || offset > 0 && (character.is_ascii_digit() || matches!(character, '+' | '-' | '.')))
        });
        if let Some((offset, character)) = wrong {
            return Err(UriError { kind: UriErrorKind::BadScheme(character), offset });
        }
        if self.is_web() && self.authority.is_none() {
            return Err(UriError { kind: UriErrorKind::NoAuthority, offset: self.offset_of(self.path) });
        }
        Ok(())
    }

    /// The whole text, as written.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// The scheme, as written: RFC 3986 §3.1. Compare it with [`Uri::scheme_is`].
    pub fn scheme(&self) -> &'a str {
        self.scheme
    }

    /// Whether the scheme is this one; schemes have no case.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::uri::Uri;
    /// assert!(Uri::parse("HTTPS://example.com/")?.scheme_is("https"));
    /// # Ok::<(), guestlist::uri::UriError>(())
    /// ```
    pub fn scheme_is(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// Whether the scheme is `http` or `https`.
    pub fn is_web(&self) -> bool {
        self.scheme_is("https") || self.scheme_is("http")
    }

    /// What stands after `//`, if there is a `//`: RFC 3986 §3.2. Always there in an http(s) URI.
    pub fn authority(&self) -> Option<Authority<'a>> {
        self.authority
    }

    /// The host of the [authority](Uri::authority), with its brackets if it has any.
    pub fn host(&self) -> Option<&'a str> {
        self.authority.map(|authority| authority.host)
    }

    /// The text after the host's `:`, which may be empty.
    pub fn port(&self) -> Option<&'a str> {
        self.authority.and_then(|authority| authority.port)
    }

    /// The path, which may be empty: RFC 3986 §3.3.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// The text between the first `?` and the `#`: RFC 3986 §3.4.
    pub fn query(&self) -> Option<&'a str> {
        self.query
    }

    /// The text after the `#`: RFC 3986 §3.5.
    pub fn fragment(&self) -> Option<&'a str> {
        self.fragment
    }

    /// The byte offset of a part of this URI: of any text that an accessor handed out, or of a slice of it.
    ///
    /// It goes by where the text lies in memory, so that the second of two equal parts has its own offset.
    /// A text from elsewhere has no offset here and gives 0.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::uri::Uri;
    /// let uri = Uri::parse("https://a.example/a?a")?;
    /// assert_eq!(uri.query(), Some("a"));
    /// assert_eq!(uri.query().map(|query| uri.offset_of(query)), Some(20));
    /// # Ok::<(), guestlist::uri::UriError>(())
    /// ```
    pub fn offset_of(&self, part: &str) -> usize {
        part.as_ptr()
            .addr()
            .checked_sub(self.text.as_ptr().addr())
            .filter(|&offset| self.text.get(offset..).is_some_and(|rest| rest.starts_with(part)))
            .unwrap_or(0)
    }

    /// The first segment of the path that is `.` or `..`, a dot being also `%2e`: RFC 3986 §5.2.4, §6.2.2.
    ///
    /// Browsers resolve these before they send a URI; a comparison of bytes does not.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::uri::Uri;
    /// let uri = Uri::parse("https://example.com/a/%2E./b")?;
    /// assert_eq!(uri.dot_segment(), Some("%2E."));
    /// assert_eq!(uri.dot_segment().map(|segment| uri.offset_of(segment)), Some(22));
    /// assert_eq!(uri.resolved_path(), "/b");
    /// # Ok::<(), guestlist::uri::UriError>(())
    /// ```
    pub fn dot_segment(&self) -> Option<&'a str> {
        self.path.split('/').find(|segment| dots(segment).is_some())
    }

    /// The path without its dot segments, as browsers resolve it: RFC 3986 §5.2.4, where a dot is also `%2e`.
    pub fn resolved_path(&self) -> String {
        let (root, path) = match self.path.strip_prefix('/') {
            Some(path) => ("/", path),
            None => ("", self.path),
        };
        let mut resolved = Vec::new();
        let mut segments = path.split('/').peekable();
        while let Some(segment) = segments.next() {
            match dots(segment) {
                None => resolved.push(segment),
                Some(dots) => {
                    if dots == 2 {
                        resolved.pop();
                    }
                    // `/a/.` and `/a/b/..` name a directory: what is left ends with a slash.
                    if segments.peek().is_none() {
                        resolved.push("");
                    }
                }
            }
        }
        String::from(root) + &resolved.join("/")
    }

    /// The parameters of the query in order, by name, as `application/x-www-form-urlencoded` (the WHATWG's URL
    /// standard §5.1) reads them: pieces between `&`, names before the first `=`.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::uri::Uri;
    /// let uri = Uri::parse("https://example.com/?t=1&my+c%6Fde=2")?;
    /// let second = uri.parameters().nth(1);
    /// assert_eq!(second.map(|p| (p.raw_name, p.name, p.offset)), Some(("my+c%6Fde", "my code".into(), 25)));
    /// # Ok::<(), guestlist::uri::UriError>(())
    /// ```
    pub fn parameters(&self) -> impl Iterator<Item = Parameter<'a>> + use<'a> {
        let uri = *self;
        uri.query.unwrap_or_default().split('&').filter(|piece| !piece.is_empty()).map(move |piece| {
            let (raw_name, _) = cut_off(piece, '=');
            Parameter { raw_name, name: form_decoded(raw_name), offset: uri.offset_of(raw_name) }
        })
    }
}

impl fmt::Display for Uri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// A parameter of a query, see [`Uri::parameters`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Parameter<'a> {
    /// The name as written.
    pub raw_name: &'a str,
    /// The name as the application reads it: `+` is a space, `%XX` is a byte; what is not UTF-8 is replaced.
    pub name: String,
    /// The byte offset of the name in the URI.
    pub offset: usize,
}

/// Why a text is not an absolute URI, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UriError {
    /// What is wrong.
    pub kind: UriErrorKind,
    /// The byte offset of what is wrong in the text.
    pub offset: usize,
}

/// What makes a text no absolute URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UriErrorKind {
    /// A character that no URI has: whitespace, a control, anything beyond ASCII, one of ``\ " < > ^ { } | ` ``,
    /// or a second `#`. RFC 3986 §2.
    Forbidden(char),
    /// A `%` without two hexadecimal digits after it. RFC 3986 §2.1.
    MalformedEscape,
    /// A percent-encoded control: `%00` to `%1F`, or `%7F`.
    EncodedControl(u8),
    /// A `[` or `]` that does not stand round the host. RFC 3986 §3.2.2.
    MisplacedBracket(char),
    /// There is no scheme. RFC 3986 §4.3.
    NoScheme,
    /// What stands before the first `:` has a character that no scheme has there. RFC 3986 §3.1.
    BadScheme(char),
    /// `http` or `https` without `//`. RFC 9110 §4.2.
    NoAuthority,
}

impl UriError {
    /// Whether a character is at fault, rather than the text not being absolute.
    pub fn is_charset(&self) -> bool {
        self.character().is_some()
    }

    /// The character at fault, unless the text is merely not absolute. An encoded control is given decoded.
    pub fn character(&self) -> Option<char> {
        match self.kind {
            UriErrorKind::Forbidden(character) | UriErrorKind::MisplacedBracket(character) => Some(character),
            UriErrorKind::MalformedEscape => Some('%'),
            UriErrorKind::EncodedControl(byte) => Some(char::from(byte)),
            UriErrorKind::NoScheme | UriErrorKind::BadScheme(_) | UriErrorKind::NoAuthority => None,
        }
    }
}

impl UriError {
    /// What is wrong, without the place.
    pub(crate) fn problem(&self) -> String {
        match self.kind {
            UriErrorKind::Forbidden('#') => "a second `#` is not allowed in a URI".into(),
            UriErrorKind::Forbidden(character) => format!("{} is not allowed in a URI", Shown(character)),
            UriErrorKind::MalformedEscape => "`%` is not followed by two hexadecimal digits".into(),
            UriErrorKind::EncodedControl(byte) => format!("`%{byte:02X}` is a control character"),
            UriErrorKind::MisplacedBracket(character) => format!("`{character}` is only allowed round an IPv6 host"),
            UriErrorKind::NoScheme => "it has no scheme".into(),
            UriErrorKind::BadScheme(character) => format!("{} is not allowed in a scheme", Shown(character)),
            UriErrorKind::NoAuthority => "`//` is missing after the scheme".into(),
        }
    }
}

impl fmt::Display for UriError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem())?;
        match self.kind {
            UriErrorKind::NoScheme => Ok(()),
            _ => write!(f, " (byte {})", self.offset),
        }
    }
}

impl Error for UriError {}

/// The text before the first `mark`, and the text after it.
fn cut_off(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// The empty text at the end of `text`: unlike `""`, it has an offset.
fn end_of(text: &str) -> &str {
    text.get(text.len()..).unwrap_or_default()
}

/// How many dots the segment is made of, if it is `.` or `..`.
fn dots(segment: &str) -> Option<usize> {
    let is_dot = |piece| matches!(piece, Piece::Character('.') | Piece::Escape { byte: b'.', .. });
    let count = pieces(segment).take_while(|&piece| is_dot(piece)).count();
    (matches!(count, 1 | 2) && pieces(segment).count() == count).then_some(count)
}

/// The text with `+` and `%XX` decoded.
fn form_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Character('+') => bytes.push(b' '),
            Piece::Character(character) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            Piece::Escape { byte, .. } => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One character of a component, or one escape.
#[derive(Clone, Copy)]
enum Piece<'a> {
    Character(char),
    Escape { text: &'a str, byte: u8 },
}

/// A component, piece by piece.
fn pieces(component: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = component;
    iter::from_fn(move || {
        if let (Some(byte), Some((text, after))) = (escaped_byte(rest), rest.split_at_checked(3)) {
            rest = after;
            return Some(Piece::Escape { text, byte });
        }
        let mut characters = rest.chars();
        let character = characters.next()?;
        rest = characters.as_str();
        Some(Piece::Character(character))
    })
}

/// The byte of the escape that the text begins with.
fn escaped_byte(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('%')?.get(..2)?;
    // `from_str_radix` alone would take a sign.
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests;

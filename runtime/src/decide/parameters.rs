//! The parameters of a request, decoded as strictly as a credential deserves.

use alloc::{borrow::Cow, format, string::String, vec::Vec};
use core::fmt;

use super::refusal::{Refusal, invalid_request};
use crate::decide::ErrorCode;

/// The most parameters that a request may have. Each costs memory beyond its bytes, so that thousands of short ones
/// would take many times the room of the request.
pub const MAX_PARAMETERS: usize = 256;

/// What proves a client, in a body and nowhere else.
pub(super) const CREDENTIALS: [&str; 3] = ["client_secret", "client_assertion", "client_assertion_type"];

/// The parameters in a query or in a form-encoded body (RFC 6749 App. B).
///
/// An empty parameter counts as absent, and a repeated one is refused where it is read (RFC 6749
/// §3.1, §3.2). `Debug` shows the names alone, since values are credentials.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::Parameters;
/// let parameters = Parameters::parse("grant_type=client_credentials&scope=api1+api2&state=")?;
/// assert_eq!(parameters.get("scope")?, Some("api1 api2"));
/// assert_eq!(parameters.get("state")?, None);
/// # Ok::<(), guestlist::decide::Refusal>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Parameters<'a> {
    list: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Parameters<'a> {
    /// Reads `name=value&…`.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](ErrorCode::InvalidRequest), if an escape is broken or what it encodes is
    /// not UTF-8, and if there are more than [`MAX_PARAMETERS`]. The usual libraries repair broken
    /// input, but what names or proves a client must be what was sent.
    pub fn parse(text: &'a str) -> Result<Self, Refusal> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        if pairs.clone().nth(MAX_PARAMETERS).is_some() {
            return Err(invalid_request("there are too many parameters"));
        }
        let list = pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        });
        let list: Option<Vec<_>> = list.collect();
        Ok(Self { list: list.ok_or(invalid_request("a parameter is not form-encoded UTF-8"))? })
    }

    /// Parameters that were decoded elsewhere, such as the claims of a request object.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::Parameters;
    /// let parameters = Parameters::from_pairs([("scope", "api1 api2"), ("state", "")])?;
    /// assert_eq!(parameters.get("scope")?, Some("api1 api2"));
    /// # Ok::<(), guestlist::decide::Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](ErrorCode::InvalidRequest), if there are more than [`MAX_PARAMETERS`].
    pub fn from_pairs<N: Into<Cow<'a, str>>, V: Into<Cow<'a, str>>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Result<Self, Refusal> {
        let mut pairs = pairs.into_iter();
        let few = pairs.by_ref().take(MAX_PARAMETERS).map(|(name, value)| (name.into(), value.into())).collect();
        if pairs.next().is_some() {
            return Err(invalid_request("there are too many parameters"));
        }
        Ok(Self { list: few })
    }

    /// The value of a parameter, if there is one and it is not empty.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](ErrorCode::InvalidRequest), if the parameter is repeated.
    pub fn get(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut values = self.list.iter().filter(|(one, _)| one == name).map(|(_, value)| &**value);
        let first = values.next();
        if values.next().is_some() {
            let description = format!("{name} is repeated");
            return Err(Refusal { code: ErrorCode::InvalidRequest, description: description.into() });
        }
        Ok(first.filter(|value| !value.is_empty()))
    }

    /// The value of a parameter that must be there.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](ErrorCode::InvalidRequest), if it is missing, empty or repeated.
    pub fn require(&self, name: &str) -> Result<&str, Refusal> {
        let missing = || Refusal { code: ErrorCode::InvalidRequest, description: format!("{name} is missing").into() };
        self.get(name)?.ok_or_else(missing)
    }

    /// The values of a parameter that may be repeated, such as `resource` (RFC 8707 §2), without empty ones.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.list.iter().filter(move |(one, value)| one == name && !value.is_empty()).map(|(_, value)| &**value)
    }

    /// Every parameter and its value, in the order in which they came: to be kept, and collected again.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Whether a parameter is there and not empty, once or more often.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// Refuses what is repeated, also among the parameters that only the server reads (RFC 6749 §3.1,
    /// §3.2): which of two counts is for no one to guess. Those of the names `several` may be.
    pub(super) fn refuse_repeated(&self, several: &[&str]) -> Result<(), Refusal> {
        let names = self.list.iter().map(|(name, _)| &**name);
        let mut names: Vec<&str> = names.filter(|name| !several.contains(name)).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        if names.len() == count { Ok(()) } else { Err(invalid_request("a parameter is repeated")) }
    }

    /// The same, with one more.
    pub(super) fn with(mut self, name: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        self.list.push((name.into(), value.into()));
        self
    }

    /// The same, without those of these names.
    pub(super) fn without(mut self, names: &[&str]) -> Self {
        self.list.retain(|(name, _)| !names.contains(&&**name));
        self
    }

    /// The same, to be kept.
    #[must_use]
    pub fn into_owned(self) -> Parameters<'static> {
        let own = |(name, value): (Cow<'_, str>, Cow<'_, str>)| (name.into_owned().into(), value.into_owned().into());
        Parameters { list: self.list.into_iter().map(own).collect() }
    }
}

impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.list.iter().map(|(name, _)| name)).finish()
    }
}

/// Undoes `application/x-www-form-urlencoded` on one name or value; nothing, if an escape is broken
/// or the result is not UTF-8.
pub(super) fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['+', '%']) {
        return Some(Cow::Borrowed(text));
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(bytes.next()?)? << 4 | hex_digit(bytes.next()?)?,
            other => other,
        });
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

/// A number of seconds in decimal digits; one that is too large is as good as the largest.
pub(super) fn seconds(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u32::MAX))
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Appends `name=value`, encoded, to a text that has parameters or none.
pub(super) fn append(text: &mut String, name: &str, value: &str) {
    if !text.is_empty() && !text.ends_with(['?', '#', '&']) {
        text.push('&');
    }
    encode(text, name);
    text.push('=');
    encode(text, value);
}

/// A registered address with these parameters in its query; what is there already stays (RFC 6749 §3.1.2).
pub(super) fn with_query(uri: &str, parameters: &[(&str, &str)]) -> String {
    // It may have a fragment, which is behind the query.
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

/// Percent-encodes all but the unreserved characters (RFC 3986 §2.3).
fn encode(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(byte.into());
        } else {
            text.push('%');
            for digit in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(digit.into(), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_or_refused() {
        for (encoded, expected) in [
            ("", Some("")),
            ("a+b", Some("a b")),
            ("a%2Bb%2bc", Some("a+b+c")),
            ("100%25", Some("100%")),
            ("%E2%82%AC", Some("€")),
            ("€", Some("€")),
            ("%", None),
            ("%2", None),
            ("%+1", None),
            ("%€", None),
            ("%FF", None),
        ] {
            assert_eq!(decoded(encoded).as_deref(), expected, "{encoded}");
        }
    }

    #[test]
    fn an_empty_parameter_is_absent_and_a_repeated_one_refused() {
        let parameters = Parameters::parse("a=1&b=&&%64=4&resource=x&resource=&resource=y&e=1&%65=2&f=2=3").unwrap();
        assert_eq!(parameters.get("a"), Ok(Some("1")));
        assert_eq!(parameters.get("b"), Ok(None));
        assert_eq!(parameters.get("d"), Ok(Some("4")));
        assert_eq!(parameters.get("f"), Ok(Some("2=3")));
        assert_eq!(parameters.all("resource").collect::<Vec<_>>(), ["x", "y"]);
        assert!(parameters.has("e") && !parameters.has("b") && !parameters.has("z"));
        assert_eq!(parameters.get("e").unwrap_err().description, "e is repeated");
        assert_eq!(parameters.require("b").unwrap_err().description, "b is missing");
        // One that is empty and one that is not are two as well.
        assert!(Parameters::parse("a=&a=1").unwrap().get("a").is_err());
        for broken in ["a=%zz", "%zz=1", "a=%FF"] {
            assert!(Parameters::parse(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn there_may_be_many_parameters_but_not_any_number() {
        let many = |count: usize| (0..count).map(|name| format!("p{name}=&&")).collect::<String>();
        assert!(Parameters::parse(&many(MAX_PARAMETERS)).is_ok());
        let refusal = Parameters::parse(&many(MAX_PARAMETERS + 1)).unwrap_err();
        assert_eq!(refusal, invalid_request("there are too many parameters"));
        let pairs = |count| Parameters::from_pairs(core::iter::repeat_n(("a", "b"), count));
        assert_eq!(pairs(MAX_PARAMETERS).unwrap().iter().count(), MAX_PARAMETERS);
        assert_eq!(pairs(MAX_PARAMETERS + 1).unwrap_err(), refusal);
    }

    #[test]
    fn debug_shows_no_value() {
        let parameters = Parameters::parse("client_secret=hunter2").unwrap();
        assert_eq!(format!("{parameters:?}"), r#"["client_secret"]"#);
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        let mut text = String::from("https://app.example.com/?");
        append(&mut text, "state", "a b&c=d%/é~");
        append(&mut text, "code", "x");
        assert_eq!(text, "https://app.example.com/?state=a%20b%26c%3Dd%25%2F%C3%A9~&code=x");
        let parameters = Parameters::parse(text.split_once('?').unwrap().1).unwrap();
        assert_eq!(parameters.get("state"), Ok(Some("a b&c=d%/é~")));
    }
}

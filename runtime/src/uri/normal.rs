//! The normal form, and what keeps a URI from being in it.

use super::{
    Piece, Uri,
    host::{bracketed, ipv6, without_last_dot},
    pieces,
};
use alloc::{format, string::String, vec::Vec};
use core::{fmt, ptr};

/// One place where a URI is not in normal form, see [`Uri::deviations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Deviation<'a> {
    /// What deviates.
    pub kind: DeviationKind,
    /// The text that does.
    pub text: &'a str,
    /// Its byte offset in the URI.
    pub offset: usize,
}

/// A way not to be in normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeviationKind {
    /// Upper case in the scheme. RFC 3986 §6.2.2.1.
    UpperCaseScheme,
    /// Upper case in the host. RFC 3986 §6.2.2.1.
    UpperCaseHost,
    /// An IPv6 address that is not in the one form of RFC 5952 §4.
    Ipv6Form,
    /// A dot at the end of the host of an http(s) URI.
    TrailingDot,
    /// A `_` in the host of an http(s) URI, which no host name has (RFC 1123 §2.1) though the DNS does.
    Underscore,
    /// `:80` with `http` or `:443` with `https`. RFC 3986 §6.2.3.
    DefaultPort,
    /// `%2F` or `%5C` in the path: servers and proxies differ on whether it is a slash.
    EncodedSlash,
    /// An escape that stands for a letter, a digit or one of `-._~`. RFC 3986 §6.2.2.2.
    EncodedUnreserved,
    /// Lower case in an escape. RFC 3986 §6.2.2.1.
    LowerCaseHex,
}

impl Deviation<'_> {
    /// What deviates, without the place.
    pub(crate) fn problem(&self) -> String {
        let text = self.text;
        match self.kind {
            DeviationKind::UpperCaseScheme => format!("the scheme `{text}` has upper case"),
            DeviationKind::UpperCaseHost => format!("the host `{text}` has upper case"),
            DeviationKind::Ipv6Form => format!("the IPv6 address `{text}` is not in its one form"),
            DeviationKind::TrailingDot => "the host ends with a dot".into(),
            DeviationKind::Underscore => "the host has a `_`".into(),
            DeviationKind::DefaultPort => format!("the port `{text}` is the default"),
            DeviationKind::EncodedSlash => format!("the path has an encoded slash `{text}`"),
            DeviationKind::EncodedUnreserved => format!("the character written `{text}` needs no encoding"),
            DeviationKind::LowerCaseHex => format!("the escape `{text}` has lower case"),
        }
    }
}

impl fmt::Display for Deviation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.problem(), self.offset)
    }
}

impl<'a> Uri<'a> {
    /// The URI in the normal form of RFC 3986 §6.2.2 and §6.2.3: what a well-behaved client sends.
    ///
    /// Scheme, host and port take their one form, escapes are upper case and only where needed. Dot segments stay
    /// (see [`Uri::resolved_path`]), and so does what has no better form: `_`, `%2F`, a host that is none.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::uri::Uri;
    /// let uri = Uri::parse("HTTPS://App.Example.com.:443/%7euser/%c3%bc")?;
    /// assert_eq!(uri.normal_form(), "https://app.example.com/~user/%C3%BC");
    /// # Ok::<(), guestlist::uri::UriError>(())
    /// ```
    pub fn normal_form(&self) -> String {
        let mut normal = self.scheme.to_ascii_lowercase();
        normal.push(':');
        if let Some(authority) = self.authority {
            normal.push_str("//");
            if let Some(userinfo) = authority.userinfo {
                push_normal(&mut normal, userinfo, char::clone);
                normal.push('@');
            }
            normal.push_str(&self.normal_host(authority.host));
            if let Some(port) = authority.port.filter(|port| !self.is_default_port(port)) {
                normal.push(':');
                normal.push_str(port);
            }
        }
        push_normal(&mut normal, self.path, char::clone);
        for (mark, component) in [('?', self.query), ('#', self.fragment)] {
            if let Some(component) = component {
                normal.push(mark);
                push_normal(&mut normal, component, char::clone);
            }
        }
        normal
    }

    fn normal_host(&self, host: &str) -> String {
        if host.starts_with('[') {
            // Decoded, what is no address could become one.
            return ipv6(host).map_or_else(|| String::from(host), bracketed);
        }
        let mut normal = String::with_capacity(host.len());
        push_normal(&mut normal, host, char::to_ascii_lowercase);
        if self.is_web() { String::from(without_last_dot(&normal)) } else { normal }
    }

    /// Whether the port is the one that an http(s) URI has without saying so.
    fn is_default_port(&self, port: &str) -> bool {
        port == "443" && self.scheme_is("https") || port == "80" && self.scheme_is("http")
    }

    /// Everything that is not in normal form, in the order of the text; nothing if the URI is in
    /// [normal form](Uri::normal_form).
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::uri::{DeviationKind, Uri};
    ///
    /// let uri = Uri::parse("https://Example.com/a%2Fb")?;
    /// let found: Vec<_> = uri.deviations().iter().map(|found| (found.kind, found.text, found.offset)).collect();
    /// assert_eq!(found, [
    ///     (DeviationKind::UpperCaseHost, "Example.com", 8),
    ///     (DeviationKind::EncodedSlash, "%2F", 21),
    /// ]);
    /// # Ok::<(), guestlist::uri::UriError>(())
    /// ```
    pub fn deviations(&self) -> Vec<Deviation<'a>> {
        let mut found = Vec::new();
        if self.scheme.contains(|letter: char| letter.is_ascii_uppercase()) {
            found.push(self.deviation(DeviationKind::UpperCaseScheme, self.scheme));
        }
        if let Some(authority) = self.authority {
            self.escapes(authority.userinfo, &mut found);
            self.host_deviations(authority.host, &mut found);
            if let Some(port) = authority.port.filter(|port| self.is_default_port(port)) {
                found.push(self.deviation(DeviationKind::DefaultPort, port));
            }
        }
        self.escapes(Some(self.path), &mut found);
        self.escapes(self.query, &mut found);
        self.escapes(self.fragment, &mut found);
        found.sort_by_key(|deviation| deviation.offset);
        found
    }

    fn host_deviations(&self, host: &'a str, found: &mut Vec<Deviation<'a>>) {
        if host.starts_with('[') {
            if ipv6(host).is_some_and(|address| bracketed(address) != host) {
                found.push(self.deviation(DeviationKind::Ipv6Form, host));
            }
            return;
        }
        // The digits of an escape are not letters of the host.
        if pieces(host).any(|piece| matches!(piece, Piece::Character('A'..='Z'))) {
            found.push(self.deviation(DeviationKind::UpperCaseHost, host));
        }
        if self.is_web() {
            if let Some(underscore) = host.matches('_').next() {
                found.push(self.deviation(DeviationKind::Underscore, underscore));
            }
            if let Some(dot) = host.strip_prefix(without_last_dot(host)).filter(|dot| !dot.is_empty()) {
                found.push(self.deviation(DeviationKind::TrailingDot, dot));
            }
        }
        self.escapes(Some(host), found);
    }

    /// The escapes of a component that deviate, each once.
    fn escapes(&self, component: Option<&'a str>, found: &mut Vec<Deviation<'a>>) {
        let in_path = component.is_some_and(|component| ptr::eq(component, self.path));
        for piece in pieces(component.unwrap_or_default()) {
            let Piece::Escape { text, byte } = piece else { continue };
            let kind = match byte {
                b'/' | b'\\' if in_path => DeviationKind::EncodedSlash,
                _ if is_unreserved(byte) => DeviationKind::EncodedUnreserved,
                _ if text.bytes().any(|byte| byte.is_ascii_lowercase()) => DeviationKind::LowerCaseHex,
                _ => continue,
            };
            found.push(self.deviation(kind, text));
        }
    }

    fn deviation(&self, kind: DeviationKind, text: &'a str) -> Deviation<'a> {
        Deviation { kind, text, offset: self.offset_of(text) }
    }
}

/// Appends a component, its characters in the given case and its escapes in normal form.
fn push_normal(normal: &mut String, component: &str, case: fn(&char) -> char) {
    for piece in pieces(component) {
        match piece {
            Piece::Character(character) => normal.push(case(&character)),
            Piece::Escape { byte, .. } if is_unreserved(byte) => normal.push(case(&char::from(byte))),
            Piece::Escape { text, .. } => normal.push_str(&text.to_ascii_uppercase()),
        }
    }
}

/// RFC 3986 §2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, vec};

    fn normal(text: &str) -> Option<String> {
        Uri::parse(text).ok().map(|uri| uri.normal_form())
    }

    fn kinds(text: &str) -> Option<Vec<(DeviationKind, usize)>> {
        let deviations = Uri::parse(text).ok()?.deviations();
        Some(deviations.iter().map(|deviation| (deviation.kind, deviation.offset)).collect())
    }

    #[test]
    fn normal_forms() {
        for (text, expected) in [
            ("HTTP://EXAMPLE.com:80", "http://example.com"),
            ("https://example.com:80/", "https://example.com:80/"),
            ("http://example.com:443/", "http://example.com:443/"),
            ("https://example.com./", "https://example.com/"),
            ("https://example.com../", "https://example.com../"),
            ("https://a_b.example/%2f%5c", "https://a_b.example/%2F%5C"),
            ("https://a.example/%41%2d%2E%5f%7E?%7a%26#%30%c3", "https://a.example/A-._~?z%26#0%C3"),
            ("https://a.example/%2541", "https://a.example/%2541"),
            ("https://a.example/A?B#C", "https://a.example/A?B#C"),
            ("https://a.example/%2e%2e/b", "https://a.example/../b"),
            ("https://[2001:DB8:0:0:0:0:0:1]:443/", "https://[2001:db8::1]/"),
            ("https://[1:0:0:2:0:0:0:3]/", "https://[1:0:0:2::3]/"),
            ("https://[1:2:3:4:5:6:7::]/", "https://[1:2:3:4:5:6:7:0]/"),
            ("https://[::FFFF:192.0.2.1]/", "https://[::ffff:c000:201]/"),
            ("https://U%73er@A%42.example:/", "https://User@ab.example:/"),
            ("Com.Example.App://Host_1.:80/A", "com.example.app://host_1.:80/A"),
            ("com.example.app:/callback", "com.example.app:/callback"),
            ("https://127.1/", "https://127.1/"),
            ("https://[%31::]/", "https://[%31::]/"),
            ("https://[FE80::1%25a]/", "https://[FE80::1%25a]/"),
        ] {
            assert_eq!(normal(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn each_deviation_at_its_offset() {
        use DeviationKind as K;
        for (text, expected) in [
            ("httpS://a.example/", &[(K::UpperCaseScheme, 0)][..]),
            ("https://a.Example/", &[(K::UpperCaseHost, 8)]),
            ("https://[::A]/", &[(K::Ipv6Form, 8)]),
            ("https://[::ffff:1.2.3.4]/", &[(K::Ipv6Form, 8)]),
            ("https://a.example.:443/", &[(K::TrailingDot, 17), (K::DefaultPort, 19)]),
            ("http://a_b_c.example:80", &[(K::Underscore, 8), (K::DefaultPort, 21)]),
            ("https://a.example/%2F%5c", &[(K::EncodedSlash, 18), (K::EncodedSlash, 21)]),
            ("https://a.example/?%2F%5c", &[(K::LowerCaseHex, 22)]),
            (
                "https://a.example/%7e?%7E#%c3",
                &[(K::EncodedUnreserved, 18), (K::EncodedUnreserved, 22), (K::LowerCaseHex, 26)],
            ),
            ("https://%c3@%41.example/", &[(K::LowerCaseHex, 8), (K::EncodedUnreserved, 12)]),
        ] {
            assert_eq!(kinds(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn normal_uris_have_none() {
        for text in [
            "https://app.example.com/Callback?State=A%20B",
            "http://[::1]:8080/",
            "http://127.0.0.1",
            "https://a.example/%C3%BC/..",
            "com.example.app://oauth_callback./x",
            "urn:ietf:wg:oauth:2.0:oob",
            "https://[%31::A]/",
        ] {
            assert_eq!(kinds(text), Some(Vec::new()), "{text}");
            assert_eq!(normal(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_deviation_says_what_it_is() {
        let uri = Uri::parse("https://a.example:443/");
        let shown = uri.map(|uri| uri.deviations().iter().map(|found| format!("{found}")).collect::<Vec<_>>());
        assert_eq!(shown, Ok(vec![String::from("the port `443` is the default (byte 18)")]));
    }
}

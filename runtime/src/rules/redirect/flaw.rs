//! What can be wrong with any URI that a browser is sent to: redirect URIs and logout URIs.

use alloc::{format, string::String};
use core::ops::Range;

use crate::character::is_invisible;
use crate::uri::{HostProblem, PortProblem, Uri, UriError, UriErrorKind, check_host, check_port, is_loopback_host};

/// What is wrong with a URI, and what to write instead.
pub(in crate::rules) struct Flaw {
    /// The bytes of the URI that are wrong.
    pub bytes: Range<usize>,
    /// How a sentence goes on that begins with `redirect URI`.
    pub what: String,
    /// What to write instead.
    pub help: String,
}

/// Looks for one flaw.
pub(in crate::rules) type Question = fn(&Uri<'_>) -> Option<Flaw>;

/// What keeps a text from being an absolute URI.
pub(in crate::rules) fn unreadable(text: &str, error: &UriError) -> Flaw {
    if error.is_charset() { charset(text, error) } else { not_absolute(text, error) }
}

fn charset(text: &str, error: &UriError) -> Flaw {
    let start = error.offset;
    let mut why = error.problem();
    let (length, help) = match error.kind {
        UriErrorKind::EncodedControl(_) => {
            // In the case in which it was written.
            let written = text.get(start..start + 3).unwrap_or_default();
            why = format!("`{written}` is a control character");
            (3, String::from("remove it"))
        }
        UriErrorKind::MalformedEscape => (1, String::from("write a percent sign as `%25`")),
        _ => {
            let character = error.character().unwrap_or_default();
            (character.len_utf8(), instead_of(character, text, start))
        }
    };
    // The text is not quoted: what is wrong with it may be a character that disguises the message.
    Flaw { bytes: start..start + length, what: format!("is malformed: {why}"), help }
}

/// What to write instead of a character that no URI has.
fn instead_of(character: char, text: &str, offset: usize) -> String {
    let (before, after) = text.split_at_checked(offset).unwrap_or_default();
    let in_host = before.split_once("://").is_some_and(|(_, before)| !before.contains(['/', '?', '#']));
    let in_path = !in_host && !before.contains(['?', '#']);
    let scheme = before.split_once(':').map_or("", |(scheme, _)| scheme);
    match character {
        _ if is_dangerous_scheme(scheme) => instead_of_dangerous(),
        _ if is_invisible(character) || before.trim().is_empty() && character.is_whitespace() => {
            String::from("remove it")
        }
        _ if after.trim().is_empty() => String::from("remove it"),
        _ if (character.is_whitespace() || character == '|') && before.contains("://") && after.contains("://") => {
            String::from("write each URI as an entry of its own")
        }
        '{' if before.ends_with('$') => String::from(
            "nothing is replaced in a text: write the value itself, or in `clients!` join texts, \
             `\"https://\" + env(\"NAME\")`",
        ),
        '{' | '}' | '<' | '>' => without_templates(),
        '[' | ']' if in_host => String::from("write an IPv6 address between `[` and `]`, and nothing else"),
        '[' if in_path && after.contains(']') => without_templates(),
        '\\' => String::from("write `/`"),
        '#' => String::from("remove the fragment"),
        _ if in_host && !character.is_ascii() => String::from("write the host in its `xn--` form"),
        _ if in_host => String::from("remove it"),
        _ => {
            let escaped: String =
                character.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")).collect();
            format!("write it as `{escaped}`")
        }
    }
}

fn without_templates() -> String {
    String::from("write one URI for each value: nothing is replaced in it")
}

fn not_absolute(text: &str, error: &UriError) -> Flaw {
    let why = error.problem();
    let meant = match error.kind {
        UriErrorKind::NoAuthority => text.split_once(':').and_then(|(scheme, rest)| {
            let meant = format!("{scheme}://{}", rest.trim_start_matches('/'));
            Uri::parse(&meant).is_ok_and(|uri| has_host(&uri)).then_some(meant)
        }),
        UriErrorKind::BadScheme(_) => {
            completed(text).or_else(|| text.split_once("://").and_then(|(_, rest)| completed(rest)))
        }
        _ => completed(text),
    };
    let help = match (meant, error.kind) {
        (Some(meant), _) => write_instead(&meant),
        (None, UriErrorKind::BadScheme(_)) => {
            String::from("write a scheme of letters, digits, `+`, `-` and `.`, as in `com.example.app:/callback`")
        }
        (None, _) => String::from("write the full URI, such as `https://host/path`"),
    };
    let bytes = match error.kind {
        UriErrorKind::BadScheme(character) => error.offset..error.offset + character.len_utf8(),
        _ => 0..text.len(),
    };
    Flaw { bytes, what: format!("\"{text}\" is not absolute: {why}"), help }
}

/// The URI that was probably meant by `host/path`, `host:port/path` or `//host/path`.
pub(super) fn completed(text: &str) -> Option<String> {
    let rest = text.strip_prefix("//").unwrap_or(text);
    let meant = format!("https://{rest}");
    let uri = Uri::parse(&meant).ok().filter(has_host)?;
    let host = uri.host()?;
    if is_loopback_host(host) {
        return Some(format!("http://{rest}"));
    }
    host.contains('.').then_some(meant)
}

/// Whether host and port of an http(s) URI are what they must be.
fn has_host(uri: &Uri<'_>) -> bool {
    uri.host().is_some_and(|host| check_host(host).is_ok()) && uri.port().is_none_or(|port| check_port(port).is_ok())
}

/// Schemes that run code, read files, or hand the response to another program.
const DANGEROUS: &[&str] = &[
    "javascript",
    "data",
    "vbscript",
    "file",
    "about",
    "blob",
    "filesystem",
    "view-source",
    "mailto",
    "ftp",
    "ssh",
    "tel",
    "sms",
    "ws",
    "wss",
    "intent",
    "jar",
    "resource",
    "chrome",
];

pub(in crate::rules) fn is_dangerous(uri: &Uri<'_>) -> bool {
    is_dangerous_scheme(uri.scheme())
}

fn is_dangerous_scheme(scheme: &str) -> bool {
    DANGEROUS.iter().any(|dangerous| scheme.eq_ignore_ascii_case(dangerous))
}

fn instead_of_dangerous() -> String {
    String::from("use `https`, or for an installed app a scheme such as `com.example.app:/callback`")
}

pub(in crate::rules) fn dangerous_scheme(uri: &Uri<'_>) -> Option<Flaw> {
    let scheme = uri.scheme();
    is_dangerous(uri).then(|| Flaw {
        bytes: range_of(uri, scheme),
        what: format!("uses the scheme `{scheme}:`, which can run code or leak the response"),
        help: instead_of_dangerous(),
    })
}

pub(in crate::rules) fn fragment(uri: &Uri<'_>) -> Option<Flaw> {
    let bytes = before_and(uri, uri.fragment()?);
    Some(Flaw { what: format!("\"{uri}\" has a fragment"), help: write_instead(&spliced(uri, &bytes, "")), bytes })
}

pub(in crate::rules) fn userinfo(uri: &Uri<'_>) -> Option<Flaw> {
    let authority = uri.authority()?;
    let userinfo = range_of(uri, authority.userinfo?);
    let bytes = userinfo.start..userinfo.end + 1;
    // The URI is not quoted, since a password may stand there.
    Some(Flaw {
        what: format!("has user information before the host, which is `{}`", authority.host),
        help: write_instead(&spliced(uri, &bytes, "")),
        bytes,
    })
}

pub(in crate::rules) fn wildcard(uri: &Uri<'_>) -> Option<Flaw> {
    let authority = uri.authority()?;
    let (part, name) = [(Some(authority.host), "host"), (authority.port, "port")]
        .into_iter()
        .find_map(|(part, name)| Some((part.filter(|part| has_wildcard(part))?, name)))?;
    let star = uri.offset_of(part) + part.find('*')?;
    let help = if name == "port" && is_loopback_host(authority.host) && uri.scheme_is("http") {
        String::from(
            "list the URI for each port; with the host `127.0.0.1` or `[::1]`, leave the port out and any port matches",
        )
    } else {
        format!("list the URI for each {name}; matching is by equal bytes")
    };
    Some(Flaw { bytes: star..star + 1, what: format!("\"{uri}\" has a wildcard in its {name}"), help })
}

/// Whether it is for [`wildcard`] to speak of this host or port, and for nobody else.
pub(super) fn has_wildcard(part: &str) -> bool {
    part.contains('*')
}

/// What is wrong with the host of an http(s) URI.
pub(in crate::rules) fn host(uri: &Uri<'_>) -> Option<Flaw> {
    let host = uri.host().filter(|host| uri.is_web() && !has_wildcard(host))?;
    let problem = check_host(host).err()?;
    let whole = range_of(uri, host);
    let bytes = match problem {
        HostProblem::LabelTooLong { label }
        | HostProblem::LeadingHyphen { label }
        | HostProblem::TrailingHyphen { label } => range_of(uri, label),
        HostProblem::Character { character, offset } => {
            whole.start + offset..whole.start + offset + character.len_utf8()
        }
        HostProblem::Percent { offset } => whole.start + offset..whole.start + offset + 3,
        _ => whole.clone(),
    };
    let help = match (problem.suggestion(), problem) {
        (Some(host), _) => write_instead(&spliced(uri, &whole, &host)),
        (None, HostProblem::Empty) => String::from("write the host after `//`"),
        (None, HostProblem::EmptyLabel) => String::from("remove the surplus dot"),
        (None, HostProblem::LeadingHyphen { .. }) => String::from("remove the leading `-`"),
        (None, HostProblem::TrailingHyphen { .. }) => String::from("remove the trailing `-`"),
        (None, HostProblem::TooLong { .. } | HostProblem::LabelTooLong { .. }) => String::from("use a shorter name"),
        (None, HostProblem::Percent { .. }) => {
            String::from("write the host itself; a host with accents takes its `xn--` form")
        }
        (None, HostProblem::Ipv4 { .. }) => String::from("write a name, or four decimals from 0 to 255"),
        (None, _) => String::from("write a name such as `app.example.com`"),
    };
    let what = match problem {
        HostProblem::Empty => format!("\"{uri}\" has no host"),
        _ => format!("has the host `{host}`, which is not valid: {problem}"),
    };
    Some(Flaw { bytes, what, help })
}

/// What is wrong with the port of an http(s) URI.
pub(in crate::rules) fn port(uri: &Uri<'_>) -> Option<Flaw> {
    let port = uri.port().filter(|port| uri.is_web() && !has_wildcard(port))?;
    let problem = check_port(port).err()?;
    let decimal = port.trim_start_matches('0');
    let help = match problem {
        PortProblem::Empty => write_instead(&spliced(uri, &before_and(uri, port), "")),
        PortProblem::LeadingZero if check_port(decimal).is_ok() => {
            write_instead(&spliced(uri, &range_of(uri, port), decimal))
        }
        _ => String::from("write a port from 1 to 65535, or none"),
    };
    let what = match problem {
        PortProblem::Empty => format!("\"{uri}\" has no port after the `:`"),
        _ => format!("has the port `{port}`, which is not valid: {problem}"),
    };
    Some(Flaw { bytes: before_and(uri, port), what, help })
}

pub(in crate::rules) fn dot_segment(uri: &Uri<'_>) -> Option<Flaw> {
    let segment = uri.dot_segment()?;
    let resolved = spliced(uri, &range_of(uri, uri.path()), &uri.resolved_path());
    Some(Flaw {
        bytes: range_of(uri, segment),
        what: format!("\"{uri}\" has the path segment `{segment}`, which browsers resolve"),
        help: write_instead(&resolved),
    })
}

/// A scheme that is neither http nor https, where a page is meant.
pub(in crate::rules) fn not_web(uri: &Uri<'_>) -> Option<Flaw> {
    if uri.is_web() || is_dangerous(uri) {
        return None;
    }
    host_for_scheme(uri).or_else(|| {
        let scheme = uri.scheme();
        Some(Flaw {
            bytes: range_of(uri, scheme),
            what: format!("\"{uri}\" has the scheme `{scheme}:`, which is not `https:`"),
            help: String::from("write an absolute https URL, such as `https://host/path`"),
        })
    })
}

/// `localhost:3000/callback`, which by the letter has the scheme `localhost`.
pub(in crate::rules) fn host_for_scheme(uri: &Uri<'_>) -> Option<Flaw> {
    let first = uri.path().split('/').next().unwrap_or_default();
    if uri.is_web() || uri.authority().is_some() || check_port(first).is_err() {
        return None;
    }
    let scheme = uri.scheme();
    let meant = completed(uri.as_str()).unwrap_or_else(|| format!("https://{uri}"));
    Some(Flaw {
        bytes: range_of(uri, scheme),
        what: format!("\"{uri}\" has no scheme: its host is read as the scheme `{scheme}:`"),
        help: write_instead(&meant),
    })
}

/// Where a part of the URI is.
pub(super) fn range_of(uri: &Uri<'_>, part: &str) -> Range<usize> {
    let start = uri.offset_of(part);
    start..start + part.len()
}

/// Where a part of the URI is, with the mark before it.
fn before_and(uri: &Uri<'_>, part: &str) -> Range<usize> {
    let Range { start, end } = range_of(uri, part);
    start.saturating_sub(1)..end
}

/// The URI with something else in place of some bytes.
pub(super) fn spliced(uri: &Uri<'_>, bytes: &Range<usize>, new: &str) -> String {
    let part = |text: Option<&str>| String::from(text.unwrap_or_default());
    part(uri.as_str().get(..bytes.start)) + new + uri.as_str().get(bytes.end..).unwrap_or_default()
}

/// A help that is nothing but the right text.
pub(in crate::rules) fn write_instead(text: &str) -> String {
    format!("write \"{text}\"")
}

//! The URI syntax against the `url` crate, which reads URLs as browsers do (the WHATWG's URL standard).
//!
//! The two must agree where nothing is repaired. Where they part on texts that RFC 3986 allows:
//! - `url` resolves dot segments; we leave the path, so generated paths have none;
//! - `url` writes `'` in the query of an http(s) URL as `%27`; RFC 3986 has it as it is, so generated queries have none;
//! - `url` decodes and repairs no escape, we do in the normal form: generated escapes are in normal form;
//! - `url` gives an empty path a `/`: generated paths begin with one;
//! - `url` refuses an `xn--` label that decodes to nothing sensible; we know no Punycode: generated labels have none.

use core::net::Ipv6Addr;
use guestlist_runtime::uri::{Uri, check_host, check_port, parse_origin};
use proptest::{collection::vec, option, prelude::*, sample::select};
use url::Url;

/// A text in the lower or the upper case, letter by letter.
fn in_any_case(text: String) -> impl Strategy<Value = String> {
    vec(any::<bool>(), text.len()).prop_map(move |upper| {
        let letters = text.chars().zip(upper);
        letters.map(|(letter, upper)| if upper { letter.to_ascii_uppercase() } else { letter }).collect()
    })
}

/// A host, as it may be written; all of them have one normal form, and both parsers know it.
fn host() -> impl Strategy<Value = String> {
    let name = "([a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?\\.){0,3}[a-z]([a-z0-9-]{0,5}[a-z0-9])?"
        .prop_filter("`url` decodes Punycode", |name| !name.contains("xn--"));
    // Zeros often enough for `::` to matter.
    let groups = prop::array::uniform8(prop_oneof![Just(0), any::<u16>()]);
    prop_oneof![
        name.prop_flat_map(in_any_case),
        any::<[u8; 4]>().prop_map(|bytes| bytes.map(|byte| byte.to_string()).join(".")),
        groups.clone().prop_map(|groups| format!("[{}]", groups.map(|group| format!("{group:04X}")).join(":"))),
        groups.prop_map(|groups| format!("[{}]", Ipv6Addr::from(groups))),
    ]
}

/// A run of characters and escapes in normal form.
fn run(characters: &'static str, up_to: usize) -> impl Strategy<Value = String> {
    let escape = select(vec!["%20", "%25", "%2B", "%3A", "%C3%BC", "%FF"]).prop_map(String::from);
    let character = select(characters.chars().collect::<Vec<_>>()).prop_map(String::from);
    vec(prop_oneof![9 => character, 1 => escape], 0..up_to).prop_map(|parts| parts.concat())
}

fn path() -> impl Strategy<Value = String> {
    let segment = run("abcXYZ019-._~!$&'()*+,;=:@", 6).prop_filter("a dot segment", |s| s != "." && s != "..");
    vec(segment, 1..5).prop_map(|segments| format!("/{}", segments.join("/")))
}

/// An http(s) URI whose scheme, host and port are written in any way, and the rest in the only one.
#[derive(Debug)]
struct Parts {
    scheme: String,
    host: String,
    port: Option<u16>,
    path: String,
    query: Option<String>,
    fragment: Option<String>,
}

impl Parts {
    fn text(&self) -> String {
        let Self { scheme, host, port, path, query, fragment } = self;
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let query = query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        let fragment = fragment.as_ref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
        format!("{scheme}://{host}{port}{path}{query}{fragment}")
    }
}

fn parts() -> impl Strategy<Value = Parts> {
    let scheme = select(vec!["http", "https"]).prop_map(String::from).prop_flat_map(in_any_case);
    let port = option::of(prop_oneof![Just(80), Just(443), 1..=u16::MAX]);
    let rest = "abcXYZ019-._~!$&()*+,;=:@/?";
    (scheme, host(), port, path(), option::of(run(rest, 8)), option::of(run(rest, 8)))
        .prop_map(|(scheme, host, port, path, query, fragment)| Parts { scheme, host, port, path, query, fragment })
}

/// A few of the pieces, in a row.
fn some_of(pieces: &'static [&'static str], up_to: usize) -> impl Strategy<Value = String> {
    vec(select(pieces), 0..up_to).prop_map(|pieces| pieces.concat())
}

/// Texts that are nearly URIs, put together from what URIs are made of and what breaks them.
fn nearly() -> impl Strategy<Value = String> {
    const MARKS: &[&str] = &[
        ":", "//", "/", "/", ".", "..", "%2e", "%2F", "%41", "%c3", "%C3", "%20", "%", "%0a", "a", "B", "0", "[::1]",
        "[", "]", "@", ":80", "?", "&", "=", "#", "'", "*", "_", "-", "~", "+", ";", "\\", "\t", " ", "|", "é",
        "https",
    ];
    const REST: &[&str] =
        &["a", "b", "0", "/", "/", "..", ".", "~", "-", "_", "*", "%20", "%2F", "'", ":", "@", "?", "="];
    const HOSTS: &[&str] = &[
        "a.b",
        "a-b.example",
        "0x.a1",
        "1.2.3.4",
        "1.2.3",
        "127.1",
        "a.1",
        "256.1.1.1",
        "a_b",
        "A.b",
        "a.b.",
        "[::1]",
        "[1:0::2]",
        "[1::2]",
        "[::]",
        "[::ffff:1.2.3.4]",
        "[::ffff:102:304]",
        "[1::2::3]",
        "[%31::2]",
        "0x100000000",
        "*.a",
        "a%2Eb",
        "a.%41",
    ];
    const HOST: &[&str] = &["a", "b", "B", "0", "1", "255", "0x", "xn--a", ".", ".", ".", "-", "_", "::", "\u{3002}"];
    const PORT: &[&str] = &[
        "", "", "", "", "", "", "", ":8443", ":", ":0", ":1", ":80", ":080", ":443", ":8080", ":65535", ":65536", ":x",
    ];
    const SCHEME: &[&str] = &["https://", "https://", "https://", "http://", "HTTP://", "https:/", "com.example:", ""];
    let scheme = select(SCHEME);
    let host = prop_oneof![select(HOSTS).prop_map(String::from), some_of(HOST, 6)];
    let written = (scheme.clone(), host, select(PORT), some_of(REST, 6))
        .prop_map(|(scheme, host, port, rest)| format!("{scheme}{host}{port}/{rest}"));
    let scrambled = (scheme, some_of(MARKS, 9)).prop_map(|(scheme, rest)| scheme.to_owned() + &rest);
    prop_oneof![2 => written, 1 => scrambled]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    /// No text makes it panic, and every offset it quotes lies within the text.
    #[test]
    fn uri_of_any_text(text in prop_oneof![any::<String>(), nearly()]) {
        let _ = check_host(&text).map_err(|problem| (problem.to_string(), problem.suggestion()));
        let _ = check_port(&text).map_err(|problem| problem.to_string());
        let _ = parse_origin(&text).map_err(|error| error.to_string());
        match Uri::parse(&text) {
            Err(error) => {
                prop_assert!(text.get(error.offset..).is_some(), "{error:?}");
                prop_assert!(!error.to_string().is_empty());
            }
            Ok(uri) => {
                for part in [uri.scheme(), uri.path()].into_iter().chain(uri.host()).chain(uri.port())
                    .chain(uri.query()).chain(uri.fragment()).chain(uri.dot_segment())
                {
                    prop_assert!(text.get(uri.offset_of(part)..).is_some_and(|rest| rest.starts_with(part)));
                }
                for parameter in uri.parameters() {
                    prop_assert!(text.get(parameter.offset..).is_some_and(|rest| rest.starts_with(parameter.raw_name)));
                }
                let _ = (uri.resolved_path(), uri.origin().map(|origin| origin.to_string()));
            }
        }
    }

    /// The normal form is a URI, is its own normal form, and differs from the text only where a deviation says so.
    #[test]
    fn uri_normal_form_is_final(text in nearly()) {
        if let Ok(uri) = Uri::parse(&text) {
            let normal = uri.normal_form();
            let again = Uri::parse(&normal).map(|uri| uri.normal_form());
            prop_assert_eq!(again.as_deref(), Ok(normal.as_str()));
            if uri.deviations().is_empty() {
                prop_assert_eq!(normal, text);
            }
        }
    }

    /// Nothing here needs repair, so the parts are the same; scheme, host and port have one normal form in both.
    #[test]
    fn uri_agrees_with_url(parts in parts()) {
        let text = parts.text();
        let (uri, url) = (Uri::parse(&text), Url::parse(&text));
        let (Ok(uri), Ok(url)) = (uri, url) else { return Err(TestCaseError::fail(text)) };
        prop_assert_eq!(uri.scheme(), &parts.scheme);
        prop_assert_eq!(uri.host(), Some(parts.host.as_str()));
        let port = uri.port().map(check_port).transpose();
        prop_assert_eq!(port, Ok(parts.port));
        prop_assert_eq!(uri.path(), url.path());
        prop_assert_eq!(uri.query(), url.query());
        prop_assert_eq!(uri.fragment(), url.fragment());
        let names: Vec<_> = uri.parameters().map(|parameter| parameter.name).collect();
        let expected: Vec<_> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        prop_assert_eq!(names, expected);

        let normal = uri.normal_form();
        prop_assert_eq!(&normal, url.as_str());
        let normal = Uri::parse(&normal);
        prop_assert_eq!(normal.map(|uri| uri.host()).ok().flatten(), url.host_str());
        let origin = uri.origin().map(|origin| origin.to_string());
        prop_assert_eq!(origin, Some(url.origin().ascii_serialization()));
    }

    /// Dot segments, plain and encoded: the path we propose is the one that browsers make of it.
    #[test]
    fn uri_dot_segments_resolve_as_in_url(
        segments in vec(select(vec![".", "..", "%2e", ".%2E", "%2e%2e", "...", "", "a", "b"]), 1..7),
    ) {
        let text = format!("https://a.example/{}", segments.join("/"));
        let (Ok(uri), Ok(url)) = (Uri::parse(&text), Url::parse(&text)) else { return Err(TestCaseError::fail(text)) };
        prop_assert_eq!(uri.resolved_path(), url.path());
        prop_assert_eq!(uri.dot_segment().is_none(), uri.path() == url.path());
    }

    /// Whatever number-like host `url` takes for an IPv4 address, we take only in its plain form, and name that.
    #[test]
    fn uri_hosts_that_are_numbers(
        numbers in vec(select(vec!["0", "1", "255", "256", "00", "01", "08", "010", "0x", "0xFf", "0x7f000001", "65536"]), 1..5),
    ) {
        let host = numbers.join(".");
        let suggestion = check_host(&host).err().map(|problem| problem.suggestion());
        match Url::parse(&format!("https://{host}/")) {
            Err(_) => prop_assert_eq!(suggestion, Some(None)),
            Ok(url) => match url.host_str() {
                Some("0.0.0.0") => prop_assert_eq!(suggestion, Some(Some("127.0.0.1".into()))),
                plain if plain == Some(&host) => prop_assert_eq!(suggestion, None),
                plain => prop_assert_eq!(suggestion, Some(plain.map(String::from))),
            },
        }
    }

    /// A browser leaves alone what we call canonical; otherwise it would not come back byte for byte.
    #[test]
    fn uri_called_canonical_is_left_alone_by_url(text in nearly()) {
        let Ok(uri) = Uri::parse(&text) else { return Ok(()) };
        let Some(authority) = uri.authority().filter(|_| uri.is_web()) else { return Ok(()) };
        let canonical = authority.userinfo.is_none()
            && check_host(authority.host).is_ok()
            && authority.port.is_none_or(|port| check_port(port).is_ok())
            && uri.dot_segment().is_none()
            && uri.deviations().is_empty();
        let comparable = !uri.path().is_empty()
            && !uri.query().is_some_and(|query| query.contains('\''))
            && !authority.host.contains("xn--");
        if canonical && comparable {
            prop_assert_eq!(Url::parse(&text).map(String::from), Ok(text));
        }
    }

    /// A character that `url` drops, turns or encodes is refused where it stands, whatever `url` makes of the text.
    #[test]
    fn uri_repairs_nothing(
        parts in parts(),
        at in any::<prop::sample::Index>(),
        character in prop_oneof![
            select(vec!['\t', '\n', '\r', ' ', '\\', '"', '<', '>', '^', '`', '{', '|', '}', '\0', '\u{7F}', '\u{AD}', '。']),
            prop::char::range('\u{80}', char::MAX),
        ],
    ) {
        let text = parts.text();
        // Not into an escape: there the `%` before it is at fault.
        let at = at.index(text.len() + 1);
        let after_escape = text.get(..at).is_some_and(|before| before.chars().rev().take(2).any(|c| c == '%'));
        if let (Some(before), Some(after), false) = (text.get(..at), text.get(at..), after_escape) {
            let broken = format!("{before}{character}{after}");
            let error = Uri::parse(&broken).err();
            prop_assert_eq!(error.map(|error| error.offset), Some(at));
            prop_assert_eq!(error.and_then(|error| error.character()), Some(character));
        }
    }
}

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::*;
use alloc::{format, string::ToString, vec};

fn error(text: &str) -> Option<(UriErrorKind, usize)> {
    Uri::parse(text).err().map(|error| (error.kind, error.offset))
}

fn authority(text: &str) -> Option<(Option<&str>, &str, Option<&str>)> {
    let authority = Uri::parse(text).ok()?.authority()?;
    Some((authority.userinfo, authority.host, authority.port))
}

#[test]
fn all_parts_and_where_they_are() {
    let uri = Uri::parse("https://me:pw@a.example:80/a/b?c=?d#e/?f").unwrap();
    assert_eq!(uri.as_str(), "https://me:pw@a.example:80/a/b?c=?d#e/?f");
    let authority = uri.authority().unwrap();
    let parts = [
        (Some(uri.scheme()), "https", 0),
        (authority.userinfo, "me:pw", 8),
        (uri.host(), "a.example", 14),
        (uri.port(), "80", 24),
        (Some(uri.path()), "/a/b", 26),
        (uri.query(), "c=?d", 31),
        (uri.fragment(), "e/?f", 36),
    ];
    for (part, text, offset) in parts {
        assert_eq!(part, Some(text));
        assert_eq!(part.map(|part| uri.offset_of(part)), Some(offset), "{text}");
    }
}

#[test]
fn empty_parts_are_there_and_absent_ones_are_not() {
    let uri = Uri::parse("https://a.example:?#").unwrap();
    assert_eq!((uri.port(), uri.path(), uri.query(), uri.fragment()), (Some(""), "", Some(""), Some("")));
    assert_eq!(uri.offset_of(uri.path()), 18);
    assert_eq!(uri.fragment().map(|fragment| uri.offset_of(fragment)), Some(20));

    let uri = Uri::parse("https://a.example").unwrap();
    assert_eq!((uri.port(), uri.path(), uri.query(), uri.fragment()), (None, "", None, None));
    assert_eq!(uri.offset_of(uri.path()), 17);
    assert_eq!(uri.offset_of("https"), 0);
    assert_eq!(uri.offset_of("elsewhere"), 0);
}

#[test]
fn authorities() {
    for (text, expected) in [
        ("https:///x", (None, "", None)),
        ("https://?x", (None, "", None)),
        ("https://a#@b", (None, "a", None)),
        ("https://a?@b", (None, "a", None)),
        ("https://a/@b:1", (None, "a", None)),
        ("https://@b", (Some(""), "b", None)),
        ("https://a@b@c", (Some("a@b"), "c", None)),
        ("https://a:1@b:2", (Some("a:1"), "b", Some("2"))),
        ("https://[::1]", (None, "[::1]", None)),
        ("https://[::1]:", (None, "[::1]", Some(""))),
        ("https://u@[::1]:8", (Some("u"), "[::1]", Some("8"))),
        ("https://::1", (None, "::1", None)),
        ("https://a:b:c", (None, "a:b:c", None)),
        ("https://*.a:*", (None, "*.a", Some("*"))),
        ("com.example.app://callback", (None, "callback", None)),
    ] {
        assert_eq!(authority(text), Some(expected), "{text}");
    }
    assert_eq!(authority("com.example.app:/callback"), None);
    assert_eq!(authority("urn:a://b"), None);
}

#[test]
fn every_character_that_may_stand() {
    for text in [
        "https://a.example/-._~!$&'()*+,;=:@/A9%20%7E?-._~!$&'()*+,;=:@/?#-._~!$&'()*+,;=:@/?",
        "a+b-c.1:x",
        "https://a.example/%FF%80%20",
    ] {
        assert_eq!(error(text), None, "{text}");
    }
}

#[test]
fn every_character_that_may_not() {
    for character in ['\\', '"', '<', '>', '^', '{', '}', '|', '`', ' ', '\t', '\n', '\0', '\u{7F}', 'é', '\u{202E}'] {
        for (before, after) in [("https://a", ".example/"), ("https://a.example/", ""), ("x:?", "#"), ("", "")] {
            let text = format!("{before}{character}{after}");
            assert_eq!(error(&text), Some((UriErrorKind::Forbidden(character), before.len())), "{text:?}");
        }
    }
    assert_eq!(error("https://a/#b#c"), Some((UriErrorKind::Forbidden('#'), 12)));
}

#[test]
fn escapes() {
    for text in ["https://a/%", "https://a/%4", "https://a/%4g", "https://a/%+1", "https://a/%%41", "https://a/%é"] {
        assert_eq!(error(text), Some((UriErrorKind::MalformedEscape, 10)), "{text}");
    }
    for (escape, byte) in [("%00", 0), ("%0a", 10), ("%1F", 31), ("%7f", 127)] {
        assert_eq!(error(&format!("https://a/?{escape}")), Some((UriErrorKind::EncodedControl(byte), 11)));
    }
}

#[test]
fn brackets() {
    for (text, bracket, offset) in [
        ("https://a/[b]", '[', 10),
        ("https://a?b[0]=1", '[', 11),
        ("https://a#]", ']', 10),
        ("https://[::1", '[', 8),
        ("https://[::1]x/", '[', 8),
        ("https://[[::1]]/", '[', 8),
        ("https://::1]/", ']', 11),
        ("https://[a]@b/", '[', 8),
        ("https://[::1]:[/", '[', 14),
        ("https:[::1]", '[', 6),
        ("[::1]", '[', 0),
    ] {
        assert_eq!(error(text), Some((UriErrorKind::MisplacedBracket(bracket), offset)), "{text}");
    }
    assert_eq!(error("https://[::1] /"), Some((UriErrorKind::Forbidden(' '), 13)));
    // What is in the brackets is for `check_host`.
    assert_eq!(error("https://[x]/"), None);
}

#[test]
fn texts_that_are_not_absolute() {
    for text in ["", "/", "//a/b", "a/b", "a/b:c", "?a:b", "#a:b", ":a", "://a", "example.com/cb", "*"] {
        assert_eq!(error(text), Some((UriErrorKind::NoScheme, 0)), "{text}");
    }
    assert_eq!(error("1a:b"), Some((UriErrorKind::BadScheme('1'), 0)));
    assert_eq!(error("-a:b"), Some((UriErrorKind::BadScheme('-'), 0)));
    assert_eq!(error("my_app://b"), Some((UriErrorKind::BadScheme('_'), 2)));
    assert_eq!(error("*://b"), Some((UriErrorKind::BadScheme('*'), 0)));
    for text in ["https:", "https:a", "https:/a", "HTTPS:?//a", "https:#"] {
        assert_eq!(error(text), Some((UriErrorKind::NoAuthority, 6)), "{text}");
    }
    assert_eq!(error("a:"), None);
    assert_eq!(error("localhost:3000/cb"), None, "a scheme, by the letter");
}

#[test]
fn characters_come_before_absoluteness() {
    assert_eq!(error("/a b"), Some((UriErrorKind::Forbidden(' '), 2)));
    assert_eq!(error("my_app:/%"), Some((UriErrorKind::MalformedEscape, 8)));
    assert_eq!(error("https:\\\\a"), Some((UriErrorKind::Forbidden('\\'), 6)));
}

#[test]
fn errors_say_what_and_where() {
    let shown = |text| Uri::parse(text).map_err(|error| error.to_string()).err();
    for (text, expected) in [
        ("a b", "a space is not allowed in a URI (byte 1)"),
        ("a:\u{202E}", "U+202E is not allowed in a URI (byte 2)"),
        ("a:é", "`é` is not allowed in a URI (byte 2)"),
        ("a:`", "a backtick is not allowed in a URI (byte 2)"),
        ("a:#b#", "a second `#` is not allowed in a URI (byte 4)"),
        ("a:%1f", "`%1F` is a control character (byte 2)"),
        ("a:%g", "`%` is not followed by two hexadecimal digits (byte 2)"),
        ("a:]", "`]` is only allowed round an IPv6 host (byte 2)"),
        ("", "it has no scheme"),
        ("a_b:c", "`_` is not allowed in a scheme (byte 1)"),
        ("http:a", "`//` is missing after the scheme (byte 5)"),
    ] {
        assert_eq!(shown(text).as_deref(), Some(expected));
    }
    assert_eq!(Uri::parse("a:%0A").err().and_then(|error| error.character()), Some('\n'));
    assert_eq!(Uri::parse("a_b:c").err().map(|error| error.is_charset()), Some(false));
}

#[test]
fn schemes_have_no_case() {
    let uri = Uri::parse("HttP://a").unwrap();
    assert_eq!(uri.scheme(), "HttP");
    assert!(uri.scheme_is("http") && uri.is_web() && !uri.scheme_is("https"));
    assert!(!Uri::parse("httpsx:a").unwrap().is_web());
}

#[test]
fn dot_segments() {
    for (path, segment, offset, resolved) in [
        ("/.", ".", 11, "/"),
        ("/..", "..", 11, "/"),
        ("/a/./b", ".", 13, "/a/b"),
        ("/a/../b", "..", 13, "/b"),
        ("/a/b/..", "..", 15, "/a/"),
        ("/a/b/.", ".", 15, "/a/b/"),
        ("/a/b/../..", "..", 15, "/"),
        ("/../../a", "..", 11, "/a"),
        ("/a//../b", "..", 14, "/a/b"),
        ("/%2e", "%2e", 11, "/"),
        ("/a/%2E%2e/b", "%2E%2e", 13, "/b"),
        ("/a/.%2e/b", ".%2e", 13, "/b"),
    ] {
        let text = format!("https://ab{path}");
        let uri = Uri::parse(&text).unwrap();
        let found = uri.dot_segment().map(|segment| (segment, uri.offset_of(segment)));
        assert_eq!(found, Some((segment, offset)), "{text}");
        assert_eq!(uri.resolved_path(), resolved, "{text}");
    }
    for path in ["", "/", "/...", "/.a", "/a.", "/%2e%2e%2e", "/%2ea", "//", "/a//b/", "/%252e", "/?/../", "/#/./"] {
        let text = format!("https://ab{path}");
        let uri = Uri::parse(&text).unwrap();
        assert_eq!(uri.dot_segment(), None, "{text}");
        assert_eq!(uri.resolved_path(), uri.path(), "{text}");
    }
    assert_eq!(Uri::parse("com.example.app:a/../b").map(|uri| uri.resolved_path()), Ok("b".to_string()));
}

#[test]
fn parameters() {
    let names = |text| {
        let uri = Uri::parse(text).unwrap();
        uri.parameters().map(|p| (p.raw_name, p.name, p.offset)).collect::<Vec<_>>()
    };
    assert_eq!(
        names("https://a/?code&st%61te=1&&a+b==&=x&%C3%BC=;y=1#z=1"),
        vec![
            ("code", "code".to_string(), 11),
            ("st%61te", "state".to_string(), 16),
            ("a+b", "a b".to_string(), 27),
            ("", "".to_string(), 33),
            ("%C3%BC", "ü".to_string(), 36),
        ]
    );
    assert_eq!(names("https://a/?%FF").first().map(|(_, name, _)| name.as_str()), Some("\u{FFFD}"));
    assert_eq!(names("https://a/?"), vec![]);
    assert_eq!(names("https://a/"), vec![]);
}

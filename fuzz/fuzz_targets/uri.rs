//! URIs and origins, in any text: every part lies where it is said to, the normal form is final, and what passes the
//! checks means to a browser what it means to us.
#![no_main]

use guestlist_runtime::uri::{
    OriginError, Uri, check_host, check_port, ip_address, is_localhost_name, is_loopback_host, parse_origin,
};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|text: &str| {
    host_and_port(text);
    origin(text);
    match Uri::parse(text) {
        Ok(uri) => {
            parts(&uri);
            normal_form(&uri);
            browser(&uri);
        }
        Err(error) => {
            let rest = text.get(error.offset..);
            assert!(rest.is_some(), "{error:?}");
            assert!(!error.to_string().is_empty());
        }
    }
});

/// What is proposed instead of a host is one.
fn host_and_port(text: &str) {
    let _ = (ip_address(text), is_localhost_name(text), is_loopback_host(text));
    if let Err(problem) = check_host(text) {
        assert!(!problem.to_string().is_empty());
        if let Some(suggestion) = problem.suggestion() {
            assert_eq!(check_host(&suggestion), Ok(()), "{problem:?}");
        }
    }
    match check_port(text) {
        Ok(port) => assert_eq!(port.to_string(), text),
        Err(problem) => assert!(!problem.to_string().is_empty()),
    }
}

/// An origin is all of its text, and what is proposed instead of one is one.
fn origin(text: &str) {
    match parse_origin(text) {
        Ok(uri) => {
            assert_eq!((uri.as_str(), uri.path(), uri.query(), uri.fragment()), (text, "", None, None));
            assert!(uri.authority().is_some_and(|authority| authority.userinfo.is_none()));
        }
        Err(OriginError::NotOrigin { surplus, offset, origin }) => {
            assert!(text.get(offset..).is_some_and(|rest| rest.starts_with(surplus)));
            if let Some(origin) = origin {
                assert_eq!(parse_origin(&origin).map(|uri| uri.as_str()), Ok(origin.as_str()));
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Put together again, the parts are the text; each lies where it is said to.
fn parts(uri: &Uri<'_>) {
    assert_eq!(Uri::parse(uri.as_str()).as_ref(), Ok(uri));
    let authority = uri.authority();
    let marked = [
        ("", Some(uri.scheme()), ":"),
        ("//", authority.map(|_| ""), ""),
        ("", authority.and_then(|authority| authority.userinfo), "@"),
        ("", uri.host(), ""),
        (":", uri.port(), ""),
        ("", Some(uri.path()), ""),
        ("?", uri.query(), ""),
        ("#", uri.fragment(), ""),
    ];
    let mut text = String::new();
    for (before, part, after) in marked {
        let Some(part) = part else { continue };
        text.push_str(before);
        if !part.is_empty() {
            assert_eq!(uri.offset_of(part), text.len(), "{part:?}");
        }
        text.push_str(part);
        text.push_str(after);
    }
    assert_eq!(text, uri.as_str());
    for parameter in uri.parameters() {
        assert!(uri.as_str().get(parameter.offset..).is_some_and(|rest| rest.starts_with(parameter.raw_name)));
    }
    assert_eq!(uri.dot_segment().is_none(), uri.resolved_path() == uri.path());
}

/// The normal form is a URI and its own normal form; it differs from the text only where a deviation says so, and
/// never in what a browser calls the origin.
fn normal_form(uri: &Uri<'_>) {
    let normal = uri.normal_form();
    let Ok(again) = Uri::parse(&normal) else { panic!("{normal:?}") };
    assert_eq!(again.normal_form(), normal);
    let deviations = uri.deviations();
    for deviation in &deviations {
        assert!(uri.as_str().get(deviation.offset..).is_some_and(|rest| rest.starts_with(deviation.text)));
        assert!(!deviation.to_string().is_empty());
    }
    assert!(deviations.is_sorted_by_key(|deviation| deviation.offset));
    if deviations.is_empty() {
        assert_eq!(normal, uri.as_str());
    }
}

/// A browser sees the host and the origin that we see, and leaves alone what we call canonical.
fn browser(uri: &Uri<'_>) {
    let Some(authority) = uri.authority().filter(|_| uri.is_web()) else { return };
    let is_usable = check_host(authority.host).is_ok() && authority.port.is_none_or(|port| check_port(port).is_ok());
    // `url` decodes Punycode and refuses what decodes to nothing sensible; we know none.
    if !is_usable || authority.host.to_ascii_lowercase().contains("xn--") {
        return;
    }
    let Ok(url) = Url::parse(uri.as_str()) else { panic!("{uri} is refused") };
    let origin = uri.origin();
    assert_eq!(origin.as_ref().map(|origin| origin.host.as_str()), url.host_str());
    assert_eq!(origin.map(|origin| origin.to_string()), Some(url.origin().ascii_serialization()));
    if is_loopback_host(authority.host) {
        assert!(matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")));
    }
    // `url` takes `a:` for a drive and resolves no `..` after it; the standard does so for `file` alone.
    let has_drive = uri.path().split('/').any(|segment| segment.len() == 2 && segment.ends_with(':'));
    if uri.dot_segment().is_some() && !has_drive {
        assert_eq!(uri.resolved_path(), url.path());
    }
    let is_canonical = authority.userinfo.is_none() && uri.dot_segment().is_none() && uri.deviations().is_empty();
    // `url` gives an empty path a slash, and writes `'` in a query as `%27`; RFC 3986 has neither.
    let is_comparable = !uri.path().is_empty() && !uri.query().is_some_and(|query| query.contains('\''));
    if is_canonical && is_comparable {
        assert_eq!(url.as_str(), uri.as_str());
    }
}

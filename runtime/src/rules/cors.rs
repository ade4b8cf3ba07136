//! Rules about CORS origins.

use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::ops::Range;

use super::redirect::{self, Flaw, PlainHttp, plain_http};
use super::{Case, Check, ERROR, Found, Level, Place, Rule, STRICTER, WARNING, message, nearest};
use crate::uri::{
    HostProblem, Origin, OriginError, Uri, UriErrorKind, check_host, check_port, is_loopback_host, parse_origin,
};
use crate::{ApplicationType, GrantType, List, Server, Setting, Text};

pub(super) static RULES: &[&Rule] = &[
    &CORS_ORIGIN_INVALID,
    &CORS_ORIGIN_WILDCARD,
    &CORS_ORIGIN_NEVER_MATCHES,
    &CORS_ORIGIN_HTTP,
    &CORS_ORIGIN_MISSING,
    &CORS_ORIGIN_UNMATCHED,
    &CORS_ORIGIN_SCHEME,
];

static CORS_ORIGIN_INVALID: Rule = Rule {
    name: "cors_origin_invalid",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6454 §6.2; Fetch §3.2",
    protects: "Browsers send scheme, host and port, and nothing more. A listed origin with anything else never matches, and scripts are locked out.",
    wrong: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com/"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(invalid),
};

static CORS_ORIGIN_WILDCARD: Rule = Rule {
    name: "cors_origin_wildcard",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "Fetch §3.3.3; RFC 6454 §6.2",
    protects: "Pages of any site can have the origin `null`, and a wildcard stands for any site. Whoever's page the user opens could call the server for this client.",
    wrong: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://*.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, text) in listed(case) {
            if let Some((what, bytes)) = any_site(text) {
                let help = message!["list each origin, as in `https://app.example.com`"];
                found.report(case, place, message![what], help).bytes(bytes);
            }
        }
    }),
};

static CORS_ORIGIN_NEVER_MATCHES: Rule = Rule {
    name: "cors_origin_never_matches",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6454 §4, §6.2; Fetch §3.2",
    protects: "Origins are compared byte for byte with what browsers send. They never send this form, so scripts are locked out.",
    wrong: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com:443"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(never_matches),
};

static CORS_ORIGIN_HTTP: Rule = Rule {
    name: "cors_origin_http",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[(Level::Warning, "a host of `insecure_http_hosts`")],
    standard: "OAuth 2.1 §1.5; RFC 6454 §3.2",
    protects: "Anyone on the network path can change a page that is loaded over plain http, and call the server for this client from it.",
    wrong: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com", "http://admin.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com", "http://localhost:5000"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, uri) in origins(case) {
            let Some(plain) = plain_http(&uri, case.server) else { continue };
            let help = plain.help("use `https`; anyone on the network can run script in that origin");
            let finding = found
                .report(case, place, message![format!("origin \"{uri}\" is plain http")], message![help])
                .bytes(0..uri.scheme().len());
            if plain == PlainHttp::Listed {
                finding.level(Level::Warning);
            }
        }
    }),
};

static CORS_ORIGIN_MISSING: Rule = Rule {
    name: "cors_origin_missing",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "Fetch §3.3; RFC 9700 §2.6",
    protects: "An application in a browser calls the token endpoint from its own origin. Where that is not listed, the browser withholds the answer.",
    wrong: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[
        Setting::RedirectUris,
        Setting::AllowedCorsOrigins,
        Setting::RequireClientSecret,
        Setting::AllowedGrantTypes,
        Setting::ApplicationType,
    ],
    check: Check::Client(missing),
};

static CORS_ORIGIN_UNMATCHED: Rule = Rule {
    name: "cors_origin_unmatched",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "Fetch §3.3",
    protects: "An origin that is off by a letter locks the application out, and lets in whoever owns the other name.",
    wrong: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com", "https://ap.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com", "https://admin.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::RedirectUris, Setting::AllowedGrantTypes, Setting::ApplicationType],
    check: Check::Client(unmatched),
};

static CORS_ORIGIN_SCHEME: Rule = Rule {
    name: "cors_origin_scheme",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 6454 §4",
    protects: "Only the web view of an app or an extension has an origin with another scheme. Anywhere else it is a slip, and scripts are locked out.",
    wrong: r#"Server { warn: [pedantic] },
Client {
    client_id: "spa",
    client_name: "App",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com", "capacitor://localhost"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { warn: [pedantic] },
Client {
    client_id: "spa",
    client_name: "App",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com", "https://localhost"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, uri) in origins(case).filter(|(_, uri)| !uri.is_web() && uri.authority().is_some()) {
            found
                .report(
                    case,
                    place,
                    message![format!("origin scheme `{}` is not a web scheme", uri.scheme())],
                    message!["this is right for the web view of an app; otherwise write `https`"],
                )
                .bytes(0..uri.scheme().len());
        }
    }),
};

/// The origins as written, with their places.
fn listed<'a>(case: &Case<'a>) -> impl Iterator<Item = (Place, &'a Text)> {
    let origins = &case.client.allowed_cors_origins;
    origins.iter().enumerate().map(|(at, text)| (Place::Item(Setting::AllowedCorsOrigins, at), text))
}

/// The origins that a browser can send, and that do not stand for any site.
fn origins<'a>(case: &Case<'a>) -> impl Iterator<Item = (Place, Uri<'a>)> {
    listed(case)
        .filter(|(_, text)| any_site(text).is_none())
        .filter_map(|(place, text)| Some((place, parse_origin(text).ok()?)))
        .filter(|(_, uri)| invalid_part(uri).is_none() && as_sent(uri).is_none_or(|sent| sent == uri.as_str()))
}

/// The form in which browsers send an origin, if they send it at all.
fn as_sent(uri: &Uri<'_>) -> Option<String> {
    Some(uri.origin()?.to_string())
}

/// An origin to write instead of another: over https, where plain http would be refused next.
fn advised(origin: String, server: &Server) -> String {
    let is_refused = Uri::parse(&origin).is_ok_and(|uri| plain_http(&uri, server) == Some(PlainHttp::Refused));
    if is_refused { origin.replacen("http:", "https:", 1) } else { origin }
}

/// Schemes whose pages have the origin `null`.
const OPAQUE: &[&str] = &["file", "data", "blob", "about", "javascript"];

/// What makes an origin stand for any site, and where.
fn any_site(text: &str) -> Option<(String, Range<usize>)> {
    if let Some(star) = text.find('*') {
        // Anything may stand beside the `*`.
        let what = format!("origin \"{}\" has a wildcard; origins are compared byte for byte", text.escape_debug());
        return Some((what, star..star + 1));
    }
    if text.eq_ignore_ascii_case("null") {
        return Some((format!("`{text}` is an origin that pages of any site can have"), 0..text.len()));
    }
    let uri = Uri::parse(text).ok()?;
    OPAQUE.iter().any(|scheme| uri.scheme_is(scheme)).then(|| {
        let scheme = uri.scheme();
        (format!("pages under `{scheme}:` have the origin `null`, as pages of any site can"), 0..scheme.len())
    })
}

fn invalid(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, text) in listed(case) {
        if any_site(text).is_some() || international_host(text).is_some() {
            continue;
        }
        let (what, bytes) = match parse_origin(text) {
            Ok(uri) => match invalid_part(&uri) {
                Some(Flaw { bytes, what, help }) => {
                    found.report(case, place, message!["origin ", what], message![help]).bytes(bytes);
                    continue;
                }
                None => continue,
            },
            Err(error) => not_an_origin(text, &error),
        };
        let help = match as_browsers_send(text.trim()) {
            Some(origin) => {
                format!("write \"{}\"; browsers send scheme, host and port only", advised(origin, case.server))
            }
            None if text.matches("://").count() > 1 => String::from("write each origin as an entry of its own"),
            None => String::from("write scheme, host and port, as in `https://app.example.com`"),
        };
        found.report(case, place, message![what], message![help]).bytes(bytes);
    }
}

fn not_an_origin(text: &str, error: &OriginError<'_>) -> (String, Range<usize>) {
    match error {
        OriginError::NotUri(error) if error.is_charset() => {
            let length = error.character().map_or(1, char::len_utf8);
            let what = format!("origin is malformed: {}", error.problem());
            (what, error.offset..error.offset + length)
        }
        OriginError::NotUri(_) => (format!("\"{text}\" is not an origin"), 0..text.len()),
        OriginError::NotOrigin { .. } if !text.contains("://") => {
            (format!("\"{text}\" is not an origin"), 0..text.len())
        }
        // Without it, which no message shows, the text may read as an origin.
        OriginError::NotOrigin { surplus, offset, .. } if offset + surplus.len() < text.len() => {
            ("an origin has no user information".into(), *offset..offset + surplus.len() + 1)
        }
        OriginError::NotOrigin { surplus, offset, .. } => {
            (format!("\"{text}\" is a URL, not an origin"), *offset..offset + surplus.len())
        }
    }
}

/// What is wrong with the host or the port of what has the form of an origin.
fn invalid_part(uri: &Uri<'_>) -> Option<Flaw> {
    let authority = uri.authority()?;
    if uri.is_web() {
        // Of an address in another spelling, browsers know what is meant: it never matches.
        let is_address = matches!(check_host(authority.host), Err(HostProblem::Ipv4 { address: Some(_) }));
        return redirect::host(uri).filter(|_| !is_address).or_else(|| redirect::port(uri));
    }
    // Apps and extensions have names of their own kind.
    let wrong = |part: &str, what: String, help: &str| {
        let start = uri.offset_of(part);
        Some(Flaw { bytes: start..start + part.len(), what, help: help.into() })
    };
    if authority.host.is_empty() {
        return wrong(authority.host, format!("\"{uri}\" has no host"), "write the host after `//`");
    }
    let port = authority.port?;
    let problem = check_port(port).err()?;
    let what = format!("has the port `{port}`, which is not valid: {problem}");
    wrong(port, what, "write a port from 1 to 65535, or none")
}

/// The origin that was probably meant by a URL, a host, or a host and a port.
fn as_browsers_send(text: &str) -> Option<String> {
    let origin_of = |text: &str| {
        let uri = Uri::parse(text).ok().filter(|uri| uri.host().is_some_and(|host| check_host(host).is_ok()))?;
        uri.origin()
    };
    if let Some(origin) = origin_of(text) {
        return Some(origin.to_string());
    }
    if let Err(OriginError::NotOrigin { origin: Some(origin), .. }) = parse_origin(text) {
        return Some(origin).filter(|origin| parse_origin(origin).is_ok_and(|uri| invalid_part(&uri).is_none()));
    }
    if text.contains("://") {
        return None;
    }
    // `//host` and `https:/host` as well.
    let (scheme, rest) = ["https", "http"]
        .iter()
        .find_map(|scheme| Some((Some(*scheme), text.strip_prefix(scheme)?.strip_prefix(':')?)))
        .unwrap_or((None, text));
    let rest = rest.trim_start_matches('/');
    let origin = origin_of(&format!("https://{rest}"))?;
    let scheme = scheme.unwrap_or(if is_loopback_host(&origin.host) { "http" } else { "https" });
    origin_of(&format!("{scheme}://{rest}")).map(|origin| origin.to_string())
}

/// The first letter beyond ASCII in the host of an http(s) URI, and its byte offset.
fn international_host(text: &str) -> Option<(char, usize)> {
    let Err(OriginError::NotUri(error)) = parse_origin(text) else { return None };
    let UriErrorKind::Forbidden(letter) = error.kind else { return None };
    let (scheme, before) = text.get(..error.offset)?.split_once("://")?;
    let is_web = ["https", "http"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let in_host = is_web && !before.contains(['/', '?', '#', '@']);
    (in_host && !letter.is_ascii() && letter.is_alphanumeric()).then_some((letter, error.offset))
}

fn never_matches(case: &Case<'_>, found: &mut Found<'_>) {
    for (place, text) in listed(case).filter(|(_, text)| any_site(text).is_none()) {
        if let Some((letter, offset)) = international_host(text) {
            found
                .report(
                    case,
                    place,
                    message![format!("origin can never match: browsers do not send `{letter}` in a host")],
                    message!["write the host in its `xn--` form"],
                )
                .bytes(offset..offset + letter.len_utf8());
            continue;
        }
        let Ok(uri) = parse_origin(text) else { continue };
        let Some(normal) = as_sent(&uri).filter(|_| invalid_part(&uri).is_none()) else { continue };
        if normal != text.as_str() {
            found.report(
                case,
                place,
                message![format!("origin \"{text}\" can never match: browsers send \"{normal}\"")],
                message![format!("write \"{}\"", advised(normal, case.server))],
            );
        }
    }
}

/// The origins of the redirect URIs; nothing if one of them cannot be told.
fn redirect_origins(case: &Case<'_>) -> Option<BTreeSet<Origin>> {
    let mut origins = BTreeSet::new();
    for uri in &case.redirect_uris {
        let uri = uri.as_ref().ok()?;
        if uri.is_web() {
            origins.insert(uri.origin()?);
        }
    }
    Some(origins)
}

fn missing(case: &Case<'_>, found: &mut Found<'_>) {
    if !case.client.is_public() || !case.has(&GrantType::AuthorizationCode) || case.is_native() {
        return;
    }
    let Some(redirects) = redirect_origins(case) else { return };
    // An origin that cannot be read has its own finding; what it was meant to be is not known.
    if origins(case).count() != case.client.allowed_cors_origins.len() {
        return;
    }
    let first = case.redirects().filter(|(_, _, uri)| uri.scheme_is("https")).find_map(|(_, _, uri)| uri.origin());
    let Some(first) = first else { return };
    if !origins(case).filter_map(|(_, uri)| uri.origin()).any(|origin| redirects.contains(&origin)) {
        let mut help = if case.client.allowed_cors_origins.is_empty() {
            message!["add ", (Setting::AllowedCorsOrigins, List::<Text>::from([first.to_string()]))]
        } else {
            message![format!("add \"{first}\" to "), Setting::AllowedCorsOrigins]
        };
        help.pieces.extend(
            message![
                ", or, if this is an installed app, set ",
                (Setting::ApplicationType, Some(ApplicationType::Native))
            ]
            .pieces,
        );
        found.report(
            case,
            case.place_of(Setting::AllowedCorsOrigins),
            message!["no CORS origin matches a redirect URI, so a browser app cannot call the token endpoint"],
            help,
        );
    }
}

fn unmatched(case: &Case<'_>, found: &mut Found<'_>) {
    if case.grant(GrantType::is_interactive).is_none() || case.is_native() {
        return;
    }
    let Some(redirects) = redirect_origins(case) else { return };
    let names: Vec<String> = redirects.iter().map(ToString::to_string).collect();
    // Of plain http, `cors_origin_http` speaks.
    for (place, uri) in origins(case).filter(|(_, uri)| plain_http(uri, case.server).is_none()) {
        let Some(origin) = uri.origin().filter(|origin| !redirects.contains(origin)) else { continue };
        if let Some(near) = nearest(&origin.to_string(), names.iter().map(String::as_str)) {
            found.report(
                case,
                place,
                message![format!("origin \"{uri}\" belongs to none of this client's redirect URIs")],
                message![format!("if it is a typo, write \"{near}\"; otherwise remove it")],
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check_client;
    use crate::{Client, Levels};
    use alloc::vec;

    /// The rules of this file that speak of a client, with their help.
    fn found(client: Client) -> Vec<(&'static str, String)> {
        let server = Server {
            insecure_http_hosts: ["dev.example.com"].into(),
            levels: Levels { warn: ["cors_origin_scheme"].into(), ..Levels::EMPTY },
            ..Server::default()
        };
        let findings = check_client(&server, client);
        let ours = findings.iter().filter(|finding| RULES.iter().any(|rule| rule.name == finding.rule.name));
        ours.map(|finding| (finding.rule.name, finding.help.to_string())).collect()
    }

    /// A public browser client.
    fn client(redirects: &[&'static str], origins: &[&'static str]) -> Client {
        Client {
            client_id: "spa".into(),
            require_client_secret: false,
            allowed_grant_types: [GrantType::AuthorizationCode].into(),
            redirect_uris: redirects.iter().copied().collect(),
            allowed_cors_origins: origins.iter().copied().collect(),
            ..Client::default()
        }
    }

    #[test]
    fn each_origin_by_itself() {
        let invalid = "cors_origin_invalid";
        let wildcard = "cors_origin_wildcard";
        let never = "cors_origin_never_matches";
        for (origin, expected, help) in [
            ("https://far.example.org:8443", vec![], ""),
            ("https://[::1]:1", vec![], ""),
            ("https://far.example.org/", vec![invalid], "\"https://far.example.org\""),
            ("https://Far.example.org:443/a?b#c", vec![invalid], "\"https://far.example.org\""),
            ("https://me@far.example.org", vec![invalid], "\"https://far.example.org\""),
            ("far.example.org", vec![invalid], "\"https://far.example.org\""),
            ("localhost:3000", vec![invalid], "\"http://localhost:3000\""),
            ("https://far.example.org:99999", vec![invalid], "1 to 65535"),
            ("https://far.example.org:", vec![invalid], "\"https://far.example.org\""),
            ("https://-far.example.org", vec![invalid], "leading `-`"),
            ("https://far.example.org ", vec![invalid], "\"https://far.example.org\""),
            ("", vec![invalid], "as in"),
            ("*", vec![wildcard], "list"),
            ("https://*.example.org/", vec![wildcard], "list"),
            ("null", vec![wildcard], "list"),
            ("file://", vec![wildcard], "list"),
            ("HTTPS://far.example.org", vec![never], "\"https://far.example.org\""),
            ("https://127.1", vec![never], "\"https://127.0.0.1\""),
            ("https://[0:0::1]", vec![never], "\"https://[::1]\""),
            ("https://bücher.example", vec![never], "xn--"),
            ("https://far.example.org/bücher", vec![invalid], "as in"),
            ("http://far.example.org", vec!["cors_origin_http"], "https"),
            ("http://Far.example.org", vec![never], "\"https://far.example.org\""),
            ("http://far.example.org/", vec![invalid], "\"https://far.example.org\""),
            ("http://127.1:3000", vec![never], "\"http://127.0.0.1:3000\""),
            ("https://ap.example.com/", vec![invalid], "\"https://ap.example.com\""),
            ("HTTPS://ap.example.com", vec![never], "\"https://ap.example.com\""),
            ("http://ap.example.com", vec!["cors_origin_http"], "https"),
            ("http://dev.example.com", vec!["cors_origin_http"], "for development"),
            ("http://localhost:3000", vec![], ""),
            ("capacitor://localhost", vec!["cors_origin_scheme"], "web view"),
            ("capacitor://localhost/", vec![invalid], "\"capacitor://localhost\""),
        ] {
            let found = found(client(&["https://app.example.com/callback"], &["https://app.example.com", origin]));
            let names: Vec<_> = found.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, expected, "{origin}");
            assert!(found.iter().take(1).all(|(_, text)| text.contains(help)), "{origin}: {found:?}");
        }
    }

    #[test]
    fn origins_beside_redirect_uris() {
        let missing = "cors_origin_missing";
        let unmatched = "cors_origin_unmatched";
        for (redirects, origins, expected) in [
            (&["https://app.example.com/cb"][..], &[][..], vec![missing]),
            (&["https://app.example.com/cb"], &["https://app.example.com"], vec![]),
            (&["https://app.example.com:443/cb"], &["https://app.example.com"], vec![]),
            (&["https://app.example.com/cb"], &["https://elsewhere.example.org"], vec![missing]),
            (&["https://app.example.com/cb"], &["https://apq.example.com"], vec![missing, unmatched]),
            (&["http://localhost:1/cb"], &[], vec![]),
            (&["http://localhost:1/cb", "https://app.example.com/cb"], &["http://localhost:1"], vec![]),
            (&["com.example.app:/cb", "https://app.example.com/cb"], &["https://ap.example.com"], vec![]),
            (&["https://app.example.com/c b"], &["https://ap.example.com"], vec![]),
            (&["https://app.example.com/cb"], &["*"], vec!["cors_origin_wildcard"]),
        ] {
            let found = found(client(redirects, origins));
            let names: Vec<_> = found.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, expected, "{redirects:?} {origins:?}");
        }
    }
}

//! What a redirect URI says beyond where it leads.

use alloc::{format, vec::Vec};

use super::flaw::{Flaw, has_wildcard, range_of, spliced};
use super::{PlainHttp, each, flaw, plain_http, report, usable};
use crate::rules::{Check, ERROR, Level, Rule, WARNING, message};
use crate::uri::{Uri, ip_address};

pub(super) static REDIRECT_URI_NON_CANONICAL: Rule = Rule {
    name: "redirect_uri_non_canonical",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 3986 §6.2.2, §6.2.3; RFC 9700 §2.1",
    protects: "Redirect URIs are compared byte for byte, and many clients send the normal form. One that is registered in another form matches only by luck.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://App.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/Callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, uri) in usable(case) {
            let refused = plain_http(uri, case.server) == Some(PlainHttp::Refused);
            if let Some(flaw) = non_canonical(uri, refused) {
                report(case, found, place, flaw);
            }
        }
    }),
};

pub(super) static REDIRECT_URI_RESERVED_PARAM: Rule = Rule {
    name: "redirect_uri_reserved_param",
    levels: ERROR,
    pedantic: false,
    exceptions: &[(Level::Warning, "a parameter that only some responses add")],
    standard: "RFC 6749 §3.1, §3.1.2; RFC 9207 §2",
    protects: "The response adds its parameters to the query, where each may stand only once. With two of them a client refuses the response, or reads the wrong one.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback?state=7"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback?tenant=7"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, uri) in usable(case) {
            for parameter in uri.parameters() {
                let name = parameter.name.as_str();
                let adds_always = ADDED_ALWAYS.contains(&name);
                if !adds_always && !ADDED_AT_TIMES.contains(&name) {
                    continue;
                }
                let finding = found
                    .report(
                        case,
                        place,
                        message![format!("redirect URI already has the parameter `{name}`, which the response adds")],
                        message![format!("rename it; two `{name}` parameters make the response invalid")],
                    )
                    .bytes(parameter.offset..parameter.offset + parameter.raw_name.len());
                if !adds_always {
                    finding.level(Level::Warning);
                }
            }
        }
    }),
};

pub(super) static REDIRECT_URI_WILDCARD_PATH: Rule = Rule {
    name: "redirect_uri_wildcard_path",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §4.1.3; OAuth 2.1 §2.3.1",
    protects: "Redirect URIs are compared byte for byte, so `*` stands for itself alone. The requests that were meant to match are refused.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/*"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, wildcard_path)),
};

pub(super) static REDIRECT_URI_SEVERAL: Rule = Rule {
    name: "redirect_uri_several",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "OAuth 2.1 §2.3.1; RFC 3986 §3.3",
    protects: "Redirect URIs are compared byte for byte. Two in one text are one URI with a long path, so that requests with either are refused.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://a.example.com/callback,https://b.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://a.example.com/callback,b", "https://b.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, several)),
};

pub(super) static REDIRECT_URI_OPEN_REDIRECT: Rule = Rule {
    name: "redirect_uri_open_redirect",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 9700 §4.11.1; OAuth 2.1 §7.13.1",
    protects: "A page that forwards to wherever its query says hands the code on to whoever wrote the query.",
    wrong: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback?return_to=/home"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback?tenant=7"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, uri) in usable(case) {
            for parameter in uri.parameters() {
                let name = parameter.name.as_str();
                if FORWARDING.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                    found
                        .report(
                            case,
                            place,
                            message![format!("redirect URI parameter `{name}` looks like a forwarding target")],
                            message!["keep the target in the client's session; an open redirector leaks the code"],
                        )
                        .bytes(parameter.offset..parameter.offset + parameter.raw_name.len());
                }
            }
        }
    }),
};

pub(super) static REDIRECT_URI_TOO_LONG: Rule = Rule {
    name: "redirect_uri_too_long",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "IdentityServer's InputLengthRestrictions",
    protects: "Servers refuse requests with a redirect URI beyond their limit, and a request has to carry it in its own address.",
    wrong: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback?data=b76b615e75024a18e11dd427ffb8c000fdc947ef39a054e36f0ffede42af3b43bfc80ceffc8f308484e5d86ae264cf867feda9a2d4d016c75951ca45c9c342c621207aa710452396e2a471a676f4f57d2355276e704e0e249a4ff03de9798a37772c5b803ae7f0540861a63d207f98bdd9539013fcd746c0c0b667dcb864cf8b4d635c22e39fba70f97485fd4d3f5e0d1e753eedd8118fbfa635f939a6eeb3f4500c0d39db38dcc4628f6fd1924d4fe14a2dfe44415a"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback?data=b76b615e75024a18e11dd427ffb8c000fdc947ef39a054e36f0ffede42af3b43bfc80ceffc8f308484e5d86ae264cf867feda9a2d4d016c75951ca45c9c342c621207aa710452396e2a471a676f4f57d2355276e704e0e249a4ff03de9798a37772c5b803ae7f0540861a63d207f98bdd9539013fcd746c0c0b667dcb864cf8b4d635c22e39fba70f97485fd4d3f5e0d1e753eedd8118fbfa635f939a6eeb3f4500c0d39db38dcc4628f6fd1924d4fe14a2dfe4441"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, too_long)),
};

pub(super) static REDIRECT_URI_EMPTY_PATH: Rule = Rule {
    name: "redirect_uri_empty_path",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 3986 §6.2.3",
    protects: "Many libraries add the slash when they send the URI. Then it is not the same, byte for byte, and the request is refused.",
    wrong: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, empty_path)),
};

/// The parameters that the response adds (RFC 6749 §4.1.2, §4.1.2.1, RFC 9207 §2), and those that only some add.
const ADDED_ALWAYS: [&str; 4] = ["code", "state", "error", "iss"];
const ADDED_AT_TIMES: [&str; 4] = ["error_description", "error_uri", "response", "session_state"];

/// Where it is refused as plain http, that speaks of the scheme and of an address.
fn non_canonical(uri: &Uri<'_>, is_refused_http: bool) -> Option<Flaw> {
    // Of a host that is none, of an encoded dot segment and of a parameter of the response, another finding speaks.
    let is_address = || uri.host().is_some_and(|host| ip_address(host).is_some());
    let host =
        uri.host().filter(|host| has_wildcard(host) || flaw::host(uri).is_some() || is_refused_http && is_address());
    let scheme = is_refused_http.then(|| uri.scheme());
    let mut spoken_of: Vec<_> =
        [host, scheme, uri.dot_segment()].into_iter().flatten().map(|part| range_of(uri, part)).collect();
    let added = |name: &str| ADDED_ALWAYS.contains(&name) || ADDED_AT_TIMES.contains(&name);
    let parameters = uri.parameters().filter(|parameter| added(&parameter.name));
    spoken_of.extend(parameters.map(|parameter| range_of(uri, parameter.raw_name)));
    let deviation = uri
        .deviations()
        .into_iter()
        .find(|deviation| !spoken_of.iter().any(|part| part.contains(&deviation.offset)))?;
    let why = deviation.problem();
    let normal = uri.normal_form();
    let help = if normal == uri.as_str() {
        format!("do without `{}`; if the client sends it, servers and proxies differ on what it means", deviation.text)
    } else {
        let normal = if is_refused_http { normal.replacen("http:", "https:", 1) } else { normal };
        format!("register exactly the string that the client sends; in normal form that is \"{normal}\"")
    };
    Some(Flaw { bytes: range_of(uri, deviation.text), what: format!("\"{uri}\" is not in normal form: {why}"), help })
}

fn wildcard_path(uri: &Uri<'_>) -> Option<Flaw> {
    // Of a wildcard in the host an error speaks, and says how URIs are compared.
    if flaw::wildcard(uri).is_some() {
        return None;
    }
    let part = [Some(uri.path()), uri.query()].into_iter().flatten().find(|part| has_wildcard(part))?;
    let star = uri.offset_of(part) + part.find('*')?;
    Some(Flaw {
        bytes: star..star + 1,
        what: format!("\"{uri}\" has a `*`, which matches only a literal `*`"),
        help: "list each path; carry data of a single request in `state`".into(),
    })
}

/// A second URI behind the first, in the path.
fn several(uri: &Uri<'_>) -> Option<Flaw> {
    let path = uri.path();
    let is_web = |text: &str| {
        let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
        ["https", "http"].iter().any(|web| scheme.eq_ignore_ascii_case(web))
    };
    let at = path.match_indices([',', ';']).map(|(at, _)| at).find(|at| path.get(at + 1..).is_some_and(is_web))?;
    let second = path.get(at..)?;
    Some(Flaw {
        bytes: range_of(uri, second),
        what: format!("\"{uri}\" has a second one in its path"),
        help: "write each URI as an entry of its own".into(),
    })
}

/// Names by which pages are told where to go next.
const FORWARDING: &[&str] = &[
    "url",
    "uri",
    "next",
    "return",
    "returnurl",
    "return_to",
    "redirect",
    "redirect_uri",
    "goto",
    "continue",
    "dest",
    "target",
];

/// IdentityServer's default limit, in bytes.
const MAX_LENGTH: usize = 400;

fn too_long(uri: &Uri<'_>) -> Option<Flaw> {
    let length = uri.as_str().len();
    (length > MAX_LENGTH).then(|| Flaw {
        bytes: MAX_LENGTH..length,
        what: format!("is {length} bytes long, and many servers accept no more than {MAX_LENGTH}"),
        help: "carry the data in `state`".into(),
    })
}

fn empty_path(uri: &Uri<'_>) -> Option<Flaw> {
    (uri.is_web() && uri.path().is_empty()).then(|| {
        let end = range_of(uri, uri.path());
        let with_slash = spliced(uri, &end, "/");
        Flaw {
            bytes: end,
            what: format!("\"{uri}\" has no path"),
            help: format!("register exactly what the client sends; many libraries send \"{with_slash}\""),
        }
    })
}

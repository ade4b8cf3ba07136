//! Facts that the examples of the rules do not show.

use super::*;
use crate::rules::{Definition, Finding, Level, check, check_client};
use crate::{ApplicationType, Client, Levels, Profile, Server};
use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};

fn client(uris: &[&str]) -> Client {
    Client {
        client_id: "web".into(),
        allowed_grant_types: [GrantType::AuthorizationCode].into(),
        redirect_uris: uris.iter().copied().collect(),
        ..Client::default()
    }
}

/// The findings of the rules about redirect URIs.
fn found(server: &Server, client: Client) -> Vec<Finding> {
    let mut findings = check_client(server, client);
    findings.retain(|finding| RULES.iter().any(|rule| rule.name == finding.rule.name));
    findings
}

/// The rules' names without what they have in common.
fn names(findings: &[Finding]) -> Vec<&'static str> {
    let short = |name: &'static str| name.strip_prefix("redirect_uri_").unwrap_or(name);
    findings.iter().map(|finding| short(finding.rule.name)).collect()
}

/// The findings on one URI as rule, wrong bytes and help.
fn on(uri: &str) -> Vec<(&'static str, &str, String)> {
    let server = Server { insecure_http_hosts: ["dev.example.com"].into(), ..Server::default() };
    let findings = found(&server, client(&[uri]));
    let shown = names(&findings).into_iter().zip(&findings).map(|(name, finding)| {
        let bytes = finding.bytes.clone().unwrap_or(0..uri.len());
        (name, uri.get(bytes).unwrap_or("outside"), finding.help.to_string())
    });
    shown.collect()
}

#[test]
fn all_that_is_said_of_one_uri() {
    for (uri, expected) in [
        ("https://app.example.com/callback", &[][..]),
        ("http://localhost:5000/callback", &[]),
        ("http://app.localhost/callback", &[]),
        // Charset and absoluteness silence the rest.
        ("http://*.example.com/../a b#c", &[("charset", " ", "`%20`")]),
        ("https://app.example.com/callback ", &[("charset", " ", "remove it")]),
        ("https://bücher.example/", &[("charset", "ü", "xn--")]),
        ("https://app.example.com/bücher", &[("charset", "ü", "`%C3%BC`")]),
        ("{base}/callback", &[("charset", "{", "nothing is replaced in it")]),
        ("https://${HOST}/callback", &[("charset", "{", "join texts")]),
        ("https://app.example.com/%0d", &[("charset", "%0d", "remove it")]),
        ("https://app.example.com/100%", &[("charset", "%", "`%25`")]),
        (r"https:\\app.example.com", &[("charset", r"\", "`/`")]),
        ("", &[("not_absolute", "", "`https://host/path`")]),
        ("/callback", &[("not_absolute", "/callback", "`https://host/path`")]),
        ("//a.example/cb", &[("not_absolute", "//a.example/cb", "\"https://a.example/cb\"")]),
        ("a.example/cb", &[("not_absolute", "a.example/cb", "\"https://a.example/cb\"")]),
        ("127.0.0.1:3000/cb", &[("not_absolute", "1", "\"http://127.0.0.1:3000/cb\"")]),
        ("https:/a.example/cb", &[("not_absolute", "https:/a.example/cb", "\"https://a.example/cb\"")]),
        ("my_app:/callback", &[("not_absolute", "_", "`com.example.app:/callback`")]),
        ("*://app.example.com/", &[("not_absolute", "*", "\"https://app.example.com/\"")]),
        // A dangerous scheme makes the rest idle.
        ("JavaScript://a@*/../#x", &[("dangerous_scheme", "JavaScript", "https")]),
        ("https://app.example.com/cb#", &[("fragment", "#", "\"https://app.example.com/cb\"")]),
        ("http://app.example.com/", &[("http", "http", "`[::1]`")]),
        ("http://me@dev.example.com/", &[("http", "http", "for development"), ("userinfo", "me@", "\"http://dev.ex")]),
        ("http://localhost./", &[("http", "http", "`[::1]`"), ("non_canonical", ".", "\"https://localhost/\"")]),
        // Corrected, it is loopback.
        ("http://127.1/cb", &[("host", "127.1", "\"http://127.0.0.1/cb\"")]),
        ("http://0.0.0.0:81/", &[("host", "0.0.0.0", "\"http://127.0.0.1:81/\"")]),
        ("http://-a.example.com/", &[("http", "http", ""), ("host", "-a", "leading `-`")]),
        ("https:///app.example.com/", &[("host", "", "after `//`")]),
        ("https://a.example:/", &[("host", ":", "\"https://a.example/\"")]),
        ("https://a.example:08443/", &[("host", ":08443", "\"https://a.example:8443/\"")]),
        ("https://a.example:65536/", &[("host", ":65536", "1 to 65535")]),
        ("https://%61.example.com/", &[("host", "%61", "xn--")]),
        // A `*` in the host is a wildcard and nothing else.
        ("http://*.example.com/", &[("wildcard", "*", "each host")]),
        ("http://localhost:*/", &[("wildcard", "*", "each port")]),
        ("https://app.example.com/*?*", &[("wildcard_path", "*", "list each path")]),
        ("https://a.example/cb,HTTPS://b.example/cb", &[("several", ",HTTPS://b.example/cb", "entry of its own")]),
        ("https://a.example/cb;http://b.example/cb", &[("several", ";http://b.example/cb", "entry of its own")]),
        ("https://a.example/cb|https://b.example/cb", &[("charset", "|", "entry of its own")]),
        ("https://a.example/a,b/cb;v=https://b", &[]),
        ("https://a.example/cb?to=a,https://b.example/", &[]),
        ("https://app.example.com/a/%2E./b", &[("dot_segment", "%2E.", "\"https://app.example.com/b\"")]),
        ("https://a_b.example.com/", &[("non_canonical", "_", "do without")]),
        ("https://a.example:443/%7e", &[("non_canonical", "443", "\"https://a.example/~\"")]),
        (
            "https://app.example.com/?c%6Fde=1&Code=2&session_state",
            &[("reserved_param", "c%6Fde", "`code`"), ("reserved_param", "session_state", "`session_state`")],
        ),
        ("https://abc.webhook.site./", &[("non_canonical", ".", ""), ("debug_host", "abc.webhook.site.", "")]),
        ("https://notwebhook.site/", &[]),
        ("com.example.app:/callback", &[]),
        ("xn--p1ai.example:/callback", &[]),
        ("app:/callback", &[("scheme_no_dot", "app", "`com.example.app:/callback`")]),
        ("my-app.example:/callback", &[("scheme_no_dot", "my-app.example", "domain")]),
        ("com..app:/callback", &[("scheme_no_dot", "com..app", "domain")]),
        ("localhost:3000/cb", &[("scheme_no_dot", "localhost", "\"http://localhost:3000/cb\"")]),
        ("a.example:8443/cb", &[("scheme_no_dot", "a.example", "\"https://a.example:8443/cb\"")]),
        ("urn:ietf:wg:oauth:2.0:oob", &[("scheme_no_dot", "urn", "127.0.0.1")]),
    ] {
        let found = on(uri);
        let alike = |(one, other): (&(&str, &str, String), &(&str, &str, &str))| {
            one.0 == other.0 && one.1 == other.1 && one.2.contains(other.2)
        };
        assert!(found.len() == expected.len() && found.iter().zip(expected).all(alike), "{uri}: {found:#?}");
    }
}

#[test]
fn a_password_in_a_uri_is_not_repeated() {
    let findings = found(&Server::default(), client(&["https://me:hunter2@app.example.com/"]));
    assert_eq!(names(&findings), ["userinfo"]);
    assert!(findings.iter().all(|finding| !finding.to_string().contains("hunter2")), "{findings:?}");
}

#[test]
fn what_depends_on_the_kind_of_application() {
    use ApplicationType::{Native, Web};
    use GrantType::{AuthorizationCode, Implicit};
    for (kind, grant, uri, profile, expected) in [
        (None, AuthorizationCode, "http://localhost:1/", Profile::OAuth21, vec!["loopback_web"]),
        (None, AuthorizationCode, "http://localhost:1/", Profile::Default, vec![]),
        (Some(Native), AuthorizationCode, "http://127.0.0.1/", Profile::Fapi20, vec![]),
        (Some(Native), AuthorizationCode, "http://a.localhost:1/", Profile::Fapi20, vec!["localhost_name"]),
        (Some(Native), AuthorizationCode, "https://localhost/", Profile::Fapi20, vec![]),
        (Some(Web), AuthorizationCode, "com.example.app:/cb", Profile::Default, vec!["scheme_in_web"]),
        (Some(Web), AuthorizationCode, "javascript:x", Profile::Default, vec!["dangerous_scheme"]),
        (None, Implicit, "http://localhost/", Profile::Default, vec!["implicit_web"]),
        (None, Implicit, "http://a.localhost/", Profile::Default, vec!["implicit_web"]),
        (None, Implicit, "https://127.0.0.1/", Profile::Default, vec!["implicit_web"]),
        (None, Implicit, "https://app.example.com/", Profile::Default, vec![]),
        (None, Implicit, "http://app.example.com/", Profile::Default, vec!["http"]),
        (None, Implicit, "http://dev.example.com/", Profile::Default, vec!["http", "implicit_web"]),
        (None, Implicit, "http://*.example.com/", Profile::Default, vec!["wildcard"]),
        (None, Implicit, "http://127.1/", Profile::Default, vec!["host"]),
        (Some(Native), Implicit, "http://127.0.0.1/", Profile::Default, vec![]),
    ] {
        let server = Server { profile, insecure_http_hosts: ["dev.example.com"].into(), ..Server::default() };
        let client = Client { application_type: kind, allowed_grant_types: [grant].into(), ..client(&[uri]) };
        assert_eq!(names(&found(&server, client)), expected, "{uri}");
    }
}

#[test]
fn pedantic_rules() {
    let levels = Levels { warn: ["pedantic"].into(), ..Levels::EMPTY };
    let server = Server { levels, ..Server::default() };
    let [longest, too_long] = [376, 377].map(|length| format!("https://app.example.com/{}", "a".repeat(length)));
    for (uri, consent, expected) in [
        ("https://app.example.com/?ReturnUrl=/a", true, vec!["open_redirect"]),
        ("https://10.0.0.1/", true, vec!["ip_host"]),
        ("https://[::1]/", true, vec![]),
        ("https://app.example.com", true, vec!["empty_path"]),
        ("https://app.example.com?a", true, vec!["empty_path"]),
        ("com.example.app://callback", true, vec!["scheme_authority"]),
        ("com.example.app:/callback", false, vec!["consent_skipped_native"]),
        ("http://127.0.0.1/", false, vec![]),
        (&longest, true, vec![]),
        (&too_long, true, vec!["too_long"]),
    ] {
        let client = Client { require_consent: consent, ..client(&[uri]) };
        assert_eq!(names(&found(&server, client)), expected, "{uri}");
    }
}

#[test]
fn levels_of_single_cases() {
    let server = Server { insecure_http_hosts: ["dev.example.com"].into(), ..Server::default() };
    for (uri, expected) in [
        ("http://app.example.com/", Level::Error),
        ("http://dev.example.com/", Level::Warning),
        ("https://app.example.com/?iss", Level::Error),
        ("https://app.example.com/?response", Level::Warning),
    ] {
        let levels: Vec<Level> = found(&server, client(&[uri])).iter().map(|finding| finding.level).collect();
        assert_eq!(levels, [expected], "{uri}");
    }
}

#[test]
fn a_shared_scheme_is_reported_at_every_client() {
    let public = |uris: &[&str]| Client { require_client_secret: false, ..client(uris) };
    let mut unread = Definition::from(public(&["com.example.app:/d"]));
    unread.unread.insert(Setting::RequireClientSecret);
    let definitions = [
        public(&["com.example.app:/a", "com.example.app:/b"]).into(),
        client(&["com.example.app:/a"]).into(),
        public(&["https://app.example.com/", "COM.example.app:/c"]).into(),
        unread,
        public(&["urn:ietf:wg:oauth:2.0:oob"]).into(),
        public(&["urn:ietf:wg:oauth:2.0:oob", "com.example.app:/a"]).into(),
    ];
    let report = check(&Server::default(), &definitions, Vec::new());
    let item = |at| Place::Item(Setting::RedirectUris, at);
    let shared = report.findings.iter().filter(|finding| finding.rule.name == "redirect_uri_shared_scheme");
    let ends: Vec<_> = shared.map(|finding| (finding.client, finding.place, finding.other)).collect();
    assert_eq!(
        ends,
        [
            (Some(0), item(0), Some((Some(2), item(1)))),
            (Some(2), item(1), Some((Some(0), item(0)))),
            (Some(5), item(1), Some((Some(0), item(0)))),
        ]
    );
}

//! Rules about the server.

use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString},
};

use super::https::https;
use super::redirect::{self, Flaw};
use super::{Case, Check, ERROR, Found, Level, Place, Rule, message, nearest, scope};
use crate::uri::{Uri, check_host};
use crate::{Profile, Server, Setting, Text};

pub(super) static RULES: &[&Rule] = &[&SERVER_INVALID];

static SERVER_INVALID: Rule = Rule {
    name: "server_invalid",
    levels: ERROR,
    pedantic: false,
    exceptions: &[(Level::Warning, "an issuer with plain http on a local or listed host")],
    standard: "RFC 6749 §3.3; OpenID Connect Core §11; OpenID Connect Discovery §3; RFC 8707 §2; FAPI 2.0 §5.3.2.2 item 8",
    protects: "All clients are judged by what the server declares. A scope that is both the user's and an API's, or \
               that no request can name, is answered in a way nobody meant. Clients compare the issuer byte for byte \
               with the one in their tokens, so a malformed one makes every sign-in fail.",
    wrong: r#"Server {
    issuer: "https://id.example.com?tenant=7",
    api_scopes: ["api1"],
},
Client {
    client_id: "report-service",
    client_secrets: [sha256("493201edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server {
    issuer: "https://id.example.com/tenant/7",
    api_scopes: ["api1"],
},
Client {
    client_id: "report-service",
    client_secrets: [sha256("493201edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Server(|server, cases, found| {
        issuer_malformed(server, found);
        let issuer = server.issuer.as_deref().and_then(|issuer| Uri::parse(issuer).ok());
        if let Some(issuer) = issuer {
            issuer_redirected_to(&issuer, cases, found);
        }
        scopes_malformed(server, found);
        scopes_twice(server, found);
        scopes_in_both_lists(server, found);
        resources_malformed(server, found);
        default_scopes_undeclared(server, found);
        insecure_hosts_under_fapi(server, found);
        insecure_hosts_malformed(server, found);
    }),
};

const ISSUER: Place = Place::Server("issuer", None);

/// An https URL without query and fragment (OpenID Connect Discovery §3).
fn issuer_malformed(server: &Server, found: &mut Found<'_>) {
    let Some(text) = server.issuer.as_deref() else { return };
    let message = |what: &str| message![format!("`issuer` {what}")];
    if let Err((Flaw { bytes, what, help }, is_local)) = https(text, server) {
        let finding = found.report_server(ISSUER, message(&what), message![help]).bytes(bytes);
        if !is_local {
            return;
        }
        finding.level(Level::Warning);
    }
    let Ok(uri) = Uri::parse(text) else { return };
    let (part, what) = match (uri.query(), uri.fragment()) {
        (Some(query), _) => (query, "has a query"),
        (None, Some(fragment)) => (fragment, "has a fragment"),
        (None, None) => return,
    };
    // The `?` or `#` before it too.
    let at = uri.offset_of(part).saturating_sub(1);
    let right = text.get(..at).unwrap_or_default();
    let what = format!("{text:?} {what}");
    found.report_server(ISSUER, message(&what), message![format!("write {right:?}")]).bytes(at..text.len());
}

/// A redirect to the issuer itself, which answers no client.
fn issuer_redirected_to(issuer: &Uri<'_>, cases: &[Case<'_>], found: &mut Found<'_>) {
    let page = |uri: &Uri<'_>| Some((uri.origin()?, Text::from(uri.path().trim_end_matches('/'))));
    let Some(own) = page(issuer) else { return };
    for case in cases {
        for (place, text, uri) in case.redirects() {
            if page(uri).as_ref() == Some(&own) {
                let message = message![format!("redirect URI {:?} is the issuer itself", text.as_str())];
                let help = message!["give the address of the client's own page"];
                found.report(case, place, message, help).other_of_server(ISSUER);
            }
        }
    }
}

/// The declared scopes with their places.
fn declared(server: &Server) -> impl Iterator<Item = (Place, &Text)> {
    let identity = server.identity_scopes.iter().enumerate();
    let api = server.api_scopes.iter().map(|scope| &scope.name).enumerate();
    let identity = identity.map(|(at, scope)| (Place::Server("identity_scopes", Some(at)), scope));
    identity.chain(api.map(|(at, scope)| (Place::Server("api_scopes", Some(at)), scope)))
}

fn scopes_malformed(server: &Server, found: &mut Found<'_>) {
    for (place, scope) in declared(server) {
        if let Some(flaw) = scope::flaw(scope) {
            let help = match scope.trim() {
                "" => message!["remove it"],
                _ if flaw.is_space => message!["write one scope per entry"],
                _ => message!["use printable ASCII without space, `\"` and `\\`"],
            };
            let message = message![format!("scope {:?} {}", scope.as_str(), flaw.what)];
            found.report_server(place, message, help).bytes = flaw.bytes;
        } else if scope == scope::OFFLINE_ACCESS {
            found.report_server(
                place,
                message!["`offline_access` need not be declared: it belongs to no API and to no user"],
                message!["remove it, and set ", (Setting::AllowOfflineAccess, true), " on clients that may refresh"],
            );
        }
    }
}

fn scopes_twice(server: &Server, found: &mut Found<'_>) {
    let mut seen = BTreeMap::new();
    for (place, scope) in declared(server) {
        let Place::Server(list, _) = place else { continue };
        // The same scope of several APIs is one scope, too: a token says nothing of which was meant.
        if let Some(first) = seen.insert((list, scope.as_str()), place) {
            for (place, other) in [(first, place), (place, first)] {
                let message = message![format!("scope `{scope}` is declared twice in `{list}`")];
                found.report_server(place, message, message!["remove one of the two"]).other_of_server(other);
            }
        }
    }
}

fn scopes_in_both_lists(server: &Server, found: &mut Found<'_>) {
    let identity: BTreeMap<&str, usize> = server.identity_scopes.iter().map(Text::as_str).zip(0..).collect();
    for (at, scope) in server.api_scopes.iter().enumerate() {
        let Some(other) = identity.get(scope.name.as_str()) else { continue };
        let (identity, api) = (Place::Server("identity_scopes", Some(*other)), Place::Server("api_scopes", Some(at)));
        for (place, other) in [(identity, api), (api, identity)] {
            let message =
                message![format!("scope `{}` is declared as an identity scope and as an API scope", scope.name)];
            let help = message!["keep it in `identity_scopes` or in `api_scopes`"];
            found.report_server(place, message, help).other_of_server(other);
        }
    }
}

/// A resource is an absolute URI without a fragment (RFC 8707 §2).
fn resources_malformed(server: &Server, found: &mut Found<'_>) {
    for (at, scope) in server.api_scopes.iter().enumerate() {
        let Some(resource) = scope.resource.as_deref() else { continue };
        let flaw = match Uri::parse(resource) {
            Ok(uri) => redirect::fragment(&uri),
            Err(error) => Some(redirect::unreadable(resource, &error)),
        };
        let Some(Flaw { what, help, .. }) = flaw else { continue };
        let message = message![format!("the resource of the API scope `{}` {what}", scope.name)];
        found.report_server(Place::Server("api_scopes", Some(at)), message, message![help]);
    }
}

/// What a request gets that names no scope is an API's: without `openid` it asks for no user's identity (OpenID
/// Connect Core §3.1.2.1), and `offline_access` is never added by itself (§11).
fn default_scopes_undeclared(server: &Server, found: &mut Found<'_>) {
    let mut seen = BTreeMap::new();
    for (at, scope) in server.default_scopes.iter().enumerate() {
        let place = Place::Server("default_scopes", Some(at));
        if let Some(first) = seen.insert(scope.as_str(), place) {
            let message = message![format!("scope `{scope}` is twice in `default_scopes`")];
            found.report_server(place, message, message!["remove one of the two"]).other_of_server(first);
            continue;
        }
        let apis = || server.api_scopes.iter().map(|api| api.name.as_str());
        if apis().any(|api| scope == api) {
            continue;
        }
        let (what, help) = if server.is_identity_scope(scope) || scope == scope::OFFLINE_ACCESS {
            ("is never added by itself", String::from("remove it: clients ask for it"))
        } else {
            let help = match nearest(scope, apis()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => String::from("add it to `api_scopes`, or remove it"),
            };
            ("is none of `api_scopes`", help)
        };
        found.report_server(place, message![format!("the default scope {:?} {what}", scope.as_str())], message![help]);
    }
}

fn insecure_hosts_malformed(server: &Server, found: &mut Found<'_>) {
    for (at, host) in server.insecure_http_hosts.iter().enumerate() {
        let place = Place::Server("insecure_http_hosts", Some(at));
        let Err(problem) = check_host(host) else { continue };
        // Whoever pastes a URL means its host; so does whoever adds a port.
        let url = if host.contains("://") { host.to_string() } else { format!("http://{host}") };
        let meant =
            Uri::parse(&url).ok().and_then(|uri| uri.host().filter(|host| check_host(host).is_ok()).map(Text::from));
        let (what, help) = match meant {
            Some(meant) => (String::from("is not a host alone"), message![format!("write {:?}", meant.as_str())]),
            None => (format!("is not a host: {problem}"), message!["write a name such as `dev.example.com`"]),
        };
        found.report_server(place, message![format!("{:?} {what}", host.as_str())], help);
    }
}

fn insecure_hosts_under_fapi(server: &Server, found: &mut Found<'_>) {
    if server.profile == Profile::Fapi20 && !server.insecure_http_hosts.is_empty() {
        found.report_server(
            Place::Server("insecure_http_hosts", None),
            message!["plain http is not allowed under ", Profile::Fapi20],
            message!["remove `insecure_http_hosts`; clients in development can use `http://127.0.0.1`"],
        );
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;
    use alloc::vec::Vec;

    use super::super::{Definition, check};
    use super::*;
    use crate::{ApiScope, Client};

    /// The findings of the rule: level, client, place.
    fn findings(server: &Server, clients: Vec<Client>) -> Vec<(Level, Option<usize>, Place)> {
        let definitions: Vec<Definition> = clients.into_iter().map(Definition::from).collect();
        let report = check(server, &definitions, Vec::new());
        let of_server = report.findings.iter().filter(|finding| finding.rule.name == "server_invalid");
        of_server.map(|finding| (finding.level, finding.client, finding.place)).collect()
    }

    fn issued_by(issuer: &str) -> Server {
        Server { issuer: Some(issuer.into()), ..Server::default() }
    }

    #[test]
    fn issuers() {
        use Level::{Error, Warning};
        for (issuer, expected) in [
            ("https://id.example.com", &[][..]),
            ("https://id.example.com/", &[]),
            ("https://id.example.com:8443/tenant", &[]),
            ("https://id.example.com?x", &[Error]),
            ("https://id.example.com?", &[Error]),
            ("https://id.example.com#", &[Error]),
            ("https://id.example.com/?a#b", &[Error]),
            ("https://user@id.example.com", &[Error]),
            ("https://id_.example..com", &[Error]),
            ("https://id.example.com:0", &[Error]),
            ("http://id.example.com", &[Error]),
            ("http://localhost:5000", &[Warning]),
            ("http://localhost:5000/?a", &[Warning, Error]),
            ("id.example.com", &[Error]),
            ("urn:example:issuer", &[Error]),
            ("", &[Error]),
        ] {
            let found = findings(&issued_by(issuer), Vec::new());
            assert_eq!(found.iter().map(|(level, ..)| *level).collect::<Vec<_>>(), expected, "{issuer}");
        }
    }

    #[test]
    fn the_issuer_is_told_without_its_query() {
        let report = check(&issued_by("https://id.example.com/a?b"), &[], Vec::new());
        let found = report.findings.first().map(|finding| (finding.help.to_string(), finding.bytes.clone()));
        assert_eq!(found, Some(("write \"https://id.example.com/a\"".into(), Some(24..26))));
    }

    #[test]
    fn redirects_to_the_issuer() {
        let client = |uri: &str| Client { redirect_uris: [uri].into(), ..Client::default() };
        let clients = ["https://id.example.com/signin", "https://ID.example.com:443/", "https://app.example.com/"];
        let found = findings(&issued_by("https://id.example.com"), clients.map(client).into());
        assert_eq!(found, [(Level::Error, Some(1), Place::Item(Setting::RedirectUris, 0))]);
    }

    #[test]
    fn scopes() {
        let server = Server {
            identity_scopes: ["openid", "roles", "a b"].into(),
            api_scopes: ["api1", "roles", "offline_access"].into(),
            ..Server::default()
        };
        let place = |field, at| (Level::Error, None, Place::Server(field, Some(at)));
        assert_eq!(
            findings(&server, Vec::new()),
            [place("identity_scopes", 2), place("api_scopes", 2), place("identity_scopes", 1), place("api_scopes", 1)]
        );
    }

    #[test]
    fn scopes_that_are_declared_twice() {
        let api = |resource: &str| ApiScope { name: "read".into(), resource: Some(resource.into()) };
        let server = Server {
            identity_scopes: ["openid", "profile", "openid"].into(),
            api_scopes: [api("https://a.example.com"), api("https://b.example.com")].into(),
            ..Server::default()
        };
        let place = |field, at| (Level::Error, None, Place::Server(field, Some(at)));
        assert_eq!(
            findings(&server, Vec::new()),
            [place("identity_scopes", 0), place("identity_scopes", 2), place("api_scopes", 0), place("api_scopes", 1)]
        );
    }

    #[test]
    fn default_scopes() {
        let server = Server {
            identity_scopes: ["openid", "roles"].into(),
            api_scopes: ["api1", "api2"].into(),
            default_scopes: ["api1", "openid", "roles", "profile", "offline_access", "apl1", "other", "a b", "api1"]
                .into(),
            ..Server::default()
        };
        let report = check(&server, &[], Vec::new());
        let shown: Vec<_> = report
            .findings
            .iter()
            .map(|found| (found.place, found.message.to_string(), found.help.to_string()))
            .collect();
        let never = |scope: &str| format!("the default scope {scope:?} is never added by itself");
        let none = |scope: &str| format!("the default scope {scope:?} is none of `api_scopes`");
        let remove = "remove it: clients ask for it";
        let expected = [
            (1, never("openid"), remove),
            (2, never("roles"), remove),
            (3, never("profile"), remove),
            (4, never("offline_access"), remove),
            (5, none("apl1"), "did you mean `api1`?"),
            (6, none("other"), "add it to `api_scopes`, or remove it"),
            (7, none("a b"), "add it to `api_scopes`, or remove it"),
            (8, "scope `api1` is twice in `default_scopes`".into(), "remove one of the two"),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(at, message, help)| (Place::Server("default_scopes", Some(at)), message, String::from(help)))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn resources_and_insecure_hosts() {
        let api = |resource: &str| ApiScope { name: "api1".into(), resource: Some(resource.into()) };
        for (resource, wrong) in [
            ("https://api.example.com", false),
            ("urn:example:api", false),
            ("api.example.com", true),
            ("https://api.example.com/#v1", true),
            ("https://api example.com", true),
        ] {
            let server = Server { api_scopes: [api(resource)].into(), ..Server::default() };
            let place = Place::Server("api_scopes", Some(0));
            let expected = if wrong { vec![(Level::Error, None, place)] } else { vec![] };
            assert_eq!(findings(&server, Vec::new()), expected, "{resource}");
        }
        for (host, help) in [
            ("dev.example.com", None),
            ("[fd00::1]", None),
            ("10.0.0.7", None),
            ("http://dev.example.com/", Some("write \"dev.example.com\"")),
            ("dev.example.com:5000", Some("write \"dev.example.com\"")),
            ("*.example.com", Some("write a name such as `dev.example.com`")),
            ("", Some("write a name such as `dev.example.com`")),
        ] {
            let server = Server { insecure_http_hosts: [host].into(), ..Server::default() };
            let report = check(&server, &[], Vec::new());
            let shown = report.findings.first().map(|finding| finding.help.to_string());
            assert_eq!(shown.as_deref(), help, "{host}");
        }
    }

    #[test]
    fn fapi_has_no_insecure_hosts() {
        let server = |profile| Server { profile, insecure_http_hosts: ["dev.example.com"].into(), ..Server::default() };
        assert_eq!(findings(&server(Profile::OAuth21), Vec::new()), []);
        let place = Place::Server("insecure_http_hosts", None);
        assert_eq!(findings(&server(Profile::Fapi20), Vec::new()), [(Level::Error, None, place)]);
    }
}

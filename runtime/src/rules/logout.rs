//! Rules about logout URIs.

use alloc::{format, string::String, vec, vec::Vec};
use core::net::IpAddr;

use super::redirect::{self, Flaw, PlainHttp, Question, plain_http};
use super::{Case, Check, ERROR, Finding, Found, Level, Piece, Place, Rule, STRICTER, WARNING, message};
use crate::uri::{Origin, Uri, ip_address, is_localhost_name, is_loopback_host};
use crate::{Setting, Text};

pub(super) static RULES: &[&Rule] = &[
    &POST_LOGOUT_URI_INVALID,
    &LOGOUT_URI_INVALID,
    &LOGOUT_URI_HTTP,
    &FRONT_CHANNEL_LOGOUT_ORIGIN,
    &BACK_CHANNEL_LOGOUT_HOST,
];

static POST_LOGOUT_URI_INVALID: Rule = Rule {
    name: "post_logout_uri_invalid",
    levels: ERROR,
    pedantic: false,
    exceptions: &[(Level::Warning, "a fragment, or a host in place of the scheme")],
    standard: "OpenID Connect RP-Initiated Logout §2, §3.1",
    protects: "After signing out the browser is sent there. A URI that browsers repair, refuse or run leaves the user stranded, or hands them to a stranger.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    post_logout_redirect_uris: ["/signed-out"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    post_logout_redirect_uris: ["https://app.example.com/signed-out"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (setting, place, text) in uris(case).filter(|(setting, ..)| *setting == Setting::PostLogoutRedirectUris) {
            for (kind, flaw) in flaws(text) {
                let finding = report(case, found, setting, place, flaw);
                if kind == Kind::Fragment {
                    finding.level(Level::Warning);
                }
            }
            // By the letter it has a scheme of its own, which is allowed.
            if let Some(flaw) = Uri::parse(text).ok().as_ref().and_then(redirect::host_for_scheme) {
                report(case, found, setting, place, flaw).level(Level::Warning);
            }
        }
    }),
};

static LOGOUT_URI_INVALID: Rule = Rule {
    name: "logout_uri_invalid",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Front-Channel Logout §2; OpenID Connect Back-Channel Logout §2.2",
    protects: "The server loads or posts to this address when the user signs out. If it leads nowhere, the session in the application lives on.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    back_channel_logout_uri: "https://app.example.com/logout#now",
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    back_channel_logout_uri: "https://app.example.com/logout?now",
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (setting, place, text) in uris(case).filter(|(setting, ..)| *setting != Setting::PostLogoutRedirectUris) {
            for (kind, mut flaw) in flaws(text) {
                match kind {
                    // Nothing compares the path, so browsers may resolve it.
                    Kind::DotSegment => continue,
                    Kind::Scheme => {
                        flaw.help = String::from("write an absolute https URL, such as `https://host/path`")
                    }
                    Kind::Wildcard => flaw.help = String::from("write the one host or port that is meant"),
                    Kind::Fragment | Kind::Other => {}
                }
                report(case, found, setting, place, flaw);
            }
            if let Some(flaw) = Uri::parse(text).ok().as_ref().and_then(redirect::not_web) {
                report(case, found, setting, place, flaw);
            }
        }
    }),
};

static LOGOUT_URI_HTTP: Rule = Rule {
    name: "logout_uri_http",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[(Level::Warning, "a host of `insecure_http_hosts`"), (Level::Error, "a public client")],
    standard: "OpenID Connect Front-Channel Logout §2; OpenID Connect Back-Channel Logout §2.2; \
               OpenID Connect RP-Initiated Logout §3.1; OAuth 2.1 §1.5; \
               FAPI 2.0 §5.2.1 item 1",
    protects: "Over plain http anyone on the network path reads the logout token or the session id, and can keep the user from being signed out.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    back_channel_logout_uri: "http://app.example.com/logout",
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    back_channel_logout_uri: "https://app.example.com/logout",
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::RequireClientSecret],
    check: Check::Client(http),
};

static FRONT_CHANNEL_LOGOUT_ORIGIN: Rule = Rule {
    name: "front_channel_logout_origin",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Front-Channel Logout §2",
    protects: "The page is loaded in a frame to end the application's session. From another origin it cannot reach that session, and the page's owner learns who signs out.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    front_channel_logout_uri: "https://www.example.com/logout",
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    front_channel_logout_uri: "https://app.example.com/logout",
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::RedirectUris, Setting::FrontChannelLogoutUri],
    check: Check::Client(front_channel_origin),
};

static BACK_CHANNEL_LOGOUT_HOST: Rule = Rule {
    name: "back_channel_logout_host",
    levels: WARNING,
    pedantic: true,
    exceptions: &[(Level::Error, "a link-local host")],
    standard: "OpenID Connect Back-Channel Logout §2.5",
    protects: "The server itself posts to this address. A private one lets the client's owner reach into the server's own network, or is reached by nobody. At a link-local one, such as 169.254.169.254, a machine in a cloud finds its own credentials.",
    wrong: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    back_channel_logout_uri: "https://192.168.1.20/logout",
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("67c3396b24b90296147f53ee7f3b55751bbaf8e198094372b10b8f7f6f8fe24e")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    back_channel_logout_uri: "https://app.example.com/logout",
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        let Some(text) = &case.client.back_channel_logout_uri else { return };
        let Ok(uri) = Uri::parse(text) else { return };
        let valid = uri.host().filter(|_| uri.is_web() && redirect::host(&uri).is_none());
        if let Some(host) = valid.filter(|host| is_private(host)) {
            let start = uri.offset_of(host);
            let is_link_local = ip_address(host).is_some_and(is_link_local);
            let kind = if is_link_local { "link-local" } else { "private" };
            let finding = found
                .report(
                    case,
                    Place::Value(Setting::BackChannelLogoutUri),
                    message![format!("the server will post to the {kind} host `{host}`")],
                    message!["use a name that the server may reach"],
                )
                .bytes(start..start + host.len());
            if is_link_local {
                finding.level(Level::Error);
            }
        }
    }),
};

/// Every URI that signing out leads to, with its setting and place.
pub(super) fn uris<'a>(case: &Case<'a>) -> impl Iterator<Item = (Setting, Place, &'a Text)> {
    let client = case.client;
    let redirects = client.post_logout_redirect_uris.iter().enumerate().map(|(at, uri)| {
        let setting = Setting::PostLogoutRedirectUris;
        (setting, Place::Item(setting, at), uri)
    });
    let front = client.front_channel_logout_uri.iter().map(|uri| (Setting::FrontChannelLogoutUri, uri));
    let back = client.back_channel_logout_uri.iter().map(|uri| (Setting::BackChannelLogoutUri, uri));
    redirects.chain(front.chain(back).map(|(setting, uri)| (setting, Place::Value(setting), uri)))
}

/// What differs between the two rules about form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Fragment,
    DotSegment,
    Scheme,
    Wildcard,
    Other,
}

/// All that is wrong with the form of a URI.
fn flaws(text: &str) -> Vec<(Kind, Flaw)> {
    let uri = match Uri::parse(text) {
        Ok(uri) => uri,
        Err(error) => return vec![(Kind::Other, redirect::unreadable(text, &error))],
    };
    if let Some(flaw) = redirect::dangerous_scheme(&uri) {
        return vec![(Kind::Scheme, flaw)];
    }
    let questions: [(Kind, Question); 6] = [
        (Kind::Fragment, redirect::fragment),
        (Kind::Other, redirect::userinfo),
        (Kind::Wildcard, redirect::wildcard),
        (Kind::Other, redirect::host),
        (Kind::Other, redirect::port),
        (Kind::DotSegment, redirect::dot_segment),
    ];
    questions.into_iter().filter_map(|(kind, question)| Some((kind, question(&uri)?))).collect()
}

fn report<'a>(
    case: &Case<'_>,
    found: &'a mut Found<'_>,
    setting: Setting,
    place: Place,
    flaw: Flaw,
) -> &'a mut Finding {
    let Flaw { bytes, what, help } = flaw;
    found.report(case, place, message![subject(setting), format!(" {what}")], message![help]).bytes(bytes)
}

/// What a sentence about one of [`uris`] begins with.
pub(super) fn subject(setting: Setting) -> Piece {
    if setting == Setting::PostLogoutRedirectUris { "post-logout redirect URI".into() } else { setting.into() }
}

fn http(case: &Case<'_>, found: &mut Found<'_>) {
    for (setting, place, text) in uris(case) {
        let Ok(uri) = Uri::parse(text) else { continue };
        let Some(plain) = plain_http(&uri, case.server) else { continue };
        let help = plain.help("use `https`; plain http is only for `localhost`, `127.0.0.1` and `[::1]`").into();
        let what = format!("\"{uri}\" is plain http");
        let finding = report(case, found, setting, place, Flaw { bytes: 0..uri.scheme().len(), what, help });
        if plain == PlainHttp::Listed {
            finding.level(Level::Warning);
        } else if case.client.is_public() {
            finding.level(Level::Error);
        }
    }
}

fn front_channel_origin(case: &Case<'_>, found: &mut Found<'_>) {
    let setting = Setting::FrontChannelLogoutUri;
    let Some(text) = &case.client.front_channel_logout_uri else { return };
    let Ok(uri) = Uri::parse(text) else { return };
    // Of a host or a port that is none, `logout_uri_invalid` speaks.
    if [redirect::wildcard, redirect::host, redirect::port].iter().any(|question| question(&uri).is_some()) {
        return;
    }
    let Some(origin) = uri.origin() else { return };
    // Of plain http, `logout_uri_http` speaks.
    let over_https = plain_http(&uri, case.server).and_then(|_| {
        let rest = text.get(uri.scheme().len()..)?;
        Uri::parse(&format!("https{rest}")).ok()?.origin()
    });
    // The origin of a redirect URI that cannot be read is not known.
    if case.redirect_uris.is_empty() || case.redirect_uris.iter().any(Result::is_err) {
        return;
    }
    let is_shared = |redirect: Origin| redirect == origin || Some(&redirect) == over_https.as_ref();
    if case.redirects().filter_map(|(_, _, uri)| uri.origin()).any(is_shared) {
        return;
    }
    let help = match case.redirects().find_map(|(_, _, uri)| uri.origin()) {
        Some(redirect) => format!("host it with the app, such as \"{redirect}/logout\""),
        None => String::from("host it with the app, or leave it out"),
    };
    found.report(
        case,
        Place::Value(setting),
        message![setting, format!(" is on \"{origin}\", which no redirect URI uses")],
        message![help],
    );
}

/// Whether the host is this machine or lies in a network of its own.
fn is_private(host: &str) -> bool {
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let local = name.ends_with(".local") || name.ends_with(".internal");
    local || is_loopback_host(&name) || is_localhost_name(&name) || ip_address(&name).is_some_and(is_private_address)
}

fn is_private_address(address: IpAddr) -> bool {
    // `::ffff:10.0.0.1` is `10.0.0.1`.
    let is_private = match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    };
    is_private || is_link_local(address)
}

/// Whether a machine answers itself there, or one beside it: no client of a server is at such an address.
fn is_link_local(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Message, check_client};
    use crate::{Client, GrantType, Levels, Profile, Server};

    fn client() -> Client {
        Client {
            client_id: "web".into(),
            allowed_grant_types: [GrantType::AuthorizationCode].into(),
            redirect_uris: ["https://app.example.com/callback"].into(),
            ..Client::default()
        }
    }

    /// The logout rules that speak of a client, with their levels.
    fn found(server: &Server, client: Client) -> Vec<(&'static str, Level)> {
        let findings = check_client(server, client);
        let ours = findings.iter().filter(|finding| RULES.iter().any(|rule| rule.name == finding.rule.name));
        ours.map(|finding| (finding.rule.name, finding.level)).collect()
    }

    #[test]
    fn the_form_of_a_post_logout_uri() {
        let name = "post_logout_uri_invalid";
        for (uri, expected) in [
            ("https://app.example.com/", vec![]),
            ("com.example.app:/signed-out", vec![]),
            ("localhost:5000/signed-out", vec![Level::Warning]),
            ("https://app.example.com/#", vec![Level::Warning]),
            ("https://me@*.example.com/../", vec![Level::Error; 3]),
            ("https://app.example.com:0/", vec![Level::Error]),
            ("javascript:x#y", vec![Level::Error]),
            ("https://app.example.com/a b", vec![Level::Error]),
            ("", vec![Level::Error]),
        ] {
            let client = Client { post_logout_redirect_uris: [uri].into(), ..client() };
            let expected: Vec<_> = expected.into_iter().map(|level| (name, level)).collect();
            assert_eq!(found(&Server::default(), client), expected, "{uri}");
        }
    }

    #[test]
    fn plain_http_is_for_confidential_clients_and_never_refused_on_a_listed_host() {
        let name = "logout_uri_http";
        for (uri, public, profile, expected) in [
            ("http://app.example.com/", false, Profile::Default, Some(Level::Warning)),
            ("http://app.example.com/", false, Profile::OAuth21, Some(Level::Error)),
            ("http://app.example.com/", true, Profile::Default, Some(Level::Error)),
            ("http://DEV.example.com/", true, Profile::OAuth21, Some(Level::Warning)),
            ("http://localhost:5000/", true, Profile::Fapi20, None),
            ("http://app.localhost/", true, Profile::Fapi20, None),
            ("https://app.example.com/", true, Profile::Fapi20, None),
        ] {
            let server = Server { profile, insecure_http_hosts: ["dev.example.com"].into(), ..Server::default() };
            let client =
                Client { back_channel_logout_uri: Some(uri.into()), require_client_secret: !public, ..client() };
            let expected: Vec<_> = expected.into_iter().map(|level| (name, level)).collect();
            assert_eq!(found(&server, client), expected, "{uri}");
        }
    }

    #[test]
    fn the_front_channel_shares_an_origin() {
        let origin = ("front_channel_logout_origin", Level::Warning);
        let form = ("logout_uri_invalid", Level::Error);
        for (front, redirects, expected) in [
            ("https://APP.example.com:443/logout", ["https://app.example.com/cb", "x.y:/cb"], None),
            ("https://app.example.com/logout", ["https://b.example.com/cb", "https://app.example.com/cb"], None),
            ("https://app.example.com:8443/logout", ["https://app.example.com/cb", "x.y:/cb"], Some(origin)),
            ("https://app.example.com/logout", ["https://b.example.com/cb", "https://app.example.com/c b"], None),
            ("app.example.com/logout", ["https://app.example.com/cb", "x.y:/cb"], Some(form)),
            ("x.y:/logout", ["https://app.example.com/cb", "x.y:/cb"], Some(form)),
        ] {
            let client =
                Client { front_channel_logout_uri: Some(front.into()), redirect_uris: redirects.into(), ..client() };
            let expected: Vec<_> = expected.into_iter().collect();
            assert_eq!(found(&Server::default(), client), expected, "{front}");
        }
    }

    #[test]
    fn a_link_local_host_is_an_error_whatever_is_switched_on() {
        let name = "back_channel_logout_host";
        let uri = |uri: &str| Client { back_channel_logout_uri: Some(uri.into()), ..client() };
        let link_local = || uri("https://169.254.169.254/latest/meta-data");
        for (list, expected) in [("", Level::Silent), ("pedantic", Level::Warning), (name, Level::Warning)] {
            let server = Server { levels: Levels { warn: [list].into(), ..Levels::EMPTY }, ..Server::default() };
            for host in ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.1.1]"] {
                let on_host = found(&server, uri(&format!("https://{host}/logout")));
                assert_eq!(on_host, [(name, Level::Error)], "{host} {list}");
            }
            assert!(check_client(&server, link_local()).iter().all(|finding| finding.note == Message::default()));
            let private = found(&server, uri("https://10.0.0.1/logout"));
            assert_eq!(private.first().map_or(Level::Silent, |(_, level)| *level), expected, "{list}");
        }
        let allowed = Levels { allow: [name].into(), ..Levels::EMPTY };
        let server = Server { levels: allowed, ..Server::default() };
        assert_eq!(found(&server, link_local()), [(name, Level::Error)]);
    }

    #[test]
    fn private_hosts() {
        for host in [
            "localhost",
            "app.LOCALHOST",
            "127.0.0.2",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "[::1]",
            "[fd00::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.1]",
            "printer.local",
            "Metadata.google.internal.",
        ] {
            assert!(is_private(host), "{host}");
        }
        for host in ["app.example.com", "172.32.0.1", "8.8.8.8", "[2001:db8::1]", "local", "internal.example.com"] {
            assert!(!is_private(host), "{host}");
        }
    }
}

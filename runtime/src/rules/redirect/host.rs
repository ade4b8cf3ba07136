//! Where a redirect URI leads.

use alloc::format;

use super::flaw::{Flaw, has_wildcard, host, range_of, spliced, wildcard};
use super::{report, usable};
use crate::rules::{Case, Check, ERROR, Found, Level, Message, Place, Rule, STRICTER, WARNING, logout, message};
use crate::uri::{Uri, check_host, ip_address, is_localhost_name, is_loopback_host};
use crate::{ApplicationType, GrantType, Server, Setting};

pub(super) static REDIRECT_URI_HTTP: Rule = Rule {
    name: "redirect_uri_http",
    levels: ERROR,
    pedantic: false,
    exceptions: &[(Level::Warning, "a host of `insecure_http_hosts`")],
    standard: "RFC 9700 §2.6; RFC 7591 §5; FAPI 2.0 §5.3.2.2 item 8",
    protects: "Over plain http anyone on the network path reads the authorization response and takes the code.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["http://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["http://localhost:5000/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, uri) in usable(case) {
            let Some(plain) = plain_http(uri, case.server) else { continue };
            let help = plain.help("use `https`; plain http is only for `localhost`, `127.0.0.1` and `[::1]`");
            let what = format!("\"{uri}\" sends the authorization response unencrypted");
            let finding =
                report(case, found, place, Flaw { bytes: range_of(uri, uri.scheme()), what, help: help.into() });
            if plain == PlainHttp::Listed {
                finding.level(Level::Warning);
            }
        }
    }),
};

pub(super) static REDIRECT_URI_IMPLICIT_WEB: Rule = Rule {
    name: "redirect_uri_implicit_web",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Registration §2; OpenID Connect Core §3.2.2.1",
    protects: "The implicit grant puts tokens into the redirect itself. On this machine any other program may listen in place of the application.",
    wrong: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [Implicit],
    redirect_uris: ["https://localhost:5001/callback"],
    allowed_scopes: ["openid"],
}"#,
    right: r#"Client {
    client_id: "spa",
    require_client_secret: false,
    allowed_grant_types: [Implicit],
    redirect_uris: ["https://spa.example.com/callback"],
    allowed_scopes: ["openid"],
}"#,
    needs: &[Setting::AllowedGrantTypes, Setting::ApplicationType],
    check: Check::Client(|case, found| {
        if case.is_native() || !case.has(&GrantType::Implicit) {
            return;
        }
        for (place, uri) in usable(case).filter(|(_, uri)| uri.is_web()) {
            // Where the host or plain http is refused, that has been said.
            let refused = plain_http(uri, case.server) == Some(PlainHttp::Refused)
                || host(uri).is_some()
                || wildcard(uri).is_some();
            if !refused && (uri.scheme_is("http") || is_loopback(uri)) {
                found.report(
                    case,
                    place,
                    message![format!("implicit web clients must redirect to https on a real host, not \"{uri}\"")],
                    message!["use `https` on a host of your own, or ", GrantType::AuthorizationCode],
                );
            }
        }
    }),
};

pub(super) static REDIRECT_URI_LOCALHOST_NAME: Rule = Rule {
    name: "redirect_uri_localhost_name",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 8252 §8.3; OAuth 2.1 §8.4.2",
    protects: "The name `localhost` may resolve to another network interface than the one the application listens on, and firewalls treat it otherwise. The address is always this machine.",
    wrong: r#"Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["http://localhost/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["http://127.0.0.1/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::ApplicationType],
    check: Check::Client(|case, found| {
        if !case.is_native() {
            return;
        }
        for (place, uri) in usable(case).filter(|(_, uri)| uri.scheme_is("http")) {
            if let Some(host) = uri.host().filter(|host| is_localhost_name(host)) {
                let bytes = range_of(uri, host);
                let [ipv4, ipv6] = ["127.0.0.1", "[::1]"].map(|address| spliced(uri, &bytes, address));
                let what = format!("\"{uri}\" uses the name `{host}`");
                let help = format!("write \"{ipv4}\", and \"{ipv6}\" beside it");
                report(case, found, place, Flaw { bytes, what, help });
            }
        }
    }),
};

pub(super) static REDIRECT_URI_LOOPBACK_WEB: Rule = Rule {
    name: "redirect_uri_loopback_web",
    levels: [Level::Silent, Level::Warning, Level::Error],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.6; RFC 8252 §7.3; FAPI 2.0 §5.3.2.2 item 8",
    protects: "On whatever machine the browser runs, any program may listen on that port and take the code. Only an application installed there has reason to.",
    wrong: r#"Server { profile: OAuth21 },
Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://localhost:5001/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { profile: OAuth21 },
Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com:5001/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::AllowedGrantTypes, Setting::ApplicationType],
    check: Check::Client(|case, found| {
        if case.is_native() || case.grant(GrantType::issues_code).is_none() {
            return;
        }
        for (place, uri) in usable(case).filter(|(_, uri)| is_loopback(uri)) {
            found.report(
                case,
                place,
                message![format!("web client has the loopback redirect URI \"{uri}\"")],
                message![
                    "move it to a client for development alone, or, if this is an installed app, set ",
                    (Setting::ApplicationType, Some(ApplicationType::Native))
                ],
            );
        }
    }),
};

pub(super) static REDIRECT_URI_DEBUG_HOST: Rule = Rule {
    name: "redirect_uri_debug_host",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §4.1",
    protects: "Services that show or forward requests are open to everyone. Whoever knows the client id can have a user's code delivered there and read it.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://webhook.site/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://webhook.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, uri) in usable(case) {
            debug_host(case, found, place, uri, "redirect URI".into());
        }
        for (setting, place, text) in logout::uris(case) {
            if let Ok(uri) = Uri::parse(text) {
                debug_host(case, found, place, &uri, message![logout::subject(setting)]);
            }
        }
    }),
};

pub(super) static REDIRECT_URI_IP_HOST: Rule = Rule {
    name: "redirect_uri_ip_host",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 9700 §4.1.1",
    protects: "Addresses are handed on without notice, and few authorities certify them. The next owner of the address gets the codes.",
    wrong: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://203.0.113.7/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { warn: [pedantic] },
Client {
    client_id: "web",
    client_name: "App",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, uri) in usable(case).filter(|(_, uri)| uri.scheme_is("https")) {
            let valid = uri.host().filter(|_| host(uri).is_none() && !is_loopback(uri));
            if let Some(host) = valid.filter(|host| ip_address(host).is_some()) {
                found
                    .report(
                        case,
                        place,
                        message![format!("redirect URI host is the IP address `{host}`")],
                        message!["use a name you own"],
                    )
                    .bytes(range_of(uri, host));
            }
        }
    }),
};

/// Plain http to another machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) enum PlainHttp {
    /// The server lists the host in `insecure_http_hosts`.
    Listed,
    /// It does not.
    Refused,
}

impl PlainHttp {
    /// What to write instead, where it is refused.
    pub fn help(self, refused: &'static str) -> &'static str {
        match self {
            Self::Listed => "the server allows it for this host, for development; use `https` everywhere else",
            Self::Refused => refused,
        }
    }
}

/// Whether the URI is plain http and leaves this machine. A host that has to be corrected is judged
/// by what it will be.
pub(in crate::rules) fn plain_http(uri: &Uri<'_>, server: &Server) -> Option<PlainHttp> {
    let written = uri.host().filter(|host| uri.scheme_is("http") && !host.is_empty() && !has_wildcard(host))?;
    let corrected = check_host(written).err().and_then(|problem| problem.suggestion());
    let host = corrected.as_deref().unwrap_or(written);
    if is_loopback_host(host) || is_localhost_name(host) {
        return None;
    }
    let listed = server.insecure_http_hosts.iter().any(|listed| listed.eq_ignore_ascii_case(written));
    Some(if listed { PlainHttp::Listed } else { PlainHttp::Refused })
}

fn is_loopback(uri: &Uri<'_>) -> bool {
    uri.is_web() && uri.host().is_some_and(is_loopback_host)
}

/// Public services for looking at requests, and tunnels; with the hosts below them.
const DEBUG_HOSTS: &[&str] =
    &["oauth.pstmn.io", "jwt.ms", "oidcdebugger.com", "webhook.site", "ngrok.io", "ngrok-free.app", "loca.lt"];

fn debug_host(case: &Case<'_>, found: &mut Found<'_>, place: Place, uri: &Uri<'_>, mut subject: Message) {
    let Some(host) = uri.host().filter(|_| uri.is_web()) else { return };
    let folded = host.trim_end_matches('.').to_ascii_lowercase();
    let is_below = |known: &str| folded.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if DEBUG_HOSTS.iter().any(|known| is_below(known)) {
        subject.pieces.push(format!(" points to `{host}`, where others can read what is sent").into());
        let help = message!["keep it in a client for debugging alone, such as one behind `#[cfg(debug_assertions)]`"];
        found.report(case, place, subject, help).bytes(range_of(uri, host));
    }
}

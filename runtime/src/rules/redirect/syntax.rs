//! Whether a redirect URI is one that browsers and the server read alike.

use super::{each, flaw, report};
use crate::Setting;
use crate::rules::{Case, Check, ERROR, Found, Place, Rule};

pub(super) static REDIRECT_URI_NOT_ABSOLUTE: Rule = Rule {
    name: "redirect_uri_not_absolute",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §3.1.2; OAuth 2.1 §2.3; RFC 3986 §4.3",
    protects: "Redirect URIs are compared byte for byte with what the client sends, which is always absolute. A relative one never matches, or a browser resolves it against the server's own address.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["/callback"],
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
    check: Check::Client(|case, found| unreadable(case, found, false)),
};

pub(super) static REDIRECT_URI_CHARSET: Rule = Rule {
    name: "redirect_uri_charset",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 3986 §2; RFC 6749 App. A.6",
    protects: "Browsers and servers repair such characters in different ways: the redirect is refused, or goes elsewhere than was meant. A line break may even end the response's header.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/call back"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/call%20back"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| unreadable(case, found, true)),
};

pub(super) static REDIRECT_URI_FRAGMENT: Rule = Rule {
    name: "redirect_uri_fragment",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §3.1.2; OAuth 2.1 §2.3",
    protects: "The response is appended to the redirect URI. Behind a fragment it never reaches the application's server, or mixes with the fragment.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback#signed-in"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback?view=signed-in"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, flaw::fragment)),
};

pub(super) static REDIRECT_URI_HOST: Rule = Rule {
    name: "redirect_uri_host",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 3986 §3.2.2, §3.2.3; RFC 1123 §2.1; WHATWG URL §3.5",
    protects: "A host that is none is refused by browsers, or read as another one, and the response goes to a stranger.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://-app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://my-app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        each(case, found, flaw::host);
        each(case, found, flaw::port);
    }),
};

pub(super) static REDIRECT_URI_WILDCARD: Rule = Rule {
    name: "redirect_uri_wildcard",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §4.1.1, §4.1.3; OAuth 2.1 §2.3.1",
    protects: "Redirect URIs are compared byte for byte, so a wildcard matches nothing. Where a server does expand it, whoever gets hold of any one of the hosts gets the codes.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://*.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://a.example.com/callback", "https://b.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, flaw::wildcard)),
};

pub(super) static REDIRECT_URI_USERINFO: Rule = Rule {
    name: "redirect_uri_userinfo",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9110 §4.2.4; RFC 3986 §3.2.1, §7.5, §7.6",
    protects: "What stands before an `@` looks like the host and is not. The response goes to the host behind it.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com@callback.example.net/"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/@callback.example.net/"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, flaw::userinfo)),
};

pub(super) static REDIRECT_URI_DOT_SEGMENT: Rule = Rule {
    name: "redirect_uri_dot_segment",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 3986 §5.2.4, §6.2.2.3; RFC 9700 §4.1.3",
    protects: "Browsers resolve `..` before they send the response, and a comparison of bytes does not. The response goes to another page than the one that was registered.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/a/../callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/a/..callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, flaw::dot_segment)),
};

/// Reports the URIs that could not be parsed: those with a wrong character, or those that are not absolute.
fn unreadable(case: &Case<'_>, found: &mut Found<'_>, charset: bool) {
    for (at, (uri, text)) in case.redirect_uris.iter().zip(case.client.redirect_uris.iter()).enumerate() {
        if let Err(error) = uri
            && error.is_charset() == charset
        {
            report(case, found, Place::Item(Setting::RedirectUris, at), flaw::unreadable(text, error));
        }
    }
}

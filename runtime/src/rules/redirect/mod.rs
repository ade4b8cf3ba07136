//! Rules about redirect URIs.

mod content;
mod flaw;
mod host;
mod scheme;
mod syntax;

use super::{Case, Check, ERROR, Finding, Found, Place, Rule, message};
use crate::uri::Uri;
use crate::{GrantType, List, Setting, Text};

pub(super) use flaw::{
    Flaw, Question, dangerous_scheme, dot_segment, fragment, host, host_for_scheme, not_web, port, unreadable,
    userinfo, wildcard, write_instead,
};
pub(super) use host::{PlainHttp, plain_http};

pub(super) static RULES: &[&Rule] = &[
    &REDIRECT_URI_MISSING,
    &syntax::REDIRECT_URI_NOT_ABSOLUTE,
    &syntax::REDIRECT_URI_CHARSET,
    &syntax::REDIRECT_URI_FRAGMENT,
    &scheme::REDIRECT_URI_DANGEROUS_SCHEME,
    &host::REDIRECT_URI_HTTP,
    &syntax::REDIRECT_URI_HOST,
    &syntax::REDIRECT_URI_WILDCARD,
    &syntax::REDIRECT_URI_USERINFO,
    &syntax::REDIRECT_URI_DOT_SEGMENT,
    &content::REDIRECT_URI_NON_CANONICAL,
    &content::REDIRECT_URI_RESERVED_PARAM,
    &host::REDIRECT_URI_IMPLICIT_WEB,
    &host::REDIRECT_URI_LOCALHOST_NAME,
    &scheme::REDIRECT_URI_SCHEME_IN_WEB,
    &scheme::REDIRECT_URI_SCHEME_NO_DOT,
    &scheme::REDIRECT_URI_SHARED_SCHEME,
    &content::REDIRECT_URI_WILDCARD_PATH,
    &content::REDIRECT_URI_SEVERAL,
    &host::REDIRECT_URI_LOOPBACK_WEB,
    &host::REDIRECT_URI_DEBUG_HOST,
    &content::REDIRECT_URI_OPEN_REDIRECT,
    &host::REDIRECT_URI_IP_HOST,
    &scheme::REDIRECT_URI_SCHEME_AUTHORITY,
    &content::REDIRECT_URI_TOO_LONG,
    &scheme::CONSENT_SKIPPED_NATIVE,
    &content::REDIRECT_URI_EMPTY_PATH,
];

/// Whether a URI's scheme is an application's own (RFC 8252 §7.1), and not a host that stands in its place.
pub(super) fn is_private_use(uri: &Uri<'_>) -> bool {
    !uri.is_web() && !flaw::is_dangerous(uri) && flaw::host_for_scheme(uri).is_none()
}

/// The redirect URIs that can be judged part by part: one with a dangerous scheme has to be
/// replaced as a whole, whatever else it says.
fn usable<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (Place, &'a Uri<'a>)> {
    case.redirects().filter(|(_, _, uri)| !flaw::is_dangerous(uri)).map(|(place, _, uri)| (place, uri))
}

/// Reports what is wrong with each redirect URI.
fn each(case: &Case<'_>, found: &mut Found<'_>, flaw: Question) {
    for (place, uri) in usable(case) {
        if let Some(flaw) = flaw(uri) {
            report(case, found, place, flaw);
        }
    }
}

fn report<'a>(case: &Case<'_>, found: &'a mut Found<'_>, place: Place, flaw: Flaw) -> &'a mut Finding {
    let Flaw { bytes, what, help } = flaw;
    found.report(case, place, message!["redirect URI ", what], message![help]).bytes(bytes)
}

static REDIRECT_URI_MISSING: Rule = Rule {
    name: "redirect_uri_missing",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §3.1.2.2; OAuth 2.1 §2.3.1",
    protects: "A grant that goes through the browser has nowhere to send its response, so every request fails.",
    wrong: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::RedirectUris, Setting::AllowedGrantTypes],
    check: Check::Client(|case, found| {
        if let Some(grant) = case.grant(GrantType::is_interactive)
            && case.client.redirect_uris.is_empty()
        {
            found.report(
                case,
                case.place_of(Setting::RedirectUris),
                message![grant, " needs a redirect URI"],
                message!["add ", (Setting::RedirectUris, List::<Text>::from(["https://app.example.com/callback"]))],
            );
        }
    }),
};

#[cfg(test)]
mod tests;

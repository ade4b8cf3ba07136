//! Which application the system hands a redirect to.

use alloc::{collections::BTreeMap, format, string::String};

use super::flaw::{self, Flaw, range_of, spliced, write_instead};
use super::{each, is_private_use, report, usable};
use crate::rules::{Case, Check, ERROR, Found, Level, Place, Rule, WARNING, message};
use crate::uri::Uri;
use crate::{ApplicationType, GrantType, Setting};

pub(super) static REDIRECT_URI_DANGEROUS_SCHEME: Rule = Rule {
    name: "redirect_uri_dangerous_scheme",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7591 §5; IdentityServer's InvalidRedirectUriPrefixes",
    protects: "Such a scheme runs code in the browser, reads local files, or hands the response to another program.",
    wrong: r#"Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["javascript:void(0)"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.app:/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, _, uri) in case.redirects() {
            if let Some(flaw) = flaw::dangerous_scheme(uri) {
                report(case, found, place, flaw);
            }
        }
    }),
};

pub(super) static REDIRECT_URI_SCHEME_IN_WEB: Rule = Rule {
    name: "redirect_uri_scheme_in_web",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Registration §2; RFC 8252 §7.1",
    protects: "Web applications live at http(s) addresses. Behind any other scheme stands an installed application, for which other rules hold.",
    wrong: r#"Client {
    client_id: "web",
    application_type: Web,
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.app:/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web",
    application_type: Web,
    client_secrets: [sha256("975cb44c04e59f4143894f0419c47f07ad55cb720130da90b138e964d7226fda")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::ApplicationType],
    check: Check::Client(|case, found| {
        if case.client.application_type != Some(ApplicationType::Web) {
            return;
        }
        for (place, uri) in usable(case).filter(|(_, uri)| !uri.is_web()) {
            if let Some(flaw) = flaw::host_for_scheme(uri) {
                report(case, found, place, flaw);
                continue;
            }
            found
                .report(
                    case,
                    place,
                    message![format!("a web client cannot use the scheme `{}:`", uri.scheme())],
                    message![
                        "use `https`, or, if this is an installed app, set ",
                        (Setting::ApplicationType, Some(ApplicationType::Native))
                    ],
                )
                .bytes(range_of(uri, uri.scheme()));
        }
    }),
};

pub(super) static REDIRECT_URI_SCHEME_NO_DOT: Rule = Rule {
    name: "redirect_uri_scheme_no_dot",
    levels: [Level::Warning, Level::Warning, Level::Error],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 8252 §7.1, §8.4; OAuth 2.1 §2.3.1, §8.4.3",
    protects: "Any application can register any scheme on a device. Only the reversed name of a domain you own keeps clear of others by accident, and shows whose it is.",
    wrong: r#"Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["shop:/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.shop:/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(scheme_no_dot),
};

pub(super) static REDIRECT_URI_SHARED_SCHEME: Rule = Rule {
    name: "redirect_uri_shared_scheme",
    levels: [Level::Warning, Level::Warning, Level::Silent],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 8252 §7.1, §8.1; OAuth 2.1 §8.4.3",
    protects: "Where two applications have the same scheme, the system picks one. The code of one client is handed to the other application.",
    wrong: r#"Client {
    client_id: "shop",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.shop:/callback"],
    allowed_scopes: ["openid", "api1"],
},
Client {
    client_id: "shop-admin",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.shop:/callback/admin"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "shop",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.shop:/callback"],
    allowed_scopes: ["openid", "api1"],
},
Client {
    client_id: "shop-admin",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.shop.admin:/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::RequireClientSecret],
    check: Check::Set(shared_scheme),
};

pub(super) static REDIRECT_URI_SCHEME_AUTHORITY: Rule = Rule {
    name: "redirect_uri_scheme_authority",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 8252 §7.1; OAuth 2.1 §8.4.3",
    protects: "What follows `//` is a host name. Systems differ on its case and on the slash behind it, so the redirect arrives altered.",
    wrong: r#"Server { warn: [pedantic] },
Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    client_name: "App",
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.app://callback"],
    require_consent: true,
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { warn: [pedantic] },
Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    client_name: "App",
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.app:/callback"],
    require_consent: true,
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| each(case, found, scheme_authority)),
};

pub(super) static CONSENT_SKIPPED_NATIVE: Rule = Rule {
    name: "consent_skipped_native",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 8252 §8.6",
    protects: "Another application can register the same scheme. Without a question to the user it gets tokens in silence, for whoever is signed in.",
    wrong: r#"Server { warn: [pedantic] },
Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    client_name: "App",
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.app:/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server { warn: [pedantic] },
Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    client_name: "App",
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.app:/callback"],
    require_consent: true,
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::RequireConsent, Setting::AllowedGrantTypes, Setting::ApplicationType],
    check: Check::Client(|case, found| {
        let private_use = private_use(case).next();
        if let Some((_, uri)) = private_use
            && case.is_native()
            && case.grant(GrantType::is_interactive).is_some()
            && !case.client.require_consent
        {
            found.report(
                case,
                case.place_of(Setting::RequireConsent),
                message![format!("another app can take the scheme `{}:` and get tokens unseen", uri.scheme())],
                message!["set ", (Setting::RequireConsent, true)],
            );
        }
    }),
};

fn private_use<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (Place, &'a Uri<'a>)> {
    usable(case).filter(|(_, uri)| is_private_use(uri))
}

fn scheme_no_dot(case: &Case<'_>, found: &mut Found<'_>) {
    // A web client has `redirect_uri_scheme_in_web`.
    if case.client.application_type == Some(ApplicationType::Web) {
        return;
    }
    for (place, uri) in usable(case).filter(|(_, uri)| !uri.is_web()) {
        if let Some(flaw) = flaw::host_for_scheme(uri) {
            report(case, found, place, flaw);
            continue;
        }
        let scheme = uri.scheme();
        let bytes = range_of(uri, scheme);
        let (what, help) = if is_out_of_band(uri) {
            let what = format!("\"{uri}\" asks the user to copy the code, which is obsolete");
            (what, String::from("use a loopback redirect such as `http://127.0.0.1/callback`"))
        } else if !is_reversed_domain(scheme) {
            let what = format!("has the scheme `{scheme}:`, which is not a reversed domain name");
            (what, format!("use a domain you own, as in `com.example.{}:/callback`", own_label(scheme)))
        } else {
            continue;
        };
        report(case, found, place, Flaw { bytes, what, help });
    }
}

/// The value by which installed applications once said that they receive no redirect.
fn is_out_of_band(uri: &Uri<'_>) -> bool {
    ["urn:ietf:wg:oauth:2.0:oob", "urn:ietf:wg:oauth:2.0:oob:auto"]
        .iter()
        .any(|value| uri.as_str().eq_ignore_ascii_case(value))
}

/// What of a scheme can be kept as a label of a domain name.
fn own_label(scheme: &str) -> String {
    let label = scheme.rsplit('.').find(|label| !label.is_empty()).unwrap_or(scheme).to_ascii_lowercase();
    let label = label.replace('+', "-");
    match label.trim_matches('-') {
        "" => String::from("app"),
        label => String::from(label),
    }
}

/// Whether the scheme has the shape of one: labels of a host name, the first like a top-level domain.
fn is_reversed_domain(scheme: &str) -> bool {
    let is_label = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    let Some((first, rest)) = scheme.split_once('.') else { return false };
    let like_top_level = first.len() >= 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let internationalised = first.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--"));
    (like_top_level || internationalised && is_label(first)) && rest.split('.').all(is_label)
}

/// Each client after the first with a scheme is reported beside the first, and the first once.
fn shared_scheme(cases: &[Case<'_>], found: &mut Found<'_>) {
    // By scheme: the first client, and whether it has been reported.
    let mut owners: BTreeMap<String, (&Case<'_>, Place, bool)> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.can_judge(&REDIRECT_URI_SHARED_SCHEME) && case.client.is_public()) {
        // Of several URIs with the same scheme the first stands for all.
        let mut own: BTreeMap<String, Place> = BTreeMap::new();
        for (place, uri) in private_use(case).filter(|(_, uri)| !is_out_of_band(uri)) {
            own.entry(uri.scheme().to_ascii_lowercase()).or_insert(place);
        }
        for (scheme, place) in own {
            let Some((first, first_place, reported)) = owners.get_mut(&scheme) else {
                owners.insert(scheme, (case, place, false));
                continue;
            };
            if !core::mem::replace(reported, true) {
                report_shared(found, &scheme, (first, *first_place), (case, place));
            }
            report_shared(found, &scheme, (case, place), (first, *first_place));
        }
    }
}

fn report_shared(found: &mut Found<'_>, scheme: &str, here: (&Case<'_>, Place), there: (&Case<'_>, Place)) {
    let [one, other] = [here, there].map(|(case, _)| &case.client.client_id);
    found
        .report(
            here.0,
            here.1,
            message![format!("clients {one:?} and {other:?} both receive `{scheme}:`")],
            message!["give each app a scheme of its own; the system may hand the code to the other app"],
        )
        .bytes(0..scheme.len())
        .other(there.0.index, there.1);
}

fn scheme_authority(uri: &Uri<'_>) -> Option<Flaw> {
    let authority = uri.authority().filter(|_| is_private_use(uri))?;
    let (scheme, host) = (uri.scheme(), authority.host);
    let slashes = scheme.len() + 1..scheme.len() + 3;
    Some(Flaw {
        what: format!("\"{uri}\" makes \"{host}\" a host name"),
        help: write_instead(&spliced(uri, &slashes, "/")),
        bytes: slashes,
    })
}

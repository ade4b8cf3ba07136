//! Rules about scopes.

use alloc::{format, string::String};
use core::ops::Range;

use super::{Case, Check, ERROR, Found, Level, Place, Rule, WARNING, message, nearest};
use crate::character::Shown;
use crate::{GrantType, List, Profile, Server, Setting, Text};

pub(super) static RULES: &[&Rule] = &[
    &SCOPE_CHARSET,
    &SCOPE_UNKNOWN,
    &SCOPE_OPENID_MISSING,
    &SCOPE_OFFLINE_ACCESS,
    &SCOPES_EMPTY,
    &SCOPE_WILDCARD,
    &SCOPE_IDENTITY_MACHINE,
];

pub(super) use crate::server::{CLAIM_SCOPES, OFFLINE_ACCESS, OPENID};

static SCOPE_CHARSET: Rule = Rule {
    name: "scope_charset",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §3.3, App. A.4; OAuth 2.1 §12.4",
    protects: "Requests list scopes with a space between them, so a scope that contains one can never be asked for. \
               The same holds for the other characters that the syntax leaves out.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("5f0b1c8e7d3a49260bd1f4e2a7c98635d01e6fb2483c7a95e1d40f2b6c8a9357")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid profile"],
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("5f0b1c8e7d3a49260bd1f4e2a7c98635d01e6fb2483c7a95e1d40f2b6c8a9357")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "profile"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, scope) in scopes(case) {
            let Some(flaw) = flaw(scope) else { continue };
            let apart: List<Text> = parts(scope).collect();
            let help = match apart.len() {
                0 => message!["remove it"],
                1 if flaw.is_space => message!["write ", (Setting::AllowedScopes, apart)],
                _ if flaw.is_space => message!["write one scope per entry: ", (Setting::AllowedScopes, apart)],
                _ => message!["use printable ASCII without space, `\"` and `\\`"],
            };
            let message = if scope.is_empty() { "a scope ".into() } else { format!("scope {scope:?} ") };
            found.report(case, place, message![message, flaw.what], help).bytes = flaw.bytes;
        }
    }),
};

/// The scopes that were probably meant by a text with separators.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let separated = text.split(|character: char| character.is_whitespace() || matches!(character, ',' | ';'));
    separated.filter(|part| !part.is_empty())
}

static SCOPE_UNKNOWN: Rule = Rule {
    name: "scope_unknown",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §3.3",
    protects: "Scopes are compared byte for byte. A client with a misspelt one is answered `invalid_scope`, \
               and nobody notices before a user tries to sign in.",
    wrong: r#"Server {
    identity_scopes: ["openid"],
    api_scopes: ["api1", "api2.read_only"],
},
Client {
    client_id: "report-service",
    client_secrets: [sha256("8c1f5d20b7e94a63f80d2c6b15e7a394c6d08b1f3e52974a0bd6c8e1f7293a54")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1", "api2.readonly"],
}"#,
    right: r#"Server {
    identity_scopes: ["openid"],
    api_scopes: ["api1", "api2.read_only"],
},
Client {
    client_id: "report-service",
    client_secrets: [sha256("8c1f5d20b7e94a63f80d2c6b15e7a394c6d08b1f3e52974a0bd6c8e1f7293a54")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1", "api2.read_only"],
}"#,
    needs: &[],
    check: Check::Client(scope_unknown),
};

fn scope_unknown(case: &Case<'_>, found: &mut Found<'_>) {
    // Without a declaration the list is open.
    if case.server.identity_scopes.is_empty() && case.server.api_scopes.is_empty() {
        return;
    }
    for (place, scope) in scopes(case) {
        if flaw(scope).is_some() || case.known_scopes.contains(scope.as_str()) {
            continue;
        }
        let is_known = |part: &str| case.known_scopes.contains(part);
        let help = match nearest(scope, known(case.server)) {
            _ if is_wildcard(scope) => message!["list the scopes one by one: there are no wildcards"],
            _ if parts(scope).count() > 1 && parts(scope).all(is_known) => {
                message!["write one scope per entry: ", (Setting::AllowedScopes, parts(scope).collect::<List<Text>>())]
            }
            Some(OFFLINE_ACCESS) if !may_get_refresh_tokens(case) => message!["remove it"],
            Some(OFFLINE_ACCESS) => message!["set ", (Setting::AllowOfflineAccess, true), " instead"],
            Some(near) if near.eq_ignore_ascii_case(scope) => {
                message![format!("did you mean `{near}`? scopes are case-sensitive")]
            }
            Some(near) => message![format!("did you mean `{near}`?")],
            None => message!["add it to the server's `api_scopes` or `identity_scopes`, or remove it"],
        };
        found.report(case, place, message![format!("unknown scope `{scope}`")], help);
    }
}

static SCOPE_OPENID_MISSING: Rule = Rule {
    name: "scope_openid_missing",
    levels: ERROR,
    pedantic: false,
    exceptions: &[
        (Level::Warning, "a grant that may return an ID token"),
        (Level::Silent, "such a grant under FAPI 2.0, which allows neither"),
    ],
    standard: "OpenID Connect Core §3.1.2.1, §3.2.2.1, §3.3.2.1, §5.4; CIBA Core §7.1",
    protects: "Only a request with the scope `openid` is one of OpenID Connect. \
               Without it there is no ID token, and what the scopes `profile` or `email` ask for never arrives.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("1d7e94c0a5b83f62de09b4173c8fa6508b2e1d96f47c03a5e8d1b6029f3c7a48")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["profile", "email"],
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("1d7e94c0a5b83f62de09b4173c8fa6508b2e1d96f47c03a5e8d1b6029f3c7a48")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "profile", "email"],
}"#,
    needs: &[Setting::AllowedScopes, Setting::AllowAccessTokensViaBrowser],
    check: Check::Client(|case, found| {
        // One that is misspelt is `scope_unknown`.
        let is_closed = !case.server.identity_scopes.is_empty() || !case.server.api_scopes.is_empty();
        let misspelt =
            |scope: &str| !case.known_scopes.contains(scope) && nearest(scope, known(case.server)) == Some(OPENID);
        if is_closed && scopes(case).any(|(_, scope)| misspelt(scope)) {
            return;
        }
        let needs = " needs the scope `openid`";
        let help = message!["add \"openid\" to ", Setting::AllowedScopes];
        match needs_openid(case) {
            Some(Need::Scope(place, scope)) => {
                found.report(case, place, message![format!("`{scope}`{needs}")], help);
            }
            Some(Need::Grant(grant)) => {
                found.report(case, case.place_of_grant(grant), message![grant, needs], help);
            }
            Some(Need::ResponseType(grant)) => {
                // FAPI 2.0 allows neither grant at all.
                let level = if case.server.profile == Profile::Fapi20 { Level::Silent } else { Level::Warning };
                found.report(case, case.place_of_grant(grant), message![grant, needs], help).level(level);
            }
            None => {}
        }
    }),
};

/// What needs `openid` of a client that does not list it.
enum Need<'a> {
    /// A scope that asks for claims about the user.
    Scope(Place, &'a Text),
    /// A grant of OpenID Connect.
    Grant(&'a GrantType),
    /// A grant whose response types that are left all have an ID token.
    ResponseType(&'a GrantType),
}

fn needs_openid<'a>(case: &Case<'a>) -> Option<Need<'a>> {
    if case.client.allows_scope(OPENID) {
        return None;
    }
    if case.grant(GrantType::has_user).is_some()
        && let Some((place, scope)) = scopes(case).find(|(_, scope)| case.server.is_identity_scope(scope))
    {
        return Some(Need::Scope(place, scope));
    }
    if let Some(ciba) = case.grant(|grant| *grant == GrantType::Ciba) {
        return Some(Need::Grant(ciba));
    }
    let grant = case.grant(|grant| matches!(grant, GrantType::Implicit | GrantType::Hybrid))?;
    (!case.client.allow_access_tokens_via_browser).then_some(Need::ResponseType(grant))
}

/// Whether `scope_openid_missing` has something to say.
pub(super) fn lacks_openid(case: &Case<'_>) -> bool {
    needs_openid(case).is_some()
}

static SCOPE_OFFLINE_ACCESS: Rule = Rule {
    name: "scope_offline_access",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Core §11",
    protects: "`offline_access` is switched by a setting of its own. A client that only lists it as a scope gets no \
               refresh token, and its users have to sign in again each time an access token ends.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("a6c3e81f50d7492b8e14f6093bd5c7a21f9e60d84b37c5a2e0d918f64c7b35a1")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1", "offline_access"],
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("a6c3e81f50d7492b8e14f6093bd5c7a21f9e60d84b37c5a2e0d918f64c7b35a1")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allow_offline_access: true,
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::AllowOfflineAccess],
    check: Check::Client(|case, found| {
        let listed = scopes(case).find(|(_, scope)| *scope == OFFLINE_ACCESS);
        if let Some((place, _)) = listed.filter(|_| !case.client.allow_offline_access) {
            let help = if may_get_refresh_tokens(case) {
                message!["set ", (Setting::AllowOfflineAccess, true), " and remove the scope"]
            } else {
                message!["remove the scope: none of the client's grants gives refresh tokens"]
            };
            found.report(
                case,
                place,
                message![
                    "`offline_access` is in ",
                    Setting::AllowedScopes,
                    ", but ",
                    (Setting::AllowOfflineAccess, false),
                    " is in force"
                ],
                help,
            );
        }
    }),
};

/// Whether it would get refresh tokens if they were allowed, or nothing is known of its grants.
fn may_get_refresh_tokens(case: &Case<'_>) -> bool {
    let gives_them = |grant: &GrantType| !matches!(grant, GrantType::Implicit | GrantType::ClientCredentials);
    case.client.allowed_grant_types.is_empty() || case.grant(gives_them).is_some()
}

static SCOPES_EMPTY: Rule = Rule {
    name: "scopes_empty",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §3.3",
    protects: "A client without scopes is answered `invalid_scope` whatever it asks for.",
    wrong: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("f2b70d4e91c6853ad8e05b7f1c2946a30e8d5c1b7f69a2430cd7e8b154f60a92")],
    allowed_grant_types: [ClientCredentials],
}"#,
    right: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("f2b70d4e91c6853ad8e05b7f1c2946a30e8d5c1b7f69a2430cd7e8b154f60a92")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::AllowedScopes],
    check: Check::Client(|case, found| {
        if case.client.allowed_scopes.is_empty() && !case.client.allowed_grant_types.is_empty() {
            let user = case.grant(GrantType::has_user).map(|_| Text::Static(OPENID));
            let api = match case.server.api_scopes.first() {
                Some(scope) => Some(scope.name.clone()),
                // Where scopes are declared, there may be no other.
                None if case.server.identity_scopes.is_empty() => Some(Text::Static("api1")),
                None => case.server.identity_scopes.iter().find(|scope| *scope != OPENID || user.is_none()).cloned(),
            };
            let example: List<Text> = user.into_iter().chain(api).collect();
            found.report(
                case,
                case.place_of(Setting::AllowedScopes),
                message!["no scope is allowed, so that every request fails with `invalid_scope`"],
                message!["list the scopes, such as ", (Setting::AllowedScopes, example)],
            );
        }
    }),
};

static SCOPE_WILDCARD: Rule = Rule {
    name: "scope_wildcard",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.3",
    protects: "Scopes have no wildcards: `*` allows a scope of that name and nothing else. \
               Whoever meant all scopes gets none; and a client should have only those that it needs.",
    wrong: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("3e9d05c7b1f8426ad07c5e92b4f1836a0dc9e47b25f8163a9c0e7d4bf5281a36")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["*"],
}"#,
    right: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("3e9d05c7b1f8426ad07c5e92b4f1836a0dc9e47b25f8163a9c0e7d4bf5281a36")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1", "api2"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        // Where scopes are declared, it exists or is `scope_unknown`.
        if !case.server.identity_scopes.is_empty() || !case.server.api_scopes.is_empty() {
            return;
        }
        for (place, scope) in scopes(case) {
            if is_wildcard(scope) {
                found.report(
                    case,
                    place,
                    message![format!("scope `{scope}` is matched literally: there are no wildcards")],
                    message!["list the scopes one by one"],
                );
            }
        }
    }),
};

/// Whether it was meant to stand for all scopes.
fn is_wildcard(scope: &str) -> bool {
    matches!(scope, "*" | "all" | ".*")
}

static SCOPE_IDENTITY_MACHINE: Rule = Rule {
    name: "scope_identity_machine",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "OpenID Connect Core §3.1.2.1, §5.4",
    protects: "Identity scopes ask for claims about the user who signed in. Under the grant for machines nobody has, \
               and a request that asks for such a scope fails.",
    wrong: r#"Server {
    warn: [scope_identity_machine],
},
Client {
    client_id: "report-service",
    client_secrets: [sha256("b08d3f6a2c97e145f0d82b6e49c1a753d6e08f1b3c52497ae0b8d6c1f7a32945")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Server {
    warn: [scope_identity_machine],
},
Client {
    client_id: "report-service",
    client_secrets: [sha256("b08d3f6a2c97e145f0d82b6e49c1a753d6e08f1b3c52497ae0b8d6c1f7a32945")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["openid_audit", "api1"],
}"#,
    needs: &[Setting::AllowedGrantTypes],
    check: Check::Client(|case, found| {
        let machine = GrantType::ClientCredentials;
        if !case.has(&machine) || case.grant(|grant| *grant != GrantType::ClientCredentials).is_some() {
            return;
        }
        for (place, scope) in scopes(case).filter(|(_, scope)| case.server.is_identity_scope(scope)) {
            found.report(
                case,
                place,
                message![format!("`{scope}` needs a user; "), &machine, " has none"],
                message!["remove it, or add the grant ", GrantType::AuthorizationCode],
            );
        }
    }),
};

/// The allowed scopes with their places.
fn scopes<'a>(case: &Case<'a>) -> impl Iterator<Item = (Place, &'a Text)> + use<'a> {
    let places = (0..).map(|at| Place::Item(Setting::AllowedScopes, at));
    places.zip(&case.client.allowed_scopes)
}

/// The scopes that exist: the declared ones, and those of OpenID Connect.
pub(super) fn known(server: &Server) -> impl Iterator<Item = &str> {
    let identity = server.identity_scopes.iter().map(Text::as_str);
    let api = server.api_scopes.iter().map(|scope| scope.name.as_str());
    identity.chain(api).chain([OPENID, OFFLINE_ACCESS]).chain(CLAIM_SCOPES)
}

/// What keeps a text from being a scope.
pub(super) struct Flaw {
    /// As it follows on the scope in a sentence.
    pub what: String,
    /// The character at fault.
    pub bytes: Option<Range<usize>>,
    /// Whether it is white space, so that several scopes were meant.
    pub is_space: bool,
}

/// RFC 6749 App. A.4: `1*( %x21 / %x23-5B / %x5D-7E )`.
pub(super) fn flaw(scope: &str) -> Option<Flaw> {
    if scope.is_empty() {
        return Some(Flaw { what: "is empty".into(), bytes: None, is_space: false });
    }
    let (at, wrong) = scope.char_indices().find(|(_, one)| !one.is_ascii_graphic() || matches!(one, '"' | '\\'))?;
    Some(Flaw {
        what: format!("contains {}, not allowed in a scope", Shown(wrong)),
        bytes: Some(at..at + wrong.len_utf8()),
        is_space: wrong.is_whitespace(),
    })
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::super::check_client;
    use super::*;
    use crate::{ApiScope, Client, SecretValue};

    /// The findings on a client with these grants and scopes: rule, level and place.
    fn findings(server: &Server, grants: &[GrantType], scopes: &[&str]) -> Vec<(&'static str, Level, Place)> {
        let client = Client {
            client_id: "app".into(),
            client_secrets: [SecretValue::sha256_of("0e4c1d…")].into(),
            allowed_grant_types: grants.iter().cloned().collect(),
            redirect_uris: ["https://app.example.com/callback"].into(),
            allowed_scopes: scopes.iter().copied().collect(),
            ..Client::default()
        };
        let all = check_client(server, client);
        let of_scopes = all.iter().filter(|finding| RULES.iter().any(|rule| rule.name == finding.rule.name));
        of_scopes.map(|finding| (finding.rule.name, finding.level, finding.place)).collect()
    }

    const fn scope(at: usize) -> Place {
        Place::Item(Setting::AllowedScopes, at)
    }

    const fn grant(at: usize) -> Place {
        Place::Item(Setting::AllowedGrantTypes, at)
    }

    #[test]
    fn characters() {
        for good in ["api1", "!", "#", "[", "]", "~", "https://example.com/scope", "a'b"] {
            assert!(flaw(good).is_none(), "{good}");
        }
        let cases = [("", None), ("a b", Some(1..2)), ("a\"", Some(1..2)), ("\\", Some(0..1)), ("aé", Some(1..3))];
        for (bad, bytes) in cases {
            assert_eq!(flaw(bad).map(|flaw| flaw.bytes), Some(bytes), "{bad}");
        }
        assert!(flaw("a\u{7f}").is_some_and(|flaw| flaw.what.contains("U+007F")));
    }

    #[test]
    fn who_needs_openid() {
        use GrantType::{AuthorizationCode, Ciba, ClientCredentials, Hybrid, Password};
        use Level::{Error, Warning};
        let server = Server::default();
        let name = "scope_openid_missing";
        for (grants, scopes, expected) in [
            (&[AuthorizationCode][..], &["api1"][..], None),
            (&[AuthorizationCode], &["api1", "email"], Some((name, Error, scope(1)))),
            (&[Password], &["email"], Some((name, Error, scope(0)))),
            (&[ClientCredentials], &["email"], None),
            (&[ClientCredentials, Hybrid], &["api1"], Some((name, Warning, grant(1)))),
            (&[Ciba], &["api1"], Some((name, Error, grant(0)))),
            (&[Ciba], &["api1", "openid"], None),
        ] {
            let found = findings(&server, grants, scopes);
            assert_eq!(found.first().copied(), expected, "{grants:?} {scopes:?}");
        }
        let fapi = Server { profile: Profile::Fapi20, ..Server::default() };
        assert_eq!(findings(&fapi, &[Hybrid], &["api1"]), []);
        // `email` may be an API's own.
        let declared = Server { api_scopes: ["email"].into(), ..Server::default() };
        assert_eq!(findings(&declared, &[AuthorizationCode], &["email"]), []);
        let declared = Server { identity_scopes: ["roles"].into(), ..Server::default() };
        assert_eq!(findings(&declared, &[AuthorizationCode], &["roles"]), [(name, Error, scope(0))]);
    }

    #[test]
    fn declared_scopes_close_the_list() {
        let api_scopes: List<ApiScope> = ["orders.read", "all"].into();
        let server = Server { api_scopes, ..Server::default() };
        let machine = [GrantType::ClientCredentials];
        assert_eq!(findings(&server, &machine, &["orders.read", "phone", "all"]), []);
        assert_eq!(
            findings(&server, &machine, &["orders read", "Orders.Read"]),
            [("scope_charset", Level::Error, scope(0)), ("scope_unknown", Level::Error, scope(1))]
        );
        for (written, help) in [
            ("Orders.Read", "did you mean `orders.read`? scopes are case-sensitive"),
            ("order.read", "did you mean `orders.read`?"),
            ("offline-access", "set `allow_offline_access: true` instead"),
            ("orders.read,all", "write one scope per entry: `allowed_scopes: [\"orders.read\", \"all\"]`"),
            ("*", "list the scopes one by one: there are no wildcards"),
        ] {
            let client = Client { allowed_scopes: [written].into(), ..Client::default() };
            let found = check_client(&server, client);
            let unknown = found.iter().find(|finding| finding.rule.name == "scope_unknown");
            assert_eq!(unknown.map(|finding| finding.help.to_string()).as_deref(), Some(help));
        }
    }

    #[test]
    fn a_scope_with_spaces_is_several() {
        let client = Client { allowed_scopes: ["openid  profile"].into(), ..Client::default() };
        let found = check_client(&Server::default(), client);
        let charset = found.iter().find(|finding| finding.rule.name == "scope_charset");
        assert_eq!(
            charset.map(|finding| finding.help.to_string()).as_deref(),
            Some("write one scope per entry: `allowed_scopes: [\"openid\", \"profile\"]`")
        );
    }
}

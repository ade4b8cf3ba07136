//! Rules about proof keys for codes.

use super::{Case, Check, ERROR, Found, Rule, STRICTER, message};
use crate::{GrantType, Setting};

pub(super) static RULES: &[&Rule] = &[&PKCE_PUBLIC, &PKCE_CONFIDENTIAL, &PKCE_PLAIN];

static PKCE_PUBLIC: Rule = Rule {
    name: "pkce_public",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.1.1; RFC 8252 §8.1; OAuth 2.1 §4.1.1, §7.5.1.1",
    protects: "A public client redeems a code without proving who it is. Without PKCE, whoever gets hold of the code \
               (another app on the device, a log, a referrer) redeems it just as well.",
    wrong: r#"Client {
    client_id: "notes-app",
    require_client_secret: false,
    application_type: Native,
    allowed_grant_types: [AuthorizationCode],
    require_pkce: false,
    redirect_uris: ["com.example.notes:/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "notes-app",
    require_client_secret: false,
    application_type: Native,
    allowed_grant_types: [AuthorizationCode],
    require_pkce: true,
    redirect_uris: ["com.example.notes:/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::RequireClientSecret, Setting::RequirePkce],
    check: Check::Client(|case, found| {
        if case.client.is_public() {
            pkce_off(case, found, "a public client must use PKCE");
        }
    }),
};

static PKCE_CONFIDENTIAL: Rule = Rule {
    name: "pkce_confidential",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.1.1; OAuth 2.1 §7.5.1.1; FAPI 2.0 §5.3.2.2 item 5",
    protects: "A client secret does not help against a code that is injected: an attacker puts a stolen code into a \
               session of his own with the real client, which redeems it for him. With PKCE it is bound to the \
               session that asked for it.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("7b2e60c9d4f183a5e07d5c1b96f4283ac0e8d7b15f3a694270cde1f8b6a43952")],
    allowed_grant_types: [AuthorizationCode],
    require_pkce: false,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("7b2e60c9d4f183a5e07d5c1b96f4283ac0e8d7b15f3a694270cde1f8b6a43952")],
    allowed_grant_types: [AuthorizationCode],
    require_pkce: true,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::RequireClientSecret, Setting::RequirePkce],
    check: Check::Client(|case, found| {
        if !case.client.is_public() {
            pkce_off(case, found, "PKCE is switched off");
        }
    }),
};

/// Reports codes without PKCE.
fn pkce_off(case: &Case<'_>, found: &mut Found<'_>, what: &'static str) {
    if case.client.require_pkce || case.grant(GrantType::issues_code).is_none() {
        return;
    }
    let help = if case.wrote(Setting::RequirePkce) && case.server.defaults.require_pkce {
        message!["remove ", (Setting::RequirePkce, false), ": the default is `true`"]
    } else {
        message!["set ", (Setting::RequirePkce, true)]
    };
    found.report(case, case.place_of(Setting::RequirePkce), message![what], help);
}

static PKCE_PLAIN: Rule = Rule {
    name: "pkce_plain",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7636 §4.2, §7.2; RFC 9700 §2.1.1; OAuth 2.1 §4.1.1; FAPI 2.0 §5.3.2.2 item 5",
    protects: "With the method `plain` the authorization request itself carries the proof. \
               Whoever sees the request and the code redeems the code.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("c49f1e07b8d2536ae0f71c8d5b6942a30fd8e1c7b25a4693f0c7d8e1b4a65f29")],
    allowed_grant_types: [AuthorizationCode],
    allow_plain_text_pkce: true,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("c49f1e07b8d2536ae0f71c8d5b6942a30fd8e1c7b25a4693f0c7d8e1b4a65f29")],
    allowed_grant_types: [AuthorizationCode],
    allow_plain_text_pkce: false,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::AllowPlainTextPkce],
    check: Check::Client(|case, found| {
        if case.client.allow_plain_text_pkce && case.grant(GrantType::issues_code).is_some() {
            found.report(
                case,
                case.place_of(Setting::AllowPlainTextPkce),
                message!["`plain` PKCE does not protect a code whose request is seen"],
                message![
                    "set ",
                    (Setting::AllowPlainTextPkce, false),
                    ", the default; `S256` asks for no more than SHA-256"
                ],
            );
        }
    }),
};

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::super::check_client;
    use super::*;
    use crate::{Client, Server};

    #[test]
    fn only_codes_need_a_proof_key() {
        for (grant, public, expected) in [
            (GrantType::AuthorizationCode, true, Some("pkce_public")),
            (GrantType::AuthorizationCode, false, Some("pkce_confidential")),
            (GrantType::Hybrid, false, Some("pkce_confidential")),
            (GrantType::Implicit, true, None),
            (GrantType::DeviceCode, true, None),
        ] {
            let client = Client {
                allowed_grant_types: [grant.clone()].into(),
                require_client_secret: !public,
                require_pkce: false,
                ..Client::default()
            };
            let found = check_client(&Server::default(), client);
            let mut names = found.iter().map(|finding| finding.rule.name).filter(|name| name.starts_with("pkce"));
            assert_eq!(names.next(), expected, "{grant}");
        }
    }

    #[test]
    fn the_advice_fits_the_defaults_of_the_server() {
        let client = Client {
            allowed_grant_types: [GrantType::AuthorizationCode].into(),
            require_pkce: false,
            ..Client::default()
        };
        let lax = Server { defaults: Client { require_pkce: false, ..Client::default() }, ..Server::default() };
        for (server, help) in [
            (Server::default(), "remove `require_pkce: false`: the default is `true`"),
            (lax, "set `require_pkce: true`"),
        ] {
            let found = check_client(&server, client.clone());
            let pkce = found.iter().find(|finding| finding.rule.name == "pkce_confidential");
            assert_eq!(pkce.map(|finding| finding.help.to_string()).as_deref(), Some(help));
        }
    }
}

//! Rules about what users are shown.

use alloc::{format, string::String};

use super::redirect::{Flaw, dangerous_scheme, host, port, unreadable, userinfo};
use super::{Case, Check, ERROR, Found, Level, Rule, WARNING, message};
use crate::character::is_invisible;
use crate::uri::Uri;
use crate::{Client, GrantType, Setting, Text};

pub(super) static RULES: &[&Rule] =
    &[&DISPLAY_TEXT_CONTROL, &DISPLAY_URI_INVALID, &DISPLAY_TEXT_EMPTY, &CLIENT_NAME_MISSING, &DISPLAY_URI_HTTP];

static DISPLAY_TEXT_CONTROL: Rule = Rule {
    name: "display_text_control",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §10.2; UTR #36 §2.5",
    protects: "A character that cannot be seen, or that turns the direction of writing round, makes \
               one name look like another. Users then consent to the wrong client.",
    wrong: r#"Client {
    client_id: "app",
    client_name: "My \u{202E}App",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    client_name: "My \u{00C4}pp",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        invisible(case, found, Setting::ClientName, &case.client.client_name, |_| false);
        invisible(case, found, Setting::Description, &case.client.description, |character| {
            matches!(character, '\n' | '\t')
        });
    }),
};

/// Reports the first character of a text that cannot be seen and is not allowed.
fn invisible(case: &Case<'_>, found: &mut Found<'_>, setting: Setting, text: &Option<Text>, allowed: fn(char) -> bool) {
    let Some(text) = text else { return };
    // Beyond the scripts of Latin letters, joiners and marks of direction belong to the writing.
    let beyond_latin = text.contains(|character| character > '\u{36F}' && !is_invisible(character));
    let needed = |character| match character {
        '\u{A0}' | '\u{202F}' => true,
        '\u{61C}' | '\u{200C}'..='\u{200F}' => beyond_latin,
        _ => allowed(character),
    };
    let hidden = |character| is_invisible(character) && !needed(character);
    let Some((at, character)) = text.char_indices().find(|(_, character)| hidden(*character)) else { return };
    // A line break parts words.
    let text_on_lines = text.replace("\r\n", "\n");
    let cleaned: String = text_on_lines
        .chars()
        .filter_map(|character| match character {
            _ if !hidden(character) => Some(character),
            '\n' | '\r' | '\t' => Some(' '),
            _ => None,
        })
        .collect();
    let help = match cleaned.trim() {
        "" => message!["leave it out"],
        cleaned => message!["write ", (setting, Some(Text::from(cleaned)))],
    };
    found
        .report(
            case,
            case.place_of(setting),
            message![setting, format!(" contains the invisible character U+{:04X}", u32::from(character))],
            help,
        )
        .bytes(at..at + character.len_utf8());
}

static DISPLAY_URI_INVALID: Rule = Rule {
    name: "display_uri_invalid",
    levels: ERROR,
    pedantic: false,
    exceptions: &[(Level::Warning, "what leads nowhere, but runs nothing and shows no password")],
    standard: "RFC 7591 §2, §5; OpenID Connect Registration §2",
    protects: "The URI is put into a link or an image of the consent page. One that runs code runs it \
               with the rights of the identity server; any other that is no web address leads nowhere.",
    wrong: r#"Client {
    client_id: "app",
    client_uri: "javascript:alert(1)",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    client_uri: "https://app.example.com/#about",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (setting, text) in uris(case) {
            let Some((level, flaw)) = flaw(text) else { continue };
            let finding = found
                .report(case, case.place_of(setting), message![setting, " ", flaw.what], flaw.help.into())
                .bytes(flaw.bytes);
            if level == Level::Warning {
                finding.level(Level::Warning);
            }
        }
    }),
};

/// What is wrong with a link or an image: an error, if a browser may run it or it deceives;
/// otherwise it only does not work.
fn flaw(text: &str) -> Option<(Level, Flaw)> {
    // Browsers read the scheme whatever comes behind it, so it is judged even where that is no URI.
    let start = text.split_inclusive(':').next().unwrap_or_default();
    let image = text.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("data:image/"));
    if let Some(flaw) = Uri::parse(start).ok().filter(|_| !image).and_then(|uri| dangerous_scheme(&uri)) {
        let what = format!("has the scheme `{start}` and is no web address");
        return Some((Level::Error, Flaw { what, help: String::from("write `https://…`"), ..flaw }));
    }
    let uri = match Uri::parse(text) {
        Ok(uri) => uri,
        Err(error) => {
            // Browsers drop white space and controls, and may read another URI.
            let repaired = text.contains(|character: char| character.is_whitespace() || character.is_control());
            let level = if repaired { Level::Error } else { Level::Warning };
            return Some((level, unreadable(text, &error)));
        }
    };
    if let Some(flaw) = userinfo(&uri) {
        return Some((Level::Error, flaw));
    }
    if !uri.is_web() {
        let flaw = Flaw {
            bytes: 0..uri.scheme().len(),
            what: format!("has the scheme `{}:` and is no web address", uri.scheme()),
            help: String::from("write `https://…`"),
        };
        return Some((Level::Warning, flaw));
    }
    host(&uri).or_else(|| port(&uri)).map(|flaw| (Level::Warning, flaw))
}

/// The URIs that users are shown. A blank one counts as absent.
fn uris<'a>(case: &Case<'a>) -> impl Iterator<Item = (Setting, &'a Text)> {
    [(Setting::ClientUri, &case.client.client_uri), (Setting::LogoUri, &case.client.logo_uri)]
        .into_iter()
        .filter_map(|(setting, text)| Some((setting, text.as_ref().filter(|text| !is_blank(text))?)))
}

fn is_blank(text: &Text) -> bool {
    text.trim().is_empty()
}

static DISPLAY_TEXT_EMPTY: Rule = Rule {
    name: "display_text_empty",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7591 §2",
    protects: "An empty text counts as absent, yet looks as if someone had meant to fill it in.",
    wrong: r#"Client {
    client_id: "app",
    client_uri: "",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (setting, text) in blank_texts(case.client) {
            let what = if text.is_empty() { " is empty" } else { " is blank" };
            found.report(case, case.place_of(setting), message![setting, what], "fill it in or leave it out".into());
        }
    }),
};

/// The texts for users that say nothing.
pub(super) fn blank_texts(client: &Client) -> impl Iterator<Item = (Setting, &Text)> {
    [
        (Setting::ClientName, &client.client_name),
        (Setting::Description, &client.description),
        (Setting::ClientUri, &client.client_uri),
        (Setting::LogoUri, &client.logo_uri),
    ]
    .into_iter()
    .filter_map(|(setting, text)| Some((setting, text.as_ref().filter(|text| is_blank(text))?)))
}

static CLIENT_NAME_MISSING: Rule = Rule {
    name: "client_name_missing",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 7591 §2; RFC 8628 §5.4",
    protects: "Users are asked to trust a client of which they see only its technical id.",
    wrong: r#"Server { warn: [client_name_missing] },
Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server { warn: [client_name_missing] },
Client {
    client_id: "app",
    client_name: "App",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientName],
    check: Check::Client(|case, found| {
        let shown =
            |grant: &GrantType| grant.is_interactive() || matches!(grant, GrantType::DeviceCode | GrantType::Ciba);
        // A blank one is `display_text_empty`.
        if case.client.client_name.is_none() && case.grant(shown).is_some() {
            found.report(
                case,
                case.place_of(Setting::ClientName),
                message!["no ", Setting::ClientName, ", so that users are shown the client id"],
                message!["add for instance ", (Setting::ClientName, Some(Text::Static("My App")))],
            );
        }
    }),
};

static DISPLAY_URI_HTTP: Rule = Rule {
    name: "display_uri_http",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "OAuth 2.1 §1.5; RFC 7591 §5",
    protects: "Anyone on the network can change the page that the link leads to. Browsers block an \
               image over plain http on the consent page.",
    wrong: r#"Server { warn: [display_uri_http] },
Client {
    client_id: "app",
    logo_uri: "http://app.example.com/logo.svg",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server { warn: [display_uri_http] },
Client {
    client_id: "app",
    logo_uri: "https://app.example.com/logo.svg",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (setting, text) in uris(case) {
            let Some(rest) = Uri::parse(text).ok().filter(|uri| uri.scheme_is("http")).and_then(|_| text.get(4..))
            else {
                continue;
            };
            if flaw(text).is_none() {
                found
                    .report(
                        case,
                        case.place_of(setting),
                        message![setting, format!(" {text:?} is loaded over plain http")],
                        message!["write ", (setting, Some(Text::from(format!("https{rest}"))))],
                    )
                    .bytes(0..4);
            }
        }
    }),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check_client;
    use crate::{Client, Server};

    #[test]
    fn links_that_run_or_deceive_are_errors_and_others_warnings() {
        for (uri, expected) in [
            ("https://app.example.com/", None),
            ("http://identityserver.io", None),
            (" ", None),
            ("javascript:alert('<')", Some(Level::Error)),
            ("JavaScript:alert(1)", Some(Level::Error)),
            ("java\tscript:alert(1)", Some(Level::Error)),
            (" javascript:alert(1)", Some(Level::Error)),
            ("data:text/html,x", Some(Level::Error)),
            ("data:image/png;base64,iVBORw0K", Some(Level::Warning)),
            ("https://user@app.example.com/", Some(Level::Error)),
            ("https://app.example.com/a b", Some(Level::Error)),
            ("https://app.example.com/\u{e9}", Some(Level::Warning)),
            ("/logo.png", Some(Level::Warning)),
            ("com.example.app:/", Some(Level::Warning)),
            ("https://-/", Some(Level::Warning)),
            ("https://app.example.com:0/", Some(Level::Warning)),
        ] {
            let client = Client { logo_uri: Some(uri.into()), ..Client::default() };
            let findings = check_client(&Server::DEFAULT, client);
            let level = findings.iter().find(|one| one.rule.name == "display_uri_invalid").map(|one| one.level);
            assert_eq!(level, expected, "{uri:?}");
        }
    }

    #[test]
    fn a_description_may_have_lines() {
        for (client_name, description, expected) in [
            ("App", "one\n\ttwo", None),
            ("a\nb", "", Some((Setting::ClientName, 1..2))),
            ("App", "a\rb", Some((Setting::Description, 1..2))),
            ("App\u{FEFF}", "", Some((Setting::ClientName, 3..6))),
            ("\u{5d0}\u{5d1}", "\u{85}", Some((Setting::Description, 0..2))),
            ("\u{202E}", "", Some((Setting::ClientName, 0..3))),
            ("Acme\u{2028}Admin", "", Some((Setting::ClientName, 4..7))),
            ("Ac\u{200B}me", "", Some((Setting::ClientName, 2..5))),
            ("Ac\u{200D}me", "", Some((Setting::ClientName, 2..5))),
            ("Acme\u{200F}", "", Some((Setting::ClientName, 4..7))),
            ("Ac\u{AD}me", "", Some((Setting::ClientName, 2..4))),
            ("Acme\u{E0041}", "", Some((Setting::ClientName, 4..8))),
            ("Acm\u{E9}\u{A0}: App\u{202F}!", "", None),
            ("\u{5E9}\u{5DC}\u{5D5}\u{5DD} C++\u{200F}", "", None),
            ("\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}", "", None),
            ("\u{1F468}\u{200D}\u{1F4BB} Dev", "", None),
        ] {
            let client = Client {
                client_name: Some(client_name.into()),
                description: Some(description.into()),
                ..Client::default()
            };
            let findings = check_client(&Server::DEFAULT, client);
            let finding = findings.iter().find(|one| one.rule.name == "display_text_control");
            let found = finding.and_then(|one| Some((one.place.setting()?, one.bytes.clone()?)));
            assert_eq!(found, expected, "{client_name:?} {description:?}");
        }
    }
}

//! Rules about the client id.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};

use super::{Case, Check, ERROR, Found, Level, Place, Rule, SecretFacts, WARNING, message, secret};
use crate::character::is_invisible;
use crate::{GrantType, Secret, Setting, Text};

pub(super) static RULES: &[&Rule] = &[
    &CLIENT_ID_MISSING,
    &CLIENT_ID_CHARSET,
    &CLIENT_ID_BASIC_ENCODING,
    &CLIENT_ID_DUPLICATE,
    &CLIENT_ID_CASE_COLLISION,
    &CLIENT_ID_WHITESPACE,
    &CLIENT_ID_TOO_LONG,
    &CLIENT_ID_LIKE_SUBJECT,
    &CLIENT_ID_CONFUSABLE,
];

static CLIENT_ID_MISSING: Rule = Rule {
    name: "client_id_missing",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §2.2",
    protects: "A client without an identifier can never be looked up.",
    wrong: r#"Client {
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "x",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Client(|case, found| {
        if case.client.client_id.is_empty() {
            let example = (Setting::ClientId, Text::Static("my-app"));
            let (message, help) = if case.wrote(Setting::ClientId) {
                (message![Setting::ClientId, " is empty"], message!["write for instance ", example])
            } else {
                (message!["client has no ", Setting::ClientId], message!["add for instance ", example])
            };
            found.report(case, case.place_of(Setting::ClientId), message, help);
        }
    }),
};

static CLIENT_ID_CHARSET: Rule = Rule {
    name: "client_id_charset",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 App. A.1; OAuth 2.1 §12.1",
    protects: "A client id with other characters is not allowed in any request. A character that \
               cannot be seen makes two ids look the same.",
    wrong: r#"Client {
    client_id: "café",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "caf~",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Client(|case, found| {
        let id = case.client.client_id.as_str();
        if let Some((at, character)) = id.char_indices().find(|(_, character)| !is_printable(*character)) {
            // What cannot be seen is not shown: it may disguise the message.
            let shown = if character.is_alphanumeric() { format!("`{character}`, ") } else { String::new() };
            let help = match visible_part(id) {
                Some(better) => message!["write ", (Setting::ClientId, Text::from(better))],
                None => message!["use only the letters, digits and signs of ASCII, best `A-Z a-z 0-9 - . _`"],
            };
            found
                .report(
                    case,
                    case.place_of(Setting::ClientId),
                    message![
                        Setting::ClientId,
                        format!(" contains {shown}U+{:04X}, outside of printable ASCII", u32::from(character))
                    ],
                    help,
                )
                .bytes(at..at + character.len_utf8());
        }
    }),
};

/// Whether a character is one of VSCHAR, %x20-7E.
const fn is_printable(character: char) -> bool {
    matches!(character, ' '..='~')
}

/// The id without characters that cannot be seen, if it has no others that are wrong.
fn visible_part(id: &str) -> Option<String> {
    let words: Vec<String> = id
        .split(|character: char| character.is_whitespace())
        .map(|word| word.chars().filter(|character| !is_invisible(*character)).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    Some(words.join("-")).filter(|words| !words.is_empty() && words.chars().all(is_printable))
}

static CLIENT_ID_BASIC_ENCODING: Rule = Rule {
    name: "client_id_basic_encoding",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §2.3.1, App. B; RFC 7617 §2",
    protects: "HTTP Basic credentials must be form-encoded first, and many clients forget it. With \
               one of these characters in the id or the secret such a client cannot sign in, and \
               the reason is hard to find.",
    wrong: r#"Client {
    client_id: "tenant:orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "tenant.orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::RequireClientSecret],
    check: Check::Client(basic_encoding),
};

fn basic_encoding(case: &Case<'_>, found: &mut Found<'_>) {
    let asks_for_tokens = case.grant(|grant| *grant != GrantType::Implicit).is_some();
    let shares_a_secret = case.client.client_secrets.iter().any(|secret| secret.value.is_shared());
    if case.client.is_public() || !asks_for_tokens || !shares_a_secret {
        return;
    }
    let id = case.client.client_id.as_str();
    // A space at an end is `client_id_whitespace`.
    let inner = id.trim_matches(' ');
    let start = id.find(inner).unwrap_or_default();
    if let Some((at, character)) =
        inner.char_indices().find(|(_, character)| matches!(character, ':' | '%' | '+' | ' '))
    {
        let shown = if character == ' ' { "a space".into() } else { format!("`{character}`") };
        let parts: Vec<&str> = inner.split([':', '%', '+', ' ']).filter(|part| !part.is_empty()).collect();
        let better = if parts.is_empty() { "my-app".into() } else { parts.join("-") };
        found
            .report(
                case,
                case.place_of(Setting::ClientId),
                message![
                    Setting::ClientId,
                    format!(
                        " {id:?} contains {shown}, which breaks clients that do not form-encode HTTP Basic credentials"
                    )
                ],
                message!["use only letters, digits, `-`, `.`, `_`: ", (Setting::ClientId, Text::from(better))],
            )
            .bytes(start + at..start + at + 1);
    }
    for (at, secret, facts) in case.definition.secrets() {
        if facts.needs_encoding.is_some() && !is_replaced(case, secret, facts) {
            found.report(
                case,
                Place::Item(Setting::ClientSecrets, at),
                format!(
                    "{} contains one of `:`, `%`, `+` and space, which break clients that do not form-encode HTTP \
                     Basic credentials",
                    secret::name(case, at)
                )
                .into(),
                "generate one in hex: `openssl rand -hex 24`".into(),
            );
        }
    }
}

/// Whether a secret is to be replaced for another reason, so that it is not judged for this one.
fn is_replaced(case: &Case<'_>, secret: &Secret, facts: &SecretFacts) -> bool {
    facts.outer_white_space
        || facts.unprintable
        || facts.looks_like.is_some()
        || secret::is_placeholder(case, secret, facts)
        || secret::is_weak(facts)
}

static CLIENT_ID_DUPLICATE: Rule = Rule {
    name: "client_id_duplicate",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §2.2",
    protects: "Of two clients with the same id one is never found, or each is found now and then. \
               Its secrets and redirect URIs would count for the other.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
},
Client {
    client_id: "orders",
    client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api2"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
},
Client {
    client_id: "orders2",
    client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api2"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Set(|cases, found| {
        let ids = || with_id(cases).map(|case| (case.client.client_id.as_str(), case));
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, _) in ids() {
            *times.entry(id).or_default() += 1;
        }
        for (case, other) in collisions(ids(), |one, other| one.index != other.index) {
            let id = case.client.client_id.as_str();
            let (times, help) = match times.get(id) {
                Some(times) if *times > 2 => (format!("{times} times"), "rename or remove all but one"),
                _ => ("twice".into(), "rename or remove one of the two"),
            };
            found
                .report(
                    case,
                    case.place_of(Setting::ClientId),
                    message![Setting::ClientId, format!(" {id:?} is defined {times}")],
                    help.into(),
                )
                .other(other.index, other.place_of(Setting::ClientId));
        }
    }),
};

static CLIENT_ID_CASE_COLLISION: Rule = Rule {
    name: "client_id_case_collision",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §1.9",
    protects: "A database whose collation ignores case takes the two clients for one.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
},
Client {
    client_id: "Orders",
    client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api2"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
},
Client {
    client_id: "Order",
    client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api2"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Set(|cases, found| {
        let ids = with_id(cases).map(|case| (case.client.client_id.to_ascii_lowercase(), case));
        for (case, other) in collisions(ids, |one, other| one.client.client_id != other.client.client_id) {
            found
                .report(
                    case,
                    case.place_of(Setting::ClientId),
                    message![
                        Setting::ClientId,
                        format!(" {:?} differs from {:?} only by case", case.client.client_id, other.client.client_id)
                    ],
                    "rename one of the two: a database that ignores case takes them for one client".into(),
                )
                .other(other.index, other.place_of(Setting::ClientId));
        }
    }),
};

/// A space inside is no finding by default, but can be made one: `#[warn(client_id_whitespace)]`.
static CLIENT_ID_WHITESPACE: Rule = Rule {
    name: "client_id_whitespace",
    levels: WARNING,
    pedantic: false,
    exceptions: &[(Level::Silent, "a space inside, unless it is switched on")],
    standard: "RFC 6749 App. A.1, App. B",
    protects: "A space at the end of a client id is nearly always a mistake of copying. It cannot be \
               seen, and the client, which does not send it, is unknown.",
    wrong: r#"Client {
    client_id: "orders ",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders-",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Client(whitespace),
};

fn whitespace(case: &Case<'_>, found: &mut Found<'_>) {
    let id = case.client.client_id.as_str();
    let trimmed = id.trim_matches(' ');
    let leading = id.len() - id.trim_start_matches(' ').len();
    let (what, bytes) = if trimmed.is_empty() && leading > 0 {
        ("is blank", 0..leading)
    } else if leading > 0 {
        ("begins with a space", 0..leading)
    } else if id.ends_with(' ') {
        ("ends with a space", trimmed.len()..id.len())
    } else if let Some(at) = id.find(' ') {
        ("contains a space", at..at + 1)
    } else {
        return;
    };
    let better = if trimmed.is_empty() { "my-app".into() } else { trimmed.replace(' ', "-") };
    let finding = found
        .report(
            case,
            case.place_of(Setting::ClientId),
            message![Setting::ClientId, format!(" {id:?} {what}")],
            message!["write ", (Setting::ClientId, Text::from(better))],
        )
        .bytes(bytes);
    if trimmed.len() == id.len() {
        finding.level(Level::Silent);
    }
}

/// IdentityServer's own limit; its database column takes twice as much.
const MAX_LENGTH: usize = 100;

static CLIENT_ID_TOO_LONG: Rule = Rule {
    name: "client_id_too_long",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 6749 §2.2",
    protects: "Servers limit the length of a client id; IdentityServer takes 100 bytes. A longer one \
               is refused elsewhere, or cut off in a database.",
    wrong: r#"Server { warn: [client_id_too_long] },
Client {
    client_id: "a-service-whose-name-goes-on-and-on-since-someone-wrote-the-whole-address-of-the-department-into-it.v1",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server { warn: [client_id_too_long] },
Client {
    client_id: "a-service-whose-name-goes-on-and-on-since-someone-wrote-the-whole-address-of-the-department-in-it.v1",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Client(|case, found| {
        let length = case.client.client_id.len();
        if length > MAX_LENGTH {
            found.report(
                case,
                case.place_of(Setting::ClientId),
                message![
                    Setting::ClientId,
                    format!(" is {length} bytes long, and many servers accept no more than {MAX_LENGTH}")
                ],
                format!("shorten it to {MAX_LENGTH} bytes").into(),
            );
        }
    }),
};

static CLIENT_ID_LIKE_SUBJECT: Rule = Rule {
    name: "client_id_like_subject",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 9700 §2.6, §4.15",
    protects: "In a token of the client itself `sub` is the client id. If that can be the identifier \
               of a user, an API takes the client for the user.",
    wrong: r#"Server { warn: [client_id_like_subject] },
Client {
    client_id: "1048576",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server { warn: [client_id_like_subject] },
Client {
    client_id: "svc-1048576",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Client(|case, found| {
        let id = case.client.client_id.as_str();
        let number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let address = id
            .split_once('@')
            .filter(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@') && !id.contains(' '));
        if case.has(&GrantType::ClientCredentials) && (number || address.is_some()) {
            let name = address.map_or(id, |(user, _)| user);
            found.report(
                case,
                case.place_of(Setting::ClientId),
                message![Setting::ClientId, format!(" {id:?} has the shape of a user's identifier")],
                message![
                    "use a prefix: ",
                    (Setting::ClientId, Text::from(format!("svc-{name}"))),
                    "; an API may take the client for the user"
                ],
            );
        }
    }),
};

static CLIENT_ID_CONFUSABLE: Rule = Rule {
    name: "client_id_confusable",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "UTS #39 §4; RFC 6749 §10.2",
    protects: "People who read logs and consent pages take one client for the other.",
    wrong: r#"Server { warn: [client_id_confusable] },
Client {
    client_id: "order-service",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
},
Client {
    client_id: "0rder.service",
    client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api2"],
}"#,
    right: r#"Server { warn: [client_id_confusable] },
Client {
    client_id: "order-service",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
},
Client {
    client_id: "border.service",
    client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api2"],
}"#,
    needs: &[Setting::ClientId],
    check: Check::Set(|cases, found| {
        let ids = with_id(cases).map(|case| (skeleton(&case.client.client_id), case));
        // Ids that differ by case alone are `client_id_case_collision`.
        let distinct =
            |one: &Case<'_>, other: &Case<'_>| !one.client.client_id.eq_ignore_ascii_case(&other.client.client_id);
        for (case, other) in collisions(ids, distinct) {
            found
                .report(
                    case,
                    case.place_of(Setting::ClientId),
                    message![
                        Setting::ClientId,
                        format!(" {:?} is easily confused with {:?}", case.client.client_id, other.client.client_id)
                    ],
                    "rename one of the two, so that they differ by more than characters that look alike".into(),
                )
                .other(other.index, other.place_of(Setting::ClientId));
        }
    }),
};

/// The id with one character for all that look like it.
fn skeleton(id: &str) -> String {
    id.to_ascii_lowercase()
        .replace("rn", "m")
        .replace("vv", "w")
        .chars()
        .map(|character| match character {
            '0' => 'o',
            '1' | 'i' => 'l',
            '5' => 's',
            '.' | '_' => '-',
            other => other,
        })
        .collect()
}

/// The cases whose id is there and could be read.
fn with_id<'c, 'a>(cases: &'c [Case<'a>]) -> impl Iterator<Item = &'c Case<'a>> {
    cases.iter().filter(|case| !case.definition.unread.contains(Setting::ClientId) && !case.client.client_id.is_empty())
}

/// Every item whose key another item has too, with the first such other. Items that are not
/// distinct do not count for each other; to be distinct must be an equivalence turned round.
pub(super) fn collisions<K: Ord, T: Copy>(
    items: impl Iterator<Item = (K, T)>,
    distinct: impl Fn(T, T) -> bool,
) -> Vec<(T, T)> {
    let mut groups: BTreeMap<K, Vec<T>> = BTreeMap::new();
    for (key, item) in items {
        groups.entry(key).or_default().push(item);
    }
    let mut pairs = Vec::new();
    for group in groups.values() {
        let Some(&first) = group.first() else { continue };
        let second = group.iter().copied().find(|item| distinct(first, *item));
        pairs.extend(group.iter().filter_map(|item| {
            let other = if distinct(first, *item) { Some(first) } else { second };
            Some((*item, other?))
        }));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Definition, Finding, SecretForm, check};
    use crate::{Client, Levels, SecretValue, Server};
    use alloc::{string::ToString, vec};

    fn service(client_id: &str) -> Client {
        Client {
            client_id: client_id.into(),
            client_secrets: [SecretValue::sha256_of(client_id.repeat(9))].into(),
            allowed_grant_types: [GrantType::ClientCredentials].into(),
            allowed_scopes: ["api1"].into(),
            ..Client::default()
        }
    }

    /// The findings of one rule on clients with these ids.
    fn findings(rule: &str, ids: &[&str]) -> Vec<Finding> {
        let server = Server { levels: Levels { warn: [rule].into(), ..Levels::EMPTY }, ..Server::DEFAULT };
        let definitions: Vec<Definition> = ids.iter().map(|id| service(id).into()).collect();
        check(&server, &definitions, Vec::new()).findings.into_iter().filter(|one| one.rule.name == rule).collect()
    }

    #[test]
    fn each_of_several_collisions_is_reported_with_its_other_place() {
        for (rule, ids, expected) in [
            ("client_id_duplicate", ["a", "b", "a", "a"], vec![0, 2, 2, 0, 3, 0]),
            ("client_id_case_collision", ["a", "A", "a", "b"], vec![0, 1, 1, 0, 2, 1]),
            ("client_id_case_collision", ["a", "b", "a", "c"], vec![]),
            ("client_id_confusable", ["api-l", "API-L", "api_1", "api-ll"], vec![0, 2, 1, 2, 2, 0]),
            ("client_id_confusable", ["modern", "modem", "vvest", "west"], vec![0, 1, 1, 0, 2, 3, 3, 2]),
        ] {
            let places: Vec<_> =
                findings(rule, &ids).iter().flat_map(|one| one.clients().collect::<Vec<_>>()).collect();
            assert_eq!(places, expected, "{rule} {ids:?}");
        }
    }

    #[test]
    fn the_wrong_bytes_are_marked() {
        for (rule, id, expected) in [
            ("client_id_charset", "caf\u{e9}s", Some(3..5)),
            ("client_id_charset", "a\tb", Some(1..2)),
            ("client_id_charset", "a b~", None),
            ("client_id_whitespace", " ", Some(0..1)),
            ("client_id_whitespace", "  a ", Some(0..2)),
            ("client_id_whitespace", "ab ", Some(2..3)),
            ("client_id_whitespace", "   ", Some(0..3)),
            ("client_id_basic_encoding", " a:b", Some(2..3)),
            ("client_id_basic_encoding", " ab ", None),
        ] {
            let bytes = findings(rule, &[id]).first().and_then(|finding| finding.bytes.clone());
            assert_eq!(bytes, expected, "{rule} {id:?}");
        }
    }

    #[test]
    fn an_id_that_can_be_written_is_proposed() {
        for (id, expected) in [
            ("orders\n", "write `client_id: \"orders\"`"),
            ("orders\tservice", "write `client_id: \"orders-service\"`"),
            ("bill\u{200B}ing", "write `client_id: \"billing\"`"),
            ("caf\u{e9}", "use only the letters, digits and signs of ASCII, best `A-Z a-z 0-9 - . _`"),
            ("\u{200B}", "use only the letters, digits and signs of ASCII, best `A-Z a-z 0-9 - . _`"),
        ] {
            let help = findings("client_id_charset", &[id]).first().map(|finding| finding.help.to_string());
            assert!(help.is_some_and(|help| help.starts_with(expected)), "{id:?}");
        }
        for (id, expected) in [("a:b", "a-b"), ("50%", "50"), ("+", "my-app"), ("a b", "a-b")] {
            let help = findings("client_id_basic_encoding", &[id]).first().map(|finding| finding.help.to_string());
            assert!(help.is_some_and(|help| help.ends_with(&format!("`client_id: {expected:?}`"))), "{id}");
        }
    }

    #[test]
    fn a_space_inside_is_silent() {
        let names = |id| check(&Server::DEFAULT, &[service(id).into()], Vec::new()).findings;
        assert!(!names("my app").iter().any(|finding| finding.rule.name == "client_id_whitespace"));
        assert!(names("my app ").iter().any(|finding| finding.rule.name == "client_id_whitespace"));
    }

    #[test]
    fn users_identifiers() {
        for (id, expected) in
            [("alice@example.com", true), ("123", true), ("a@b", false), ("@b.c", false), ("x1", false), ("", false)]
        {
            assert_eq!(!findings("client_id_like_subject", &[id]).is_empty(), expected, "{id}");
        }
    }

    #[test]
    fn a_secret_that_breaks_basic_credentials_is_named_by_number() {
        let definition = |secret: &str| Definition {
            secrets: vec![SecretFacts::of_text(secret, SecretForm::External)],
            ..Definition::from(Client {
                client_secrets: [Secret::from(SecretValue::sha256_of(secret))].into(),
                ..service("orders")
            })
        };
        for (secret, expected) in [
            ("q8J+fZ0e1Yk2wR7uTz4PcXb", true),
            ("q8J-fZ0e1Yk2wR7uTz4PcXb", false),
            // What is to be replaced anyway.
            (" q8J+fZ0e1Yk2wR7uTz4PcXb", false),
            ("<your secret>", false),
            ("q8J+fZ0e1Yk2", false),
            ("pHJz7c+Qm2Xv/4bTq9sLdK1uWfYgN8eRaZ0oC5iVxGM=", false),
        ] {
            let report = check(&Server::DEFAULT, &[definition(secret)], Vec::new());
            let finding = report.findings.iter().find(|finding| finding.rule.name == "client_id_basic_encoding");
            assert_eq!(finding.is_some(), expected, "{secret}");
            assert!(finding.is_none_or(|finding| finding.place == Place::Item(Setting::ClientSecrets, 0)));
        }
    }
}

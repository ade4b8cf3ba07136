//! Rules about grants.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};

use super::{Case, Check, ERROR, FAPI, Found, Level, Message, Place, Rule, STRICTER, WARNING, message, nearest_grant};
use crate::uri::Uri;
use crate::{GrantType, List, Profile, Setting, Text};

pub(super) static RULES: &[&Rule] = &[
    &GRANTS_EMPTY,
    &GRANT_MALFORMED,
    &GRANT_UNKNOWN,
    &GRANT_COMBINATION,
    &GRANT_IMPLICIT_TOKEN,
    &GRANT_IMPLICIT_ID_TOKEN,
    &GRANT_HYBRID_TOKEN,
    &GRANT_HYBRID,
    &GRANT_PASSWORD,
    &GRANT_NEEDS_AUTHENTICATION,
    &GRANT_EXCHANGE_PUBLIC,
    &CLIENT_PUBLIC,
    &GRANT_CUSTOM_NOT_URI,
    &GRANT_DEVICE_FAPI,
    &GRANT_DEVICE_PHISHING,
];

/// The place of an entry.
const fn place(at: usize) -> Place {
    Place::Item(Setting::AllowedGrantTypes, at)
}

/// The extension grants that are written as one word, with their places.
fn extensions<'c>(case: &'c Case<'_>) -> impl Iterator<Item = (usize, &'c Text)> {
    case.client.allowed_grant_types.iter().enumerate().filter_map(|(at, grant)| match grant {
        GrantType::Extension(name) if is_word(name) => Some((at, name)),
        _ => None,
    })
}

fn is_word(name: &str) -> bool {
    !name.is_empty() && !name.contains(char::is_whitespace)
}

static GRANTS_EMPTY: Rule = Rule {
    name: "grants_empty",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7591 §2",
    protects: "A client without a grant can do nothing at all.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::AllowedGrantTypes],
    check: Check::Client(|case, found| {
        if case.client.allowed_grant_types.is_empty() {
            found.report(
                case,
                case.place_of(Setting::AllowedGrantTypes),
                "no grant type is allowed, so that the client can do nothing".into(),
                message![
                    "write for instance ",
                    (Setting::AllowedGrantTypes, List::<GrantType>::from([GrantType::AuthorizationCode]))
                ],
            );
        }
    }),
};

static GRANT_MALFORMED: Rule = Rule {
    name: "grant_malformed",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 App. A.10; IdentityServer: `ValidateGrantTypes`",
    protects: "No request can name a grant that is empty or has a space in it. A grant that is listed \
               twice was meant to be another one.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials, ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials, Ciba],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(malformed),
};

fn malformed(case: &Case<'_>, found: &mut Found<'_>) {
    let grants = &case.client.allowed_grant_types;
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, grant) in grants.iter().enumerate() {
        places.entry(grant.as_str()).or_default().push(at);
    }
    for (at, grant) in grants.iter().enumerate() {
        let twin = places.get(grant.as_str()).and_then(|places| places.iter().find(|other| **other != at));
        if let Some(&twin) = twin {
            found
                .report(case, place(at), message!["grant type ", grant, " is listed twice"], "remove one".into())
                .other(case.index, place(twin));
        }
        let GrantType::Extension(name) = grant else { continue };
        if name.is_empty() {
            found.report(case, place(at), "a grant type is empty".into(), "remove it".into());
        } else if let Some(space) = name.find(char::is_whitespace) {
            let words: Vec<GrantType> = name.split_whitespace().map(read).collect();
            let help = match words.len() {
                0 => message!["remove it"],
                1 => message!["write ", (Setting::AllowedGrantTypes, List::<GrantType>::from(words))],
                _ => message![
                    "write one grant for each entry: ",
                    (Setting::AllowedGrantTypes, List::<GrantType>::from(words))
                ],
            };
            let behind = name.get(space..).unwrap_or_default().trim_start();
            let end = name.len() - behind.len();
            found
                .report(case, place(at), format!("grant type {name:?} contains a space").into(), help)
                .bytes(space..end);
        }
    }
}

/// A grant by its registered name or one close to it.
fn read(name: &str) -> GrantType {
    nearest_grant(name).unwrap_or_else(|| GrantType::Extension(name.into()))
}

static GRANT_UNKNOWN: Rule = Rule {
    name: "grant_unknown",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 App. A.10",
    protects: "A misspelt grant counts as one of the server's own, so that the client silently lacks \
               the one that was meant.",
    wrong: r#"Client {
    client_id: "gateway",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: ["urn:ietf:params:oauth:grant-type:token-exchnage"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "gateway",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: ["urn:ietf:params:oauth:grant-type:token-exchange"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, name) in extensions(case) {
            if let Some(near) = misspelt(name) {
                found.report(
                    case,
                    place(at),
                    format!("unknown grant type `{name}`").into(),
                    message!["did you mean ", near, "?"],
                );
            }
        }
    }),
};

/// The known grant that a name is close to without being its name.
fn misspelt(name: &str) -> Option<GrantType> {
    nearest_grant(name).filter(|near| near.as_str() != name)
}

static GRANT_COMBINATION: Rule = Rule {
    name: "grant_combination",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "IdentityServer: `ValidateGrantTypes`; RFC 7591 §5",
    protects: "Where a client may use both, an attacker who can change the request picks the weaker \
               response type.",
    wrong: r#"Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode, Hybrid],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid"],
}"#,
    right: r#"Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode, ClientCredentials],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (one, other) in [
            (GrantType::AuthorizationCode, GrantType::Implicit),
            (GrantType::Hybrid, GrantType::Implicit),
            (GrantType::AuthorizationCode, GrantType::Hybrid),
        ] {
            // Each that is too many is reported once.
            let said = one == GrantType::Hybrid && case.has(&GrantType::AuthorizationCode);
            if case.has(&one) && case.has(&other) && !said {
                found
                    .report(
                        case,
                        case.place_of_grant(&other),
                        message![&one, " and ", &other, " cannot be allowed on the same client"],
                        message!["keep ", &one, ", or split the client in two"],
                    )
                    .other(case.index, case.place_of_grant(&one));
            }
        }
    }),
};

static GRANT_IMPLICIT_TOKEN: Rule = Rule {
    name: "grant_implicit_token",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.1.2; OAuth 2.1 §10.1; FAPI 2.0 §5.3.2.2 item 1",
    protects: "An access token in a URL stays in the history of the browser and is open to every script on \
               the page, and nothing binds it to the client. Whoever has it can use it.",
    wrong: r#"Client {
    client_id: "app",
    allowed_grant_types: [Implicit],
    allow_access_tokens_via_browser: true,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com"],
    allowed_scopes: ["openid", "api1"],
}"#,
    needs: &[Setting::AllowAccessTokensViaBrowser],
    check: Check::Client(|case, found| {
        if case.has(&GrantType::Implicit) && case.client.allow_access_tokens_via_browser {
            found.report(
                case,
                case.place_of_grant(&GrantType::Implicit),
                message![GrantType::Implicit, " puts access tokens into the URL"],
                message!["use ", GrantType::AuthorizationCode, " with PKCE"],
            );
        }
    }),
};

static GRANT_IMPLICIT_ID_TOKEN: Rule = Rule {
    name: "grant_implicit_id_token",
    levels: [Level::Warning, Level::Warning, Level::Error],
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Core §3.2; FAPI 2.0 §5.3.2.2 item 1",
    protects: "Everything that the client learns passes through the browser, where it can be read and \
               exchanged for another response.",
    wrong: r#"Client {
    client_id: "app",
    allowed_grant_types: [Implicit],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid"],
}"#,
    right: r#"Client {
    client_id: "app",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com"],
    allowed_scopes: ["openid"],
}"#,
    needs: &[Setting::AllowAccessTokensViaBrowser],
    check: Check::Client(|case, found| {
        if !case.has(&GrantType::Implicit) || case.client.allow_access_tokens_via_browser {
            return;
        }
        let message = if case.server.profile == Profile::Fapi20 {
            message![GrantType::Implicit, " is not allowed under ", Profile::Fapi20]
        } else if case.has(&GrantType::AuthorizationCode) || case.has(&GrantType::Hybrid) {
            // It is `grant_combination` that says to remove it.
            return;
        } else {
            message![GrantType::Implicit, " exposes the ID token to whatever can see into the browser"]
        };
        found.report(
            case,
            case.place_of_grant(&GrantType::Implicit),
            message,
            message!["use ", GrantType::AuthorizationCode, " with PKCE, which returns the ID token too"],
        );
    }),
};

static GRANT_HYBRID_TOKEN: Rule = Rule {
    name: "grant_hybrid_token",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.1.2; OAuth 2.1 §10.1; FAPI 2.0 §5.3.2.2 item 1",
    protects: "With the response types `code token` and `code id_token token` an access token stands \
               in the URL, where others can read it.",
    wrong: r#"Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [Hybrid],
    allow_access_tokens_via_browser: true,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid"],
}"#,
    right: r#"Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [Hybrid],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid"],
}"#,
    needs: &[Setting::AllowAccessTokensViaBrowser],
    check: Check::Client(|case, found| {
        if case.has(&GrantType::Hybrid) && case.client.allow_access_tokens_via_browser {
            found.report(
                case,
                case.place_of(Setting::AllowAccessTokensViaBrowser),
                message![GrantType::Hybrid, " may put access tokens into the URL"],
                // FAPI 2.0 does not allow the grant either.
                if case.server.profile == Profile::Fapi20 {
                    message![
                        "use ",
                        GrantType::AuthorizationCode,
                        ", and remove ",
                        (Setting::AllowAccessTokensViaBrowser, true)
                    ]
                } else {
                    message![
                        "remove ",
                        (Setting::AllowAccessTokensViaBrowser, true),
                        ", or use ",
                        GrantType::AuthorizationCode,
                        " instead"
                    ]
                },
            );
        }
    }),
};

static GRANT_HYBRID: Rule = Rule {
    name: "grant_hybrid",
    levels: FAPI,
    pedantic: false,
    exceptions: &[],
    standard: "FAPI 2.0 §5.3.2.2 item 1",
    protects: "FAPI 2.0 allows the response type `code` alone. Every other one shows more to the \
               browser than is needed.",
    wrong: r##"Server { profile: Fapi20 },
Client {
    client_id: "bank",
    client_secrets: [jwk(
        r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
    )],
    allowed_grant_types: [Hybrid],
    authorization_code_lifetime: 60,
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
    require_dpop: true,
    allowed_identity_token_signing_algorithms: [PS256],
    redirect_uris: ["https://bank.example.com/callback"],
    allowed_scopes: ["openid"],
}"##,
    right: r##"Server { profile: Fapi20 },
Client {
    client_id: "bank",
    client_secrets: [jwk(
        r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
    )],
    allowed_grant_types: [AuthorizationCode],
    authorization_code_lifetime: 60,
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
    require_dpop: true,
    allowed_identity_token_signing_algorithms: [PS256],
    redirect_uris: ["https://bank.example.com/callback"],
    allowed_scopes: ["openid"],
}"##,
    needs: &[Setting::AllowAccessTokensViaBrowser],
    check: Check::Client(|case, found| {
        if case.has(&GrantType::Hybrid) && !case.client.allow_access_tokens_via_browser {
            found.report(
                case,
                case.place_of_grant(&GrantType::Hybrid),
                message!["FAPI 2.0 does not allow ", GrantType::Hybrid],
                message!["use ", GrantType::AuthorizationCode],
            );
        }
    }),
};

static GRANT_PASSWORD: Rule = Rule {
    name: "grant_password",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.4; OAuth 2.1 §10; FAPI 2.0 §5.3.2.1 item 2",
    protects: "The client sees the user's password and can use it anywhere. Users learn to give it \
               away, and a second factor is impossible.",
    wrong: r#"Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [Password],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [DeviceCode],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        if case.has(&GrantType::Password) {
            found.report(
                case,
                case.place_of_grant(&GrantType::Password),
                message![GrantType::Password, " hands the user's password to the client"],
                message![
                    "use ",
                    GrantType::AuthorizationCode,
                    " with PKCE, or ",
                    if case.server.profile == Profile::Fapi20 { GrantType::Ciba } else { GrantType::DeviceCode },
                    " where there is no browser"
                ],
            );
        }
    }),
};

static GRANT_NEEDS_AUTHENTICATION: Rule = Rule {
    name: "grant_needs_authentication",
    // FAPI 2.0 allows no public client: `client_public`.
    levels: [Level::Error, Level::Error, Level::Silent],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §4.4; CIBA Core §7.1",
    protects: "The client acts without a user in front of it, so its own proof is all that there is. \
               Without one anybody who knows the client id gets its tokens.",
    wrong: r#"Client {
    client_id: "orders",
    require_client_secret: false,
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    require_client_secret: false,
    allowed_grant_types: [DeviceCode],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::RequireClientSecret],
    check: Check::Client(|case, found| {
        if let Some(grant) = acts_alone(case).filter(|_| case.client.is_public()) {
            found.report(
                case,
                case.place_of(Setting::RequireClientSecret),
                message![grant, " on a client that needs no secret: anybody can get its tokens"],
                confidential(case, case.server.profile),
            );
        }
    }),
};

/// The first grant that rests on the client's own proof.
fn acts_alone<'a>(case: &Case<'a>) -> Option<&'a GrantType> {
    case.grant(|grant| matches!(grant, GrantType::ClientCredentials | GrantType::Ciba))
}

/// How to make a client confidential under a profile.
fn confidential(case: &Case<'_>, profile: Profile) -> Message {
    let set = (Setting::RequireClientSecret, true);
    match (case.client.client_secrets.is_empty(), profile) {
        (false, _) => message!["set ", set],
        (true, Profile::Fapi20) => {
            message!["set ", set, ", and add a JWK or certificate to ", Setting::ClientSecrets]
        }
        (true, _) => message!["set ", set, ", and add a secret to ", Setting::ClientSecrets],
    }
}

static GRANT_EXCHANGE_PUBLIC: Rule = Rule {
    name: "grant_exchange_public",
    // FAPI 2.0 allows no public client: `client_public`.
    levels: [Level::Warning, Level::Warning, Level::Silent],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 8693 §2.1, §5",
    protects: "Whoever steals a token can exchange it for others, for more APIs and a longer time.",
    wrong: r#"Client {
    client_id: "gateway",
    require_client_secret: false,
    allowed_grant_types: ["urn:ietf:params:oauth:grant-type:token-exchange"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "gateway",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: ["urn:ietf:params:oauth:grant-type:token-exchange"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::RequireClientSecret],
    check: Check::Client(|case, found| {
        // The same is said by `grant_needs_authentication`.
        let is_said = acts_alone(case).is_some();
        if case.has(&GrantType::TOKEN_EXCHANGE) && case.client.is_public() && !is_said {
            found.report(
                case,
                case.place_of(Setting::RequireClientSecret),
                "token exchange on a client that needs no secret: a stolen token can be exchanged for others".into(),
                confidential(case, case.server.profile),
            );
        }
    }),
};

static CLIENT_PUBLIC: Rule = Rule {
    name: "client_public",
    levels: FAPI,
    pedantic: false,
    exceptions: &[],
    standard: "FAPI 2.0 §5.3.2.1 item 3",
    protects: "A client that proves nothing can be played by anyone.",
    wrong: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    authorization_code_lifetime: 60,
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
    require_dpop: true,
    redirect_uris: ["https://bank.example.com/callback"],
    allowed_cors_origins: ["https://bank.example.com"],
    allowed_scopes: ["api1"],
}"#,
    right: r##"Server { profile: Fapi20 },
Client {
    client_id: "bank",
    client_secrets: [jwk(
        r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
    )],
    allowed_grant_types: [AuthorizationCode],
    authorization_code_lifetime: 60,
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
    require_dpop: true,
    redirect_uris: ["https://bank.example.com/callback"],
    allowed_cors_origins: ["https://bank.example.com"],
    allowed_scopes: ["api1"],
}"##,
    needs: &[Setting::RequireClientSecret],
    check: Check::Client(|case, found| {
        if case.client.is_public() {
            found.report(
                case,
                case.place_of(Setting::RequireClientSecret),
                "the client is public, which FAPI 2.0 does not allow".into(),
                confidential(case, Profile::Fapi20),
            );
        }
    }),
};

static GRANT_CUSTOM_NOT_URI: Rule = Rule {
    name: "grant_custom_not_uri",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 6749 §4.5",
    protects: "Extension grants are named by URIs, so that nobody else can mean another thing by the \
               same name.",
    wrong: r#"Server { warn: [grant_custom_not_uri] },
Client {
    client_id: "gateway",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: ["delegation"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server { warn: [grant_custom_not_uri] },
Client {
    client_id: "gateway",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: ["urn:example:oauth:grant-type:delegation"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, name) in extensions(case) {
            // `refresh_token` is `setting_no_effect`.
            if Uri::parse(name).is_ok() || misspelt(name).is_some() || name == "refresh_token" {
                continue;
            }
            let word: String =
                name.chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '-' }).collect();
            found.report(
                case,
                place(at),
                format!("the extension grant `{name}` is not a URI").into(),
                message![
                    "name it by a URI that you own, such as ",
                    GrantType::Extension(format!("urn:example:oauth:grant-type:{word}").into())
                ],
            );
        }
    }),
};

/// Says nothing under the other profiles, however it is switched on.
static GRANT_DEVICE_FAPI: Rule = Rule {
    name: "grant_device_fapi",
    levels: [Level::Silent, Level::Silent, Level::Warning],
    pedantic: true,
    exceptions: &[],
    standard: "FAPI 2.0 §5.3.2.1 Note 2",
    protects: "FAPI 2.0 was analysed with authorization codes and CIBA alone. Of the device flow \
               nobody knows whether it keeps what the profile promises.",
    wrong: r##"Server { profile: Fapi20, warn: [grant_device_fapi] },
Client {
    client_id: "bank-terminal",
    client_secrets: [jwk(
        r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
    )],
    allowed_grant_types: [DeviceCode],
    require_dpop: true,
    allowed_scopes: ["api1"],
}"##,
    right: r##"Server { profile: Fapi20, warn: [grant_device_fapi] },
Client {
    client_id: "bank-terminal",
    client_secrets: [jwk(
        r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
    )],
    allowed_grant_types: [Ciba],
    require_dpop: true,
    allowed_identity_token_signing_algorithms: [PS256],
    allowed_scopes: ["openid", "api1"],
}"##,
    needs: &[],
    check: Check::Client(|case, found| {
        if case.server.profile == Profile::Fapi20 && case.has(&GrantType::DeviceCode) {
            found.report(
                case,
                case.place_of_grant(&GrantType::DeviceCode),
                message![GrantType::DeviceCode, " is outside of the flows analysed for ", Profile::Fapi20],
                message!["use ", GrantType::Ciba],
            );
        }
    }),
};

static GRANT_DEVICE_PHISHING: Rule = Rule {
    name: "grant_device_phishing",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 8628 §5.4",
    protects: "A user who knows the client from the browser can be talked into entering the code of a \
               stranger's device, who then has the user's tokens.",
    wrong: r#"Server { warn: [grant_device_phishing] },
Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode, DeviceCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server { warn: [grant_device_phishing] },
Client {
    client_id: "app",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode, ClientCredentials],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        if let Some(browser) = case.grant(GrantType::is_interactive)
            && case.has(&GrantType::DeviceCode)
        {
            found.report(
                case,
                case.place_of_grant(&GrantType::DeviceCode),
                message![
                    GrantType::DeviceCode,
                    " beside ",
                    browser,
                    ": a user can be talked into entering the code of a stranger's device"
                ],
                "give devices a client of their own".into(),
            );
        }
    }),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Finding, check_client};
    use crate::{Client, Levels, Server};
    use alloc::{string::ToString, vec};

    /// What the rules of this file say of a client with these grants, pedantic ones included.
    fn findings(profile: Profile, grants: Vec<GrantType>) -> Vec<Finding> {
        let levels = Levels { warn: ["pedantic"].into(), ..Levels::EMPTY };
        let client = Client { allowed_grant_types: grants.into(), ..Client::default() };
        let mut findings = check_client(&Server { profile, levels, ..Server::DEFAULT }, client);
        findings.retain(|finding| RULES.iter().any(|rule| rule.name == finding.rule.name));
        findings
    }

    fn extension(name: &'static str) -> GrantType {
        GrantType::Extension(Text::Static(name))
    }

    #[test]
    fn names_of_extension_grants() {
        for (name, expected) in [
            ("urn:ietf:params:oauth:grant-type:jwt-bearer", None),
            ("https://example.com/grants/delegation", None),
            ("refresh_token", None),
            ("", Some(("grant_malformed", "remove it"))),
            (" ", Some(("grant_malformed", "remove it"))),
            (
                "authorization_code client_credential",
                Some((
                    "grant_malformed",
                    "write one grant for each entry: `allowed_grant_types: [AuthorizationCode, ClientCredentials]`",
                )),
            ),
            ("hybird", Some(("grant_unknown", "did you mean `Hybrid`?"))),
            ("Client-Credentials", Some(("grant_unknown", "did you mean `ClientCredentials`?"))),
            ("device_code", Some(("grant_unknown", "did you mean `DeviceCode`?"))),
            (
                "urn:ietf:params:oauth:grant_type:jwt-bearer",
                Some(("grant_unknown", "did you mean `urn:ietf:params:oauth:grant-type:jwt-bearer`?")),
            ),
            (
                "my/grant",
                Some((
                    "grant_custom_not_uri",
                    "name it by a URI that you own, such as `urn:example:oauth:grant-type:my-grant`",
                )),
            ),
        ] {
            let findings = findings(Profile::Default, vec![extension(name)]);
            let found: Vec<_> = findings.iter().map(|finding| (finding.rule.name, finding.help.to_string())).collect();
            let expected: Vec<_> = expected.into_iter().map(|(rule, help)| (rule, help.to_string())).collect();
            assert_eq!(found, expected, "{name:?}");
        }
    }

    #[test]
    fn the_space_between_grants_is_marked() {
        for (name, expected) in [("a  b c", 1..3), (" a", 0..1), ("a\t", 1..2)] {
            let findings = findings(Profile::Default, vec![extension(name)]);
            assert_eq!(findings.first().and_then(|finding| finding.bytes.clone()), Some(expected), "{name:?}");
        }
    }

    #[test]
    fn each_that_does_not_go_with_the_first_is_reported_once() {
        let all = vec![GrantType::Implicit, GrantType::Hybrid, GrantType::AuthorizationCode];
        let findings = findings(Profile::Default, all);
        let places: Vec<_> = findings
            .iter()
            .filter(|finding| finding.rule.name == "grant_combination")
            .map(|finding| (finding.place, finding.other.map(|(_, place)| place)))
            .collect();
        let expected = [(0, 2), (1, 2)].map(|(one, other)| (place(one), Some(place(other))));
        assert_eq!(places, expected);
    }

    #[test]
    fn the_device_flow_under_other_profiles() {
        for (profile, expected) in [(Profile::Default, 0), (Profile::OAuth21, 0), (Profile::Fapi20, 1)] {
            assert_eq!(findings(profile, vec![GrantType::DeviceCode]).len(), expected, "{profile}");
        }
    }
}

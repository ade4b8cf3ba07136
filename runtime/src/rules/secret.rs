//! Rules about shared secrets.
//!
//! No message says anything of a secret's text, not even its length: a secret is named by its number.

use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
};

use super::client_id::collisions;
use super::placeholder::{Digests, is_digest_of};
use super::{
    Case, Check, ERROR, FAPI, Level, Lookalike, Place, Rule, STRICTER, SecretFacts, SecretForm, SecretSyntax, WARNING,
    key, message,
};
use crate::{ApplicationType, GrantType, Profile, Secret, SecretValue, Setting, Text};

pub(super) static RULES: &[&Rule] = &[
    &SECRET_MISSING,
    &SECRET_EMPTY,
    &SECRET_PLACEHOLDER,
    &SECRET_WEAK,
    &SECRET_PLAINTEXT,
    &SECRET_ALL_EXPIRED,
    &SECRET_IN_NATIVE_APP,
    &SECRET_SYMMETRIC,
    &SECRET_REUSED,
    &SECRET_LOOKS_HASHED,
    &SECRET_WHITESPACE,
    &SECRET_MIXED_KINDS,
    &SECRET_EXPIRED,
];

const GENERATE: &str = "generate one: `openssl rand -hex 24`";

/// The place of a secret.
pub(super) fn place(at: usize) -> Place {
    Place::Item(Setting::ClientSecrets, at)
}

/// What a secret is called: by its number among those that are written. One alone that was given none needs none.
pub(super) fn name(case: &Case<'_>, at: usize) -> String {
    match case.definition.secrets.as_slice() {
        [SecretFacts { number: 0, .. }] => "the secret".into(),
        secrets => {
            let number = secrets.get(at).map(|facts| facts.number).filter(|number| *number > 0).unwrap_or(at + 1);
            format!("client secret #{number}")
        }
    }
}

/// The shared secrets of a client.
fn shared<'c>(case: &'c Case<'_>) -> impl Iterator<Item = (usize, &'c Secret, &'c SecretFacts)> {
    case.definition.secrets().filter(|(_, secret, _)| secret.value.is_shared())
}

/// The shared secrets that were seen in clear and are not to be replaced as a whole anyway, being
/// empty or a key.
fn in_clear<'c>(case: &'c Case<'_>) -> impl Iterator<Item = (usize, &'c Secret, &'c SecretFacts)> {
    shared(case).filter(|(_, _, facts)| {
        matches!(facts.form, SecretForm::Text | SecretForm::External) && !facts.blank && !facts.is_key()
    })
}

static SECRET_MISSING: Rule = Rule {
    name: "secret_missing",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §2.3, §3.2.1",
    protects: "A client that must prove itself and has no secret never gets a token.",
    wrong: r#"Client {
    client_id: "app",
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_cors_origins: ["https://app.example.com"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::RequireClientSecret, Setting::ClientSecrets, Setting::AllowedGrantTypes],
    check: Check::Client(|case, found| {
        let Some(grant) = case.grant(|grant| *grant != GrantType::Implicit) else { return };
        if case.client.is_public() || !case.client.client_secrets.is_empty() {
            return;
        }
        let help = match case.server.profile {
            Profile::Fapi20 => {
                message!["add the client's public key, as a JWK, or its certificate to ", Setting::ClientSecrets]
            }
            _ if may_be_public(case) => message![
                "generate one with `openssl rand -hex 24` and add it to ",
                Setting::ClientSecrets,
                ", or set ",
                (Setting::RequireClientSecret, false),
                " if this application cannot keep one"
            ],
            _ => message!["generate one with `openssl rand -hex 24` and add it to ", Setting::ClientSecrets],
        };
        found.report(
            case,
            case.place_of(Setting::ClientSecrets),
            message![grant, " needs a client secret, and the client has none"],
            help,
        );
    }),
};

/// Whether none of its grants needs the client's own proof, which `grant_needs_authentication` asks for.
fn may_be_public(case: &Case<'_>) -> bool {
    case.grant(|grant| matches!(grant, GrantType::ClientCredentials | GrantType::Ciba)).is_none()
}

static SECRET_EMPTY: Rule = Rule {
    name: "secret_empty",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §10.10, App. A.2",
    protects: "An empty secret lets everybody in who knows the client id. A secret with other \
               characters than printable ASCII cannot be sent.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: [""],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480"],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, secret, facts) in shared(case) {
            let what = if facts.begins_with_mark {
                "begins with U+FEFF, a byte order mark"
            } else if facts.blank {
                "is empty or blank"
            } else if is_digest_of_nothing(&secret.value) {
                "is the digest of an empty text"
            } else if facts.unprintable && !facts.outer_white_space && !facts.is_key() {
                "has a character outside of printable ASCII"
            } else {
                continue;
            };
            let help = if facts.begins_with_mark {
                message!["save the file without a byte order mark"]
            } else if case.client.client_secrets.len() > 1 {
                message!["remove it, or ", GENERATE]
            } else {
                message![GENERATE]
            };
            found.report(case, place(at), message![name(case, at), " ", what], help);
        }
    }),
};

/// Whether a secret is none, being empty or blank.
pub(super) fn is_empty(secret: &Secret, facts: &SecretFacts) -> bool {
    facts.blank || is_digest_of_nothing(&secret.value)
}

fn is_digest_of_nothing(value: &SecretValue) -> bool {
    matches!(value.stored().as_str(), EMPTY_SHA256 | EMPTY_SHA512)
}

/// The digests of the empty text, as they are stored.
const EMPTY_SHA256: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const EMPTY_SHA512: &str = "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";

static SECRET_PLACEHOLDER: Rule = Rule {
    name: "secret_placeholder",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §10.10; RFC 6819 §5.1.4.2.2",
    protects: "Whoever tries the secrets of tutorials and samples gets the tokens of the client.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: ["changeme"],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480"],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Set(|cases, found| {
        let mut digests = Digests::default();
        for case in cases {
            for (at, secret, facts) in shared(case).filter(|(_, _, facts)| !facts.blank) {
                if let Some(what) = placeholder(case, secret, facts, &mut digests) {
                    found.report(case, place(at), format!("{} is {what}", name(case, at)).into(), GENERATE.into());
                }
            }
        }
    }),
};

/// Whether a secret that was seen in clear is a placeholder.
pub(super) fn is_placeholder(case: &Case<'_>, secret: &Secret, facts: &SecretFacts) -> bool {
    facts.placeholder.is_some() || names_its_client(case, secret).is_some()
}

/// Whether a secret that was seen in clear can be found by trying.
pub(super) fn is_weak(facts: &SecretFacts) -> bool {
    facts.bits.is_some_and(|bits| bits < 128)
}

/// What gives a secret away as a placeholder: the words that its client is known by, or the list.
fn placeholder(case: &Case<'_>, secret: &Secret, facts: &SecretFacts, digests: &mut Digests) -> Option<Text> {
    if facts.placeholder.is_some() {
        return facts.placeholder.clone();
    }
    names_its_client(case, secret).or_else(|| match facts.form {
        // Where the text was seen, it was looked up in the list.
        SecretForm::Text | SecretForm::External => None,
        _ => digests.find(&secret.value),
    })
}

fn names_its_client(case: &Case<'_>, secret: &Secret) -> Option<Text> {
    if is_digest_of(&secret.value, &case.client.client_id) {
        return Some(Text::Static("the client id"));
    }
    let name = case.client.client_name.as_ref()?;
    is_digest_of(&secret.value, name).then_some(Text::Static("the name of the client"))
}

static SECRET_WEAK: Rule = Rule {
    name: "secret_weak",
    levels: [Level::Warning, Level::Warning, Level::Error],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 §10.10; RFC 6819 §5.1.4.2.2; OpenID Connect Core §16.19; FAPI 2.0 §5.4.1 item 4",
    protects: "A short secret can be found by trying. Its digest does not protect it either, being fast to compute.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: ["tulip-47-Delft"],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: ["tulip-47-Delft-under-the-bridge"],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, secret, facts) in in_clear(case) {
            if is_weak(facts) && !is_placeholder(case, secret, facts) {
                found.report(
                    case,
                    place(at),
                    format!("{} has fewer than the 128 bits of entropy that are needed", name(case, at)).into(),
                    GENERATE.into(),
                );
            }
        }
    }),
};

static SECRET_PLAINTEXT: Rule = Rule {
    name: "secret_plaintext",
    levels: [Level::Silent, Level::Warning, Level::Error],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6819 §5.1.4.1.3",
    protects: "Everybody who can read the definition, its history or a backup of it has the secret.",
    wrong: r#"Server { profile: OAuth21 },
Client {
    client_id: "orders",
    client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480"],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server { profile: OAuth21 },
Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, _, _) in in_clear(case).filter(|(_, _, facts)| facts.form == SecretForm::Text) {
            found.report(
                case,
                place(at),
                format!("{} is written in clear", name(case, at)).into(),
                message![
                    "write its digest, ",
                    SecretSyntax::Sha256,
                    ", or read it from a file outside of the repository, ",
                    SecretSyntax::File
                ],
            );
        }
    }),
};

static SECRET_ALL_EXPIRED: Rule = Rule {
    name: "secret_all_expired",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7591 §3.2.1",
    protects: "A client whose secrets have all expired can no longer prove itself.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: [Secret {
        value: sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
        expiration: "2020-06-30T00:00:00Z",
    }],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: [Secret {
        value: sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
        expiration: "2099-06-30T00:00:00Z",
    }],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientSecrets, Setting::RequireClientSecret],
    check: Check::Timed(|case, now, found| {
        let secrets = &case.client.client_secrets;
        let expired = !secrets.is_empty() && secrets.iter().all(|secret| secret.is_expired(now));
        if case.client.enabled && !case.client.is_public() && expired {
            found.report(
                case,
                case.place_of(Setting::ClientSecrets),
                message![
                    if secrets.len() == 1 { "its only secret has" } else { "all of its secrets have" },
                    " expired, so that the client cannot prove itself"
                ],
                message!["add a new secret, or set ", (Setting::Enabled, false)],
            );
        }
    }),
};

static SECRET_IN_NATIVE_APP: Rule = Rule {
    name: "secret_in_native_app",
    // FAPI 2.0 allows no shared secret: `secret_symmetric`.
    levels: [Level::Warning, Level::Error, Level::Silent],
    pedantic: false,
    exceptions: &[(Level::Warning, "an application whose type is told by its redirect URIs alone")],
    standard: "RFC 8252 §8.4, §8.5; RFC 6749 §10.1; OAuth 2.1 §8.1",
    protects: "A secret that is shipped with an application is known to everybody who has the \
               application. It proves nothing, and whoever relies on it is deceived.",
    wrong: r#"Client {
    client_id: "app",
    application_type: Native,
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.app:/callback"],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "app",
    application_type: Native,
    require_client_secret: false,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.app:/callback"],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::RequireClientSecret, Setting::ApplicationType],
    check: Check::Client(|case, found| {
        let Some((at, ..)) = shared(case).next() else { return };
        if case.client.is_public() || !case.is_native() {
            return;
        }
        let help = if !may_be_public(case) {
            message!["remove it, and give each installation a key of its own"]
        } else if case.client.require_pkce {
            message!["remove it, and set ", (Setting::RequireClientSecret, false)]
        } else {
            message![
                "remove it, and set ",
                (Setting::RequireClientSecret, false),
                " and ",
                (Setting::RequirePkce, true)
            ]
        };
        let finding = found.report(case, place(at), "a native application cannot keep a shared secret".into(), help);
        if case.client.application_type != Some(ApplicationType::Native) {
            finding.level(Level::Warning);
        }
    }),
};

static SECRET_SYMMETRIC: Rule = Rule {
    name: "secret_symmetric",
    levels: FAPI,
    pedantic: false,
    exceptions: &[],
    standard: "FAPI 2.0 §5.3.2.1 item 6",
    protects: "A shared secret lies at the server too and is sent with every request, so it can be \
               stolen at either end. A key never leaves the client.",
    wrong: r#"Server { profile: Fapi20 },
Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    require_dpop: true,
    allowed_scopes: ["api1"],
}"#,
    right: r##"Server { profile: Fapi20 },
Client {
    client_id: "orders",
    client_secrets: [jwk(
        r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
    )],
    allowed_grant_types: [ClientCredentials],
    require_dpop: true,
    allowed_scopes: ["api1"],
}"##,
    needs: &[],
    check: Check::Client(|case, found| {
        let help = if has_key(case) {
            "remove it: the client has a key or certificate"
        } else {
            "replace it by the client's public key, as a JWK (`private_key_jwt`), or its certificate (mutual TLS)"
        };
        for (at, ..) in shared(case) {
            found.report(
                case,
                place(at),
                message![name(case, at), " is a shared secret, which FAPI 2.0 does not allow"],
                help.into(),
            );
        }
    }),
};

/// Whether the client has a proof that is no shared secret.
fn has_key(case: &Case<'_>) -> bool {
    case.client.client_secrets.iter().any(|secret| !secret.value.is_shared())
}

static SECRET_REUSED: Rule = Rule {
    name: "secret_reused",
    levels: STRICTER,
    pedantic: false,
    exceptions: &[(Level::Warning, "a key")],
    standard: "RFC 7591 §3.2.1; RFC 6819 §5.2.3.4",
    protects: "Whoever runs one of the clients can act as the other. If the secret gets out, both are \
               lost.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
},
Client {
    client_id: "billing",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
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
    client_id: "billing",
    client_secrets: [sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api2"],
}"#,
    needs: &[],
    check: Check::Set(|cases, found| {
        let secrets = cases.iter().flat_map(|case| {
            // Those without any text are `secret_empty`.
            let secrets =
                case.definition.secrets().filter(|(_, secret, facts)| !is_empty(secret, facts) && !facts.is_key());
            // A second one in the same client is `list_duplicate`.
            let mut own = BTreeSet::new();
            secrets.filter_map(move |(at, secret, _)| {
                let identity = identity(&secret.value)?;
                own.insert(identity.clone()).then_some((identity, (case, at, secret.value.is_shared())))
            })
        });
        for ((case, at, is_shared), (other, other_at, _)) in
            collisions(secrets, |(one, ..), (other, ..)| one.index != other.index)
        {
            let help = if is_shared {
                "generate one for each client: `openssl rand -hex 24`"
            } else {
                "give each client a key of its own"
            };
            let finding = found
                .report(
                    case,
                    place(at),
                    format!("{} is also one of {}: each can act as the other", name(case, at), called(other)).into(),
                    help.into(),
                )
                .other(other.index, place(other_at));
            if !is_shared {
                finding.level(Level::Warning);
            }
        }
    }),
};

/// What two secrets have in common that prove the same client: the kind, and a text.
fn identity(value: &SecretValue) -> Option<(&'static str, String)> {
    let text = match value {
        SecretValue::Sha256(_) | SecretValue::Sha512(_) => value.stored(),
        SecretValue::X509Thumbprint(text) => text.to_ascii_lowercase(),
        SecretValue::X509Certificate(text) => text.split_ascii_whitespace().collect(),
        SecretValue::X509Name(text) => text.to_string(),
        SecretValue::Jwk(text) => key::thumbprint(text)?,
    };
    Some((value.type_name(), text))
}

/// A client in a message about another.
pub(super) fn called(case: &Case<'_>) -> String {
    let id = &case.client.client_id;
    if id.is_empty() { "another client".into() } else { format!("client {id:?}") }
}

static SECRET_LOOKS_HASHED: Rule = Rule {
    name: "secret_looks_hashed",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "IdentityServer: `Secret.Value` is the digest",
    protects: "A digest that is written as if it were the secret is hashed once more, and then the \
               true secret is refused.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: ["d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, _, facts) in in_clear(case) {
            let (what, help) = match facts.looks_like {
                Some(Lookalike::Digest) => (
                    "looks like a digest",
                    message![
                        "if it is one, write ",
                        SecretSyntax::Sha256,
                        " or ",
                        SecretSyntax::Sha512,
                        "; if not, generate one that does not look like it: `openssl rand -hex 24`"
                    ],
                ),
                Some(Lookalike::PasswordHash) => (
                    "looks like the hash of a password",
                    message![
                        "a client's secret is random, so that a plain digest protects it: generate one, \
                         `openssl rand -hex 24`, and write its ",
                        SecretSyntax::Sha256
                    ],
                ),
                Some(Lookalike::Encoded) => (
                    "begins with the name of an encoder in braces",
                    message!["write the secret without it, or its ", SecretSyntax::Sha256],
                ),
                _ => continue,
            };
            let message = format!("{} {what}, but is hashed again, as it stands", name(case, at));
            found.report(case, place(at), message.into(), help);
        }
    }),
};

static SECRET_WHITESPACE: Rule = Rule {
    name: "secret_whitespace",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 6749 App. A.2",
    protects: "White space at an end of a secret is a mistake of copying. The client does not send it \
               and is refused.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480 "],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: ["3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480"],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, ..) in in_clear(case).filter(|(_, _, facts)| facts.outer_white_space) {
            found.report(
                case,
                place(at),
                format!("{} begins or ends with white space", name(case, at)).into(),
                "remove the white space; no client sends it".into(),
            );
        }
    }),
};

static SECRET_MIXED_KINDS: Rule = Rule {
    name: "secret_mixed_kinds",
    // FAPI 2.0 allows no shared secret: `secret_symmetric`.
    levels: [Level::Silent, Level::Warning, Level::Silent],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.5",
    protects: "A client is only as safe as the weakest proof that the server takes: beside a shared \
               secret a key adds nothing.",
    wrong: r##"Server { profile: OAuth21 },
Client {
    client_id: "orders",
    client_secrets: [
        sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
        jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        ),
    ],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"##,
    right: r##"Server { profile: OAuth21 },
Client {
    client_id: "orders",
    client_secrets: [jwk(
        r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
    )],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"##,
    needs: &[],
    check: Check::Client(|case, found| {
        if has_key(case) {
            for (at, ..) in shared(case) {
                found.report(
                    case,
                    place(at),
                    format!("{} is a shared secret beside a key or certificate", name(case, at)).into(),
                    "remove it: the key or certificate is the stronger proof".into(),
                );
            }
        }
    }),
};

static SECRET_EXPIRED: Rule = Rule {
    name: "secret_expired",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 7591 §3.2.1",
    protects: "An expired secret that is left lying about hides which ones still count.",
    wrong: r#"Server { warn: [secret_expired] },
Client {
    client_id: "orders",
    client_secrets: [
        Secret {
            value: sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
            expiration: "2020-06-30T00:00:00Z",
        },
        sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0"),
    ],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Server { warn: [secret_expired] },
Client {
    client_id: "orders",
    client_secrets: [
        Secret {
            value: sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef"),
            expiration: "2099-06-30T00:00:00Z",
        },
        sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0"),
    ],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[Setting::ClientSecrets],
    check: Check::Timed(|case, now, found| {
        let valid = case.client.client_secrets.iter().filter(|secret| !secret.is_expired(now)).count();
        for (at, secret, _) in case.definition.secrets().filter(|(_, secret, _)| secret.is_expired(now) && valid > 0) {
            let day = secret.expiration.map(super::time::day).unwrap_or_default();
            found.report(
                case,
                place(at),
                format!("{} expired on {day}", name(case, at)).into(),
                format!("delete it; the client still has {valid} that count").into(),
            );
        }
    }),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Definition, Finding, check};
    use crate::{Client, Server};
    use alloc::{vec, vec::Vec};

    fn service(client_id: &str, secrets: Vec<SecretValue>) -> Client {
        Client {
            client_id: client_id.into(),
            client_name: Some("Order Service of the North".into()),
            client_secrets: secrets.into(),
            allowed_grant_types: [GrantType::ClientCredentials].into(),
            allowed_scopes: ["api1"].into(),
            ..Client::default()
        }
    }

    fn names(findings: &[Finding]) -> Vec<&'static str> {
        findings.iter().map(|finding| finding.rule.name).collect()
    }

    #[test]
    fn what_is_said_of_a_secret_in_clear() {
        for (secret, expected) in [
            ("3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480", &[][..]),
            ("", &["secret_empty"]),
            (" \n", &["secret_empty"]),
            ("\u{e9}3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480", &["secret_empty"]),
            ("\u{FEFF}3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480", &["secret_empty"]),
            ("3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480\n", &["secret_whitespace"]),
            ("secret", &["secret_placeholder"]),
            ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", &["secret_placeholder"]),
            ("orders", &["secret_placeholder"]),
            ("Order Service of the North", &["secret_placeholder"]),
            ("tulip 47", &["secret_weak"]),
            ("tulip-47", &["secret_weak"]),
            ("abcabcabcabcabcabcabcabcabcabcabcabc", &["secret_weak"]),
            ("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef", &["secret_looks_hashed"]),
            ("$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW", &["secret_looks_hashed"]),
            ("{noop}3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480", &["secret_looks_hashed"]),
            ("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n", &["private_key_pasted"]),
            ("-----BEGIN CERTIFICATE-----\nMIGH\n-----END CERTIFICATE-----\n", &["secret_value_malformed"]),
            (r#"{"kty":"OKP","crv":"Ed25519","x":"11qY"}"#, &["secret_value_malformed"]),
        ] {
            for form in [SecretForm::Text, SecretForm::External] {
                let definition = Definition {
                    secrets: vec![SecretFacts::of_text(secret, form)],
                    ..service("orders", vec![SecretValue::sha256_of(secret)]).into()
                };
                let findings = check(&Server::DEFAULT, &[definition], Vec::new()).findings;
                assert_eq!(names(&findings), expected, "{secret:?}");
                let spoken: String = findings.iter().map(ToString::to_string).collect();
                let own = secret.trim();
                assert!(own.is_empty() || own == "secret" || !spoken.contains(own), "{spoken}");
            }
        }
    }

    #[test]
    fn what_is_said_of_a_digest() {
        for (value, expected) in [
            (SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480"), &[][..]),
            (SecretValue::sha256_of("tulip-47"), &[]),
            (SecretValue::sha256_of(""), &["secret_empty"]),
            (SecretValue::sha512_of(""), &["secret_empty"]),
            (SecretValue::sha512_of("changeme"), &["secret_placeholder"]),
            (SecretValue::sha256_of("orders"), &["secret_placeholder"]),
        ] {
            let definition = Definition::from(service("orders", vec![value]));
            let findings = check(&Server::DEFAULT, &[definition], Vec::new()).findings;
            assert_eq!(names(&findings), expected);
        }
    }

    #[test]
    fn a_byte_order_mark_is_told_by_its_name() {
        let definition = Definition {
            secrets: vec![SecretFacts::of_text("\u{FEFF}3f9c2a7e81b4d605", SecretForm::External)],
            ..service("orders", vec![SecretValue::sha256_of("3f9c2a7e81b4d605")]).into()
        };
        let findings = check(&Server::DEFAULT, &[definition], Vec::new()).findings;
        let empty = findings.iter().find(|finding| finding.rule.name == "secret_empty").map(ToString::to_string);
        let expected = "the secret begins with U+FEFF, a byte order mark \
                        (help: save the file without a byte order mark) [secret_empty]";
        assert_eq!(empty.as_deref(), Some(expected));
    }

    #[test]
    fn a_secret_that_stands_twice_is_told_to_be_reused_once() {
        let secret = || SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480");
        let clients = [vec![secret(), secret()], vec![secret()]];
        let definitions: Vec<Definition> = ["orders", "billing"]
            .into_iter()
            .zip(clients)
            .map(|(id, secrets)| Client { client_name: None, ..service(id, secrets) }.into())
            .collect();
        let findings = check(&Server::DEFAULT, &definitions, Vec::new()).findings;
        let told: Vec<_> = findings.iter().map(|finding| (finding.rule.name, finding.client, finding.place)).collect();
        assert_eq!(
            told,
            [
                ("secret_reused", Some(0), place(0)),
                ("list_duplicate", Some(0), place(1)),
                ("secret_reused", Some(1), place(0)),
            ]
        );
    }

    #[test]
    fn keys_are_known_again_in_any_spelling() {
        let jwk = |text: &str| SecretValue::Jwk(text.into());
        for (one, other, reused) in [
            (SecretValue::sha256_of("a"), SecretValue::sha256_of("a"), true),
            (SecretValue::sha256_of("a"), SecretValue::sha512_of("a"), false),
            (
                SecretValue::X509Thumbprint("ABCDEF0123456789ABCDEF0123456789ABCDEF01".into()),
                SecretValue::X509Thumbprint("abcdef0123456789abcdef0123456789abcdef01".into()),
                true,
            ),
            (
                jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#),
                jwk(
                    r#"{ "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "crv": "Ed25519", "kty": "OKP", "kid": "1" }"#,
                ),
                true,
            ),
            (jwk("{}"), jwk("{}"), false),
        ] {
            let definitions: Vec<Definition> = vec![service("a1", vec![one]).into(), service("b1", vec![other]).into()];
            let findings = check(&Server::DEFAULT, &definitions, Vec::new()).findings;
            let places: Vec<_> = findings
                .iter()
                .filter(|finding| finding.rule.name == "secret_reused")
                .map(|finding| (finding.client, finding.other))
                .collect();
            let both = vec![(Some(0), Some((Some(1), place(0)))), (Some(1), Some((Some(0), place(0))))];
            assert_eq!(places, if reused { both } else { vec![] });
        }
    }

    #[test]
    fn an_inferred_native_application_is_only_warned() {
        let server = Server { profile: Profile::OAuth21, ..Server::DEFAULT };
        for (application_type, redirect_uri, expected) in [
            (Some(ApplicationType::Native), "https://app.example.com/", Some(Level::Error)),
            (None, "com.example.app:/", Some(Level::Warning)),
            (None, "http://127.0.0.1/", None),
            (Some(ApplicationType::Web), "com.example.app:/", None),
        ] {
            let client = Client {
                application_type,
                allowed_grant_types: [GrantType::AuthorizationCode].into(),
                redirect_uris: [redirect_uri].into(),
                ..service("app", vec![SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480")])
            };
            let findings = check(&server, &[client.into()], Vec::new()).findings;
            let level = findings.iter().find(|one| one.rule.name == "secret_in_native_app").map(|one| one.level);
            assert_eq!(level, expected, "{redirect_uri}");
        }
    }
}

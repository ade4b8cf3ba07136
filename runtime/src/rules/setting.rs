//! Rules about settings as a whole.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};

use super::{Case, Check, Found, Message, Place, Rule, WARNING, message, scope, secret};
use crate::uri::Uri;
use crate::{
    AccessTokenType, ApplicationType, Client, ClientClaim, GrantType, RefreshTokenExpiration, Setting, Settings, Text,
    Value,
};

pub(super) static RULES: &[&Rule] =
    &[&LIST_DUPLICATE, &NAME_EMPTY, &SETTING_NO_EFFECT, &IDP_RESTRICTION_EMPTY, &PROPERTY_SECRET];

static LIST_DUPLICATE: Rule = Rule {
    name: "list_duplicate",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 8252 §7.3",
    protects: "An entry that stands twice is usually a slip: the second was meant to be another one. \
               Whoever later removes or rotates one of the two believes it is gone.",
    wrong: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1", "api1"],
}"#,
    right: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1", "API1"],
}"#,
    needs: &[],
    check: Check::Client(list_duplicate),
};

/// The lists of a client. A grant that is listed twice is `grant_malformed`.
const LISTS: [Setting; 10] = [
    Setting::ClientSecrets,
    Setting::RedirectUris,
    Setting::PostLogoutRedirectUris,
    Setting::AllowedScopes,
    Setting::AllowedIdentityTokenSigningAlgorithms,
    Setting::IdentityProviderRestrictions,
    Setting::Claims,
    Setting::AllowedCorsOrigins,
    Setting::Properties,
    Setting::DpopValidationMode,
];

fn list_duplicate(case: &Case<'_>, found: &mut Found<'_>) {
    for setting in LISTS {
        let entries = entries(case, setting);
        let mut first_of = BTreeMap::new();
        let mut first_is_reported = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let first = *first_of.entry(entry.same.as_str()).or_insert(at);
            if first == at || entry.same.is_empty() {
                continue;
            }
            if setting == Setting::ClientSecrets {
                // Both may have to be shown at the client id: once is enough.
                let message = format!("{} is the same as {}", secret::name(case, at), secret::name(case, first));
                let place = |at| Place::Item(setting, at);
                found.report(case, place(at), message.into(), "remove one".into()).other(case.index, place(first));
                continue;
            }
            let shown = |at: usize| entries.get(at).map_or("", |entry| entry.shown.as_str());
            let mut report = |here, there| {
                let (message, help) = if shown(here) == shown(there) {
                    (message![setting, format!(" lists {} twice", shown(here))], message!["remove one"])
                } else {
                    let both = format!(" lists {} and {}", shown(here), shown(there));
                    (
                        message![setting, both, ", which differ only in the port"],
                        message!["keep one: on a loopback address any port matches"],
                    )
                };
                let place = Place::Item(setting, here);
                found.report(case, place, message, help).other(case.index, Place::Item(setting, there));
            };
            if !first_is_reported.contains(&first) {
                first_is_reported.push(first);
                report(first, at);
            }
            report(at, first);
        }
    }
}

/// An entry of a list.
struct Entry {
    /// What two entries have in common that count as one; empty, if it is not to be compared.
    same: String,
    /// The entry as a message shows it.
    shown: String,
}

fn entries(case: &Case<'_>, setting: Setting) -> Vec<Entry> {
    let quoted = |text: &Text| Entry { same: text.as_str().into(), shown: format!("{:?}", text.as_str()) };
    let named = |name: &str| Entry { same: name.into(), shown: format!("`{name}`") };
    match case.client.value(setting) {
        Value::Texts(uris) if setting == Setting::RedirectUris => {
            let is_web = case.client.application_type == Some(ApplicationType::Web);
            let same = |text: &Text, uri: &Uri<'_>| any_port(uri).filter(|_| !is_web).unwrap_or(text.as_str().into());
            // What is no URI is told once, by its own rule.
            let same = |(text, uri): (&Text, &Result<Uri<'_>, _>)| match uri {
                Ok(uri) => Entry { same: same(text, uri), ..quoted(text) },
                Err(_) => Entry { same: String::new(), ..quoted(text) },
            };
            uris.iter().zip(&case.redirect_uris).map(same).collect()
        }
        Value::Texts(texts) => texts.iter().map(quoted).collect(),
        Value::Secrets(_) => {
            let same = case.definition.secrets().map(|(_, secret, facts)| match secret::is_empty(secret, facts) {
                true => String::new(),
                false => format!("{} {}", secret.value.type_name(), secret.value.stored()),
            });
            same.map(|same| Entry { same, shown: String::new() }).collect()
        }
        Value::SigningAlgorithms(algorithms) => algorithms.iter().map(|algorithm| named(algorithm.as_str())).collect(),
        Value::DpopValidationModes(modes) => modes.iter().map(|mode| named(mode.as_str())).collect(),
        // Several values of one type are an array in the token.
        Value::Claims(claims) => claims.iter().map(claim).collect(),
        // Of two properties with one key, only the first is found.
        Value::Properties(properties) => properties
            .iter()
            .map(|property| Entry { shown: format!("the key {:?}", property.key.as_str()), ..quoted(&property.key) })
            .collect(),
        _ => Vec::new(),
    }
}

fn claim(claim: &ClientClaim) -> Entry {
    let ClientClaim { claim_type, value, value_type } = claim;
    Entry {
        same: format!("{claim_type:?} {value:?} {value_type:?}"),
        shown: format!("the claim {claim_type:?} with the value {value:?}"),
    }
}

/// The URI without its port, if a request may come with any (RFC 8252 §7.3).
fn any_port(uri: &Uri<'_>) -> Option<String> {
    let host = uri.host().filter(|host| ["127.0.0.1", "[::1]"].contains(host) && uri.scheme_is("http"))?;
    let (before, _) = uri.as_str().split_at_checked(uri.offset_of(host) + host.len())?;
    let (_, after) = uri.as_str().split_at_checked(uri.offset_of(uri.path()))?;
    Some(format!("{before}{after}"))
}

static NAME_EMPTY: Rule = Rule {
    name: "name_empty",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7519 §4; IdentityServer: `Client.Claims`, `Client.Properties`",
    protects: "A claim or a property is found by its name. Without one it is in every token, or in the record, and \
               nobody asks for it.",
    wrong: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("4c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    claims: [("", "reports")],
}"#,
    right: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("4c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    claims: [("department", "")],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        let claims = case.client.claims.iter().map(|claim| &claim.claim_type).enumerate();
        let properties = case.client.properties.iter().map(|property| &property.key).enumerate();
        let names = claims.map(|(at, name)| (Place::Item(Setting::Claims, at), Setting::Claims, name));
        let keys = properties.map(|(at, key)| (Place::Item(Setting::Properties, at), Setting::Properties, key));
        for (place, setting, _) in names.chain(keys).filter(|(.., name)| name.trim().is_empty()) {
            let message = message!["an entry of ", setting, " has no name"];
            found.report(case, place, message, message!["write its name, or remove it"]);
        }
    }),
};

static SETTING_NO_EFFECT: Rule = Rule {
    name: "setting_no_effect",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7591 §2.1",
    protects: "A setting that nothing reads makes a definition say more than it does: whoever wrote it relies on \
               something that never happens. Often another line, such as a grant, was forgotten.",
    wrong: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    authorization_code_lifetime: minutes(1),
}"#,
    right: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    access_token_lifetime: minutes(1),
}"#,
    needs: &[
        Setting::AllowedGrantTypes,
        Setting::AllowedScopes,
        Setting::AllowOfflineAccess,
        Setting::RefreshTokenExpiration,
        Setting::RequireConsent,
        Setting::AllowRememberConsent,
        Setting::RequireClientSecret,
        Setting::RequireRequestObject,
        Setting::RequireDpop,
        Setting::AccessTokenType,
        Setting::FrontChannelLogoutUri,
        Setting::BackChannelLogoutUri,
        Setting::Claims,
    ],
    check: Check::Client(setting_no_effect),
};

/// Settings that may have no effect.
struct WithoutEffect {
    settings: &'static [Setting],
    /// Whether they have none.
    when: fn(&Case<'_>) -> bool,
    /// Why.
    why: fn() -> Message,
    /// What to do, if they are to have one.
    or: fn() -> Message,
}

/// Of the rows about one setting, the first that holds is reported.
static WITHOUT_EFFECT: &[WithoutEffect] = &[
    WithoutEffect {
        settings: &[Setting::RedirectUris],
        when: |case| case.grant(GrantType::is_interactive).is_none(),
        why: || {
            use GrantType::{AuthorizationCode, Hybrid, Implicit};
            message!["only ", AuthorizationCode, ", ", Hybrid, " and ", Implicit, " redirect"]
        },
        or: add_code_grant,
    },
    WithoutEffect {
        settings: LOGOUT,
        when: |case| all_grants(case, is_for_machines),
        why: || message!["no user signs in or out"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: LOGOUT,
        when: lacks_openid,
        why: || message!["logout needs the ID token that only the scope `openid` gives"],
        or: add_openid,
    },
    WithoutEffect {
        settings: &[Setting::FrontChannelLogoutSessionRequired],
        when: |case| case.client.front_channel_logout_uri.is_none(),
        why: || message!["there is no ", Setting::FrontChannelLogoutUri],
        or: || message!["add ", Setting::FrontChannelLogoutUri],
    },
    WithoutEffect {
        settings: &[Setting::BackChannelLogoutSessionRequired],
        when: |case| case.client.back_channel_logout_uri.is_none(),
        why: || message!["there is no ", Setting::BackChannelLogoutUri],
        or: || message!["add ", Setting::BackChannelLogoutUri],
    },
    WithoutEffect {
        settings: &[Setting::AllowedCorsOrigins],
        when: |case| {
            all_grants(case, |grant| {
                matches!(grant, GrantType::ClientCredentials | GrantType::DeviceCode | GrantType::Ciba)
            })
        },
        why: || message!["no browser script calls the token endpoint"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: &[Setting::RequirePkce, Setting::AllowPlainTextPkce],
        when: lacks_code,
        why: || message!["PKCE protects codes, and no grant issues one"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: &[Setting::AllowAccessTokensViaBrowser],
        // Beside `require_dpop` it is `dpop_front_channel`.
        when: |case| !case.has(&GrantType::Implicit) && !case.has(&GrantType::Hybrid) && !case.client.require_dpop,
        why: || message!["only ", GrantType::Implicit, " and ", GrantType::Hybrid, " can send tokens that way"],
        or: Message::default,
    },
    WithoutEffect {
        settings: &[Setting::AllowOfflineAccess],
        when: |case| {
            all_grants(case, |grant| matches!(grant, GrantType::Implicit | GrantType::ClientCredentials))
                && case.client.allow_offline_access
        },
        why: || message![GrantType::Implicit, " and ", GrantType::ClientCredentials, " never give a refresh token"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: &[
            Setting::RefreshTokenUsage,
            Setting::RefreshTokenExpiration,
            Setting::AbsoluteRefreshTokenLifetime,
            Setting::SlidingRefreshTokenLifetime,
            Setting::UpdateAccessTokenClaimsOnRefresh,
        ],
        when: |case| !case.client.allow_offline_access,
        why: || message!["the client gets no refresh token"],
        or: || message!["set ", (Setting::AllowOfflineAccess, true)],
    },
    WithoutEffect {
        settings: &[Setting::SlidingRefreshTokenLifetime],
        when: |case| case.client.refresh_token_expiration == RefreshTokenExpiration::Absolute,
        why: || {
            let sliding = RefreshTokenExpiration::Sliding;
            message!["it is read only with ", (Setting::RefreshTokenExpiration, sliding)]
        },
        or: || message!["set ", (Setting::RefreshTokenExpiration, RefreshTokenExpiration::Sliding)],
    },
    WithoutEffect {
        settings: &[Setting::AuthorizationCodeLifetime],
        when: lacks_code,
        why: || message!["no grant issues a code"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: &[Setting::DeviceCodeLifetime, Setting::UserCodeType, Setting::PollingInterval],
        when: |case| !case.has(&GrantType::DeviceCode) && !case.has(&GrantType::Ciba),
        why: || message!["neither ", GrantType::DeviceCode, " nor ", GrantType::Ciba, " is allowed"],
        or: || message!["add the grant ", GrantType::DeviceCode],
    },
    WithoutEffect {
        settings: &[Setting::CibaLifetime],
        when: |case| !case.has(&GrantType::Ciba),
        why: || message![GrantType::Ciba, " is not allowed"],
        or: || message!["add the grant ", GrantType::Ciba],
    },
    WithoutEffect {
        settings: ID_TOKEN,
        when: |case| all_grants(case, is_for_machines),
        why: || message!["no ID token is issued without a user"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: ID_TOKEN,
        when: lacks_openid,
        why: || message!["no ID token is issued without the scope `openid`"],
        or: add_openid,
    },
    WithoutEffect {
        settings: &[
            Setting::RequireConsent,
            Setting::AllowRememberConsent,
            Setting::ConsentLifetime,
            Setting::IdentityProviderRestrictions,
            Setting::EnableLocalLogin,
            Setting::UserSsoLifetime,
            Setting::PairWiseSubjectSalt,
        ],
        when: lacks_pages,
        why: || message!["no grant shows a login or consent page"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: &[Setting::ConsentLifetime, Setting::AllowRememberConsent],
        when: |case| !case.client.require_consent,
        why: || message!["users are not asked for consent"],
        or: || message!["set ", (Setting::RequireConsent, true)],
    },
    WithoutEffect {
        settings: &[Setting::ConsentLifetime],
        when: |case| !case.client.allow_remember_consent,
        why: || message!["no consent is remembered"],
        or: || message!["set ", (Setting::AllowRememberConsent, true)],
    },
    WithoutEffect {
        settings: &[
            Setting::RequirePushedAuthorization,
            Setting::PushedAuthorizationLifetime,
            Setting::InitiateLoginUri,
        ],
        when: |case| case.grant(GrantType::is_interactive).is_none(),
        why: || message!["no grant has an authorization request through the browser"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: &[Setting::RequireRequestObject],
        when: |case| case.grant(GrantType::is_interactive).is_none() && !case.has(&GrantType::Ciba),
        why: || message!["no grant has an authorization request"],
        or: add_code_grant,
    },
    WithoutEffect {
        settings: &[Setting::IncludeJwtId],
        when: |case| case.client.access_token_type == AccessTokenType::Reference,
        why: || message!["a reference token is no JWT"],
        or: || message!["set ", (Setting::AccessTokenType, AccessTokenType::Jwt)],
    },
    WithoutEffect {
        settings: &[Setting::ClientClaimsPrefix, Setting::AlwaysSendClientClaims],
        when: |case| case.client.claims.is_empty(),
        why: || message!["the client has no ", Setting::Claims],
        or: || message!["add ", Setting::Claims],
    },
];

const LOGOUT: &[Setting] = &[
    Setting::PostLogoutRedirectUris,
    Setting::FrontChannelLogoutUri,
    Setting::FrontChannelLogoutSessionRequired,
    Setting::BackChannelLogoutUri,
    Setting::BackChannelLogoutSessionRequired,
];

const ID_TOKEN: &[Setting] = &[
    Setting::IdentityTokenLifetime,
    Setting::AllowedIdentityTokenSigningAlgorithms,
    Setting::AlwaysIncludeUserClaimsInIdToken,
];

fn add_code_grant() -> Message {
    message!["add the grant ", GrantType::AuthorizationCode]
}

fn add_openid() -> Message {
    message!["add \"openid\" to ", Setting::AllowedScopes]
}

/// The name that refresh tokens have among the grants of other systems.
const REFRESH_TOKEN: GrantType = GrantType::Extension(Text::Static("refresh_token"));

fn all_grants(case: &Case<'_>, question: fn(&GrantType) -> bool) -> bool {
    case.client.allowed_grant_types.iter().all(|grant| question(grant) || *grant == REFRESH_TOKEN)
}

/// Whether nobody signs in under the grant. Of an extension grant that is not known, so it counts as no.
fn is_for_machines(grant: &GrantType) -> bool {
    matches!(grant, GrantType::ClientCredentials) || *grant == GrantType::TOKEN_EXCHANGE
}

/// Whether no page of the server is ever shown.
fn lacks_pages(case: &Case<'_>) -> bool {
    all_grants(case, |grant| is_for_machines(grant) || *grant == GrantType::Password)
}

fn lacks_code(case: &Case<'_>) -> bool {
    case.grant(GrantType::issues_code).is_none()
}

/// Whether the client rightly has no `openid`: if it should have it, `scope_openid_missing` says so.
fn lacks_openid(case: &Case<'_>) -> bool {
    !case.client.allows_scope(scope::OPENID) && !scope::lacks_openid(case)
}

fn setting_no_effect(case: &Case<'_>, found: &mut Found<'_>) {
    if case.client.protocol_type != "oidc" && case.wrote(Setting::ProtocolType) {
        found.report(
            case,
            Place::Value(Setting::ProtocolType),
            message![Setting::ProtocolType, " is not \"oidc\", so that no request of this client is answered"],
            message!["remove it; for a client that is switched off, set ", (Setting::Enabled, false)],
        );
    }
    // Without a grant nothing has an effect: that is `grants_empty`.
    if case.client.allowed_grant_types.is_empty() {
        return;
    }
    let mut reported = Settings::NONE;
    for row in WITHOUT_EFFECT.iter().filter(|row| (row.when)(case)) {
        for setting in row.settings.iter().copied() {
            if case.wrote(setting) && !is_off(case, setting) && reported.insert(setting) {
                let mut message = message![setting, " has no effect: "];
                message.pieces.extend((row.why)().pieces);
                let mut help = message!["remove it"];
                let or = (row.or)();
                if !or.pieces.is_empty() {
                    help.pieces.push(", or ".into());
                    help.pieces.extend(or.pieces);
                }
                found.report(case, Place::Setting(setting), message, help);
            }
        }
    }
    entries_without_effect(case, found);
    secrets_without_effect(case, found);
}

/// Whether a setting says no to something, by default or in so many words. That is true of a client that cannot have it
/// anyway, so it may stand.
fn is_off(case: &Case<'_>, setting: Setting) -> bool {
    let value = case.client.value(setting);
    let can_be_off = matches!(value, Value::Flag(false) | Value::Texts(_) | Value::SigningAlgorithms(_));
    can_be_off && value == Client::DEFAULT.value(setting)
}

/// Refresh tokens have a setting of their own; elsewhere they are a grant and a scope.
fn entries_without_effect(case: &Case<'_>, found: &mut Found<'_>) {
    let client = case.client;
    let switch = (Setting::AllowOfflineAccess, true);
    let grant = client.allowed_grant_types.iter().position(|grant| *grant == REFRESH_TOKEN);
    let scope = client.allowed_scopes.iter().position(|scope| scope == scope::OFFLINE_ACCESS);
    for (setting, name, at) in [
        (Setting::AllowedGrantTypes, "refresh_token", grant),
        // Without `allow_offline_access` it is `scope_offline_access`.
        (Setting::AllowedScopes, scope::OFFLINE_ACCESS, scope.filter(|_| client.allow_offline_access)),
    ] {
        let Some(at) = at else { continue };
        let message = message![
            format!("`{name}` in "),
            setting,
            " has no effect: refresh tokens are switched on by ",
            Setting::AllowOfflineAccess
        ];
        let help = if client.allow_offline_access {
            message!["remove it: ", switch, " is enough"]
        } else {
            message!["set ", switch, " instead"]
        };
        found.report(case, Place::Item(setting, at), message, help);
    }
}

/// A public client proves itself with nothing. Its keys may still check request objects.
fn secrets_without_effect(case: &Case<'_>, found: &mut Found<'_>) {
    let client = case.client;
    if !client.is_public() || !case.definition.written.contains(Setting::ClientSecrets) {
        return;
    }
    for (at, secret) in client.client_secrets.iter().enumerate() {
        if secret.value.is_shared() || !client.require_request_object {
            found.report(
                case,
                Place::Item(Setting::ClientSecrets, at),
                message![
                    format!("{} has no effect: ", secret::name(case, at)),
                    (Setting::RequireClientSecret, false),
                    " makes the client public"
                ],
                message!["remove it, or set ", (Setting::RequireClientSecret, true)],
            );
        }
    }
}

static IDP_RESTRICTION_EMPTY: Rule = Rule {
    name: "idp_restriction_empty",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "IdentityServer, client settings",
    protects: "A blank name matches no identity provider. A client whose users may not sign in with the server's own \
               accounts, and that names no provider, leaves it to chance whether they can sign in at all.",
    wrong: r#"Server {
    warn: [idp_restriction_empty],
},
Client {
    client_id: "web-app",
    client_secrets: [sha256("d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    enable_local_login: false,
}"#,
    right: r#"Server {
    warn: [idp_restriction_empty],
},
Client {
    client_id: "web-app",
    client_secrets: [sha256("d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    enable_local_login: false,
    identity_provider_restrictions: ["corporate"],
}"#,
    needs: &[Setting::IdentityProviderRestrictions, Setting::EnableLocalLogin, Setting::AllowedGrantTypes],
    check: Check::Client(|case, found| {
        let setting = Setting::IdentityProviderRestrictions;
        let providers = &case.client.identity_provider_restrictions;
        if providers.is_empty() && !case.client.enable_local_login && !lacks_pages(case) {
            found.report(
                case,
                case.place_of(Setting::EnableLocalLogin),
                message![(Setting::EnableLocalLogin, false), ", but no identity provider is named to sign in with"],
                message!["name one in ", setting],
            );
        }
        for (at, provider) in providers.iter().enumerate().filter(|(_, provider)| provider.trim().is_empty()) {
            found.report(
                case,
                Place::Item(setting, at),
                message![format!("{:?} names no identity provider", provider.as_str())],
                message!["name one, or remove it"],
            );
        }
    }),
};

static PROPERTY_SECRET: Rule = Rule {
    name: "property_secret",
    levels: WARNING,
    pedantic: true,
    exceptions: &[],
    standard: "RFC 6819 §5.1.4.1.3",
    protects: "Properties are kept and shown in clear: in the program, in exports and in logs.",
    wrong: r#"Server { warn: [property_secret] },
Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    properties: [("mail_password", "swordfish")],
}"#,
    right: r#"Server { warn: [property_secret] },
Client {
    client_id: "orders",
    client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    properties: [("password_policy", "strict")],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for property in &case.client.properties {
            let key = property.key.to_ascii_lowercase().replace(['-', '_', '.', ' '], "");
            if ["password", "secret", "token", "apikey"].iter().any(|word| key.ends_with(word)) {
                // Not at the property: whoever points there may quote what it holds.
                found.report(
                    case,
                    Place::Client,
                    format!("the property {:?} looks like a credential", property.key).into(),
                    "remove it, and keep it in a secret store: properties are shown in clear".into(),
                );
            }
        }
    }),
};

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::super::{Definition, check};
    use super::*;
    use crate::{Secret, SecretValue, Server};

    use GrantType::{AuthorizationCode, Ciba, ClientCredentials, DeviceCode, Implicit, Password};

    /// The findings of a rule on a definition: place and message.
    fn findings(rule: &Rule, definition: impl Into<Definition>) -> Vec<(Place, String)> {
        let server =
            Server { levels: crate::Levels { warn: [rule.name].into(), ..Default::default() }, ..Server::DEFAULT };
        let report = check(&server, &[definition.into()], Vec::new());
        let of_rule = report.findings.iter().filter(|finding| finding.rule.name == rule.name);
        of_rule.map(|finding| (finding.place, finding.message.to_string())).collect()
    }

    fn granted<const N: usize>(grants: [GrantType; N]) -> Client {
        Client { allowed_grant_types: grants.into(), allowed_scopes: ["openid"].into(), ..Client::default() }
    }

    /// Each row of the table, by the settings that it reports on a client that writes every one of them.
    #[test]
    fn settings_without_effect() {
        let custom = GrantType::Extension("urn:example:grant".into());
        for (grants, settings) in [
            (
                &[ClientCredentials][..],
                "redirect_uris post_logout_redirect_uris allowed_cors_origins require_pkce authorization_code_lifetime \
                 device_code_lifetime ciba_lifetime identity_token_lifetime user_sso_lifetime require_request_object \
                 require_pushed_authorization pushed_authorization_lifetime initiate_login_uri",
            ),
            (&[AuthorizationCode], "device_code_lifetime ciba_lifetime"),
            (&[AuthorizationCode, Ciba], ""),
            (
                &[Ciba],
                "redirect_uris allowed_cors_origins require_pkce authorization_code_lifetime \
                 require_pushed_authorization pushed_authorization_lifetime initiate_login_uri",
            ),
            (
                &[Password],
                "redirect_uris require_pkce authorization_code_lifetime device_code_lifetime ciba_lifetime \
                 user_sso_lifetime require_request_object require_pushed_authorization \
                 pushed_authorization_lifetime initiate_login_uri",
            ),
            (
                &[DeviceCode],
                "redirect_uris allowed_cors_origins require_pkce authorization_code_lifetime ciba_lifetime \
                 require_request_object require_pushed_authorization pushed_authorization_lifetime initiate_login_uri",
            ),
            (&[Implicit], "require_pkce authorization_code_lifetime device_code_lifetime ciba_lifetime"),
            // What a grant of somebody else's does is not known.
            (
                &[custom],
                "redirect_uris require_pkce authorization_code_lifetime device_code_lifetime ciba_lifetime \
                 require_request_object require_pushed_authorization pushed_authorization_lifetime initiate_login_uri",
            ),
            // That is `grants_empty`.
            (&[], ""),
        ] {
            let client = Client {
                allowed_grant_types: grants.iter().cloned().collect(),
                allowed_scopes: ["openid"].into(),
                redirect_uris: ["https://app.example.com/"].into(),
                post_logout_redirect_uris: ["https://app.example.com/"].into(),
                allowed_cors_origins: ["https://app.example.com"].into(),
                require_pkce: false,
                authorization_code_lifetime: 60,
                device_code_lifetime: 60,
                ciba_lifetime: Some(60),
                identity_token_lifetime: 60,
                user_sso_lifetime: Some(60),
                require_request_object: true,
                require_pushed_authorization: true,
                pushed_authorization_lifetime: Some(60),
                initiate_login_uri: Some("https://app.example.com/login".into()),
                ..Client::default()
            };
            let found = findings(&SETTING_NO_EFFECT, client);
            let places = found.iter().filter_map(|(place, _)| place.setting());
            let mut names: Vec<&str> = places.map(Setting::as_str).collect();
            let mut expected: Vec<&str> = settings.split_whitespace().collect();
            names.sort_unstable();
            expected.sort_unstable();
            assert_eq!(names, expected, "{grants:?}");
        }
    }

    #[test]
    fn reasons() {
        let code = || granted([AuthorizationCode]);
        for (client, expected) in [
            (
                Client { refresh_token_usage: crate::RefreshTokenUsage::ReUse, ..code() },
                "the client gets no refresh token",
            ),
            (
                Client { allow_offline_access: true, sliding_refresh_token_lifetime: 60, ..code() },
                "it is read only with `refresh_token_expiration: Sliding`",
            ),
            (
                Client { allow_offline_access: true, ..granted([Implicit, ClientCredentials]) },
                "`Implicit` and `ClientCredentials` never give a refresh token",
            ),
            (Client { back_channel_logout_session_required: false, ..code() }, "there is no `back_channel_logout_uri`"),
            (
                Client {
                    back_channel_logout_uri: Some("https://app.example.com/logout".into()),
                    allowed_scopes: ["api1"].into(),
                    ..code()
                },
                "logout needs the ID token that only the scope `openid` gives",
            ),
            (Client { consent_lifetime: Some(60), ..code() }, "users are not asked for consent"),
            (
                Client { include_jwt_id: false, access_token_type: AccessTokenType::Reference, ..code() },
                "a reference token is no JWT",
            ),
            (
                Client { consent_lifetime: Some(60), require_consent: true, allow_remember_consent: false, ..code() },
                "no consent is remembered",
            ),
            (Client { client_claims_prefix: "".into(), ..code() }, "the client has no `claims`"),
            (Client { always_send_client_claims: true, ..code() }, "the client has no `claims`"),
            (
                Client { allow_access_tokens_via_browser: true, ..code() },
                "only `Implicit` and `Hybrid` can send tokens that way",
            ),
            (
                Client { allow_offline_access: true, allowed_scopes: ["openid", "offline_access"].into(), ..code() },
                "refresh tokens are switched on by `allow_offline_access`",
            ),
            (granted([AuthorizationCode, REFRESH_TOKEN]), "refresh tokens are switched on by `allow_offline_access`"),
        ] {
            let found = findings(&SETTING_NO_EFFECT, client);
            let reasons: Vec<_> =
                found.iter().filter_map(|(_, message)| message.split_once(" has no effect: ")).collect();
            assert_eq!(reasons.iter().map(|(_, why)| *why).collect::<Vec<_>>(), [expected]);
        }
    }

    #[test]
    fn what_is_not_written_or_off_stays_silent() {
        let mut definition = Definition::from(granted([ClientCredentials]));
        for setting in [Setting::AllowOfflineAccess, Setting::RequireConsent, Setting::RedirectUris] {
            definition.written.insert(setting);
        }
        assert_eq!(findings(&SETTING_NO_EFFECT, definition.clone()), []);
        definition.written.insert(Setting::RequirePkce);
        assert_eq!(findings(&SETTING_NO_EFFECT, definition.clone()).len(), 1);
        definition.unread.insert(Setting::AllowedGrantTypes);
        assert_eq!(findings(&SETTING_NO_EFFECT, definition), []);
        // `scope_openid_missing` tells why there is no ID token.
        let client =
            Client { allowed_scopes: ["profile"].into(), identity_token_lifetime: 60, ..granted([AuthorizationCode]) };
        assert_eq!(findings(&SETTING_NO_EFFECT, client), []);
    }

    #[test]
    fn secrets_of_public_clients() {
        let secrets: [Secret; 2] = [SecretValue::sha256_of("x").into(), SecretValue::Jwk("{}".into()).into()];
        let client =
            Client { client_secrets: secrets.into(), require_client_secret: false, ..granted([AuthorizationCode]) };
        assert_eq!(findings(&SETTING_NO_EFFECT, client.clone()).len(), 2);
        let signing = Client { require_request_object: true, ..client };
        assert_eq!(
            findings(&SETTING_NO_EFFECT, signing),
            [(
                Place::Item(Setting::ClientSecrets, 0),
                "client secret #1 has no effect: `require_client_secret: false` makes the client public".into()
            )]
        );
    }

    #[test]
    fn equal_redirect_uris() {
        for (a, b, is_web, expected) in [
            ("http://127.0.0.1:5000/cb", "http://127.0.0.1:6000/cb", false, 2),
            ("http://127.0.0.1/cb", "http://127.0.0.1:6000/cb", false, 2),
            ("http://[::1]:1", "http://[::1]", false, 2),
            ("http://127.0.0.1:5000/cb", "http://127.0.0.1:6000/cb", true, 0),
            ("http://127.0.0.1:5000/cb", "http://127.0.0.1:6000/other", false, 0),
            ("http://127.0.0.1:5000/cb", "http://[::1]:5000/cb", false, 0),
            ("http://localhost:5000/cb", "http://localhost:6000/cb", false, 0),
            ("https://127.0.0.1:5000/cb", "https://127.0.0.1:6000/cb", false, 0),
            ("https://app.example.com", "https://app.example.com", false, 2),
            ("https://app.example.com", "https://app.example.com/", false, 0),
            // That is `redirect_uri_not_absolute`, twice.
            ("/callback", "/callback", false, 0),
        ] {
            let application_type = is_web.then_some(ApplicationType::Web);
            let client = Client { redirect_uris: [a, b].into(), application_type, ..Client::default() };
            assert_eq!(findings(&LIST_DUPLICATE, client).len(), expected, "{a} {b}");
        }
    }

    #[test]
    fn equal_entries_are_reported_where_they_stand() {
        let client = Client {
            client_secrets: [SecretValue::sha256_of("x"), SecretValue::sha512_of("x"), SecretValue::sha256_of("x")]
                .into(),
            allowed_scopes: ["a", "b", "a", "a"].into(),
            ..Client::default()
        };
        let found = findings(&LIST_DUPLICATE, client);
        let scope = |at| (Place::Item(Setting::AllowedScopes, at), String::from("`allowed_scopes` lists \"a\" twice"));
        let secret = "client secret #3 is the same as client secret #1".into();
        assert_eq!(found, [(Place::Item(Setting::ClientSecrets, 2), secret), scope(0), scope(2), scope(3)]);
    }

    #[test]
    fn empty_secrets_are_not_told_twice() {
        let client = Client {
            client_secrets: [SecretValue::sha256_of(""), SecretValue::sha256_of("")].into(),
            ..Client::default()
        };
        assert_eq!(findings(&LIST_DUPLICATE, client), []);
    }

    #[test]
    fn pairs_without_a_name() {
        let client = |claim: &'static str, key: &'static str| Client {
            claims: [ClientClaim { claim_type: claim.into(), value: "x".into(), value_type: None }].into(),
            properties: [crate::Property { key: key.into(), value: "x".into() }].into(),
            ..Client::default()
        };
        assert_eq!(findings(&NAME_EMPTY, client("role", "tier")), []);
        assert_eq!(
            findings(&NAME_EMPTY, client(" ", "")),
            [
                (Place::Item(Setting::Claims, 0), "an entry of `claims` has no name".into()),
                (Place::Item(Setting::Properties, 0), "an entry of `properties` has no name".into()),
            ]
        );
    }

    #[test]
    fn ways_to_sign_in() {
        let client = |grant, local, providers: &[&'static str]| Client {
            allowed_grant_types: [grant].into(),
            enable_local_login: local,
            identity_provider_restrictions: providers.iter().copied().collect(),
            ..Client::default()
        };
        for (client, expected) in [
            (client(AuthorizationCode, true, &[]), None),
            (client(AuthorizationCode, false, &[]), Some(Place::Value(Setting::EnableLocalLogin))),
            (client(AuthorizationCode, false, &["corporate"]), None),
            (client(AuthorizationCode, true, &["a", " "]), Some(Place::Item(Setting::IdentityProviderRestrictions, 1))),
            (client(ClientCredentials, false, &[]), None),
        ] {
            let found = findings(&IDP_RESTRICTION_EMPTY, client);
            assert_eq!(found.first().map(|(place, _)| *place), expected);
        }
    }
}

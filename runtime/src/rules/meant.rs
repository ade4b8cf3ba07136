//! Names that people know from elsewhere, and what they are called here.

use alloc::string::String;

use super::{Message, message, nearest};
use crate::{GrantType, List, Property, RefreshTokenUsage, Secret, SecretValue, Setting, Text, Value};

/// From RFC 7591, OpenID Connect Registration, Keycloak, Spring, dex and habit: the setting, and its value where the
/// name says that too.
static SYNONYMS: &[(&str, Setting, Option<Value>)] = &[
    ("id", Setting::ClientId, None),
    ("identifier", Setting::ClientId, None),
    ("secret", Setting::ClientSecrets, None),
    ("secrets", Setting::ClientSecrets, None),
    ("client_secret", Setting::ClientSecrets, None),
    ("jwks", Setting::ClientSecrets, Some(A_KEY)),
    ("jwks_uri", Setting::ClientSecrets, Some(A_KEY)),
    ("name", Setting::ClientName, None),
    ("display_name", Setting::ClientName, None),
    ("home_url", Setting::ClientUri, None),
    ("base_url", Setting::ClientUri, None),
    ("root_url", Setting::ClientUri, None),
    ("logo", Setting::LogoUri, None),
    ("grants", Setting::AllowedGrantTypes, None),
    ("grant_types", Setting::AllowedGrantTypes, None),
    ("response_types", Setting::AllowedGrantTypes, None),
    ("authorization_grant_types", Setting::AllowedGrantTypes, None),
    ("standard_flow_enabled", Setting::AllowedGrantTypes, grant(&[GrantType::AuthorizationCode])),
    ("implicit_flow_enabled", Setting::AllowedGrantTypes, grant(&[GrantType::Implicit])),
    ("service_accounts_enabled", Setting::AllowedGrantTypes, grant(&[GrantType::ClientCredentials])),
    ("direct_access_grants_enabled", Setting::AllowedGrantTypes, grant(&[GrantType::Password])),
    ("scope", Setting::AllowedScopes, None),
    ("scopes", Setting::AllowedScopes, None),
    ("default_client_scopes", Setting::AllowedScopes, None),
    ("optional_client_scopes", Setting::AllowedScopes, None),
    ("redirect_uri", Setting::RedirectUris, None),
    ("redirects", Setting::RedirectUris, None),
    ("callback", Setting::RedirectUris, None),
    ("callbacks", Setting::RedirectUris, None),
    ("callback_urls", Setting::RedirectUris, None),
    ("post_logout_redirect_uri", Setting::PostLogoutRedirectUris, None),
    ("frontchannel_logout_uri", Setting::FrontChannelLogoutUri, None),
    ("frontchannel_logout_session_required", Setting::FrontChannelLogoutSessionRequired, None),
    ("backchannel_logout_uri", Setting::BackChannelLogoutUri, None),
    ("backchannel_logout_session_required", Setting::BackChannelLogoutSessionRequired, None),
    ("cors_origins", Setting::AllowedCorsOrigins, None),
    ("origins", Setting::AllowedCorsOrigins, None),
    ("allowed_origins", Setting::AllowedCorsOrigins, None),
    ("web_origins", Setting::AllowedCorsOrigins, None),
    ("public", Setting::RequireClientSecret, Some(Value::Flag(false))),
    ("public_client", Setting::RequireClientSecret, Some(Value::Flag(false))),
    ("is_public", Setting::RequireClientSecret, Some(Value::Flag(false))),
    ("confidential", Setting::RequireClientSecret, None),
    ("token_endpoint_auth_method", Setting::RequireClientSecret, None),
    ("client_authentication_method", Setting::RequireClientSecret, None),
    ("client_authentication_methods", Setting::RequireClientSecret, None),
    ("app_type", Setting::ApplicationType, None),
    ("subject_type", Setting::PairWiseSubjectSalt, None),
    ("allow_plain_pkce", Setting::AllowPlainTextPkce, None),
    ("require_proof_key", Setting::RequirePkce, None),
    ("pkce", Setting::RequirePkce, None),
    ("offline_access", Setting::AllowOfflineAccess, None),
    ("refresh_token", Setting::AllowOfflineAccess, None),
    ("consent_required", Setting::RequireConsent, None),
    ("require_authorization_consent", Setting::RequireConsent, None),
    ("id_token_signed_response_alg", Setting::AllowedIdentityTokenSigningAlgorithms, None),
    ("id_token_lifetime", Setting::IdentityTokenLifetime, None),
    ("access_token_time_to_live", Setting::AccessTokenLifetime, None),
    ("authorization_code_time_to_live", Setting::AuthorizationCodeLifetime, None),
    ("refresh_token_time_to_live", Setting::AbsoluteRefreshTokenLifetime, None),
    ("refresh_token_lifetime", Setting::AbsoluteRefreshTokenLifetime, None),
    ("reuse_refresh_tokens", Setting::RefreshTokenUsage, Some(Value::RefreshTokenUsage(RefreshTokenUsage::ReUse))),
    ("default_max_age", Setting::UserSsoLifetime, None),
    ("dpop_bound_access_tokens", Setting::RequireDpop, None),
    ("require_pushed_authorization_requests", Setting::RequirePushedAuthorization, None),
    ("require_signed_request_object", Setting::RequireRequestObject, None),
    ("pairwise_subject_salt", Setting::PairWiseSubjectSalt, None),
    ("sector_identifier_uri", Setting::PairWiseSubjectSalt, None),
    ("metadata", Setting::Properties, None),
    ("attributes", Setting::Properties, None),
    ("contacts", Setting::Properties, CONTACTS),
    ("tos_uri", Setting::Properties, TERMS),
    ("policy_uri", Setting::Properties, POLICY),
    ("software_id", Setting::Properties, SOFTWARE_ID),
    ("software_version", Setting::Properties, SOFTWARE_VERSION),
    ("default_acr_values", Setting::Properties, ACR_VALUES),
];

const A_KEY: Value = Value::Secrets(List::Static(&[Secret {
    value: SecretValue::Jwk(Text::Static("…")),
    description: None,
    expiration: None,
}]));

const CONTACTS: Option<Value> = Some(Value::Properties(List::Static(&[named("contacts")])));
const TERMS: Option<Value> = Some(Value::Properties(List::Static(&[named("tos_uri")])));
const POLICY: Option<Value> = Some(Value::Properties(List::Static(&[named("policy_uri")])));
const SOFTWARE_ID: Option<Value> = Some(Value::Properties(List::Static(&[named("software_id")])));
const SOFTWARE_VERSION: Option<Value> = Some(Value::Properties(List::Static(&[named("software_version")])));
const ACR_VALUES: Option<Value> = Some(Value::Properties(List::Static(&[named("default_acr_values")])));

const fn named(key: &'static str) -> Property {
    Property { key: Text::Static(key), value: Text::Static("…") }
}

const fn grant(grants: &'static [GrantType]) -> Option<Value> {
    Some(Value::GrantTypes(List::Static(grants)))
}

/// What somebody meant who wrote the name of a setting that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meant {
    /// The setting that was meant.
    pub setting: Setting,
    /// What to write instead.
    pub help: Message,
}

/// The setting that a name in another spelling, a name of another system or a misspelt name stands for. Where `true`
/// or `false` was written behind it, the help tells whether to write the same or the opposite.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Setting, rules};
/// let meant = rules::meant("publicClient", Some(true)).unwrap();
/// assert_eq!(meant.setting, Setting::RequireClientSecret);
/// assert_eq!(meant.help.to_string(), "did you mean `require_client_secret: false`?");
/// assert_eq!(rules::meant("zebra", None), None);
/// ```
#[must_use]
pub fn meant(written: &str, value: Option<bool>) -> Option<Meant> {
    let snake = snake_case(written);
    let ask = |setting: Setting| Meant { setting, help: message!["did you mean ", setting, "?"] };
    if let Some(setting) = Setting::from_name(&snake).filter(|_| snake != written) {
        return Some(ask(setting));
    }
    if let Some((_, setting, assigned)) = SYNONYMS.iter().find(|(synonym, ..)| *synonym == snake) {
        let setting = *setting;
        let help = match (assigned, value) {
            (None, _) => return Some(ask(setting)),
            // Who says no to what the setting says no to says yes.
            (Some(Value::Flag(false)), Some(false)) => message!["did you mean ", (setting, true), "?"],
            (Some(assigned), Some(false)) => {
                message!["leave it out: ", (setting, assigned.clone()), " would switch it on"]
            }
            (Some(assigned), _) => message!["did you mean ", (setting, assigned.clone()), "?"],
        };
        return Some(Meant { setting, help });
    }
    let near = near(&snake, Setting::ALL.iter().map(|setting| setting.as_str()))?;
    Setting::from_name(near).map(ask)
}

/// The nearest of the names, or the only one that begins so: while it is being typed, the beginning is right.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::rules::near;
/// let names = ["value", "description", "expiration"];
/// assert_eq!(near("expires", names.into_iter()), None);
/// assert_eq!(near("desc", names.into_iter()), Some("description"));
/// ```
#[must_use]
pub fn near<'a>(written: &str, names: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let mut begun = names.clone().filter(|name| written.len() >= 3 && name.starts_with(written));
    let only = || begun.next().filter(|_| begun.next().is_none());
    nearest(written, names).or_else(only)
}

/// A name in another spelling in snake_case. A run of capitals is one word.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::rules::snake_case;
/// assert_eq!(snake_case("redirectUris"), "redirect_uris");
/// assert_eq!(snake_case("redirect-uris"), "redirect_uris");
/// assert_eq!(snake_case("allowedCORSOrigins"), "allowed_cors_origins");
/// assert_eq!(snake_case("RequireDPoP"), "require_dpop");
/// ```
#[must_use]
pub fn snake_case(name: &str) -> String {
    let name = name.replace("DPoP", "Dpop").replace('-', "_");
    let mut snake = String::new();
    let mut before = '_';
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let ends_run = before.is_ascii_uppercase() && characters.peek().is_some_and(char::is_ascii_lowercase);
        let begins = character.is_ascii_uppercase() && (!before.is_ascii_uppercase() || ends_run);
        if begins && before != '_' {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
        before = character;
    }
    snake
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn no_synonym_is_a_setting_and_each_value_fits_its_setting() {
        for (synonym, setting, value) in SYNONYMS {
            assert_eq!(Setting::from_name(synonym), None, "{synonym}");
            if let Some(value) = value {
                assert_eq!(crate::Client::default().set(*setting, value.clone()), Ok(()), "{synonym}");
            }
        }
    }

    #[test]
    fn names_of_other_systems_and_spellings_are_understood() {
        for (written, value, expected) in [
            ("redirectUris", None, "did you mean `redirect_uris`?"),
            ("redirect-uris", None, "did you mean `redirect_uris`?"),
            ("RequireDPoP", Some(true), "did you mean `require_dpop`?"),
            ("RequirePKCE", Some(true), "did you mean `require_pkce`?"),
            ("allowedCORSOrigins", None, "did you mean `allowed_cors_origins`?"),
            ("redirectURIs", None, "did you mean `redirect_uris`?"),
            ("software_id", None, "did you mean `properties: [(\"software_id\", \"…\")]`?"),
            ("sector_identifier_uri", None, "did you mean `pair_wise_subject_salt`?"),
            ("redirect_urls", None, "did you mean `redirect_uris`?"),
            ("grant_types", None, "did you mean `allowed_grant_types`?"),
            ("grantTypes", None, "did you mean `allowed_grant_types`?"),
            ("post_logout", None, "did you mean `post_logout_redirect_uris`?"),
            ("jwks", None, "did you mean `client_secrets: [jwk(\"…\")]`?"),
            ("contacts", None, "did you mean `properties: [(\"contacts\", \"…\")]`?"),
            ("reuseRefreshTokens", Some(true), "did you mean `refresh_token_usage: ReUse`?"),
        ] {
            assert_eq!(meant(written, value).map(|meant| meant.help.to_string()).as_deref(), Some(expected));
        }
        for unknown in ["require", "zebra", "issuer", "expiration", ""] {
            assert_eq!(meant(unknown, None), None, "{unknown}");
        }
    }

    #[test]
    fn no_to_a_no_is_a_yes() {
        for (written, value, setting, expected) in [
            ("publicClient", Some(true), Setting::RequireClientSecret, "did you mean `require_client_secret: false`?"),
            ("publicClient", None, Setting::RequireClientSecret, "did you mean `require_client_secret: false`?"),
            ("publicClient", Some(false), Setting::RequireClientSecret, "did you mean `require_client_secret: true`?"),
            (
                "implicitFlowEnabled",
                Some(false),
                Setting::AllowedGrantTypes,
                "leave it out: `allowed_grant_types: [Implicit]` would switch it on",
            ),
            ("consentRequired", Some(false), Setting::RequireConsent, "did you mean `require_consent`?"),
        ] {
            let meant = meant(written, value).map(|meant| (meant.setting, meant.help.to_string()));
            assert_eq!(meant, Some((setting, expected.into())), "{written}");
        }
    }
}

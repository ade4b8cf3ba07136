//! Names that people know from elsewhere, and what they are called here.

use guestlist_runtime::Setting;
use guestlist_runtime::rules::nearest;

use super::server;
use crate::secret;

/// From RFC 7591, OpenID Connect Registration, Keycloak, Spring, dex and habit.
const SYNONYMS: &[(&str, &str)] = &[
    ("id", "client_id"),
    ("identifier", "client_id"),
    ("secret", "client_secrets"),
    ("secrets", "client_secrets"),
    ("client_secret", "client_secrets"),
    ("jwks", "client_secrets: [jwk(\"…\")]"),
    ("jwks_uri", "client_secrets: [jwk(\"…\")]"),
    ("name", "client_name"),
    ("display_name", "client_name"),
    ("home_url", "client_uri"),
    ("base_url", "client_uri"),
    ("root_url", "client_uri"),
    ("logo", "logo_uri"),
    ("grants", "allowed_grant_types"),
    ("grant_types", "allowed_grant_types"),
    ("response_types", "allowed_grant_types"),
    ("authorization_grant_types", "allowed_grant_types"),
    ("standard_flow_enabled", "allowed_grant_types: [AuthorizationCode]"),
    ("implicit_flow_enabled", "allowed_grant_types: [Implicit]"),
    ("service_accounts_enabled", "allowed_grant_types: [ClientCredentials]"),
    ("direct_access_grants_enabled", "allowed_grant_types: [Password]"),
    ("scope", "allowed_scopes"),
    ("scopes", "allowed_scopes"),
    ("default_client_scopes", "allowed_scopes"),
    ("optional_client_scopes", "allowed_scopes"),
    ("redirect_uri", "redirect_uris"),
    ("redirects", "redirect_uris"),
    ("callback", "redirect_uris"),
    ("callbacks", "redirect_uris"),
    ("callback_urls", "redirect_uris"),
    ("post_logout_redirect_uri", "post_logout_redirect_uris"),
    ("frontchannel_logout_uri", "front_channel_logout_uri"),
    ("frontchannel_logout_session_required", "front_channel_logout_session_required"),
    ("backchannel_logout_uri", "back_channel_logout_uri"),
    ("backchannel_logout_session_required", "back_channel_logout_session_required"),
    ("cors_origins", "allowed_cors_origins"),
    ("origins", "allowed_cors_origins"),
    ("allowed_origins", "allowed_cors_origins"),
    ("web_origins", "allowed_cors_origins"),
    ("public", "require_client_secret: false"),
    ("public_client", "require_client_secret: false"),
    ("is_public", "require_client_secret: false"),
    ("confidential", "require_client_secret"),
    ("token_endpoint_auth_method", "require_client_secret"),
    ("client_authentication_method", "require_client_secret"),
    ("client_authentication_methods", "require_client_secret"),
    ("app_type", "application_type"),
    ("subject_type", "pair_wise_subject_salt"),
    ("allow_plain_pkce", "allow_plain_text_pkce"),
    ("require_proof_key", "require_pkce"),
    ("pkce", "require_pkce"),
    ("offline_access", "allow_offline_access"),
    ("refresh_token", "allow_offline_access"),
    ("consent_required", "require_consent"),
    ("require_authorization_consent", "require_consent"),
    ("id_token_signed_response_alg", "allowed_identity_token_signing_algorithms"),
    ("id_token_lifetime", "identity_token_lifetime"),
    ("access_token_time_to_live", "access_token_lifetime"),
    ("authorization_code_time_to_live", "authorization_code_lifetime"),
    ("refresh_token_time_to_live", "absolute_refresh_token_lifetime"),
    ("refresh_token_lifetime", "absolute_refresh_token_lifetime"),
    ("reuse_refresh_tokens", "refresh_token_usage: ReUse"),
    ("default_max_age", "user_sso_lifetime"),
    ("dpop_bound_access_tokens", "require_dpop"),
    ("require_pushed_authorization_requests", "require_pushed_authorization"),
    ("require_signed_request_object", "require_request_object"),
    ("pairwise_subject_salt", "pair_wise_subject_salt"),
    ("metadata", "properties"),
    ("attributes", "properties"),
    ("contacts", "properties: [(\"contacts\", \"…\")]"),
    ("tos_uri", "properties: [(\"tos_uri\", \"…\")]"),
    ("policy_uri", "properties: [(\"policy_uri\", \"…\")]"),
];

/// What to write instead of a setting that is unknown.
#[derive(Debug, PartialEq, Eq)]
pub struct Meant {
    /// The setting that was meant, if that is clear.
    pub setting: Option<Setting>,
    pub help: String,
}

/// What somebody meant who wrote this name of a setting, and perhaps `true` or `false`.
pub fn meant(written: &str, value: Option<bool>) -> Meant {
    let snake = snake_case(written);
    let ask = |meant: &str| Meant {
        setting: meant.split(':').next().and_then(Setting::from_name),
        help: format!("did you mean `{meant}`?"),
    };
    if snake != written && Setting::from_name(&snake).is_some() {
        return ask(&snake);
    }
    if let Some((_, name)) = SYNONYMS.iter().find(|(synonym, _)| *synonym == snake) {
        return match (name.split_once(": "), value) {
            // Who says no to what the setting says no to says yes.
            (Some((setting, "false")), Some(false)) => ask(&format!("{setting}: true")),
            (Some((setting, _)), Some(false)) => {
                let help = format!("leave it out: `{name}` would switch it on");
                Meant { setting: Setting::from_name(setting), help }
            }
            _ => ask(name),
        };
    }
    if let Some(block) = of_another_block(&snake) {
        return Meant { setting: None, help: format!("it is a field of `{block}`") };
    }
    match near(&snake, Setting::ALL.iter().map(|setting| setting.as_str())) {
        Some(near) => ask(near),
        None => Meant { setting: None, help: "the settings are the fields of `guestlist::Client`".to_owned() },
    }
}

/// The block that has a field of this name.
fn of_another_block(name: &str) -> Option<&'static str> {
    if server::FIELDS.contains(&name) {
        Some("Server")
    } else if secret::FIELDS.contains(&name) {
        Some("Secret")
    } else {
        None
    }
}

/// The nearest of the names, or the only one that begins so: while it is being typed, the beginning is right.
pub fn near<'a>(written: &str, names: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let mut begun = names.clone().filter(|name| written.len() >= 3 && name.starts_with(written));
    let only = || begun.next().filter(|_| begun.next().is_none());
    nearest(written, names).or_else(only)
}

/// `redirectUris`, `RedirectUris` and `redirect-uris` as `redirect_uris`; `RequireDPoP` as `require_dpop`.
fn snake_case(name: &str) -> String {
    let name = name.replace("DPoP", "Dpop");
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_synonym_leads_to_a_setting_and_is_none_itself() {
        for (synonym, name) in SYNONYMS {
            assert_eq!(Setting::from_name(synonym), None, "{synonym}");
            let setting = name.split(':').next().unwrap_or_default();
            assert!(Setting::from_name(setting).is_some(), "{name}");
        }
    }

    #[test]
    fn names_of_other_systems_and_spellings_are_understood() {
        for (written, value, expected) in [
            ("redirectUris", None, "did you mean `redirect_uris`?"),
            ("RequireDPoP", Some(true), "did you mean `require_dpop`?"),
            ("redirect_urls", None, "did you mean `redirect_uris`?"),
            ("grant_types", None, "did you mean `allowed_grant_types`?"),
            ("grantTypes", None, "did you mean `allowed_grant_types`?"),
            ("post_logout", None, "did you mean `post_logout_redirect_uris`?"),
            ("require", None, "the settings are the fields of `guestlist::Client`"),
            ("zebra", None, "the settings are the fields of `guestlist::Client`"),
            ("issuer", None, "it is a field of `Server`"),
            ("expiration", None, "it is a field of `Secret`"),
        ] {
            assert_eq!(meant(written, value).help, expected, "{written}");
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
            assert_eq!(meant(written, value), Meant { setting: Some(setting), help: expected.into() }, "{written}");
        }
    }
}

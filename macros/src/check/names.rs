//! Names that people know from elsewhere, and what they are called here.

use guestlist_runtime::Setting;
use guestlist_runtime::rules::nearest;

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
    ("redirect_uri", "redirect_uris"),
    ("redirects", "redirect_uris"),
    ("callback", "redirect_uris"),
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
    ("confidential", "require_client_secret"),
    ("token_endpoint_auth_method", "require_client_secret"),
    ("client_authentication_methods", "require_client_secret"),
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

/// What somebody who wrote this name of a setting meant.
pub fn meant(written: &str) -> Option<String> {
    let snake = snake_case(written);
    if snake != written && Setting::from_name(&snake).is_some() {
        return Some(snake);
    }
    if let Some((_, name)) = SYNONYMS.iter().find(|(synonym, _)| *synonym == snake) {
        return Some((*name).to_owned());
    }
    let names = || Setting::ALL.iter().map(|setting| setting.as_str());
    // While it is being typed, the beginning is right.
    let begun = || names().find(|name| snake.len() >= 4 && name.starts_with(&snake));
    nearest(&snake, names()).or_else(begun).map(ToOwned::to_owned)
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
        for (written, expected) in [
            ("redirectUris", "redirect_uris"),
            ("RequireDPoP", "require_dpop"),
            ("redirect_urls", "redirect_uris"),
            ("grant_types", "allowed_grant_types"),
            ("grantTypes", "allowed_grant_types"),
            ("publicClient", "require_client_secret: false"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(expected), "{written}");
        }
        assert_eq!(meant("zebra"), None);
    }
}

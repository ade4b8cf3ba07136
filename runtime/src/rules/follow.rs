//! Findings that follow from another one, and stay silent: mend the cause and they are gone.
//!
//! Here are those that depend on the levels in force; what always hides what is in the checks.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::cmp::Reverse;

use super::{Definition, Finding, Level, Place};
use crate::{Client, GrantType, Profile, Setting};

/// Whether a grant is of some kind.
type Question = fn(&GrantType) -> bool;

/// Rules whose findings are only there because of certain grants.
const CAUSED: &[(&[&str], Question)] = &[
    (
        &[
            "redirect_uri_missing",
            "cors_origin_missing",
            "cors_origin_unmatched",
            "consent_skipped_native",
            "par_not_required",
        ],
        GrantType::is_interactive,
    ),
    (&["signing_alg_fapi"], GrantType::has_user),
    (&["redirect_uri_implicit_web"], |grant| matches!(grant, GrantType::Implicit)),
    (&["pkce_public", "pkce_confidential", "pkce_plain", "redirect_uri_loopback_web"], GrantType::issues_code),
];

/// The findings of which each secret has only one: the most severe, or else the first of these.
const ONE_PER_SECRET: [&str; 3] = ["secret_placeholder", "secret_weak", "secret_plaintext"];

/// What else need not be said of a secret that has to go altogether.
const OF_SHARED_SECRET: [&str; 5] =
    ["secret_empty", "secret_whitespace", "secret_reused", "secret_looks_hashed", "client_id_basic_encoding"];

/// Removes the findings that follow from others.
pub(super) fn silence(profile: Profile, definitions: &[Definition], findings: &mut Vec<Finding>) {
    let mut refused: BTreeMap<usize, Vec<GrantType>> = BTreeMap::new();
    let mut symmetric = BTreeSet::new();
    let mut worst: BTreeMap<(Option<usize>, Place), (Reverse<Level>, usize)> = BTreeMap::new();
    for finding in &*findings {
        if let (Some(client), Some(grant)) = (finding.client, refused_grant(profile, finding)) {
            refused.entry(client).or_default().push(grant);
        }
        if finding.rule.name == "secret_symmetric" {
            symmetric.insert(key(finding));
        }
        if let Some(rank) = rank(finding) {
            worst.entry(key(finding)).and_modify(|worst| *worst = (*worst).min(rank)).or_insert(rank);
        }
    }
    findings.retain(|finding| match rank(finding) {
        Some(rank) => !symmetric.contains(&key(finding)) && worst.get(&key(finding)) == Some(&rank),
        None if OF_SHARED_SECRET.contains(&finding.rule.name) && symmetric.contains(&key(finding)) => false,
        None => {
            let client = finding.client.and_then(|client| definitions.get(client).zip(refused.get(&client)));
            client.is_none_or(|(definition, refused)| !follows(finding, &definition.client, refused))
        }
    });
}

/// The grant that has to go, if that is what the finding says.
fn refused_grant(profile: Profile, finding: &Finding) -> Option<GrantType> {
    match finding.rule.name {
        _ if finding.level != Level::Error => None,
        "grant_implicit_token" | "grant_implicit_id_token" => Some(GrantType::Implicit),
        "grant_hybrid" => Some(GrantType::Hybrid),
        // Elsewhere the grant may stay, without tokens through the browser.
        "grant_hybrid_token" if profile == Profile::Fapi20 => Some(GrantType::Hybrid),
        "grant_password" => Some(GrantType::Password),
        _ => None,
    }
}

fn key(finding: &Finding) -> (Option<usize>, Place) {
    (finding.client, finding.place)
}

/// The order in which a secret's findings count.
fn rank(finding: &Finding) -> Option<(Reverse<Level>, usize)> {
    let nth = ONE_PER_SECRET.iter().position(|rule| *rule == finding.rule.name)?;
    Some((Reverse(finding.level), nth))
}

/// Whether the finding is only there because of grants that are refused anyway.
fn follows(finding: &Finding, client: &Client, refused: &[GrantType]) -> bool {
    let is_refused = |grant: &GrantType| refused.contains(grant);
    let only = |causes: Question| client.allowed_grant_types.iter().filter(|grant| causes(grant)).all(is_refused);
    let place = finding.place.setting();
    if place == Some(Setting::AuthorizationCodeLifetime) && finding.rule.name.starts_with("lifetime") {
        return only(GrantType::issues_code);
    }
    if let (Place::Item(Setting::AllowedGrantTypes, at), "scope_openid_missing" | "grant_combination") =
        (finding.place, finding.rule.name)
    {
        return client.allowed_grant_types.get(at).is_some_and(is_refused);
    }
    CAUSED.iter().any(|(rules, causes)| rules.contains(&finding.rule.name) && only(*causes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{check_at, check_client};
    use crate::{Profile, Secret, SecretValue, Server};

    fn names(profile: Profile, client: Client) -> Vec<&'static str> {
        let server = Server { profile, ..Server::default() };
        check_client(&server, client).iter().map(|finding| finding.rule.name).collect()
    }

    fn implicit() -> Client {
        Client {
            client_id: "app".into(),
            client_name: Some("App".into()),
            require_client_secret: false,
            allowed_grant_types: [GrantType::Implicit].into(),
            allow_access_tokens_via_browser: true,
            allowed_scopes: ["openid"].into(),
            ..Client::default()
        }
    }

    #[test]
    fn a_refused_grant_hides_what_only_it_causes() {
        assert!(names(Profile::Default, implicit()).contains(&"redirect_uri_missing"));
        let strict = names(Profile::OAuth21, implicit());
        assert!(strict.contains(&"grant_implicit_token"));
        assert!(!strict.contains(&"redirect_uri_missing"), "{strict:?}");
        // Another grant needs it as well.
        let both =
            Client { allowed_grant_types: [GrantType::Implicit, GrantType::AuthorizationCode].into(), ..implicit() };
        assert!(names(Profile::OAuth21, both).contains(&"redirect_uri_missing"));
    }

    #[test]
    fn a_grant_that_may_stay_hides_nothing() {
        let hybrid = Client { allowed_grant_types: [GrantType::Hybrid].into(), ..implicit() };
        for (profile, hidden) in [(Profile::OAuth21, false), (Profile::Fapi20, true)] {
            let found = names(profile, hybrid.clone());
            assert!(found.contains(&"grant_hybrid_token"), "{profile}");
            assert_eq!(!found.contains(&"redirect_uri_missing"), hidden, "{profile}");
        }
    }

    #[test]
    fn time_is_asked_only_at_load() {
        let client = Client {
            client_id: "orders".into(),
            client_secrets: [Secret {
                expiration: Some(100),
                ..SecretValue::sha256_of("a text that nobody knows").into()
            }]
            .into(),
            allowed_grant_types: [GrantType::ClientCredentials].into(),
            allowed_scopes: ["api1"].into(),
            ..Client::default()
        };
        let at = |now| -> Vec<&'static str> {
            let report = check_at(&Server::default(), &[client.clone().into()], Vec::new(), now);
            report.findings.iter().map(|finding| finding.rule.name).collect()
        };
        assert_eq!(at(99), Vec::<&str>::new());
        assert_eq!(at(100), ["secret_all_expired"]);
        assert_eq!(names(Profile::Default, client.clone()), Vec::<&str>::new());
        assert_eq!(at(100), ["secret_all_expired"]);
    }
}

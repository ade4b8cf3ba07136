//! What does the metadata say?

use guestlist_runtime::decide::{ChallengeMethod, Metadata, ResponseMode};
use guestlist_runtime::{Client, GrantType, List, Profile, SecretValue, Server, SigningAlgorithm};

use crate::support::*;

/// Of a server that has code for every grant.
fn of(clients: &[Client]) -> Metadata {
    Metadata::of(&server(), GrantType::NAMED, clients)
}

fn with_grants(grants: &[GrantType]) -> Client {
    Client { allowed_grant_types: grants.iter().cloned().collect(), allow_offline_access: false, ..web() }
}

#[test]
fn discovery_never_prints_hybrid() {
    let metadata = of(&[with_grants(&[GrantType::Hybrid, GrantType::ClientCredentials])]);
    assert_eq!(metadata.grant_types_supported, ["authorization_code", "implicit", "client_credentials"]);
    // It is the response types that combine a code and a token.
    assert_eq!(metadata.response_types_supported, ["code id_token"]);
    let browser = Client { allow_access_tokens_via_browser: true, ..with_grants(&[GrantType::Hybrid]) };
    let metadata = of(&[browser]);
    assert_eq!(metadata.response_types_supported, ["code id_token", "code token", "code id_token token"]);
    let shown = format!("{metadata:?}");
    assert!(!shown.contains("hybrid") && !shown.contains("Hybrid"), "{shown}");
}

#[test]
fn refresh_token_stands_for_offline_access() {
    let grants = |allow_offline_access| {
        of(&[Client { allow_offline_access, ..with_grants(&[GrantType::DeviceCode]) }]).grant_types_supported
    };
    assert_eq!(grants(false), ["urn:ietf:params:oauth:grant-type:device_code"]);
    assert_eq!(grants(true), ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]);
}

#[test]
fn a_union_has_nothing_twice() {
    let machine = machine();
    let hybrid = Client { allow_offline_access: true, ..with_grants(&[GrantType::Hybrid]) };
    let implicit = with_grants(&[GrantType::Implicit]);
    let keyed = Client { client_secrets: [EC.registered(&[]), OTHER_EC.registered(&[])].into(), ..web() };
    let metadata = of(&[web(), web(), hybrid, implicit, machine.clone(), machine, spa(), keyed]);
    assert_eq!(metadata.scopes_supported, ["openid", "offline_access", "orders", "ping", "profile", "stock"]);
    assert_eq!(
        metadata.grant_types_supported,
        ["authorization_code", "refresh_token", "implicit", "client_credentials"],
    );
    assert_eq!(metadata.response_types_supported, ["code", "id_token", "code id_token"]);
    assert_eq!(
        metadata.token_endpoint_auth_methods_supported,
        ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
    );
    assert_eq!(metadata.token_endpoint_auth_signing_alg_values_supported, [SigningAlgorithm::ES256]);
}

#[test]
fn only_clients_that_may_be_used_count() {
    let off = Client { enabled: false, ..with_grants(&[GrantType::Implicit]) };
    let federated = Client { protocol_type: "wsfed".into(), ..with_grants(&[GrantType::Password]) };
    let metadata = of(&[off, federated]);
    assert_eq!(metadata, of(&[]));
    assert_eq!(metadata.scopes_supported, [] as [&str; 0]);
    assert!(!metadata.require_pushed_authorization_requests);
}

#[test]
fn response_types_and_modes_are_those_that_a_client_may_use() {
    use ResponseMode::{FormPost, Fragment, Query};
    for (client, types, modes) in [
        (with_grants(&[GrantType::AuthorizationCode]), &["code"][..], &[Query, Fragment, FormPost][..]),
        // A token never stands in a query.
        (with_grants(&[GrantType::Implicit]), &["id_token"], &[Fragment, FormPost]),
        (
            Client { allow_access_tokens_via_browser: true, ..with_grants(&[GrantType::Implicit]) },
            &["id_token", "token", "id_token token"],
            &[Fragment, FormPost],
        ),
        (with_grants(&[GrantType::Hybrid]), &["code id_token"], &[Fragment, FormPost]),
        (with_grants(&[GrantType::ClientCredentials]), &[], &[]),
    ] {
        let metadata = of(&[client]);
        assert_eq!(metadata.response_types_supported, types);
        assert_eq!(metadata.response_modes_supported, modes);
    }
    let metadata = of(&[with_grants(&[GrantType::Implicit]), web()]);
    assert_eq!(metadata.response_modes_supported, [Query, Fragment, FormPost]);
}

#[test]
fn authentication_methods_follow_from_what_is_registered() {
    let with = |secret: SecretValue| Client { client_secrets: [secret].into(), ..web() };
    let certificate = "dGhlIGNlcnRpZmljYXRlLCBpbiBERVI=";
    for (client, expected) in [
        (with(SecretValue::sha256_of(SECRET)), &["client_secret_basic", "client_secret_post"][..]),
        (with(EC.registered(&[])), &["private_key_jwt"]),
        (with(SecretValue::X509Name("CN=web".into())), &["tls_client_auth"]),
        (with(SecretValue::X509Thumbprint("ab".into())), &["self_signed_tls_client_auth"]),
        (with(SecretValue::X509Certificate(certificate.into())), &["private_key_jwt", "self_signed_tls_client_auth"]),
        (spa(), &["none"]),
        // What a public client has registered proves nothing.
        (Client { client_secrets: [SecretValue::sha256_of(SECRET)].into(), ..spa() }, &["none"]),
        (Client { client_secrets: List::EMPTY, ..web() }, &[]),
    ] {
        assert_eq!(of(&[client]).token_endpoint_auth_methods_supported, expected);
    }
}

#[test]
fn algorithms_of_assertions_are_those_of_the_keys_that_the_profile_allows() {
    use SigningAlgorithm::{ES256, PS256, PS384, PS512, RS256, RS384, RS512};
    let client = Client { client_secrets: [RSA.registered(&[]), EC.registered(&[])].into(), ..web() };
    let algorithms = |profile| {
        let server = Server { profile, ..server() };
        Metadata::of(&server, GrantType::NAMED, [&client]).token_endpoint_auth_signing_alg_values_supported
    };
    assert_eq!(algorithms(Profile::Default), [RS256, RS384, RS512, PS256, PS384, PS512, ES256]);
    assert_eq!(algorithms(Profile::Fapi20), [PS256, ES256]);
    let public = Client { require_client_secret: false, ..client.clone() };
    assert_eq!(of(&[public]).token_endpoint_auth_signing_alg_values_supported, []);
}

#[test]
fn plain_is_listed_only_if_a_client_may_use_it() {
    let plain = Client { allow_plain_text_pkce: true, ..web() };
    assert_eq!(of(&[web()]).code_challenge_methods_supported, [ChallengeMethod::S256]);
    assert_eq!(of(&[web(), plain]).code_challenge_methods_supported, [ChallengeMethod::S256, ChallengeMethod::Plain]);
    assert_eq!(of(&[machine()]).code_challenge_methods_supported, []);
}

#[test]
fn pushing_is_required_if_every_client_must() {
    let pushes = Client { require_pushed_authorization: true, ..web() };
    // One that never comes to the authorization endpoint has no say.
    assert!(of(&[pushes.clone(), machine()]).require_pushed_authorization_requests);
    assert!(!of(&[pushes.clone(), web()]).require_pushed_authorization_requests);
    let grants = [GrantType::ClientCredentials, GrantType::AuthorizationCode].into();
    assert!(of(&[Client { allowed_grant_types: grants, ..pushes }]).require_pushed_authorization_requests);
    assert!(!of(&[machine()]).require_pushed_authorization_requests);
}

#[test]
fn the_issuer_in_responses_has_its_flag() {
    // RFC 9207 §3
    assert!(of(&[web()]).authorization_response_iss_parameter_supported);
    assert!(
        !Metadata::of(&Server::default(), GrantType::NAMED, [&web()]).authorization_response_iss_parameter_supported
    );
}

#[test]
#[cfg(feature = "serde")]
fn the_document_has_the_registered_names() {
    // RFC 8414 §2, RFC 9126 §5, RFC 9207 §3
    let document = serde_json::to_value(of(&[web()])).unwrap();
    let expected = serde_json::json!({
        "issuer": ISSUER,
        "scopes_supported": ["openid", "offline_access", "orders", "ping", "profile", "stock"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "request_uri_parameter_supported": false,
        "require_pushed_authorization_requests": false,
        "authorization_response_iss_parameter_supported": true,
    });
    assert_eq!(document, expected);
    // RFC 8414 §3.2: "zero elements MUST be omitted". One of them is required (§2).
    let document = serde_json::to_value(of(&[])).unwrap();
    let expected = serde_json::json!({
        "issuer": ISSUER,
        "response_types_supported": [],
        "request_uri_parameter_supported": false,
        "require_pushed_authorization_requests": false,
        "authorization_response_iss_parameter_supported": true,
    });
    assert_eq!(document, expected);
}

#[test]
fn a_grant_that_the_server_does_not_serve_is_not_promised() {
    let client = with_grants(&[GrantType::Hybrid, GrantType::Password, GrantType::Ciba]);
    let client = Client { allow_offline_access: true, ..client };
    let served = |grants: &[GrantType]| {
        let metadata = Metadata::of(&server(), grants, [&client]);
        (metadata.grant_types_supported, metadata.response_types_supported, metadata.code_challenge_methods_supported)
    };
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let challenge = || vec![ChallengeMethod::S256];
    assert_eq!(
        served(&[GrantType::AuthorizationCode, GrantType::Hybrid]),
        (texts(&["authorization_code", "implicit", "refresh_token"]), texts(&["code id_token"]), challenge()),
    );
    assert_eq!(served(&[GrantType::Password]), (texts(&["password", "refresh_token"]), vec![], vec![]));
    assert_eq!(served(&[GrantType::AuthorizationCode]), (vec![], vec![], vec![]));
    // Who acts for itself refreshes nothing.
    let machine = Client { allow_offline_access: true, ..machine() };
    assert_eq!(of(&[machine]).grant_types_supported, ["client_credentials"]);
}

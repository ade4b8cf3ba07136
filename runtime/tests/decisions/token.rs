//! May this client have tokens for that grant?

use std::sync::LazyLock;

use guestlist_runtime::decide::{
    self, ASSERTION_TYPE, Binding, Caller, ClientRequest, ErrorCode, Parameters, TokenRequest, Tokens,
};
use guestlist_runtime::{AccessTokenType, Client, ClientClaim, GrantType, SigningAlgorithm};

use crate::support::*;

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const CIBA: &str = "urn:openid:params:grant-type:ciba";

/// A body with all that any grant needs, of a client that may use all of them.
fn body(grant_type: &str) -> Parameters<'static> {
    form(&[
        ("grant_type", grant_type),
        ("code", "x"),
        ("refresh_token", "x"),
        ("device_code", "x"),
        ("auth_req_id", "x"),
        ("username", "alice"),
        ("password", "x"),
    ])
}

fn all() -> Client {
    Client { allowed_grant_types: GRANTS.into(), ..web() }
}

static ALL: LazyLock<Caller> = LazyLock::new(|| confidential(&all()));

fn answer(caller: &Caller, grant_type: &str) -> Result<(), ErrorCode> {
    token(caller, &body(grant_type)).map(|_| ()).map_err(|refusal| refusal.code)
}

fn credentials(client: &Client, more: &[(&str, &str)]) -> Result<Tokens, ErrorCode> {
    let usual = [("grant_type", "client_credentials")];
    let body = form(&usual.into_iter().chain(more.iter().copied()).collect::<Vec<_>>());
    match token(&confidential(client), &body) {
        Ok(TokenRequest::ClientCredentials(tokens)) => Ok(tokens),
        Ok(other) => panic!("{other:?}"),
        Err(refusal) => Err(refusal.code),
    }
}

#[test]
fn a_grant_type_that_is_missing_is_invalid_request() {
    for text in ["", "grant_type=", "scope=orders", "grant_type=client_credentials&grant_type=client_credentials"] {
        assert_eq!(code(token(&ALL, &parsed(text))), ErrorCode::InvalidRequest, "{text}");
    }
}

#[test]
fn a_grant_type_that_is_not_known_is_unsupported() {
    for name in [
        "unknown",
        "Client_Credentials",
        "client_credentials ",
        "urn:example:unknown",
        // What has no place here, or is no name on the wire.
        "implicit",
        "hybrid",
        "urn:ietf:params:oauth:grant-type:saml2-bearer",
    ] {
        let everything = [GrantType::Implicit, GrantType::Hybrid].into_iter().chain(GRANTS).collect();
        let client = Client { allowed_grant_types: everything, ..web() };
        assert_eq!(answer(&confidential(&client), name), Err(ErrorCode::UnsupportedGrantType), "{name}");
        // Nor do they become known because the server lists them.
        let grants: Vec<_> = client.allowed_grant_types.iter().cloned().collect();
        let body = body(name);
        let caller = confidential(&client);
        let result = decide::token(&caller, &SERVER, &body, &grants, &NOTHING, NOW);
        assert_eq!(code(result), ErrorCode::UnsupportedGrantType, "{name}");
    }
}

#[test]
fn a_grant_type_that_the_server_has_no_code_for_is_unsupported() {
    let body = body("password");
    let result = decide::token(&ALL, &SERVER, &body, &[GrantType::ClientCredentials], &NOTHING, NOW);
    assert_eq!(code(result), ErrorCode::UnsupportedGrantType);
}

#[test]
fn a_server_that_gives_no_refresh_token_takes_none() {
    for (grants, taken) in [
        (&[GrantType::ClientCredentials][..], false),
        (&[], false),
        (&[GrantType::ClientCredentials, GrantType::Hybrid], false),
        (&[GrantType::ClientCredentials, GrantType::AuthorizationCode], true),
        (&[GrantType::DeviceCode], true),
        (&[GrantType::TOKEN_EXCHANGE], true),
    ] {
        let body = body("refresh_token");
        let result = decide::token(&ALL, &SERVER, &body, grants, &NOTHING, NOW);
        match taken {
            true => assert!(matches!(result, Ok(TokenRequest::RefreshToken(_))), "{grants:?}"),
            false => assert_eq!(code(result), ErrorCode::UnsupportedGrantType, "{grants:?}"),
        }
    }
}

#[test]
fn a_grant_type_that_is_not_allowed_is_unauthorized_client() {
    // Extension grants too.
    for name in ["authorization_code", "client_credentials", "password", DEVICE, CIBA, EXCHANGE] {
        let rest = GRANTS.into_iter().filter(|grant| grant.as_str() != name).collect();
        let without = Client { allowed_grant_types: rest, ..web() };
        assert_eq!(answer(&confidential(&without), name), Err(ErrorCode::UnauthorizedClient), "{name}");
        assert_eq!(answer(&ALL, name), Ok(()), "{name}");
    }
}

#[test]
fn a_client_with_the_hybrid_flow_redeems_its_codes() {
    let hybrid = Client { allowed_grant_types: [GrantType::Hybrid].into(), ..web() };
    assert_eq!(answer(&confidential(&hybrid), "authorization_code"), Ok(()));
    let implicit = Client { allowed_grant_types: [GrantType::Implicit].into(), ..web() };
    assert_eq!(answer(&confidential(&implicit), "authorization_code"), Err(ErrorCode::UnauthorizedClient));
}

#[test]
fn a_public_caller_gets_nothing_for_itself_nor_in_another_s_name() {
    // RFC 6749 §4.4, CIBA Core §7.1
    for (name, allowed) in [
        ("client_credentials", false),
        (CIBA, false),
        (EXCHANGE, false),
        ("authorization_code", true),
        ("refresh_token", true),
        ("password", true),
        (DEVICE, true),
    ] {
        // The record's word does not help, nor does a secret that is sent anyway.
        for client in [all(), Client { allowed_grant_types: GRANTS.into(), ..spa() }] {
            let expected = if allowed { Ok(()) } else { Err(ErrorCode::UnauthorizedClient) };
            assert_eq!(answer(&public(&client), name), expected, "{name}");
        }
    }
}

#[test]
fn a_grant_needs_its_parameters_once() {
    for (grant_type, missing) in [
        ("authorization_code", "code"),
        ("refresh_token", "refresh_token"),
        (DEVICE, "device_code"),
        (CIBA, "auth_req_id"),
        ("password", "username"),
        ("password", "password"),
    ] {
        let all = body(grant_type);
        let rest = || all.iter().filter(|(name, _)| *name != missing);
        for values in [&[][..], &[""], &["x", "x"], &["", "x"]] {
            let body = Parameters::from_pairs(rest().chain(values.iter().map(|value| (missing, *value)))).unwrap();
            let result = token(&ALL, &body);
            assert_eq!(code(result), ErrorCode::InvalidRequest, "{grant_type} {missing} {values:?}");
        }
    }
}

#[test]
fn any_repeated_parameter_is_invalid_request() {
    // RFC 6749 §3.2
    for grant_type in ["authorization_code", "refresh_token", "client_credentials", "password", DEVICE, CIBA, EXCHANGE]
    {
        for name in ["scope", "redirect_uri", "code_verifier", "client_id", "subject_token", "of_an_extension"] {
            for (one, other) in [("x", "x"), ("", "x"), ("x", "")] {
                let usual = body(grant_type);
                let body = Parameters::from_pairs(usual.iter().chain([(name, one), (name, other)])).unwrap();
                let result = token(&ALL, &body);
                assert_eq!(code(result), ErrorCode::InvalidRequest, "{grant_type} {name}");
            }
        }
        // Resources may be several (RFC 8707 §2), and where a token is exchanged its audiences (RFC 8693 §2.1).
        let usual = body(grant_type);
        let with = |more: [_; 2]| Parameters::from_pairs(usual.iter().chain(more)).unwrap();
        let resources = with([("resource", ORDERS), ("resource", STOCK)]);
        assert!(token(&ALL, &resources).is_ok(), "{grant_type}");
        let audiences = with([("audience", "a"), ("audience", "b")]);
        let result = token(&ALL, &audiences).map(|_| ()).map_err(|refusal| refusal.code);
        let expected = if grant_type == EXCHANGE { Ok(()) } else { Err(ErrorCode::InvalidRequest) };
        assert_eq!(result, expected, "{grant_type}");
    }
}

// Client credentials.

#[test]
fn a_machine_that_asks_for_no_scope_gets_all_its_api_scopes() {
    let tokens = credentials(&machine(), &[]).unwrap();
    assert_eq!(tokens.scopes, ["orders", "stock", "ping"]);
    assert_eq!(tokens.audience, [ORDERS, STOCK]);
    // Never `offline_access`, also where it is allowed; there is no user to be offline.
    let offline = Client { allow_offline_access: true, ..machine() };
    let tokens = credentials(&offline, &[]).unwrap();
    assert_eq!((tokens.scopes.len(), tokens.refresh_token, tokens.id_token), (3, None, None));
}

#[test]
fn a_machine_gets_scopes_of_apis_alone_by_equal_bytes() {
    let offline = Client { allow_offline_access: true, ..machine() };
    for scope in [
        "openid",
        "orders openid",
        "profile",
        "offline_access",
        "orders offline_access",
        "unknown",
        "Orders",
        "orders  stock",
    ] {
        assert_eq!(credentials(&offline, &[("scope", scope)]), Err(ErrorCode::InvalidScope), "{scope}");
    }
    assert_eq!(credentials(&machine(), &[("scope", "stock orders stock")]).unwrap().scopes, ["stock", "orders"]);
    for scopes in [&[][..], &["openid", "profile"]] {
        let none = Client { allowed_scopes: scopes.iter().copied().collect(), ..machine() };
        assert_eq!(credentials(&none, &[]), Err(ErrorCode::InvalidScope));
    }
}

#[test]
fn a_token_for_one_api_does_not_work_at_another() {
    let tokens = credentials(&machine(), &[("resource", STOCK)]).unwrap();
    assert_eq!((tokens.scopes, tokens.audience), (texts(&["stock", "ping"]), texts(&[STOCK])));
    let tokens = credentials(&machine(), &[("scope", "orders")]).unwrap();
    assert_eq!(tokens.audience, [ORDERS]);
    for (scope, resource) in [
        ("orders", STOCK),
        ("ping", ORDERS),
        ("orders", "https://other.example"),
        ("orders", "orders"),
        ("orders", "https://orders.example.com#x"),
        ("orders", "HTTPS://orders.example.com"),
    ] {
        let result = credentials(&machine(), &[("scope", scope), ("resource", resource)]);
        assert_eq!(result, Err(ErrorCode::InvalidTarget), "{scope} {resource}");
    }
}

// The password grant.

#[test]
fn a_password_gives_what_the_client_may_have_and_offline_access_never_by_itself() {
    let client = Client { allowed_grant_types: [GrantType::Password].into(), ..web() };
    for (scope, expected, refreshes) in [
        ("", Ok(&["openid", "profile", "orders", "stock", "ping"][..]), false),
        ("openid orders", Ok(&["openid", "orders"]), false),
        ("openid offline_access", Ok(&["openid", "offline_access"]), true),
        ("openid unknown", Err(ErrorCode::InvalidScope), false),
        // The user's claims without OpenID Connect, and nothing to be reached later.
        ("orders profile", Err(ErrorCode::InvalidScope), false),
        ("offline_access", Err(ErrorCode::InvalidScope), false),
    ] {
        let body = form(&[("grant_type", "password"), ("username", "alice"), ("password", "pw"), ("scope", scope)]);
        let result = match token(&confidential(&client), &body) {
            Ok(TokenRequest::Password { username: "alice", password: "pw", tokens }) => {
                assert_eq!(tokens.refresh_token.is_some(), refreshes, "{scope}");
                Ok(tokens.scopes)
            }
            Ok(other) => panic!("{other:?}"),
            Err(refusal) => Err(refusal.code),
        };
        assert_eq!(result, expected.map(texts), "{scope}");
    }
    // The refresh token stays within the resource that was asked for.
    let body = form(&[
        ("grant_type", "password"),
        ("username", "alice"),
        ("password", "pw"),
        ("scope", "orders stock offline_access"),
        ("resource", STOCK),
    ]);
    let Ok(TokenRequest::Password { tokens, .. }) = token(&confidential(&client), &body) else { panic!("refused") };
    assert_eq!(tokens.audience, [STOCK]);
    assert_eq!(tokens.refresh_token.unwrap().audience, [STOCK]);
}

// What the record says of tokens.

#[test]
fn the_record_shapes_the_tokens() {
    let claim = |claim_type: &str| ClientClaim { claim_type: claim_type.into(), value: "7".into(), value_type: None };
    let client = Client {
        access_token_lifetime: 60,
        access_token_type: AccessTokenType::Reference,
        include_jwt_id: false,
        claims: [claim("tenant")].into(),
        allowed_grant_types: [GrantType::Password, GrantType::ClientCredentials].into(),
        identity_token_lifetime: 30,
        allowed_identity_token_signing_algorithms: [SigningAlgorithm::PS256, SigningAlgorithm::ES256].into(),
        ..web()
    };
    let tokens = credentials(&client, &[]).unwrap();
    assert_eq!(tokens.access_token_lifetime, 60);
    assert_eq!(tokens.access_token_type, AccessTokenType::Reference);
    assert!(!tokens.include_jwt_id);
    // With a prefix, so that they cannot pass for the user's.
    assert_eq!(tokens.client_claims, [claim("client_tenant")]);

    let user = |client: &Client| match token(&confidential(client), &body("password")) {
        Ok(TokenRequest::Password { tokens, .. }) => tokens,
        other => panic!("{other:?}"),
    };
    let tokens = user(&client);
    assert_eq!(tokens.client_claims, []);
    let id_token = tokens.id_token.unwrap();
    assert_eq!(id_token.lifetime, 30);
    assert_eq!(id_token.algorithms, [SigningAlgorithm::PS256, SigningAlgorithm::ES256]);
    assert!(!id_token.includes_user_claims);
    let always = Client {
        always_send_client_claims: true,
        always_include_user_claims_in_id_token: true,
        client_claims_prefix: "".into(),
        ..client
    };
    let tokens = user(&always);
    assert_eq!(tokens.client_claims, [claim("tenant")]);
    assert!(tokens.id_token.unwrap().includes_user_claims);
}

#[test]
fn an_extension_grant_has_tokens_that_can_be_narrowed() {
    let body = form(&[("grant_type", EXCHANGE), ("scope", "openid orders stock ping offline_access")]);
    let TokenRequest::Extension { name, tokens } = asked(&ALL, &SERVER, &body, &KEY, NOW) else { panic!() };
    assert_eq!(name, EXCHANGE);
    assert_eq!((tokens.audience.clone(), tokens.binding.clone()), (texts(&[ORDERS, STOCK]), held(JKT)));
    assert!(tokens.id_token.is_some() && tokens.refresh_token.is_some());
    let to = |scopes: &[&str]| tokens.clone().narrowed_to(&texts(scopes), &SERVER);
    assert_eq!(to(&["openid", "orders", "stock", "ping", "offline_access", "more"]), Ok(tokens.clone()));
    let narrow = to(&["stock", "offline_access", "more"]).unwrap();
    assert_eq!((narrow.scopes, narrow.audience), (texts(&["stock", "offline_access"]), texts(&[STOCK])));
    assert_eq!(narrow.id_token, None);
    let refresh_token = narrow.refresh_token.unwrap();
    assert_eq!((refresh_token.scopes, refresh_token.audience), (texts(&["stock", "offline_access"]), texts(&[STOCK])));
    let machine = to(&["ping"]).unwrap();
    assert_eq!((machine.audience.len(), machine.refresh_token), (0, None));
    for nothing in [&[][..], &["more"], &["offline_access"]] {
        assert_eq!(code(to(nothing)), ErrorCode::InvalidScope, "{nothing:?}");
    }
    // What the client may not have is refused before the server's own code is asked.
    let more = form(&[("grant_type", EXCHANGE), ("scope", "unknown")]);
    assert_eq!(code(token(&ALL, &more)), ErrorCode::InvalidScope);
}

// DPoP.

#[test]
fn a_client_that_must_use_dpop_without_a_proof_is_invalid_dpop_proof() {
    let client = Client { require_dpop: true, ..all() };
    for name in ["authorization_code", "refresh_token", "client_credentials", "password", DEVICE, CIBA, EXCHANGE] {
        let body = body(name);
        let caller = confidential(&client);
        let by = |sender| decide::token(&caller, &SERVER, &body, &GRANTS, sender, NOW);
        assert_eq!(code(by(&NOTHING)), ErrorCode::InvalidDpopProof, "{name}");
        // A certificate is no proof.
        let certificate = Binding { x5t_s256: Some("x".into()), ..Binding::default() };
        assert_eq!(code(by(&certificate)), ErrorCode::InvalidDpopProof, "{name}");
        assert!(by(&KEY).is_ok(), "{name}");
    }
}

#[test]
fn tokens_are_bound_to_what_the_request_proves() {
    let body = body("client_credentials");
    for binding in [held(JKT), Binding { x5t_s256: Some("x".into()), ..held(JKT) }, Binding::default()] {
        let result = decide::token(&ALL, &SERVER, &body, &GRANTS, &binding, NOW);
        let Ok(TokenRequest::ClientCredentials(tokens)) = result else { panic!("refused") };
        assert_eq!(tokens.binding, binding);
    }
}

// Logs.

#[test]
fn no_debug_shows_a_credential() {
    let body = form(&[
        ("grant_type", "password"),
        ("username", "alice"),
        ("password", "hunter2"),
        ("code", "hunter2"),
        ("code_verifier", "hunter2"),
        ("refresh_token", "hunter2"),
        ("device_code", "hunter2"),
        ("client_secret", "hunter2"),
    ]);
    for grant_type in ["authorization_code", "refresh_token", "password", DEVICE] {
        let rest = body.iter().filter(|(name, _)| *name != "grant_type");
        let body = Parameters::from_pairs(rest.chain([("grant_type", grant_type)])).unwrap();
        let request = token(&ALL, &body).unwrap();
        let shown = match &request {
            TokenRequest::AuthorizationCode(request) => format!("{request:?}"),
            TokenRequest::RefreshToken(request) => format!("{request:?}"),
            TokenRequest::DeviceCode(request) => format!("{request:?}"),
            other => format!("{other:?}"),
        };
        assert!(!format!("{shown}{request:?}{body:?}").contains("hunter2"), "{shown}");
    }
}

/// From the bytes on the wire to a token, in the order in which a server asks.
#[test]
fn a_whole_request() {
    let client = Client { client_secrets: [EC.registered(&[])].into(), ..machine() };
    let claims = serde_json::json!({ "iss": "machine", "sub": "machine", "aud": ISSUER, "exp": NOW + 60, "jti": "1" });
    let body = form(&[
        ("grant_type", "client_credentials"),
        ("scope", "orders"),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", &EC.sign(&claims)),
    ]);
    let credentials = decide::Credentials::read(ClientRequest::new(&body), &Library).unwrap();
    assert_eq!(credentials.client_id(), "machine");
    let proven = credentials.prove(Some(client.into()), &server(), NOW, &Library).unwrap();
    let caller = Seen::default().caller(proven).unwrap();
    let Ok(TokenRequest::ClientCredentials(tokens)) = token(&caller, &body) else { panic!("refused") };
    assert_eq!((tokens.scopes, tokens.audience), (texts(&["orders"]), texts(&[ORDERS])));
}

//! Which client asks, and has it proven that?

use guestlist_runtime::decide::{
    ASSERTION_TYPE, AuthenticationMethod, CLOCK_SKEW, Caller, ClientCertificate, ClientRequest, Credentials, ErrorCode,
    JwtLibrary, MAX_ASSERTION_LENGTH, MAX_ASSERTION_LIFETIME, NoJwts, Parameters, Refusal,
};
use guestlist_runtime::{
    Client, ClientRef, GrantType, List, MAX_SECRET_LENGTH, Profile, Secret, SecretValue, Server, SigningAlgorithm,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::support::*;

fn answer(request: ClientRequest<'_>, client: Option<&Client>, seen: &Seen) -> Result<Caller, Refusal> {
    answer_at(&server(), request, client, seen)
}

fn answer_at(
    server: &Server,
    request: ClientRequest<'_>,
    client: Option<&Client>,
    seen: &Seen,
) -> Result<Caller, Refusal> {
    let credentials = Credentials::read(request, &Library)?;
    seen.caller(credentials.prove(client.cloned().map(ClientRef::from), server, NOW, &Library)?)
}

/// The answer to a request of `client` with this header and this body.
fn asked(client: &Client, authorization: Option<&str>, body: &str) -> Result<Caller, Refusal> {
    let body = parsed(body);
    answer(ClientRequest { authorization, ..ClientRequest::new(&body) }, Some(client), &Seen::default())
}

fn method(result: Result<Caller, Refusal>) -> Option<AuthenticationMethod> {
    match result.unwrap() {
        Caller::Confidential(_, method) => Some(method),
        _ => None,
    }
}

#[test]
fn a_secret_in_the_header_is_form_encoded_first() {
    // RFC 6749 §2.3.1: both are encoded before they are joined.
    let client = Client {
        client_id: "acme:web+1".into(),
        client_secrets: [SecretValue::sha256_of("100% söße + x:y")].into(),
        ..web()
    };
    let header = basic("acme%3Aweb%2B1", "100%25+s%C3%B6%C3%9Fe+%2B+x%3Ay");
    assert_eq!(method(asked(&client, Some(&header), "")), Some(AuthenticationMethod::ClientSecretBasic));
    // The name of the scheme has no case (RFC 9110 §11.1).
    let header = header.replacen("Basic", "bAsIc", 1);
    assert_eq!(method(asked(&client, Some(&header), "")), Some(AuthenticationMethod::ClientSecretBasic));
}

#[test]
fn a_secret_in_the_body_proves_the_client() {
    let body = encoded(&[("client_id", "web"), ("client_secret", SECRET)]);
    assert_eq!(method(asked(&web(), None, &body)), Some(AuthenticationMethod::ClientSecretPost));
}

#[test]
fn two_authentication_methods_in_one_request_are_refused() {
    let header = basic("web", SECRET);
    let assertion = EC.sign(&claims());
    let secret = encoded(&[("client_id", "web"), ("client_secret", SECRET)]);
    let jwt = encoded(&[("client_assertion", &assertion), ("client_assertion_type", ASSERTION_TYPE)]);
    for (authorization, body) in [
        (Some(header.as_str()), secret.clone()),
        (Some(&header), jwt.clone()),
        (Some(&header), encoded(&[("client_assertion_type", ASSERTION_TYPE)])),
        (None, format!("{secret}&{jwt}")),
        // A header of another scheme is one as well.
        (Some("Bearer x"), secret),
    ] {
        assert_eq!(code(asked(&web(), authorization, &body)), ErrorCode::InvalidRequest, "{body}");
    }
}

#[test]
fn a_bare_client_id_beside_basic_is_fine_if_equal() {
    let header = basic("web", SECRET);
    assert!(asked(&web(), Some(&header), "client_id=web").unwrap().is_confidential());
    assert_eq!(code(asked(&web(), Some(&header), "client_id=spa")), ErrorCode::InvalidRequest);
    assert_eq!(code(asked(&web(), Some(&header), "client_id=Web")), ErrorCode::InvalidRequest);
}

#[test]
fn credentials_in_the_query_are_refused() {
    let body = form(&[("client_id", "web"), ("client_secret", SECRET)]);
    let refused = |query| {
        let request = ClientRequest { query: Some(query), ..ClientRequest::new(&body) };
        Credentials::read(request, &NoJwts).map(|_| ()).map_err(|refusal| refusal.code)
    };
    for query in
        ["client_id=web", "client_secret=x", "client_assertion=x", "a=1&client_assertion_type=x", "client%5Fsecret=x"]
    {
        assert_eq!(refused(query), Err(ErrorCode::InvalidRequest), "{query}");
    }
    assert_eq!(refused("tenant=7"), Ok(()));
    // An empty parameter is as if absent (RFC 6749 §3.2).
    assert_eq!(refused("client_secret="), Ok(()));
}

#[test]
fn malformed_basic_is_invalid_client() {
    for header in [
        "",
        "Basic",
        "Basic ",
        "Basic !!!",
        "Bearer d2ViOng=",
        "Digest username=web",
        // No colon.
        "Basic d2Vi",
        // No padding.
        "Basic d2ViOng",
        // Not UTF-8.
        "Basic d2ViOv8=",
        &basic("", SECRET),
        &basic("web", "100%"),
        &basic("web", "%2"),
        &basic("web", "%zz"),
        &basic("web", "%FF"),
        &basic("%zzweb", SECRET),
    ] {
        let refusal = asked(&web(), Some(header), "").unwrap_err();
        assert_eq!((refusal.code, refusal.status()), (ErrorCode::InvalidClient, 401), "{header}");
    }
}

#[test]
fn an_empty_secret_is_as_if_none() {
    // Even where the digest of nothing is registered.
    let client = Client { client_secrets: [SecretValue::sha256_of("")].into(), ..web() };
    for (header, body) in
        [(Some(basic("web", "")), ""), (None, "client_id=web&client_secret="), (None, "client_id=web")]
    {
        assert_eq!(code(asked(&client, header.as_deref(), body)), ErrorCode::InvalidClient, "{header:?} {body}");
    }
    for (header, body) in
        [(Some(basic("spa", "")), ""), (None, "client_id=spa&client_secret="), (None, "client_id=spa")]
    {
        assert!(!asked(&spa(), header.as_deref(), body).unwrap().is_confidential(), "{header:?} {body}");
    }
}

#[test]
fn the_length_of_a_secret_is_capped_before_hashing() {
    let longest = "x".repeat(MAX_SECRET_LENGTH);
    let longer = format!("{longest}x");
    // Also one whose whole text would be the right one.
    let secrets = [SecretValue::sha256_of(&longest), SecretValue::sha256_of(&longer)];
    let client = Client { client_secrets: secrets.into(), ..web() };
    assert!(asked(&client, Some(&basic("web", &longest)), "").unwrap().is_confidential());
    assert_eq!(code(asked(&client, Some(&basic("web", &longer)), "")), ErrorCode::InvalidClient);
}

#[test]
fn unknown_public_disabled_and_wrong_have_the_same_answer() {
    let right = basic("web", SECRET);
    let wrong = basic("web", "wrong");
    let answer_to = |client: Option<&Client>, header: &str| {
        let body = Parameters::default();
        let request = ClientRequest { authorization: Some(header), ..ClientRequest::new(&body) };
        answer(request, client, &Seen::default()).unwrap_err()
    };
    let expected = answer_to(None, &right);
    assert_eq!((expected.code, expected.status()), (ErrorCode::InvalidClient, 401));
    let expired = Secret { expiration: Some(NOW), ..SecretValue::sha256_of(SECRET).into() };
    for (client, header) in [
        (web(), &wrong),
        (Client { enabled: false, ..web() }, &right),
        (Client { protocol_type: "wsfed".into(), ..web() }, &right),
        (Client { client_secrets: [expired].into(), ..web() }, &right),
        (Client { client_secrets: List::EMPTY, ..web() }, &right),
        // Disabled beats public.
        (Client { client_id: "web".into(), enabled: false, ..spa() }, &right),
        // A store that folds cases or trims has found another client.
        (Client { client_id: "WEB".into(), ..web() }, &right),
        (Client { client_id: "spa".into(), ..web() }, &right),
    ] {
        assert_eq!(answer_to(Some(&client), header), expected, "{client:?}");
    }
}

#[test]
fn unknown_disabled_and_wrong_have_the_same_answer_to_an_assertion() {
    let client = keyed([EC.registered(&[])]);
    let body = |assertion: &str| {
        form(&[("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion), ("client_id", "web")])
    };
    let right = EC.sign(&claims());
    let refused = |client: Option<&Client>, assertion: &str| {
        answer(ClientRequest::new(&body(assertion)), client, &Seen::default()).unwrap_err()
    };
    let expected = refused(None, &right);
    assert_eq!((expected.code, expected.status()), (ErrorCode::InvalidClient, 401));
    // Nor does a wrong secret have another.
    assert_eq!(asked(&client, Some(&basic("web", "wrong")), "").unwrap_err(), expected);
    let changed = |name: &str, value: Value| {
        let mut claims = claims();
        claims[name] = value;
        EC.sign(&claims)
    };
    for (client, assertion) in [
        (client.clone(), OTHER_EC.sign(&claims())),
        (client.clone(), unsigned(&json!({ "alg": "none" }), &claims(), "")),
        (client.clone(), changed("aud", json!("https://other.example"))),
        (client.clone(), changed("exp", json!(NOW))),
        (client.clone(), changed("jti", json!(null))),
        (client.clone(), changed("iss", json!("other"))),
        (keyed([SecretValue::sha256_of(SECRET)]), right.clone()),
        (Client { enabled: false, ..client.clone() }, right.clone()),
        (Client { protocol_type: "wsfed".into(), ..client.clone() }, right.clone()),
        (Client { client_id: "spa".into(), ..client.clone() }, right.clone()),
    ] {
        assert_eq!(refused(Some(&client), &assertion), expected, "{client:?} {assertion}");
    }
    let seen = Seen::default();
    assert!(presented(&client, &right, &seen).is_ok());
    assert_eq!(presented(&client, &right, &seen).unwrap_err(), expected, "a second time");
}

#[test]
fn a_public_client_is_public_whatever_it_sends() {
    // It has a secret in its record, and sends it.
    let client = Client { client_secrets: [SecretValue::sha256_of(SECRET)].into(), ..spa() };
    for (header, body) in [
        (None, encoded(&[("client_id", "spa")])),
        (None, encoded(&[("client_id", "spa"), ("client_secret", SECRET)])),
        (None, encoded(&[("client_id", "spa"), ("client_secret", "wrong")])),
        (Some(basic("spa", SECRET)), String::new()),
    ] {
        assert_eq!(method(asked(&client, header.as_deref(), &body)), None, "{body}");
    }
    // An assertion is ignored as well, whoever has signed it.
    let client = Client { client_secrets: [EC.registered(&[])].into(), ..spa() };
    let mut claims = claims();
    (claims["iss"], claims["sub"]) = (json!("spa"), json!("spa"));
    for key in [&*EC, &*OTHER_EC] {
        let (assertion, seen) = (key.sign(&claims), Seen::default());
        assert_eq!(method(presented(&client, &assertion, &seen)), None);
        assert_eq!(method(presented(&client, &assertion, &seen)), None, "a second time");
    }
}

#[test]
fn a_client_that_needs_a_secret_but_has_none_is_public_if_implicit_only() {
    let implicit = Client { allowed_grant_types: [GrantType::Implicit].into(), client_secrets: List::EMPTY, ..web() };
    assert_eq!(method(asked(&implicit, None, "client_id=web")), None);
    let with_secret = Client { client_secrets: [SecretValue::sha256_of(SECRET)].into(), ..implicit.clone() };
    assert_eq!(code(asked(&with_secret, None, "client_id=web")), ErrorCode::InvalidClient);
    for grant in [GrantType::AuthorizationCode, GrantType::Hybrid, GrantType::ClientCredentials] {
        let other = Client { allowed_grant_types: [GrantType::Implicit, grant].into(), ..implicit.clone() };
        assert_eq!(code(asked(&other, None, "client_id=web")), ErrorCode::InvalidClient);
    }
}

#[test]
fn two_live_secrets_count_side_by_side() {
    let old = Secret { expiration: Some(NOW + 1), ..SecretValue::sha256_of("old").into() };
    let gone = Secret { expiration: Some(NOW), ..SecretValue::sha256_of("gone").into() };
    let client = Client { client_secrets: [gone, old, SecretValue::sha512_of("new").into()].into(), ..web() };
    for (secret, counts) in [("old", true), ("new", true), ("gone", false), ("OLD", false)] {
        assert_eq!(asked(&client, Some(&basic("web", secret)), "").is_ok(), counts, "{secret}");
    }
}

#[test]
fn repeated_credentials_are_refused() {
    for body in [
        "client_id=web&client_id=web&client_secret=x",
        "client_id=&client_id=web&client_secret=x",
        "client_id=web&client_secret=x&client_secret=",
        "client_id=web&client_secret=x&client_secret=y",
        "client_id=web&client%5Fid=web",
        "client_assertion=a&client_assertion=b",
        "client_assertion_type=a&client_assertion_type=b",
    ] {
        assert_eq!(code(asked(&web(), None, body)), ErrorCode::InvalidRequest, "{body}");
    }
}

#[test]
fn a_request_without_a_client_id_is_invalid_client() {
    for body in ["", "grant_type=client_credentials", "client_id=", "client_secret=x"] {
        assert_eq!(code(asked(&web(), None, body)), ErrorCode::InvalidClient, "{body}");
    }
}

// Client assertions (RFC 7523).

/// A client that registered these keys.
fn keyed(secrets: impl Into<List<Secret>>) -> Client {
    Client { client_secrets: secrets.into(), ..web() }
}

/// The claims of an assertion that counts.
fn claims() -> Value {
    json!({ "iss": "web", "sub": "web", "aud": ISSUER, "exp": NOW + 60, "iat": NOW, "jti": "id-1" })
}

fn presented(client: &Client, assertion: &str, seen: &Seen) -> Result<Caller, Refusal> {
    let body = form(&[("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)]);
    answer(ClientRequest::new(&body), Some(client), seen)
}

#[test]
fn a_client_assertion_proves_the_client() {
    for (name, key) in [("EC", &*EC), ("RSA", &*RSA), ("OKP", &*ED)] {
        let client = keyed([key.registered(&[])]);
        let caller = presented(&client, &key.sign(&claims()), &Seen::default());
        assert_eq!(method(caller), Some(AuthenticationMethod::PrivateKeyJwt), "{name}");
    }
    // One of several keys, for rotation; a shared secret beside them hides none.
    let client = keyed([SecretValue::sha256_of(SECRET), OTHER_EC.registered(&[]), EC.registered(&[])]);
    assert!(presented(&client, &EC.sign(&claims()), &Seen::default()).unwrap().is_confidential());
}

#[test]
fn the_claims_of_an_assertion_must_be_of_the_client_for_us_near_and_once() {
    let client = keyed([EC.registered(&[])]);
    for (name, value, counts) in [
        ("iss", json!("other"), false),
        ("iss", json!(null), false),
        ("iss", json!("Web"), false),
        ("sub", json!("other"), false),
        ("sub", json!(null), false),
        ("aud", json!("https://other.example"), false),
        ("aud", json!(format!("{ISSUER}/")), false),
        ("aud", json!(format!("{ISSUER}/token")), false),
        ("aud", json!([ISSUER, "https://other.example"]), false),
        ("aud", json!([ISSUER]), false),
        ("aud", json!(null), false),
        ("exp", json!(NOW), false),
        ("exp", json!(NOW - 1), false),
        ("exp", json!(NOW + 1), true),
        ("exp", json!(NOW + MAX_ASSERTION_LIFETIME), true),
        ("exp", json!(NOW + MAX_ASSERTION_LIFETIME + 1), false),
        ("exp", json!(u64::MAX), false),
        ("exp", json!(null), false),
        ("exp", json!(format!("{}", NOW + 60)), false),
        ("jti", json!(null), false),
        ("jti", json!(""), false),
        ("nbf", json!(NOW), true),
        ("nbf", json!(NOW + CLOCK_SKEW), true),
        ("nbf", json!(NOW + CLOCK_SKEW + 1), false),
        ("iat", json!(NOW + CLOCK_SKEW), true),
        ("iat", json!(NOW + CLOCK_SKEW + 1), false),
        ("iat", json!(u64::MAX), false),
        ("iat", json!(null), true),
    ] {
        let mut claims = claims();
        claims[name] = value.clone();
        let result = presented(&client, &EC.sign(&claims), &Seen::default());
        if counts {
            assert!(result.unwrap().is_confidential(), "{name} {value}");
        } else {
            assert_eq!(code(result), ErrorCode::InvalidClient, "{name} {value}");
        }
    }
}

#[test]
fn no_time_of_an_assertion_overflows() {
    let client = keyed([EC.registered(&[])]);
    let mut claims = claims();
    (claims["exp"], claims["iat"], claims["nbf"]) = (json!(u64::MAX), json!(u64::MAX), json!(0));
    let body = form(&[("client_assertion_type", ASSERTION_TYPE), ("client_assertion", &EC.sign(&claims))]);
    for (now, counts) in [(u64::MAX, false), (u64::MAX - 1, true), (0, false)] {
        let credentials = Credentials::read(ClientRequest::new(&body), &Library).unwrap();
        let proven = credentials.prove(Some(client.clone().into()), &server(), now, &Library);
        assert_eq!(proven.is_ok(), counts, "{now}");
    }
}

#[test]
fn a_replayed_assertion_is_refused() {
    let (seen, client) = (Seen::default(), keyed([EC.registered(&[])]));
    let assertion = EC.sign(&claims());
    assert!(presented(&client, &assertion, &seen).is_ok());
    assert_eq!(code(presented(&client, &assertion, &seen)), ErrorCode::InvalidClient);
    // Nor does the same id count in another assertion.
    let mut later = claims();
    later["exp"] = json!(NOW + 120);
    assert_eq!(code(presented(&client, &EC.sign(&later), &seen)), ErrorCode::InvalidClient);
    // Of another client it is another id.
    let other = Client { client_id: "other".into(), ..client };
    let mut claims = claims();
    (claims["iss"], claims["sub"]) = (json!("other"), json!("other"));
    assert!(presented(&other, &EC.sign(&claims), &seen).is_ok());
}

#[test]
fn a_forged_assertion_does_not_use_up_a_jti() {
    let (seen, client) = (Seen::default(), keyed([EC.registered(&[])]));
    assert!(presented(&client, &OTHER_EC.sign(&claims()), &seen).is_err());
    assert!(presented(&client, &EC.sign(&claims()), &seen).is_ok());
}

#[test]
fn the_algorithm_of_an_assertion_comes_from_the_registered_key() {
    let hmac = |secret: &[u8]| {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(), &EncodingKey::from_secret(secret)).unwrap()
    };
    let jwk = RSA.registered(&[]).stored();
    let signature = EC.sign(&claims()).rsplit_once('.').unwrap().1.to_owned();
    let mut with_key = Header::new(Algorithm::ES256);
    with_key.jwk = Some(serde_json::from_value(OTHER_EC.public.clone()).unwrap());
    for (name, key, assertion) in [
        ("another key", EC.registered(&[]), OTHER_EC.sign(&claims())),
        ("a key of another type", RSA.registered(&[]), EC.sign(&claims())),
        ("not signed", EC.registered(&[]), unsigned(&json!({ "alg": "none" }), &claims(), "")),
        ("not signed, in capitals", EC.registered(&[]), unsigned(&json!({ "alg": "NONE" }), &claims(), "")),
        ("no alg", EC.registered(&[]), unsigned(&json!({}), &claims(), "")),
        ("signature left out", EC.registered(&[]), unsigned(&json!({ "alg": "ES256" }), &claims(), "")),
        ("another's signature", EC.registered(&[]), unsigned(&json!({ "alg": "ES256" }), &claims(), &signature)),
        ("the public key as secret", RSA.registered(&[]), hmac(jwk.as_bytes())),
        ("the modulus as secret", RSA.registered(&[]), hmac(RSA.public["n"].as_str().unwrap().as_bytes())),
        (
            "the stored digest as secret",
            SecretValue::sha256_of(SECRET),
            hmac(SecretValue::sha256_of(SECRET).stored().as_bytes()),
        ),
        ("the secret as secret", SecretValue::sha256_of(SECRET), hmac(SECRET.as_bytes())),
        ("not the alg of the key", RSA.registered(&[("alg", "PS256")]), RSA.sign_by(Algorithm::RS256, &claims())),
        ("a key in the header", EC.registered(&[]), OTHER_EC.sign_with(&with_key, &claims())),
    ] {
        assert_eq!(code(presented(&keyed([key]), &assertion, &Seen::default())), ErrorCode::InvalidClient, "{name}");
    }
    // With the key's own algorithm it counts.
    let client = keyed([RSA.registered(&[("alg", "PS256")])]);
    assert!(presented(&client, &RSA.sign_by(Algorithm::PS256, &claims()), &Seen::default()).is_ok());
}

#[test]
fn fapi_narrows_the_algorithms_of_assertions() {
    let client = keyed([RSA.registered(&[])]);
    let fapi = Server { profile: Profile::Fapi20, ..server() };
    for (algorithm, counts) in [(Algorithm::RS256, false), (Algorithm::PS256, true), (Algorithm::PS512, false)] {
        let body = form(&[
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", &RSA.sign_by(algorithm, &claims())),
        ]);
        let result = answer_at(&fapi, ClientRequest::new(&body), Some(&client), &Seen::default());
        assert_eq!(result.is_ok(), counts, "{algorithm:?}");
    }
    assert!(!SigningAlgorithm::RS256.is_allowed_by_fapi());
}

#[test]
fn fapi_takes_no_ed448() {
    let named = |alg| SecretValue::Jwk(format!(r#"{{"kty":"OKP","crv":"Ed448","alg":"{alg}","x":"AA"}}"#).into());
    for key in [named("EdDSA"), named("Ed448")] {
        assert_eq!(key.algorithms().len(), 1);
        assert_eq!(key.algorithms_under(Profile::Fapi20), []);
        assert_eq!(key.algorithms_under(Profile::OAuth21), key.algorithms());
    }
    assert_eq!(ED.registered(&[]).algorithms_under(Profile::Fapi20), ED.registered(&[]).algorithms());
}

#[test]
fn fapi_lets_a_clock_be_a_minute_ahead() {
    // FAPI 2.0 §5.3.2.1 item 13: 10 seconds are taken, and no more than 60.
    let client = keyed([EC.registered(&[])]);
    let fapi = Server { profile: Profile::Fapi20, ..server() };
    for (name, ahead, counts) in
        [("iat", 10, true), ("iat", 60, true), ("iat", 61, false), ("nbf", 60, true), ("nbf", 61, false)]
    {
        let mut claims = claims();
        claims[name] = json!(NOW + ahead);
        let body = form(&[("client_assertion_type", ASSERTION_TYPE), ("client_assertion", &EC.sign(&claims))]);
        let result = answer_at(&fapi, ClientRequest::new(&body), Some(&client), &Seen::default());
        assert_eq!(result.is_ok(), counts, "{name} {ahead}");
    }
}

#[test]
fn what_says_that_it_is_something_else_is_no_assertion() {
    // RFC 8725 §3.11, RFC 9101 §10.8
    let client = keyed([EC.registered(&[])]);
    for (typ, counts) in [
        (None, true),
        (Some("JWT"), true),
        (Some("jwt"), true),
        (Some("client-authentication+jwt"), true),
        (Some("application/client-authentication+jwt"), true),
        (Some("oauth-authz-req+jwt"), false),
        (Some("application/oauth-authz-req+jwt"), false),
        (Some("OAuth-Authz-Req+JWT"), false),
        (Some("dpop+jwt"), false),
        (Some("at+jwt"), false),
        (Some("text/client-authentication+jwt"), false),
        (Some(""), false),
    ] {
        let header = Header { typ: typ.map(str::to_owned), ..Header::new(Algorithm::ES256) };
        let result = presented(&client, &EC.sign_with(&header, &claims()), &Seen::default());
        assert_eq!(result.is_ok(), counts, "{typ:?}");
    }
}

#[test]
fn an_expired_key_proves_nothing() {
    let expired = Secret { expiration: Some(NOW), ..EC.registered(&[]).into() };
    assert_eq!(code(presented(&keyed([expired]), &EC.sign(&claims()), &Seen::default())), ErrorCode::InvalidClient,);
}

#[test]
fn an_oversized_assertion_is_not_looked_at() {
    let client = keyed([EC.registered(&[])]);
    let mut long = claims();
    long["note"] = json!("x".repeat(MAX_ASSERTION_LENGTH));
    assert_eq!(code(presented(&client, &EC.sign(&long), &Seen::default())), ErrorCode::InvalidClient);
    long["note"] = json!("x".repeat(MAX_ASSERTION_LENGTH / 2));
    assert!(presented(&client, &EC.sign(&long), &Seen::default()).is_ok());
}

#[test]
fn the_client_id_beside_an_assertion_is_its_subject() {
    let client = keyed([EC.registered(&[])]);
    let assertion = EC.sign(&claims());
    for (client_id, counts) in [("web", true), ("", true), ("spa", false), ("WEB", false)] {
        let body = form(&[
            ("client_id", client_id),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", &assertion),
        ]);
        let result = answer(ClientRequest::new(&body), Some(&client), &Seen::default());
        assert_eq!(
            result.map(|_| ()).map_err(|refusal| refusal.code),
            if counts { Ok(()) } else { Err(ErrorCode::InvalidClient) }
        );
    }
}

#[test]
fn what_is_no_client_assertion_is_refused() {
    let assertion = EC.sign(&claims());
    let saml = "urn:ietf:params:oauth:client-assertion-type:saml2-bearer";
    for (kind, assertion) in [
        ("", assertion.as_str()),
        (saml, &assertion),
        (ASSERTION_TYPE, ""),
        (ASSERTION_TYPE, "x"),
        (ASSERTION_TYPE, "a.b.c"),
        (ASSERTION_TYPE, "a.b.c.d.e"),
    ] {
        let body = form(&[("client_id", "web"), ("client_assertion_type", kind), ("client_assertion", assertion)]);
        let result = answer(ClientRequest::new(&body), Some(&keyed([EC.registered(&[])])), &Seen::default());
        assert_eq!(code(result), ErrorCode::InvalidClient, "{kind} {assertion}");
    }
}

#[test]
fn a_server_without_jwts_or_without_an_issuer_takes_no_assertion() {
    let body = form(&[("client_assertion_type", ASSERTION_TYPE), ("client_assertion", &EC.sign(&claims()))]);
    assert_eq!(
        Credentials::read(ClientRequest::new(&body), &NoJwts).map(|_| ()).unwrap_err().code,
        ErrorCode::InvalidClient,
    );
    // Nor does one count that another library has read.
    assert!(!NoJwts.is_signed("", &EC.registered(&[]), &[SigningAlgorithm::ES256]));
    let nameless = Server { issuer: None, ..server() };
    let client = keyed([EC.registered(&[])]);
    let by = |server| answer_at(server, ClientRequest::new(&body), Some(&client), &Seen::default());
    assert_eq!(code(by(&nameless)), ErrorCode::InvalidClient);
    assert!(by(&server()).is_ok());
    // Who remembers no assertion cannot tell whether one came before.
    let credentials = Credentials::read(ClientRequest::new(&body), &Library).unwrap();
    let proven = credentials.prove(Some(client.clone().into()), &server(), NOW, &Library).unwrap();
    assert_eq!(code(proven.caller()), ErrorCode::InvalidClient);
}

// TLS certificates (RFC 8705).

const DER: &[u8] = b"the certificate, in DER";

fn by_certificate(secret: impl Into<Secret>, certificate: ClientCertificate<'_>) -> Result<Caller, Refusal> {
    let body = form(&[("client_id", "web")]);
    let request = ClientRequest { certificate: Some(certificate), ..ClientRequest::new(&body) };
    answer(request, Some(&keyed([secret.into()])), &Seen::default())
}

#[test]
fn a_registered_certificate_alone_proves_the_client() {
    use AuthenticationMethod::{SelfSignedTlsClientAuth, TlsClientAuth};
    let certificate = ClientCertificate { subject: Some("CN=web,O=Example"), ..ClientCertificate::self_signed(DER) };
    // `printf 'the certificate, in DER' | sha256sum`, and in base64
    let sha256 = "52c1dee1bdf10797f872f01a121bb6f2adf6589df553390c8edfb8f496b2b9a2";
    let der = "dGhlIGNlcnRpZmljYXRlLCBpbiBERVI=";
    for (secret, expected) in [
        (SecretValue::X509Name("CN=web,O=Example".into()), Some(TlsClientAuth)),
        (SecretValue::X509Thumbprint(sha256.into()), Some(SelfSignedTlsClientAuth)),
        (SecretValue::X509Certificate(der.into()), Some(SelfSignedTlsClientAuth)),
        (SecretValue::X509Name("CN=web".into()), None),
        (SecretValue::X509Thumbprint(sha256.replace('0', "1").into()), None),
        (SecretValue::X509Certificate("dGhl".into()), None),
        (SecretValue::sha256_of(DER), None),
    ] {
        let result = by_certificate(secret.clone(), certificate);
        match expected {
            Some(expected) => assert_eq!(method(result), Some(expected), "{secret:?}"),
            None => assert_eq!(code(result), ErrorCode::InvalidClient, "{secret:?}"),
        }
    }
    // A name counts only if an authority that the server trusts vouches for it (RFC 8705 §2.1).
    let unknown_issuer = ClientCertificate { subject: None, ..certificate };
    assert!(by_certificate(SecretValue::X509Name("CN=web,O=Example".into()), unknown_issuer).is_err());
    let expired = Secret { expiration: Some(NOW), ..SecretValue::X509Certificate(der.into()).into() };
    assert!(by_certificate(expired, certificate).is_err());
}

#[test]
fn a_certificate_beside_another_method_only_binds_tokens() {
    let der = "dGhlIGNlcnRpZmljYXRlLCBpbiBERVI=";
    let client = keyed([SecretValue::X509Certificate(der.into()), SecretValue::sha256_of(SECRET)]);
    let body = Parameters::default();
    let asked = |header: &str| {
        let certificate = Some(ClientCertificate::self_signed(DER));
        let request = ClientRequest { authorization: Some(header), certificate, ..ClientRequest::new(&body) };
        answer(request, Some(&client), &Seen::default())
    };
    assert_eq!(method(asked(&basic("web", SECRET))), Some(AuthenticationMethod::ClientSecretBasic));
    // It does not make up for a wrong secret.
    assert_eq!(code(asked(&basic("web", "wrong"))), ErrorCode::InvalidClient);
}

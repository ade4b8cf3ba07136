//! Request objects (RFC 9101) and pushed requests (RFC 9126).

use guestlist_runtime::decide::{
    self, Authorization, AuthorizationRefusal, Binding, Caller, ErrorCode, JwtClaims, JwtLibrary, MAX_ASSERTION_LENGTH,
    NoJwts, Parameters, PushedRequest, Refusal, RequestObject,
};
use guestlist_runtime::{Client, Secret, SecretValue, Server, SigningAlgorithm};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::support::*;

/// `web`, with a key.
fn keyed() -> Client {
    Client { client_secrets: [EC.registered(&[])].into(), ..web() }
}

/// The claims of a request object that counts.
fn claims() -> Value {
    json!({
        "iss": "web", "aud": ISSUER, "exp": NOW + 60, "iat": NOW, "jti": "request-1",
        "client_id": "web",
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": "openid orders",
        "state": "inside",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "max_age": 3600,
    })
}

fn with(changes: &[(&str, Value)]) -> Value {
    let mut claims = claims();
    for (name, value) in changes {
        claims[*name] = value.clone();
    }
    claims
}

/// A request with this object, as a server handles it.
fn by_value(client: &Client, jwt: &str, outer: &[(&str, &str)]) -> Result<Authorization, AuthorizationRefusal> {
    let object = decide::request_object(client, &server(), NOW, jwt, &Library)?;
    let outer: Vec<_> = [("client_id", "web"), ("request", jwt)].into_iter().chain(outer.iter().copied()).collect();
    ask_by(client, &outer, Some(RequestObject::Signed(object)))
}

fn pushed(caller: &Caller, body: &Parameters<'_>) -> Result<(PushedRequest, Authorization), Refusal> {
    decide::push(caller, &server(), body, &Binding::default(), &Library, NOW)
}

/// What `web` pushes, with these parameters instead.
fn push(changes: &[(&str, &str)]) -> PushedRequest {
    pushed(&confidential(&web()), &form(&query(changes))).unwrap().0
}

fn by_uri(pushed: &PushedRequest, outer: &[(&str, &str)]) -> Result<Authorization, AuthorizationRefusal> {
    let usual =
        [("client_id", "web"), ("request_uri", "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c")];
    let outer: Vec<_> = usual.into_iter().chain(outer.iter().copied()).collect();
    ask_by(&web(), &outer, Some(RequestObject::Pushed(pushed.clone())))
}

const BAD_OBJECT: (ErrorCode, Shown) = (ErrorCode::InvalidRequestObject, Shown::Page);
const BAD_URI: (ErrorCode, Shown) = (ErrorCode::InvalidRequestUri, Shown::Page);

// Request objects.

#[test]
fn a_request_object_is_expanded_only_when_it_is_signed() {
    /// Expands nothing, and would say so.
    struct NeverExpands;
    impl JwtLibrary for NeverExpands {
        fn claims(&self, jwt: &str) -> Option<JwtClaims> {
            Library.claims(jwt)
        }

        fn parameters(&self, _: &str) -> Option<Parameters<'static>> {
            panic!("anybody may have made it")
        }

        fn is_signed(&self, jwt: &str, key: &SecretValue, algorithms: &[SigningAlgorithm]) -> bool {
            Library.is_signed(jwt, key, algorithms)
        }
    }
    for jwt in [OTHER_EC.sign(&claims()), unsigned(&json!({ "alg": "none" }), &claims(), "")] {
        let result = decide::request_object(&keyed(), &server(), NOW, &jwt, &NeverExpands);
        assert_eq!(refused(result).0, ErrorCode::InvalidRequestObject);
    }
    // Nor is one that has thousands of parameters.
    let many = EC.sign(&with(&[("x", json!(vec![""; 5000]))]));
    assert!(many.len() < MAX_ASSERTION_LENGTH);
    assert_eq!(refused(by_value(&keyed(), &many, &[])).0, ErrorCode::InvalidRequestObject);
}

#[test]
fn what_says_that_it_is_something_else_is_no_request_object() {
    // RFC 9101 §10.8
    for (typ, counts) in [
        (None, true),
        (Some("JWT"), true),
        (Some("oauth-authz-req+jwt"), true),
        (Some("client-authentication+jwt"), false),
        (Some("dpop+jwt"), false),
    ] {
        let header = Header { typ: typ.map(str::to_owned), ..Header::new(Algorithm::ES256) };
        let result = by_value(&keyed(), &EC.sign_with(&header, &claims()), &[]);
        assert_eq!(result.is_ok(), counts, "{typ:?}");
    }
}

#[test]
fn only_the_parameters_inside_a_request_object_count() {
    let outer = [
        ("state", "outside"),
        ("scope", "openid stock"),
        ("redirect_uri", "https://evil.example"),
        ("nonce", "outside"),
        ("response_type", "token"),
        ("prompt", "none"),
        ("login_hint", "outside"),
    ];
    let authorization = by_value(&keyed(), &EC.sign(&claims()), &outer).unwrap();
    assert_eq!(authorization.destination.redirect_uri, CALLBACK);
    assert_eq!(authorization.destination.state.as_deref(), Some("inside"));
    assert_eq!(authorization.scopes, ["openid", "orders"]);
    assert_eq!((authorization.nonce, authorization.max_age), (None, Some(3600)));
    assert!(!authorization.prompt.none);
    assert!(!authorization.parameters.has("login_hint"));
    // What is missing inside is missing.
    let jwt = EC.sign(&with(&[("redirect_uri", json!(null))]));
    let outer = [("redirect_uri", CALLBACK)];
    assert_eq!(refused(by_value(&keyed(), &jwt, &outer)), (ErrorCode::InvalidRequest, Shown::Page));
}

#[test]
fn prompt_none_counts_inside_the_request_object_alone() {
    let bad_scope = |prompt| with(&[("scope", json!("unknown")), ("prompt", prompt)]);
    let outside = by_value(&keyed(), &EC.sign(&bad_scope(json!(null))), &[("prompt", "none")]);
    assert_eq!(refused(outside), (ErrorCode::InvalidScope, Shown::AfterSignIn));
    let inside = by_value(&keyed(), &EC.sign(&bad_scope(json!("none"))), &[("prompt", "login")]);
    assert_eq!(refused(inside), (ErrorCode::InvalidScope, Shown::Now));
    // The same of a pushed request, which is judged again.
    let mut stale = push(&[("prompt", "none")]);
    stale.parameters = form(&query(&[("scope", "unknown")]));
    assert_eq!(refused(by_uri(&stale, &[("prompt", "none")])), (ErrorCode::InvalidScope, Shown::AfterSignIn));
}

#[test]
fn the_client_id_inside_a_request_object_is_the_outer_one() {
    for inner in [json!("other"), json!("WEB"), json!(null), json!(""), json!(["web", "web"]), json!(["other", "web"])]
    {
        let result = by_value(&keyed(), &EC.sign(&with(&[("client_id", inner.clone())])), &[]);
        assert_eq!(refused(result), BAD_OBJECT, "{inner}");
    }
    // The outer one decides who is asked for.
    let spa = Client { client_id: "spa".into(), ..keyed() };
    let jwt = EC.sign(&claims());
    let object = decide::request_object(&keyed(), &server(), NOW, &jwt, &Library).unwrap();
    let outer = [("client_id", "spa"), ("request", jwt.as_str())];
    assert_eq!(refused(ask_by(&spa, &outer, Some(RequestObject::Signed(object)))), BAD_OBJECT);
    // Also where it says nothing of its client but by its signature.
    let nameless = EC.sign(&with(&[("iss", json!(null)), ("client_id", json!("spa"))]));
    let object = decide::request_object(&keyed(), &server(), NOW, &nameless, &Library).unwrap();
    let outer = [("client_id", "spa"), ("request", nameless.as_str())];
    assert_eq!(refused(ask_by(&spa, &outer, Some(RequestObject::Signed(object)))), BAD_OBJECT);
}

#[test]
fn a_request_object_holds_no_other() {
    for name in ["request", "request_uri"] {
        let result = by_value(&keyed(), &EC.sign(&with(&[(name, json!("x"))])), &[]);
        assert_eq!(refused(result), BAD_OBJECT, "{name}");
    }
}

#[test]
fn a_request_object_is_signed_by_the_client_with_an_algorithm_of_its_key() {
    let hmac = |secret: &[u8]| {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(), &EncodingKey::from_secret(secret)).unwrap()
    };
    let jwk = EC.registered(&[]).stored();
    for (name, jwt) in [
        ("another key", OTHER_EC.sign(&claims())),
        ("another type of key", RSA.sign(&claims())),
        ("none", unsigned(&json!({ "alg": "none" }), &claims(), "")),
        ("a signature left out", unsigned(&json!({ "alg": "ES256" }), &claims(), "")),
        ("HS256 by the public key", hmac(jwk.as_bytes())),
        ("no JWT", "x".into()),
        ("encrypted", "a.b.c.d.e".into()),
    ] {
        // The redirect URI inside is not proven, so nothing is redirected, not even with `prompt=none`.
        let result = by_value(&keyed(), &jwt, &[("prompt", "none")]);
        assert_eq!(refused(result), BAD_OBJECT, "{name}");
    }
    // A client without a key signs nothing: HS256 by its secret, or by what is stored of it, is refused.
    let stored = SecretValue::sha256_of(SECRET).stored();
    for secret in [SECRET, stored.as_str()] {
        assert_eq!(refused(by_value(&web(), &hmac(secret.as_bytes()), &[])), BAD_OBJECT);
    }
    let expired = Secret { expiration: Some(NOW), ..EC.registered(&[]).into() };
    let client = Client { client_secrets: [expired].into(), ..web() };
    assert_eq!(refused(by_value(&client, &EC.sign(&claims()), &[])), BAD_OBJECT);
}

#[test]
fn a_request_object_is_by_the_client_for_us_and_in_time() {
    for (name, value, counts) in [
        ("iss", json!(null), true),
        ("iss", json!("other"), false),
        ("aud", json!(null), true),
        ("aud", json!([ISSUER]), true),
        ("aud", json!(["https://other.example", ISSUER]), true),
        ("aud", json!("https://other.example"), false),
        ("aud", json!(["https://other.example"]), false),
        ("aud", json!(["https://other.example", "https://another.example"]), false),
        ("aud", json!(""), false),
        ("exp", json!(null), true),
        ("exp", json!(NOW), false),
        ("exp", json!(NOW - 1), false),
        ("nbf", json!(NOW + 3600), false),
        ("iat", json!(NOW + 3600), false),
        ("iat", json!(u64::MAX), false),
    ] {
        let result = by_value(&keyed(), &EC.sign(&with(&[(name, value.clone())])), &[]);
        match counts {
            true => assert!(result.is_ok(), "{name} {value}"),
            false => assert_eq!(refused(result), BAD_OBJECT, "{name} {value}"),
        }
    }
    // Without an issuer of ours, none can be for us.
    let nameless = Server { issuer: None, ..server() };
    let result = decide::request_object(&keyed(), &nameless, NOW, &EC.sign(&claims()), &Library);
    assert_eq!(refused(result), BAD_OBJECT);
}

#[test]
fn an_oversized_request_object_is_not_looked_at() {
    let jwt = EC.sign(&with(&[("note", json!("x".repeat(MAX_ASSERTION_LENGTH)))]));
    assert_eq!(refused(by_value(&keyed(), &jwt, &[])), BAD_OBJECT);
}

#[test]
fn a_client_assertion_is_no_request_object() {
    // RFC 9101 §10.8: one JWT of a client must not pass for another.
    let assertion = json!({ "iss": "web", "sub": "web", "aud": ISSUER, "exp": NOW + 60, "jti": "id-1" });
    assert_eq!(refused(by_value(&keyed(), &EC.sign(&assertion), &[])), BAD_OBJECT);
}

#[test]
fn a_repeated_parameter_inside_a_request_object_is_refused() {
    for (name, value, expected) in [
        ("state", json!(["a", "b"]), (ErrorCode::InvalidRequest, Shown::AfterSignIn)),
        ("scope", json!(["openid", "orders"]), (ErrorCode::InvalidRequest, Shown::AfterSignIn)),
        ("login_hint", json!(["a", "b"]), (ErrorCode::InvalidRequest, Shown::AfterSignIn)),
        ("redirect_uri", json!([CALLBACK, "https://evil.example"]), (ErrorCode::InvalidRequest, Shown::Page)),
    ] {
        let result = by_value(&keyed(), &EC.sign(&with(&[(name, value)])), &[]);
        assert_eq!(refused(result), expected, "{name}");
    }
    // A resource may be, and an audience is none of the request's.
    let both = with(&[("resource", json!([ORDERS, ORDERS])), ("aud", json!([ISSUER, "https://other.example"]))]);
    let authorization = by_value(&keyed(), &EC.sign(&both), &[]).unwrap();
    assert_eq!(authorization.audience, [ORDERS]);
    assert!(!["iss", "aud", "exp", "iat", "jti"].iter().any(|name| authorization.parameters.has(name)));
}

#[test]
fn an_error_inside_a_proven_request_object_is_redirected() {
    let jwt = EC.sign(&with(&[("scope", json!("unknown"))]));
    let refusal = by_value(&keyed(), &jwt, &[]).unwrap_err();
    assert_eq!(
        location(&refusal),
        "https://app.example.com/callback?error=invalid_scope&state=inside&iss=https%3A%2F%2Fid.example.com",
    );
    let jwt = EC.sign(&with(&[("redirect_uri", json!("https://evil.example"))]));
    assert_eq!(refused(by_value(&keyed(), &jwt, &[])), (ErrorCode::InvalidRequest, Shown::Page));
}

#[test]
fn a_request_object_that_a_server_does_not_take_is_a_page() {
    // RFC 9101 §7; were it ignored, what it protects could be changed.
    let outer = query(&[("request", "x"), ("prompt", "none")]);
    assert_eq!(refused(ask_by(&web(), &outer, None)), (ErrorCode::RequestNotSupported, Shown::Page));
    let result = decide::request_object(&keyed(), &server(), NOW, &EC.sign(&claims()), &NoJwts);
    assert_eq!(refused(result), BAD_OBJECT);
}

#[test]
fn a_request_object_satisfies_the_client_that_requires_one() {
    let client = Client { require_request_object: true, ..keyed() };
    assert!(by_value(&client, &EC.sign(&claims()), &[]).is_ok());
    // A plain push does not, a pushed object does.
    let caller = confidential(&client);
    assert_eq!(code(pushed(&caller, &form(&query(&[])))), ErrorCode::InvalidRequest);
    assert!(pushed(&caller, &form(&[("request", &EC.sign(&claims()))])).unwrap().0.signed);
    // An object by value does not make up for pushing.
    let client = Client { require_pushed_authorization: true, ..keyed() };
    let result = by_value(&client, &EC.sign(&claims()), &[]);
    assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::AfterSignIn));
}

// Pushed requests.

#[test]
fn only_what_was_pushed_counts() {
    let outer = [
        ("state", "outside"),
        ("scope", "openid stock"),
        ("redirect_uri", "https://evil.example"),
        ("code_challenge", "outside"),
        ("response_mode", "fragment"),
        ("prompt", "none"),
    ];
    let authorization = by_uri(&push(&[]), &outer).unwrap();
    assert_eq!(authorization.scopes, ["openid", "orders"]);
    assert_eq!(
        authorization.destination.location(&[("code", "c")]),
        "https://app.example.com/callback?code=c&state=xyz&iss=https%3A%2F%2Fid.example.com",
    );
    assert_eq!(authorization.code_challenge.unwrap().value, CHALLENGE);
    assert!(!authorization.prompt.none);
    assert!(authorization.redirect_uri_sent);
}

#[test]
fn a_pushed_request_satisfies_the_client_that_must_push() {
    let client = Client { require_pushed_authorization: true, ..web() };
    let request = pushed(&confidential(&client), &form(&query(&[]))).unwrap().0;
    let outer = [("client_id", "web"), ("request_uri", "urn:x")];
    assert!(ask_by(&client, &outer, Some(RequestObject::Pushed(request))).is_ok());
    assert_eq!(refused(ask(&client, &[])), (ErrorCode::InvalidRequest, Shown::AfterSignIn));
}

#[test]
fn a_request_uri_is_our_own_and_of_this_client_and_not_expired() {
    // Nothing was found for it: not ours, used, or forgotten.
    let outer = [("client_id", "web"), ("request_uri", "https://app.example.com/request.jwt")];
    assert_eq!(refused(ask_by(&web(), &outer, None)), BAD_URI);
    // Other parameters do not help it.
    let outer = query(&[("request_uri", "urn:x"), ("prompt", "none")]);
    assert_eq!(refused(ask_by(&web(), &outer, None)), BAD_URI);
    // Another client's.
    let outer = [("client_id", "spa"), ("request_uri", "urn:x")];
    assert_eq!(refused(ask_by(&spa(), &outer, Some(RequestObject::Pushed(push(&[]))))), BAD_URI);
    // Too late.
    let mut late = push(&[]);
    late.expires_at = NOW;
    assert_eq!(refused(by_uri(&late, &[("prompt", "none")])), BAD_URI);
    // An object where a `request_uri` stands.
    let object = decide::request_object(&keyed(), &server(), NOW, &EC.sign(&claims()), &Library).unwrap();
    let outer = [("client_id", "web"), ("request_uri", "urn:x")];
    assert_eq!(refused(ask_by(&keyed(), &outer, Some(RequestObject::Signed(object)))), BAD_URI);
}

#[test]
fn request_and_request_uri_exclude_each_other() {
    let result = by_uri(&push(&[]), &[("request", "x")]);
    assert_eq!(refused(result), (ErrorCode::InvalidRequest, Shown::Page));
}

#[test]
fn a_pushed_request_lives_as_long_as_client_or_server_say() {
    let request = push(&[]);
    assert_eq!((request.expires_in, request.expires_at), (600, NOW + 600));
    let last = u64::MAX - 1;
    for (lifetime, now, expected) in [(90, NOW, NOW + 90), (u32::MAX, last, u64::MAX), (9, u64::MAX, 0), (0, NOW, 0)] {
        let client = Client { pushed_authorization_lifetime: Some(lifetime), ..web() };
        let body = form(&query(&[]));
        let result = decide::push(&confidential(&client), &server(), &body, &Binding::default(), &NoJwts, now);
        // One that is over at once is refused, but nothing overflows.
        match now < expected {
            true => assert_eq!(result.unwrap().0.expires_at, expected),
            false => assert_eq!(code(result), ErrorCode::InvalidRequestUri),
        }
    }
}

#[test]
fn a_pushed_request_is_judged_as_at_the_authorization_endpoint() {
    // RFC 9126 §2.1, and all of it is a direct answer.
    for (changes, expected) in [
        (("scope", "openid unknown"), ErrorCode::InvalidScope),
        (("redirect_uri", "https://evil.example"), ErrorCode::InvalidRequest),
        (("response_type", "token"), ErrorCode::UnauthorizedClient),
        (("code_challenge", ""), ErrorCode::InvalidRequest),
        (("resource", STOCK), ErrorCode::InvalidTarget),
    ] {
        assert_eq!(code(pushed(&confidential(&web()), &form(&query(&[changes])))), expected, "{changes:?}");
    }
    let disabled = Client { enabled: false, ..web() };
    assert_eq!(code(pushed(&confidential(&disabled), &form(&query(&[])))), ErrorCode::UnauthorizedClient);
    // And judged again: the client may have lost something meanwhile.
    let request = push(&[]);
    let narrowed = Client { allowed_scopes: ["openid"].into(), ..web() };
    let outer = [("client_id", "web"), ("request_uri", "urn:x")];
    let result = ask_by(&narrowed, &outer, Some(RequestObject::Pushed(request)));
    assert_eq!(refused(result), (ErrorCode::InvalidScope, Shown::AfterSignIn));
}

#[test]
fn a_request_uri_inside_a_pushed_request_is_refused() {
    let result = pushed(&confidential(&web()), &form(&query(&[("request_uri", "urn:x")])));
    assert_eq!(code(result), ErrorCode::InvalidRequest);
}

#[test]
fn a_pushed_request_object_counts_alone_and_is_of_the_caller() {
    let caller = confidential(&keyed());
    let body = form(&[("request", &EC.sign(&claims())), ("scope", "openid stock"), ("client_id", "web")]);
    let (request, authorization) = pushed(&caller, &body).unwrap();
    assert!(request.signed);
    assert_eq!(authorization.scopes, ["openid", "orders"]);
    for (name, value) in [
        ("client_id", json!("spa")),
        ("client_id", json!(null)),
        ("client_id", json!(["web", "spa"])),
        ("request", json!("x")),
        ("request_uri", json!("urn:x")),
        ("aud", json!(["https://other.example"])),
    ] {
        let body = form(&[("request", &EC.sign(&with(&[(name, value.clone())])))]);
        assert_eq!(code(pushed(&caller, &body)), ErrorCode::InvalidRequestObject, "{name} {value}");
    }
    let body = form(&[("request", &OTHER_EC.sign(&claims()))]);
    assert_eq!(code(pushed(&caller, &body)), ErrorCode::InvalidRequestObject);
    let body = form(&[("request", &EC.sign(&claims()))]);
    let result = decide::push(&caller, &server(), &body, &Binding::default(), &NoJwts, NOW);
    assert_eq!(code(result), ErrorCode::InvalidRequestObject);
}

#[test]
fn a_pushed_request_is_of_the_client_that_authenticated() {
    // It may be named by its authentication alone.
    for client_id in ["web", ""] {
        let request = pushed(&confidential(&web()), &form(&query(&[("client_id", client_id)]))).unwrap().0;
        assert_eq!(request.client_id, "web");
        assert!(by_uri(&request, &[]).is_ok());
    }
    let empty = parsed(&format!("client_id=&{}", encoded(&query(&[("client_id", "")]))));
    assert!(pushed(&confidential(&web()), &empty).is_ok());
    let result = pushed(&confidential(&web()), &form(&query(&[("client_id", "spa")])));
    assert_eq!(code(result), ErrorCode::InvalidRequest);
    // A public client may push as well.
    let request = pushed(&public(&spa()), &form(&query(&[("client_id", "spa")]))).unwrap().0;
    assert_eq!(request.client_id, "spa");
}

#[test]
fn no_credential_is_kept_with_a_pushed_request() {
    let body = form(&query(&[
        ("client_secret", SECRET),
        ("client_assertion", "x"),
        ("client_assertion_type", "y"),
        ("login_hint", "alice"),
    ]));
    let request = pushed(&confidential(&web()), &body).unwrap().0;
    assert!(request.parameters.has("login_hint"));
    assert!(
        !["client_secret", "client_assertion", "client_assertion_type"].iter().any(|name| request.parameters.has(name))
    );
}

#[test]
fn a_repeated_parameter_in_a_pushed_request_is_refused() {
    let usual = encoded(&query(&[]));
    for more in ["state=a", "client_id=web", "redirect_uri=", "login_hint=a&login_hint=b", "request=a&request=b"] {
        let result = pushed(&confidential(&web()), &parsed(&format!("{usual}&{more}")));
        assert_eq!(code(result), ErrorCode::InvalidRequest, "{more}");
    }
}

#[test]
fn a_pushed_request_is_bound_to_the_key_of_its_proof() {
    // RFC 9449 §10.1: the proof that comes with it does what `dpop_jkt` does.
    let pushed = |changes: &[(&str, &str)], sender: &Binding| {
        let body = form(&query(changes));
        decide::push(&confidential(&web()), &server(), &body, sender, &NoJwts, NOW)
    };
    let unbound = Binding::default();
    for (changes, sender) in [(&[][..], held(JKT)), (&[("dpop_jkt", JKT)], held(JKT)), (&[("dpop_jkt", JKT)], unbound)]
    {
        let (request, authorization) = pushed(changes, &sender).unwrap();
        assert_eq!(authorization.dpop_jkt.as_deref(), Some(JKT));
        assert_eq!(by_uri(&request, &[]).unwrap().dpop_jkt.as_deref(), Some(JKT));
    }
    assert_eq!(code(pushed(&[("dpop_jkt", OTHER_JKT)], &held(JKT))), ErrorCode::InvalidRequest);
    // One that is empty is none.
    let empty = parsed(&format!("{}&dpop_jkt=", encoded(&query(&[]))));
    let result = decide::push(&confidential(&web()), &server(), &empty, &held(JKT), &NoJwts, NOW);
    assert_eq!(result.unwrap().1.dpop_jkt.as_deref(), Some(JKT));
}

#[test]
fn a_pushed_request_can_be_kept_anywhere() {
    let request = push(&[("login_hint", "a b&c")]);
    // As rows of texts and numbers, and back.
    let rows: Vec<(String, String)> =
        request.parameters.iter().map(|(name, value)| (name.into(), value.into())).collect();
    let again = PushedRequest {
        client_id: request.client_id.clone(),
        parameters: Parameters::from_pairs(rows).unwrap(),
        expires_at: request.expires_at,
        expires_in: request.expires_in,
        ..PushedRequest::default()
    };
    assert_eq!(again, request);
}

#[test]
fn a_request_that_waited_is_decided_anew_by_the_time_at_which_it_came() {
    // What a server keeps while the user signs in: the query, the JWT, what was pushed, and the time.
    let jwt = EC.sign(&claims());
    let outer = [("client_id", "web"), ("request", jwt.as_str())];
    let signed = || RequestObject::Signed(decide::request_object(&keyed(), &server(), NOW, &jwt, &Library).unwrap());
    let first = ask_by(&keyed(), &outer, Some(signed())).unwrap();
    assert_eq!(first.requested_at, NOW);
    assert_eq!(ask_by(&keyed(), &outer, Some(signed())).unwrap(), first);
    // The record of then counts.
    let narrowed = Client { allowed_scopes: ["openid"].into(), ..keyed() };
    assert_eq!(refused(ask_by(&narrowed, &outer, Some(signed()))), (ErrorCode::InvalidScope, Shown::AfterSignIn));
    // By the time at which the user comes back, both would have expired.
    let late = NOW + 3600;
    let result = decide::request_object(&keyed(), &server(), late, &jwt, &Library);
    assert_eq!(refused(result), BAD_OBJECT);
    let outer = form(&[("client_id", "web"), ("request_uri", "urn:x")]);
    let by_then = |now| decide::authorize(Some(&web()), &server(), &outer, Some(RequestObject::Pushed(push(&[]))), now);
    assert_eq!(refused(by_then(late)), BAD_URI);
    assert_eq!(by_then(NOW), by_uri(&push(&[]), &[]));
}

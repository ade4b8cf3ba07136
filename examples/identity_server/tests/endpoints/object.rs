//! Signed request objects (RFC 9101): only what the client has signed counts, and only for this server and client.

use serde_json::{Value, json};

use crate::keys::{Key, by_public_key, now, unique, unsigned, with};
use crate::support::{Answer, Ask, Browser, CHALLENGE, MVC, Server, encoded, location, parameters};

const URI: &str = "http://localhost:21404/callback";

fn claims(server: &Server) -> Value {
    json!({
        "iss": "ledger", "aud": server.issuer, "exp": now() + 600, "client_id": "ledger", "response_type": "code",
        "redirect_uri": URI, "scope": "openid api1", "state": "s", "nonce": "n",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    })
}

/// A request object that is pushed, by the client that the key proves.
fn push(server: &Server, key: &Key, object: &str) -> Answer {
    let claims = json!({
        "iss": "ledger", "sub": "ledger", "aud": server.issuer, "jti": unique(), "exp": now() + 600,
    });
    let kind = encoded("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    let proof = format!("client_assertion={}&client_assertion_type={kind}", key.jwt(&claims));
    server.form("/par", None, &format!("{proof}&request={object}"))
}

#[track_caller]
fn assert_shown(what: &str, answer: &Answer, refusal: &str) {
    let text = format!("The application asked for something that it may not have ({refusal}). Tell its makers.");
    answer.assert_page(what, 400, "This does not work", &text);
}

#[test]
fn an_object_that_the_client_has_not_signed_for_this_server_leads_nowhere() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let (key, other) = (Key::of_ledger(), Key::new());
    let good = claims(&server);
    let signed = key.jwt(&good);
    let bad = "invalid_request_object: the request object is malformed, not signed by the client, not for this server, or expired";
    let inside = "invalid_request_object: the request object is of another client, or holds one itself";
    for (what, object, refusal) in [
        ("no JWT", "x".to_owned(), bad),
        ("not signed", signed.rsplit_once('.').unwrap().0.to_owned() + ".", bad),
        ("with the algorithm none", unsigned(&json!({ "alg": "none" }), &good), bad),
        ("by the public key as a secret", by_public_key(&key, &good), bad),
        ("by another key", other.jwt(&good), bad),
        ("by another key, which it names", other.sign(&json!({ "alg": "ES256", "jwk": other.jwk }), &good), bad),
        ("by another algorithm's name", key.sign(&json!({ "alg": "PS256" }), &good), bad),
        ("expired", key.jwt(&with(&good, &[("exp", json!(now() - 1))])), bad),
        ("not yet", key.jwt(&with(&good, &[("nbf", json!(now() + 1_800))])), bad),
        ("by another issuer", key.jwt(&with(&good, &[("iss", json!("mvc"))])), bad),
        ("for another server", key.jwt(&with(&good, &[("aud", json!("https://other.example"))])), bad),
        (
            "for other servers",
            key.jwt(&with(&good, &[("aud", json!(["https://a.example", "https://b.example"]))])),
            bad,
        ),
        ("an end that is no time", key.jwt(&with(&good, &[("exp", json!("soon"))])), bad),
        ("of another client", key.jwt(&with(&good, &[("client_id", json!("mvc"))])), inside),
        ("of no client", key.jwt(&with(&good, &[("client_id", Value::Null)])), inside),
        ("of two clients", key.jwt(&with(&good, &[("client_id", json!(["ledger", "mvc"]))])), inside),
        ("with an object in it", key.jwt(&with(&good, &[("request", json!(signed))])), inside),
        ("with a request_uri in it", key.jwt(&with(&good, &[("request_uri", json!("urn:x"))])), inside),
        (
            "an assertion",
            key.jwt(
                &json!({ "iss": "ledger", "sub": "ledger", "aud": server.issuer, "jti": unique(), "exp": now() + 600 }),
            ),
            inside,
        ),
        (
            "a redirect URI that is not registered",
            key.jwt(&with(&good, &[("redirect_uri", json!("https://evil.example/"))])),
            "invalid_request: redirect_uri is not registered for this client",
        ),
        (
            "two redirect URIs",
            key.jwt(&with(&good, &[("redirect_uri", json!([URI, "https://evil.example/"]))])),
            "invalid_request: redirect_uri is repeated",
        ),
        (
            "a redirect URI that is no text",
            key.jwt(&with(&good, &[("redirect_uri", json!({ "uri": URI }))])),
            "invalid_request: redirect_uri is missing",
        ),
    ] {
        assert_shown(what, &alice.get(&format!("/authorize?client_id=ledger&request={object}")), refusal);
        // Pushed by the client itself, it is refused as well.
        push(&server, &key, &object).assert_refused(what, refusal.split(':').next().unwrap());
    }
    // The client is named outside, too, and what it is not signed for is not another's.
    for (what, query, refusal) in [
        ("no client outside", format!("request={signed}"), "invalid_request: client_id is missing"),
        ("another client outside", format!("client_id=mvc&request={signed}"), bad),
        (
            "two objects",
            format!("client_id=ledger&request={signed}&request={signed}"),
            "invalid_request: request is repeated",
        ),
        (
            "an object and another's address",
            format!("client_id=ledger&request={signed}&request_uri=https%3A%2F%2Fevil.example"),
            "invalid_request: request and request_uri exclude each other",
        ),
    ] {
        assert_shown(what, &alice.get(&format!("/authorize?{query}")), refusal);
    }
}

#[test]
fn only_what_is_inside_counts() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let key = Key::of_ledger();
    let good = claims(&server);
    // Whatever stands beside it (RFC 9101 §6.3).
    let query = format!(
        "client_id=ledger&request={}&redirect_uri=https%3A%2F%2Fevil.example&scope=openid&state=evil\
         &response_mode=fragment&response_type=token&nonce=evil&code_challenge=x",
        key.jwt(&good)
    );
    let answer = alice.get(&format!("/authorize?{query}"));
    assert!(answer.location().starts_with(&format!("{URI}?code=")), "{}", answer.location());
    assert_eq!(parameters(answer.location())["state"], "s");
    for (what, changes, error, description) in [
        (
            "a bad scope",
            vec![("scope", json!("api3"))],
            "invalid_scope",
            "a scope is unknown or not allowed to this client",
        ),
        ("no response type", vec![("response_type", Value::Null)], "invalid_request", "response_type is missing"),
        (
            "no challenge",
            vec![("code_challenge", Value::Null)],
            "invalid_request",
            "code_challenge_method without code_challenge",
        ),
        ("a scope twice", vec![("scope", json!(["openid", "api1"]))], "invalid_request", "scope is repeated"),
        ("a negative age", vec![("max_age", json!(-1))], "invalid_request", "max_age is not a number of seconds"),
    ] {
        let answer = alice.get(&format!("/authorize?client_id=ledger&request={}", key.jwt(&with(&good, &changes))));
        let response = [("error", error), ("error_description", description), ("state", "s"), ("iss", &*server.issuer)];
        assert_eq!(answer.location(), location(&format!("{URI}?"), &response), "{what}");
    }
    // Pushed, it is as good.
    let pushed = push(&server, &key, &key.jwt(&good));
    assert_eq!(pushed.status(), 201);
    let uri = pushed.json()["request_uri"].as_str().unwrap().to_owned();
    let answer = alice.get(&format!("/authorize?client_id=ledger&request_uri={uri}"));
    assert!(answer.location().starts_with(&format!("{URI}?code=")), "{}", answer.location());
    // Without one, the client is refused, though its user may be sent back (the address is registered).
    let plain = format!("client_id=ledger&response_type=code&scope=openid&redirect_uri={}", encoded(URI));
    let response = [
        ("error", "invalid_request"),
        ("error_description", "the client must send a signed request object"),
        ("iss", &*server.issuer),
    ];
    assert_eq!(alice.get(&format!("/authorize?{plain}")).location(), location(&format!("{URI}?"), &response));
    // A client without a key has no objects.
    let object = key.jwt(&with(&good, &[("iss", json!("mvc")), ("client_id", json!("mvc"))]));
    let answer = alice.get(&format!("/authorize?{MVC}&request={object}"));
    assert_eq!(answer.page().1, "This does not work");
}

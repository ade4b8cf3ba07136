//! Clients that prove themselves by a signed assertion (RFC 7523), and those who would pass for them.

use serde_json::{Value, json};

use crate::keys::{Key, by_public_key, now, unique, unsigned, with};
use crate::support::{Ask, FORM, SERVICE_PAIR, Server, encoded};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A good assertion of `ledger`.
fn claims(server: &Server) -> Value {
    json!({
        "iss": "ledger", "sub": "ledger", "aud": server.issuer, "jti": unique(), "iat": now(), "exp": now() + 600,
    })
}

fn body(assertion: &str) -> String {
    format!("grant_type=client_credentials&client_assertion={assertion}&client_assertion_type={}", encoded(TYPE))
}

#[test]
fn an_assertion_is_the_clients_own_for_this_server_now_and_once() {
    let server = Server::start();
    let key = Key::of_ledger();
    let hour = 3_600;
    for (what, changes) in [
        ("of nobody", vec![("iss", json!("nobody")), ("sub", json!("nobody"))]),
        ("of a client without a key", vec![("iss", json!("mvc")), ("sub", json!("mvc"))]),
        ("of a public client", vec![("iss", json!("wallet")), ("sub", json!("ledger"))]),
        ("by another issuer", vec![("iss", json!("mvc"))]),
        ("without an issuer", vec![("iss", Value::Null)]),
        ("without a subject", vec![("sub", Value::Null)]),
        ("a subject that is no text", vec![("sub", json!(["ledger"]))]),
        ("for another server", vec![("aud", json!("https://other.example"))]),
        ("for the token endpoint", vec![("aud", json!(format!("{}/token", server.issuer)))]),
        ("for this server and another", vec![("aud", json!([server.issuer, "https://other.example"]))]),
        ("for this server in a list", vec![("aud", json!([server.issuer]))]),
        ("for this server with a slash", vec![("aud", json!(format!("{}/", server.issuer)))]),
        ("for nobody", vec![("aud", Value::Null)]),
        ("expired", vec![("exp", json!(now() - 1))]),
        ("long expired", vec![("exp", json!(0))]),
        ("without an end", vec![("exp", Value::Null)]),
        ("for ever", vec![("exp", json!(u64::MAX))]),
        ("for hours", vec![("exp", json!(now() + 2 * hour))]),
        ("an end that is no time", vec![("exp", json!("soon"))]),
        ("an end before the beginning of time", vec![("exp", json!(-1))]),
        ("not yet", vec![("nbf", json!(now() + hour / 2))]),
        ("from the future", vec![("iat", json!(now() + hour / 2))]),
        ("without a name", vec![("jti", Value::Null)]),
        ("with an empty name", vec![("jti", json!(""))]),
        ("with a name that is no text", vec![("jti", json!(1))]),
    ] {
        let assertion = key.jwt(&with(&claims(&server), &changes));
        server.form("/token", None, &body(&assertion)).assert_refused(what, "invalid_client");
    }
    let good = claims(&server);
    let signed = key.jwt(&good);
    let (message, signature) = signed.rsplit_once('.').unwrap();
    let (_, claims_part) = message.split_once('.').unwrap();
    let other = Key::new();
    for (what, assertion) in [
        ("nothing", String::new()),
        ("no JWT", "x".to_owned()),
        ("two parts", "e30.e30".to_owned()),
        ("four parts", format!("{signed}.x")),
        ("no JSON", "eA.eA.eA".to_owned()),
        ("a list", "e30.W10.e30".to_owned()),
        ("not signed", format!("{message}.")),
        ("with the algorithm none", unsigned(&json!({ "alg": "none" }), &good)),
        ("with none in another case", unsigned(&json!({ "alg": "nOnE" }), &good)),
        ("by the public key as a secret", by_public_key(&key, &good)),
        ("by another key", other.jwt(&good)),
        ("by another key, which it names", other.sign(&json!({ "alg": "ES256", "jwk": other.jwk }), &good)),
        ("by another algorithm's name", key.sign(&json!({ "alg": "RS256" }), &good)),
        ("by an unknown algorithm", key.sign(&json!({ "alg": "ES257" }), &good)),
        ("with what must be understood", key.sign(&json!({ "alg": "ES256", "crit": ["x"], "x": 1 }), &good)),
        ("a signature of something else", format!("e30.{claims_part}.{signature}")),
        ("a signature with a character more", format!("{signed}A")),
        ("this server's own token", token_of_this_server(&server)),
    ] {
        server.form("/token", None, &body(&assertion)).assert_refused(what, "invalid_client");
    }
    // How it is sent.
    let kind = format!("client_assertion_type={}", encoded(TYPE));
    for (what, pair, form, error) in [
        ("without its type", None, format!("client_assertion={signed}"), "invalid_client"),
        ("by another type", None, format!("client_assertion={signed}&client_assertion_type=saml2"), "invalid_client"),
        ("a type alone", None, kind.clone(), "invalid_client"),
        ("for another client", None, format!("client_id=mvc&client_assertion={signed}&{kind}"), "invalid_client"),
        ("with a secret", None, format!("client_secret=x&client_assertion={signed}&{kind}"), "invalid_request"),
        ("with a pair", Some(SERVICE_PAIR), format!("client_assertion={signed}&{kind}"), "invalid_request"),
        ("twice", None, format!("client_assertion={signed}&client_assertion={signed}&{kind}"), "invalid_request"),
        (
            "the key as a secret",
            Some("ledger:870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"),
            String::new(),
            "invalid_client",
        ),
        ("the client alone", None, "client_id=ledger".to_owned(), "invalid_client"),
    ] {
        let form = format!("grant_type=client_credentials&{form}");
        server.form("/token", pair, &form).assert_refused(what, error);
    }
    let query =
        server.post(&format!("/token?client_assertion={signed}&{kind}"), FORM, &[], "grant_type=client_credentials");
    query.assert_refused("in the address", "invalid_request");

    // None of this has used it up: it counts, and never again, at no endpoint.
    let answer = server.form("/token", None, &body(&signed));
    assert_eq!(answer.json()["scope"], "api1", "{}", answer.text());
    for path in ["/token", "/introspect", "/revoke", "/par"] {
        server.form(path, None, &format!("{}&token=x", body(&signed))).assert_refused(path, "invalid_client");
    }
    // Another one does, with the client's id beside it and where a time has a fraction (RFC 7519 §2).
    let another = key.jwt(&with(&claims(&server), &[("exp", json!(now() as f64 + 600.5))]));
    let answer = server.form("/introspect", None, &format!("client_id=ledger&{}&token=x", body(&another)));
    assert_eq!(answer.json(), json!({ "active": false }));
}

fn token_of_this_server(server: &Server) -> String {
    let tokens = server.form("/token", Some(SERVICE_PAIR), "grant_type=client_credentials").json();
    tokens["access_token"].as_str().unwrap().to_owned()
}

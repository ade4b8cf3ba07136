//! The token endpoint (RFC 6749 §3.2): who gets what, and who gets nothing.

use jsonwebtoken::{Algorithm, TokenData};
use serde_json::json;

use crate::support::{FORM, Server, basic};

#[test]
fn a_client_gets_a_token_that_an_api_can_check() {
    let server = Server::start();
    let headers = [("authorization", &*basic("service.client:secret"))];
    let token = server.token(&headers, "grant_type=client_credentials&scope=api1").access_token("api1");

    // RFC 9068 §2: explicitly typed, and for this server's APIs only.
    let TokenData { header, mut claims } = server.verify(&token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    assert_eq!(header.alg, Algorithm::RS256);
    let issued = claims["iat"].as_u64().unwrap();
    assert_eq!(claims["exp"], issued + 3600);
    // 256 random bits.
    assert_eq!(claims["jti"].as_str().unwrap().len(), 43);
    for changing in ["iat", "exp", "jti"] {
        claims[changing].take();
    }
    assert_eq!(
        claims,
        json!({
            "iss": server.issuer,
            "sub": "service.client",
            "client_id": "service.client",
            "aud": format!("{}/resources", server.issuer),
            "scope": "api1",
            "iat": null, "exp": null, "jti": null,
        })
    );

    // One changed character in the middle of the signature.
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let middle = signature.len() / 2;
    let other = if signature.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let forged = format!("{signed}.{}{other}{}", &signature[..middle], &signature[middle + 1..]);
    assert!(server.verify(&forged).is_err());
    // Each start makes a new key.
    let restarted = Server::start();
    assert_ne!(server.get("/jwks").json(), restarted.get("/jwks").json());
}

#[test]
fn there_are_several_ways_to_ask() {
    let server = Server::start();
    let basic = |pair| vec![("authorization", basic(pair))];
    for (headers, body, scope) in [
        (basic("service.client:secret"), "grant_type=client_credentials", "api1 api2.read_only"),
        (basic("service.client:secret"), "grant_type=client_credentials&scope=", "api1 api2.read_only"),
        (basic("service%2Eclient:%73ecre%74"), "grant_type=client_credentials&scope=api1", "api1"),
        (basic("service.client:secret"), "grant_type=client_credentials&client_id=service.client&scope=api1", "api1"),
        (
            vec![],
            "grant_type=client_credentials&client_id=service.client&client_secret=secret&scope=api2.read_only+api1",
            "api2.read_only api1",
        ),
    ] {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let token = server.token(&headers, body).access_token(scope);
        assert_eq!(server.verify(&token).unwrap().claims["scope"], scope, "{body}");
    }
    let parameterized = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    let body = "grant_type=client_credentials&client_id=service.client&client_secret=secret&scope=api1";
    server.post("/token", parameterized, &[], body).access_token("api1");
}

#[test]
fn everything_else_is_refused_by_the_book() {
    const OK: Option<&str> = Some("service.client:secret");
    // What is wrong, the pair for Basic, the body, the error.
    let cases = [
        // Who asks.
        ("wrong secret", Some("service.client:Secret"), "grant_type=client_credentials", "invalid_client"),
        ("empty secret", Some("service.client:"), "grant_type=client_credentials", "invalid_client"),
        ("unknown client", Some("nobody:secret"), "grant_type=client_credentials", "invalid_client"),
        ("client id in another case", Some("Service.Client:secret"), "grant_type=client_credentials", "invalid_client"),
        ("nobody asks", None, "grant_type=client_credentials", "invalid_client"),
        (
            "wrong secret in the body",
            None,
            "grant_type=client_credentials&client_id=service.client&client_secret=wrong",
            "invalid_client",
        ),
        ("no secret", None, "grant_type=client_credentials&client_id=service.client", "invalid_client"),
        (
            "unknown client in the body",
            None,
            "grant_type=client_credentials&client_id=nobody&client_secret=secret",
            "invalid_client",
        ),
        ("Basic without a colon", Some("service.client"), "grant_type=client_credentials", "invalid_client"),
        (
            "Basic with a broken escape",
            Some("service.client:secret%"),
            "grant_type=client_credentials",
            "invalid_client",
        ),
        ("a plus is a space", Some("service.client:sec+ret"), "grant_type=client_credentials", "invalid_client"),
        // How it proves that.
        ("two methods", OK, "grant_type=client_credentials&client_secret=secret", "invalid_request"),
        (
            "two methods, both complete",
            OK,
            "grant_type=client_credentials&client_id=service.client&client_secret=secret",
            "invalid_request",
        ),
        ("a secret and an assertion", OK, "grant_type=client_credentials&client_assertion=x", "invalid_request"),
        ("two clients", OK, "grant_type=client_credentials&client_id=mvc", "invalid_request"),
        // The grant.
        ("no grant type", OK, "scope=api1", "invalid_request"),
        ("empty grant type", OK, "grant_type=&scope=api1", "invalid_request"),
        ("empty body", OK, "", "invalid_request"),
        ("unknown grant type", OK, "grant_type=magic", "unsupported_grant_type"),
        ("unknown extension grant", OK, "grant_type=urn:example:magic", "unsupported_grant_type"),
        ("implicit never comes here", OK, "grant_type=implicit", "unsupported_grant_type"),
        ("grant of others", OK, "grant_type=authorization_code&code=x", "unauthorized_client"),
        ("a grant that is not served", OK, "grant_type=password&username=a&password=b", "unsupported_grant_type"),
        (
            "the client's own grants do not have it",
            Some("mvc:secret"),
            "grant_type=client_credentials",
            "unauthorized_client",
        ),
        ("a code that was never issued", Some("mvc:secret"), "grant_type=authorization_code&code=x", "invalid_grant"),
        ("public client", None, "grant_type=client_credentials&client_id=js", "unauthorized_client"),
        (
            "public client with a secret",
            None,
            "grant_type=client_credentials&client_id=js&client_secret=secret",
            "unauthorized_client",
        ),
        // The scope.
        ("scope of nobody", OK, "grant_type=client_credentials&scope=api3", "invalid_scope"),
        ("one scope too many", OK, "grant_type=client_credentials&scope=api1+api3", "invalid_scope"),
        ("scope in another case", OK, "grant_type=client_credentials&scope=API1", "invalid_scope"),
        ("malformed scope", OK, "grant_type=client_credentials&scope=api1++api2.read_only", "invalid_scope"),
        ("identity scope", OK, "grant_type=client_credentials&scope=openid", "invalid_scope"),
        ("offline access", OK, "grant_type=client_credentials&scope=api1+offline_access", "invalid_scope"),
        ("unknown resource", OK, "grant_type=client_credentials&resource=https://other.example.com", "invalid_target"),
        // The form.
        ("repeated scope", OK, "grant_type=client_credentials&scope=api1&scope=api1", "invalid_request"),
        ("repeated grant type", OK, "grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ("repeated unknown parameter", OK, "grant_type=client_credentials&x=1&x=2", "invalid_request"),
        ("broken escape", OK, "grant_type=client_credentials&scope=%2", "invalid_request"),
        ("not UTF-8", OK, "grant_type=client_credentials&scope=%FF", "invalid_request"),
    ];

    let server = Server::start();
    for (what, pair, body, error) in cases {
        let header = pair.map(basic);
        let headers: Vec<_> = header.iter().map(|value| ("authorization", value.as_str())).collect();
        server.token(&headers, body).assert_refused(what, error);
    }

    // What needs more than a pair and a body.
    let good = ("authorization", &*basic("service.client:secret"));
    let body = "grant_type=client_credentials";
    for value in ["Basic", "Basic !", "Basic c2VydmljZS5jbGllbnQ6c2VjcmV0=", "Bearer c2VydmljZS5jbGllbnQ6c2VjcmV0"] {
        server.token(&[("authorization", value)], body).assert_refused(value, "invalid_client");
    }
    server.token(&[good, good], body).assert_refused("two headers", "invalid_request");
    for query in ["client_id=service.client&client_secret=secret", "client_id=service.client", "%63lient_assertion=x"] {
        server.post(&format!("/token?{query}"), FORM, &[good], body).assert_refused(query, "invalid_request");
    }
    let json = r#"{"grant_type":"client_credentials"}"#;
    server.post("/token", "application/json", &[good], json).assert_refused("JSON", "invalid_request");
    // The limit, and one byte more: a server that stops reading any earlier may close the connection while we still send.
    let padded = |length| format!("{body}&x={:x>1$}", "", length - body.len() - 3);
    server.token(&[good], &padded(4 * guestlist::MAX_SECRET_LENGTH)).access_token("api1 api2.read_only");
    let long = padded(4 * guestlist::MAX_SECRET_LENGTH + 1);
    server.token(&[good], &long).assert_refused("a long body", "invalid_request");
    let long = basic(&format!("service.client:{}", "x".repeat(5_000)));
    server.token(&[("authorization", &long)], body).assert_refused("a long secret", "invalid_client");

    let get = server.get("/token");
    assert_eq!((get.status(), get.header("allow")), (405, "POST"));
    assert_eq!(server.get("/tokens").status(), 404);
}

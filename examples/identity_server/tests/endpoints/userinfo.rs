//! The userinfo endpoint (OpenID Connect Core §5.3): which access token it takes, and how that may come (RFC 6750).

use serde_json::json;

use crate::support::{Ask, Browser, FORM, JS, NATIVE, SERVICE_PAIR, Server, VERIFIER, changed};

#[test]
fn a_token_comes_in_one_way_and_counts_or_there_is_a_challenge() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let js = alice.authorize(JS, "alice");
    let (good, id_token) = (js["access_token"].as_str(), js["id_token"].as_str());
    let api = alice.authorize(&changed(JS, &["response_type=token", "scope=api1"]), "alice")["access_token"].clone();
    let machine = server.form("/token", Some(SERVICE_PAIR), "grant_type=client_credentials").json();
    let machine = machine["access_token"].as_str().unwrap().to_owned();
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    let none = (401, "Bearer");
    let invalid =
        (401, "Bearer error=\"invalid_token\", error_description=\"the access token is unknown, expired or revoked\"");
    let unbound = (
        401,
        "DPoP error=\"invalid_token\", error_description=\"the access token is unknown, expired or revoked\", \
         algs=\"ES256 PS256 RS256\"",
    );
    let several =
        (400, "Bearer error=\"invalid_request\", error_description=\"the access token is sent in more than one way\"");
    let headers =
        (400, "Bearer error=\"invalid_request\", error_description=\"there is more than one Authorization header\"");
    let repeated = (400, "Bearer error=\"invalid_request\", error_description=\"access_token is repeated\"");
    let utf8 = (400, "Bearer error=\"invalid_request\", error_description=\"a parameter is not form-encoded UTF-8\"");
    let not_enough =
        (403, "Bearer error=\"insufficient_scope\", error_description=\"the access token is not of a user\"");
    let bearer = |token: &str| format!("Bearer {token}");
    let form = ("content-type", FORM);
    let in_form = format!("access_token={good}");
    let (signed, _) = good.rsplit_once('.').unwrap();
    for (what, method, path, values, body, (status, challenge)) in [
        ("nothing", "GET", "/userinfo", vec![], None, none),
        ("nothing posted", "POST", "/userinfo", vec![form], Some(""), none),
        ("an empty header", "GET", "/userinfo", vec![("authorization", "")], None, none),
        ("a scheme alone", "GET", "/userinfo", vec![("authorization", "Bearer")], None, none),
        ("the client's pair", "GET", "/userinfo", vec![("authorization", "Basic anM6")], None, none),
        ("as if bound", "GET", "/userinfo", vec![("authorization", &*format!("DPoP {good}"))], None, unbound),
        ("no scheme", "GET", "/userinfo", vec![("authorization", good)], None, none),
        ("in the address", "GET", &*format!("/userinfo?access_token={good}"), vec![], None, none),
        ("in a body that is no form", "POST", "/userinfo", vec![("content-type", "text/plain")], Some(&*in_form), none),
        ("in JSON", "POST", "/userinfo", vec![("content-type", "application/json")], Some("{}"), none),
        ("an empty token", "GET", "/userinfo", vec![("authorization", "Bearer ")], None, none),
        ("a token of nobody", "GET", "/userinfo", vec![("authorization", "Bearer x")], None, invalid),
        ("an ID token", "GET", "/userinfo", vec![("authorization", &*bearer(id_token))], None, invalid),
        ("a code", "GET", "/userinfo", vec![("authorization", &*bearer(&code))], None, invalid),
        ("not signed", "GET", "/userinfo", vec![("authorization", &*bearer(&format!("{signed}.")))], None, invalid),
        (
            "with a space",
            "GET",
            "/userinfo",
            vec![("authorization", &*bearer(&good.replacen('.', " ", 1)))],
            None,
            invalid,
        ),
        ("in two places", "POST", "/userinfo", vec![form, ("authorization", &*bearer(good))], Some(&*in_form), several),
        ("two headers", "GET", "/userinfo", vec![("authorization", &*bearer(good)); 2], None, headers),
        ("twice in the form", "POST", "/userinfo", vec![form], Some(&*format!("{in_form}&{in_form}")), repeated),
        ("a broken escape", "POST", "/userinfo", vec![form], Some(&*format!("{in_form}%")), utf8),
        ("a machine's", "GET", "/userinfo", vec![("authorization", &*bearer(&machine))], None, not_enough),
        ("without openid", "GET", "/userinfo", vec![("authorization", &*bearer(&api))], None, not_enough),
    ] {
        let answer = server.ask(method, path, &values, body);
        assert_eq!((answer.status(), answer.header("www-authenticate")), (status, challenge), "{what}");
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    }
    for method in ["PUT", "DELETE", "PATCH"] {
        let answer = server.ask(method, "/userinfo", &[("authorization", &bearer(good))], None);
        assert_eq!((answer.status(), answer.header("allow")), (405, "GET,HEAD,POST"), "{method}");
    }

    // Each way that there is, and a scheme in any case (RFC 9110 §11.1).
    let claims = json!({
        "sub": "818727", "name": "Alice Smith", "given_name": "Alice", "family_name": "Smith", "preferred_username": "alice",
    });
    for (what, method, values, body) in [
        ("a header", "GET", vec![("authorization", bearer(good))], None),
        ("a posted header", "POST", vec![("authorization", bearer(good))], Some("")),
        ("a scheme in another case", "GET", vec![("authorization", format!("bearer {good}"))], None),
        ("a form", "POST", vec![("content-type", FORM.to_owned())], Some(&*in_form)),
    ] {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = server.ask(method, "/userinfo", &values, body);
        assert_eq!((answer.status(), answer.json()), (200, claims.clone()), "{what}");
        answer.assert_not_stored();
    }
}

#[test]
fn a_script_of_one_client_does_not_read_what_another_may_know() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let js = alice.authorize(JS, "alice")["access_token"].clone();
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    let redeem = format!(
        "grant_type=authorization_code&client_id=native&code={code}&code_verifier={VERIFIER}\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback"
    );
    let native = server.form("/token", None, &redeem).json()["access_token"].as_str().unwrap().to_owned();
    for (what, origin, token, status, readable) in [
        ("its own", "http://localhost:7017", &js, 200, true),
        ("the server's own", server.issuer.as_str(), &js, 200, false),
        ("a client that has no scripts", "http://localhost:7017", &native, 200, false),
        ("no token that counts", "http://localhost:7017", &"x".to_owned(), 401, false),
        ("a stranger", "https://evil.example", &js, 200, false),
        ("another port", "http://localhost:7018", &js, 200, false),
        ("another case", "http://LOCALHOST:7017", &js, 200, false),
        ("nowhere", "null", &js, 200, false),
    ] {
        let headers = [("authorization", &*format!("Bearer {token}")), ("origin", origin)];
        let answer = server.ask("GET", "/userinfo", &headers, None);
        assert_eq!(answer.status(), status, "{what}");
        assert_eq!(answer.header("access-control-allow-origin"), if readable { origin } else { "" }, "{what}");
        assert!(answer.header("vary").contains("origin"), "{what}");
    }
}

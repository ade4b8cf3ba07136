//! Introspection (RFC 7662): who may ask, and that an answer tells nothing of what does not count.

use serde_json::json;

use crate::support::{Ask, Browser, FORM, JS, MVC_PAIR, NATIVE, PORTAL, PORTAL_PAIR, SERVICE_PAIR, Server, VERIFIER};

#[test]
fn only_who_has_proven_itself_may_ask() {
    let server = Server::start();
    for (what, pair, body, error, description) in [
        ("nobody", None, "token=x", "invalid_client", "no client authentication is included"),
        (
            "a public client",
            None,
            "client_id=native&token=x",
            "invalid_client",
            "a public client may not ask about tokens",
        ),
        (
            "one with a secret that it does not have",
            Some("native:secret"),
            "token=x",
            "invalid_client",
            "a public client may not ask about tokens",
        ),
        (
            "the implicit client",
            None,
            "client_id=js&token=x",
            "invalid_client",
            "a public client may not ask about tokens",
        ),
        ("an unknown client", Some("nobody:secret"), "token=x", "invalid_client", "client authentication failed"),
        ("a wrong secret", Some("mvc:wrong"), "token=x", "invalid_client", "client authentication failed"),
        ("no secret", None, "client_id=mvc&token=x", "invalid_client", "client authentication failed"),
        (
            "two methods",
            Some(MVC_PAIR),
            "client_secret=secret&token=x",
            "invalid_request",
            "more than one client authentication method is used",
        ),
        ("no token", Some(MVC_PAIR), "", "invalid_request", "token is missing"),
        ("an empty token", Some(MVC_PAIR), "token=", "invalid_request", "token is missing"),
        ("two tokens", Some(MVC_PAIR), "token=x&token=y", "invalid_request", "token is repeated"),
        (
            "two hints",
            Some(MVC_PAIR),
            "token=x&token_type_hint=a&token_type_hint=b",
            "invalid_request",
            "token_type_hint is repeated",
        ),
        ("a broken escape", Some(MVC_PAIR), "token=%", "invalid_request", "a parameter is not form-encoded UTF-8"),
    ] {
        let answer = server.form("/introspect", pair, body);
        answer.assert_refused(what, error);
        assert_eq!(answer.json()["error_description"], description, "{what}");
    }
    // A token does not authenticate anybody here.
    let token = server.form("/token", Some(SERVICE_PAIR), "grant_type=client_credentials").json();
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let answer = server.post("/introspect", FORM, &[("authorization", &bearer)], "token=x");
    answer.assert_refused("a bearer token", "invalid_client");
    let script = server.post(
        "/introspect",
        FORM,
        &[("origin", "http://localhost:7017")],
        "client_id=mvc&client_secret=secret&token=x",
    );
    assert_eq!((script.status(), script.header("access-control-allow-origin")), (200, ""), "a script");
    for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
        let answer = server.ask(method, "/introspect?token=x", &[], None);
        assert_eq!((answer.status(), answer.header("allow")), (405, "POST"), "{method}");
    }
}

#[test]
fn what_does_not_count_is_not_active_and_nothing_tells_why() {
    let server = Server::start();
    let ask = |token: &str| {
        let answer = server.form("/introspect", Some(SERVICE_PAIR), &format!("token={token}"));
        assert_eq!(answer.status(), 200);
        answer.assert_not_stored();
        answer.json()
    };
    let alice = Browser::signed_in(&server, "alice");
    let portal_uri = "redirect_uri=http%3A%2F%2Flocalhost%3A21403%2Fsignin-oidc";
    let redeem = |pair, more: &str, code: &str| {
        let body = format!("grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&{more}");
        server.form("/token", pair, &body).json()
    };
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    let native = redeem(None, "client_id=native&redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback", &code);
    let code = alice.authorize(PORTAL, "alice")["code"].clone();
    let portal = redeem(Some(PORTAL_PAIR), portal_uri, &code);
    let js = alice.authorize(JS, "alice");
    let unused = alice.authorize(PORTAL, "alice")["code"].clone();
    let text = |tokens: &serde_json::Value, name: &str| tokens[name].as_str().unwrap().to_owned();
    let (jwt, reference) = (text(&native, "access_token"), text(&portal, "access_token"));
    let (signed, signature) = jwt.rsplit_once('.').unwrap();
    let (head, _) = jwt.split_once('.').unwrap();
    for (what, token) in [
        ("a token of nobody", "x".to_owned()),
        ("a JWT of nobody", "e30.e30.e30".to_owned()),
        ("a JWT that is not signed", format!("{signed}.")),
        (
            "a JWT with the algorithm none",
            format!("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.{}.", &signed[head.len() + 1..]),
        ),
        ("a JWT with a character more", format!("{jwt}A")),
        ("a JWT without one", jwt[1..].to_owned()),
        ("a JWT with its signature twice", format!("{jwt}.{signature}")),
        ("a reference with one more", format!("{reference}A")),
        ("a reference in another case", reference.to_ascii_uppercase()),
        ("a refresh token", text(&portal, "refresh_token")),
        ("an ID token", text(&native, "id_token")),
        ("an ID token of the browser", js["id_token"].clone()),
        ("a code", unused),
        ("a used code", code),
        ("a session", alice.cookie("session").unwrap()),
        ("a long token", "x".repeat(10_000)),
        ("a zero byte", "%00".to_owned()),
    ] {
        assert_eq!(ask(&token), json!({ "active": false }), "{what}");
    }
    // What counts, in both forms, and of a client that speaks for itself.
    for (what, token, client, subject, scope) in [
        ("a JWT", jwt.as_str(), "native", "818727", "openid profile api1 offline_access"),
        ("a reference", &reference, "portal", "818727", "openid email api1 offline_access"),
        ("one of the browser", &js["access_token"], "js", "818727", "openid profile api1"),
    ] {
        let answer = ask(token);
        let issued = answer["iat"].as_u64().unwrap();
        assert_eq!(answer["exp"], issued + if client == "native" { 600 } else { 3600 }, "{what}");
        for (name, value) in [
            ("active", json!(true)),
            ("iss", json!(server.issuer)),
            ("client_id", json!(client)),
            ("sub", json!(subject)),
            ("aud", json!(format!("{}/resources", server.issuer))),
            ("scope", json!(scope)),
            ("token_type", json!("Bearer")),
        ] {
            assert_eq!(answer[name], value, "{what} {name}");
        }
    }
    let machine =
        text(&server.form("/token", Some(SERVICE_PAIR), "grant_type=client_credentials").json(), "access_token");
    assert_eq!(ask(&machine)["sub"], "service.client");
    // A wrong hint does not hide it (RFC 7662 §2.1).
    let hinted =
        server.form("/introspect", Some(PORTAL_PAIR), &format!("token={reference}&token_type_hint=refresh_token"));
    assert_eq!(hinted.json()["active"], true);
    // Its own client may ask, and an API, but no other client (§2.2).
    for token in [&reference, &jwt, &machine] {
        let other = server.form("/introspect", Some(MVC_PAIR), &format!("token={token}"));
        assert_eq!(other.json(), json!({ "active": false }));
    }
    // Revoked, each is as one that never was.
    let refresh = text(&portal, "refresh_token");
    assert_eq!(server.form("/revoke", Some(PORTAL_PAIR), &format!("token={refresh}")).status(), 200);
    assert_eq!(server.form("/revoke", None, &format!("client_id=native&token={jwt}")).status(), 200);
    for token in [&reference, &jwt] {
        assert_eq!(ask(token), json!({ "active": false }));
    }
    assert_eq!(ask(&js["access_token"])["active"], true);
}

//! Revocation (RFC 7009): each client ends its own tokens, and nothing else.

use serde_json::Value;

use crate::support::{
    Answer, Ask, Browser, FORM, JS, MVC_PAIR, NATIVE, PORTAL, PORTAL_PAIR, SERVICE_PAIR, Server, VERIFIER,
};

#[test]
fn a_client_names_itself_and_one_token() {
    let server = Server::start();
    for (what, pair, body, error, description) in [
        ("nobody", None, "token=x", "invalid_client", "no client authentication is included"),
        ("an unknown client", None, "client_id=nobody&token=x", "invalid_client", "client authentication failed"),
        ("no secret", None, "client_id=mvc&token=x", "invalid_client", "client authentication failed"),
        ("a wrong secret", Some("mvc:wrong"), "token=x", "invalid_client", "client authentication failed"),
        ("an empty secret", Some("mvc:"), "token=x", "invalid_client", "client authentication failed"),
        ("two clients", None, "client_id=js&client_id=js&token=x", "invalid_request", "client_id is repeated"),
        (
            "two methods",
            Some(MVC_PAIR),
            "client_secret=secret&token=x",
            "invalid_request",
            "more than one client authentication method is used",
        ),
        ("no token", None, "client_id=js", "invalid_request", "token is missing"),
        ("an empty token", None, "client_id=js&token=", "invalid_request", "token is missing"),
        ("two tokens", None, "client_id=js&token=x&token=y", "invalid_request", "token is repeated"),
        (
            "two hints",
            None,
            "client_id=js&token=x&token_type_hint=a&token_type_hint=a",
            "invalid_request",
            "token_type_hint is repeated",
        ),
        ("not UTF-8", None, "client_id=js&token=%FF", "invalid_request", "a parameter is not form-encoded UTF-8"),
    ] {
        let answer = server.form("/revoke", pair, body);
        answer.assert_refused(what, error);
        assert_eq!(answer.json()["error_description"], description, "{what}");
    }
    server.post("/revoke?token=x", "text/plain", &[], "").assert_refused("no form", "invalid_request");
    let script = server.post("/revoke", FORM, &[("origin", "https://evil.example")], "client_id=js&token=x");
    script.assert_refused("a script of somebody else", "unauthorized_client");
    for method in ["GET", "HEAD", "PUT"] {
        let answer = server.ask(method, "/revoke?token=x", &[], None);
        assert_eq!((answer.status(), answer.header("allow")), (405, "POST"), "{method}");
    }
}

#[test]
fn a_token_is_ended_by_the_client_that_it_was_issued_to() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let text = |tokens: &Value, name: &str| tokens[name].as_str().unwrap().to_owned();
    let native = || {
        let code = alice.authorize(NATIVE, "alice")["code"].clone();
        let uri = "client_id=native&redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback";
        server
            .form("/token", None, &format!("grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&{uri}"))
            .json()
    };
    let counts = |token: &str| {
        server.form("/introspect", Some(SERVICE_PAIR), &format!("token={token}")).json()["active"] == true
    };
    let revoke = |pair, client: &str, token: &str| -> Answer {
        let client = if client.is_empty() { String::new() } else { format!("client_id={client}&") };
        server.form("/revoke", pair, &format!("{client}token={token}"))
    };
    let tokens = native();
    let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
    for token in [&access, &refresh] {
        let answer = revoke(Some(MVC_PAIR), "", token);
        answer.assert_refused("another client with a secret", "invalid_grant");
        assert_eq!(answer.json()["error_description"], "the token was issued to another client");
        // In whose name anybody may try, does not hear of it.
        for client in ["js", "tv"] {
            let answer = revoke(None, client, token);
            assert_eq!((answer.status(), answer.text()), (200, ""), "{client}");
        }
    }
    // What is no token, or none any more, needs no revoking (RFC 7009 §2.2).
    let code = alice.authorize(PORTAL, "alice")["code"].clone();
    for (what, token) in [
        ("a token of nobody", "x"),
        ("an ID token", &*text(&tokens, "id_token")),
        ("a code", &*code),
        ("a long one", &*"x".repeat(10_000)),
    ] {
        let answer = revoke(None, "native", token);
        assert_eq!((answer.status(), answer.text()), (200, ""), "{what}");
        answer.assert_not_stored();
    }
    assert!(counts(&access), "none of that has ended it");

    // An access token alone: not the others of the grant, of that very second.
    let refreshed = |refresh: &str| {
        server.form("/token", None, &format!("grant_type=refresh_token&client_id=native&refresh_token={refresh}"))
    };
    let next = refreshed(&refresh).json();
    assert_eq!(revoke(None, "native", &access).status(), 200);
    assert!(!counts(&access) && counts(&text(&next, "access_token")));
    assert_eq!(revoke(None, "native", &access).status(), 200, "again");
    // A refresh token with all that goes back to the same grant (RFC 7009 §2.1), the used ones, too.
    let other = native();
    assert_eq!(revoke(None, "native", &refresh).status(), 200);
    assert!(!counts(&text(&next, "access_token")));
    refreshed(&text(&next, "refresh_token")).assert_refused("its successor", "invalid_grant");
    assert!(counts(&text(&other, "access_token")), "another grant is another");
    assert_eq!(refreshed(&text(&other, "refresh_token")).status(), 200);
    // The browser's own, and a reference, by a hint that is wrong.
    let js = alice.authorize(JS, "alice")["access_token"].clone();
    assert_eq!(revoke(None, "js", &js).status(), 200);
    assert!(!counts(&js));
    let body = format!(
        "grant_type=authorization_code&code={code}&code_verifier={VERIFIER}\
         &redirect_uri=http%3A%2F%2Flocalhost%3A21403%2Fsignin-oidc"
    );
    let reference = text(&server.form("/token", Some(PORTAL_PAIR), &body).json(), "access_token");
    let body = format!("token={reference}&token_type_hint=refresh_token");
    assert_eq!(server.form("/revoke", Some(PORTAL_PAIR), &body).status(), 200);
    assert!(!counts(&reference));
}

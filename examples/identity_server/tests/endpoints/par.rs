//! Pushed authorization requests (RFC 9126): judged where they are pushed, and used once by the client that pushed them.

use crate::support::{
    Ask, Browser, FORM, JS, MVC, MVC_PAIR, NATIVE, NATIVE_URI, PORTAL, PORTAL_PAIR, PORTAL_URI, SERVICE_PAIR, Server,
    changed,
};

#[test]
fn what_is_pushed_is_judged_as_at_the_authorization_endpoint() {
    let server = Server::start();
    let unregistered = "redirect_uri is not registered for this client";
    for (what, pair, request, changes, error, description) in [
        ("nothing", None, "", &[][..], "invalid_client", "no client authentication is included"),
        ("no client", None, NATIVE, &["-client_id"], "invalid_client", "no client authentication is included"),
        ("an unknown client", None, NATIVE, &["client_id=nobody"], "invalid_client", "client authentication failed"),
        ("two clients", None, NATIVE, &["+client_id=native"], "invalid_request", "client_id is repeated"),
        ("a client without its secret", None, PORTAL, &[], "invalid_client", "client authentication failed"),
        ("a wrong secret", Some("portal:wrong"), PORTAL, &[], "invalid_client", "client authentication failed"),
        (
            "in another client's name",
            Some(MVC_PAIR),
            PORTAL,
            &[],
            "invalid_request",
            "the Authorization header and the body name different clients",
        ),
        ("a machine", Some(SERVICE_PAIR), PORTAL, &["-client_id"], "invalid_request", unregistered),
        (
            "a secret in two places",
            Some(PORTAL_PAIR),
            PORTAL,
            &["+client_secret=x"],
            "invalid_request",
            "more than one client authentication method is used",
        ),
        (
            "no redirect URI",
            Some(PORTAL_PAIR),
            PORTAL,
            &["-redirect_uri"],
            "invalid_request",
            "redirect_uri is missing",
        ),
        (
            "one that is not registered",
            Some(PORTAL_PAIR),
            PORTAL,
            &["redirect_uri=https%3A%2F%2Fevil.example"],
            "invalid_request",
            unregistered,
        ),
        (
            "another port of a web application",
            Some(PORTAL_PAIR),
            PORTAL,
            &["redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fsignin-oidc"],
            "invalid_request",
            unregistered,
        ),
        (
            "a pushed request in it",
            Some(PORTAL_PAIR),
            PORTAL,
            &["+request_uri=x"],
            "invalid_request",
            "request_uri has no place in a pushed request",
        ),
        (
            "a request object",
            Some(PORTAL_PAIR),
            PORTAL,
            &["+request=e30.e30."],
            "invalid_request_object",
            "the request object is malformed, not signed by the client, not for this server, or expired",
        ),
        (
            "no response type",
            Some(PORTAL_PAIR),
            PORTAL,
            &["-response_type"],
            "invalid_request",
            "response_type is missing",
        ),
        (
            "an unknown response type",
            Some(PORTAL_PAIR),
            PORTAL,
            &["response_type=magic"],
            "unsupported_response_type",
            "the response type is not known",
        ),
        (
            "tokens in the query",
            Some(MVC_PAIR),
            MVC,
            &["response_mode=query"],
            "invalid_request",
            "response_mode=query would put tokens into the address",
        ),
        (
            "a grant that is not its",
            Some(PORTAL_PAIR),
            PORTAL,
            &["response_type=token"],
            "unauthorized_client",
            "the client may not use this response type",
        ),
        ("no scope", Some(PORTAL_PAIR), PORTAL, &["-scope"], "invalid_scope", "scope is missing"),
        (
            "an unknown scope",
            Some(PORTAL_PAIR),
            PORTAL,
            &["scope=api3"],
            "invalid_scope",
            "a scope is unknown or not allowed to this client",
        ),
        (
            "no challenge",
            None,
            NATIVE,
            &["-code_challenge", "-code_challenge_method"],
            "invalid_request",
            "code_challenge is missing",
        ),
        (
            "a plain challenge",
            None,
            NATIVE,
            &["code_challenge_method=plain"],
            "invalid_request",
            "code_challenge_method must be S256",
        ),
        ("no nonce", None, JS, &["-nonce"], "invalid_request", "nonce is missing"),
        ("a parameter twice", Some(PORTAL_PAIR), PORTAL, &["+state=t"], "invalid_request", "a parameter is repeated"),
        (
            "a broken escape",
            Some(PORTAL_PAIR),
            PORTAL,
            &["state=%"],
            "invalid_request",
            "a parameter is not form-encoded UTF-8",
        ),
        (
            "an unknown resource",
            Some(PORTAL_PAIR),
            PORTAL,
            &["resource=https%3A%2F%2Fother.example"],
            "invalid_target",
            "a resource is unknown or not one of the scopes",
        ),
    ] {
        let answer = server.form("/par", pair, &changed(request, changes));
        answer.assert_refused(what, error);
        assert_eq!(answer.json()["error_description"], description, "{what}");
    }
    server
        .post("/par?client_id=native", FORM, &[], NATIVE)
        .assert_refused("a client in the address", "invalid_request");
    server.post("/par", "application/json", &[], "{}").assert_refused("JSON", "invalid_request");
    let script = server.post("/par", FORM, &[("origin", "https://evil.example")], NATIVE);
    script.assert_refused("a script", "unauthorized_client");
    for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
        let answer = server.ask(method, "/par", &[], None);
        assert_eq!((answer.status(), answer.header("allow")), (405, "POST"), "{method}");
    }
}

#[test]
fn a_pushed_request_is_used_once_by_its_client_and_nothing_beside_it_counts() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let push = |pair, request: &str| {
        let answer = server.form("/par", pair, request);
        assert_eq!(answer.status(), 201, "{}", answer.text());
        answer.assert_not_stored();
        assert_eq!(answer.json()["expires_in"], 600);
        answer.json()["request_uri"].as_str().unwrap().to_owned()
    };
    let shown = |what: &str, query: &str, refusal: &str| {
        let text = format!("The application asked for something that it may not have ({refusal}). Tell its makers.");
        alice.get(&format!("/authorize?{query}")).assert_page(what, 400, "This does not work", &text);
    };
    let used = "invalid_request_uri: the request_uri is unknown or was used";
    let portal = || push(Some(PORTAL_PAIR), PORTAL);
    let uri = portal();
    assert_eq!(uri.strip_prefix("urn:ietf:params:oauth:request_uri:").map(str::len), Some(43));
    let of_another = "invalid_request_uri: the request_uri is of another client or has expired";
    for (what, query, refusal) in [
        ("no client", format!("request_uri={uri}"), "invalid_request: client_id is missing"),
        (
            "two clients",
            format!("client_id=portal&client_id=mvc&request_uri={uri}"),
            "invalid_request: client_id is repeated",
        ),
        (
            "an unknown client",
            format!("client_id=nobody&request_uri={}", portal()),
            "unauthorized_client: the client is unknown or not enabled",
        ),
        ("another client", format!("client_id=mvc&request_uri={}", portal()), of_another),
        ("a character more", format!("client_id=portal&request_uri={uri}x"), used),
        ("in another case", format!("client_id=portal&request_uri={}", uri.to_ascii_uppercase()), used),
        ("its id alone", format!("client_id=portal&request_uri={}", &uri[34..]), used),
        (
            "twice in one request",
            format!("client_id=portal&request_uri={uri}&request_uri={uri}"),
            "invalid_request: request_uri is repeated",
        ),
    ] {
        shown(what, &query, refusal);
    }
    // What stands beside it is not heard: neither another way back nor another scope (RFC 9101 §6.3).
    let query = format!(
        "client_id=portal&request_uri={uri}&redirect_uri=https%3A%2F%2Fevil.example&state=evil&scope=openid\
         &response_mode=fragment&nonce=evil"
    );
    let answer = alice.get(&format!("/authorize?{query}"));
    assert!(answer.location().starts_with(&format!("{PORTAL_URI}?code=")), "{}", answer.location());
    assert!(answer.location().contains("&state=s&"), "{}", answer.location());
    shown("a second time", &format!("client_id=portal&request_uri={uri}"), used);
    // Who comes with it for another client has used it up.
    let uri = portal();
    shown("another client", &format!("client_id=native&request_uri={uri}"), of_another);
    shown("and then its own", &format!("client_id=portal&request_uri={uri}"), used);
    // A public client's, and one whose user signs in first.
    let uri = push(None, NATIVE);
    let answer = Browser::new(&server).goes_to(&format!("/authorize?client_id=native&request_uri={uri}"), "bob");
    assert!(answer.location().starts_with(&format!("{NATIVE_URI}?code=")), "{}", answer.location());
}

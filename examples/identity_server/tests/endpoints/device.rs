//! The device flow (RFC 8628): the device that asks, the user who answers, and who is neither.

use serde_json::Value;

use crate::support::{Ask, Browser, FORM, MVC_PAIR, SERVICE_PAIR, Server, changed};

const NOT_OURS: &str =
    "It was not sent from a page of this server, or your browser keeps no cookies. Go back and try again.";

#[test]
fn a_device_asks_for_what_it_may_have() {
    let server = Server::start();
    let not_its = "the client may not use the device flow";
    let scope = "a scope is unknown or not allowed to this client";
    for (what, pair, body, error, description) in [
        ("nothing", None, "", "invalid_client", "no client authentication is included"),
        ("an unknown client", None, "client_id=nobody", "invalid_client", "client authentication failed"),
        ("a client in another case", None, "client_id=TV", "invalid_client", "client authentication failed"),
        ("a client of codes", None, "client_id=native", "unauthorized_client", not_its),
        ("a machine", Some(SERVICE_PAIR), "", "unauthorized_client", not_its),
        ("two clients", None, "client_id=tv&client_id=tv", "invalid_request", "client_id is repeated"),
        (
            "another client's secret",
            Some(MVC_PAIR),
            "client_id=tv",
            "invalid_request",
            "the Authorization header and the body name different clients",
        ),
        ("an unknown scope", None, "client_id=tv&scope=api3", "invalid_scope", scope),
        ("a scope in another case", None, "client_id=tv&scope=OpenID", "invalid_scope", scope),
        ("another client's scope", None, "client_id=tv&scope=openid+email", "invalid_scope", scope),
        ("a malformed scope", None, "client_id=tv&scope=openid++api1", "invalid_scope", "scope is malformed"),
        ("claims without openid", None, "client_id=tv&scope=profile", "invalid_scope", "the scope openid is missing"),
        ("two scopes", None, "client_id=tv&scope=openid&scope=api1", "invalid_request", "a parameter is repeated"),
        ("a parameter twice", None, "client_id=tv&x=1&x=2", "invalid_request", "a parameter is repeated"),
        (
            "an unknown resource",
            None,
            "client_id=tv&resource=https%3A%2F%2Fother.example",
            "invalid_target",
            "a resource is unknown or not one of the scopes",
        ),
        ("a broken escape", None, "client_id=tv&scope=%", "invalid_request", "a parameter is not form-encoded UTF-8"),
        ("not UTF-8", None, "client_id=tv&scope=%FF", "invalid_request", "a parameter is not form-encoded UTF-8"),
    ] {
        let answer = server.form("/device_authorization", pair, body);
        answer.assert_refused(what, error);
        assert_eq!(answer.json()["error_description"], description, "{what}");
    }
    let query = server.post("/device_authorization?client_id=tv", FORM, &[], "client_id=tv");
    query.assert_refused("a client in the address", "invalid_request");
    let script = server.post("/device_authorization", FORM, &[("origin", "https://evil.example")], "client_id=tv");
    script.assert_refused("a script", "unauthorized_client");
    for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
        let answer = server.ask(method, "/device_authorization", &[], None);
        assert_eq!((answer.status(), answer.header("allow")), (405, "POST"), "{method}");
    }

    // What it gets, without a wish and with one.
    for body in ["client_id=tv", "client_id=tv&scope=openid+profile+offline_access", "client_id=tv&scope="] {
        let answer = server.form("/device_authorization", None, body);
        assert_eq!(answer.status(), 200, "{body}");
        answer.assert_not_stored();
        let answer = answer.json();
        let code = answer["user_code"].as_str().unwrap();
        assert_eq!(answer["verification_uri"], format!("{}/device", server.issuer));
        assert_eq!(answer["verification_uri_complete"], format!("{}/device?user_code={code}", server.issuer));
        assert_eq!((&answer["expires_in"], &answer["interval"]), (&300.into(), &1.into()));
        assert_eq!((answer["device_code"].as_str().unwrap().len(), code.len()), (43, 9));
    }
}

/// A device that waits: its own code, and the one for the user.
fn waiting(server: &Server) -> (String, String) {
    let answer = server.form("/device_authorization", None, "client_id=tv&scope=openid+profile").json();
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    (text("device_code"), text("user_code"))
}

const POLL: &str = "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=tv";

#[test]
fn a_device_code_is_for_its_device_and_for_one_answer() {
    let server = Server::start();
    let (device, code) = waiting(&server);
    let not_its = "the client may not use this grant type";
    let unknown = "the code is unknown or of another client";
    for (what, pair, changes, token, error, description) in [
        ("no code", None, &[][..], "", "invalid_request", "device_code is missing"),
        ("a code of nobody", None, &[], "x", "invalid_grant", unknown),
        ("the user's code", None, &[], &code, "invalid_grant", unknown),
        ("a client of codes", None, &["client_id=native"], &device, "unauthorized_client", not_its),
        ("a client with a secret", Some(MVC_PAIR), &["-client_id"], &device, "unauthorized_client", not_its),
        ("a client of nobody", None, &["client_id=nobody"], &device, "invalid_client", "client authentication failed"),
        ("no client", None, &["-client_id"], &device, "invalid_client", "no client authentication is included"),
        ("as a code of the browser", None, &["grant_type=authorization_code"], &device, "unauthorized_client", not_its),
        (
            "a grant in another case",
            None,
            &["grant_type=URN:ietf:params:oauth:grant-type:device_code"],
            &device,
            "unsupported_grant_type",
            "the grant type is not known",
        ),
        ("a code twice", None, &["+device_code=x"], &device, "invalid_request", "a parameter is repeated"),
    ] {
        let body = changed(&format!("{POLL}&device_code={token}"), changes);
        let answer = server.form("/token", pair, &body);
        answer.assert_refused(what, error);
        assert_eq!(answer.json()["error_description"], description, "{what}");
    }
    // The user has not answered; asked again at once, that was too early or is as before.
    let poll = format!("{POLL}&device_code={device}");
    let answer = server.form("/token", None, &poll);
    answer.assert_refused("nobody has answered", "authorization_pending");
    let again = server.form("/token", None, &poll);
    assert!(matches!(again.json()["error"].as_str(), Some("slow_down" | "authorization_pending")));
}

#[test]
fn the_user_of_a_device_has_seen_what_it_asks_for() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let (_, code) = waiting(&server);
    // A code in the address is shown, and nothing is done by it (RFC 8628 §3.3.1).
    let page = alice.get(&format!("/device?user_code={code}"));
    assert_eq!((page.page().1.as_str(), page.filled().get("user_code")), ("Connect a device", code.as_str()));
    for (what, query) in [
        ("nothing", String::new()),
        ("no code", "?user_code=".to_owned()),
        ("two codes", format!("?user_code={code}&user_code={code}")),
        ("a script", "?user_code=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned()),
        ("a broken escape", format!("?user_code={code}&x=%")),
        ("a long one", format!("?user_code={}", "B".repeat(5_000))),
    ] {
        let page = alice.get(&format!("/device{query}"));
        assert_eq!((page.status(), page.filled().get("user_code")), (200, ""), "{what}");
        assert!(!page.text().contains("alert(1)"), "{what}");
    }
    let good = page.filled();
    for path in ["/device", "/device/allow"] {
        for (what, form) in
            [("no token", good.clone().without("form")), ("a token of nobody", good.clone().with("form", "x"))]
        {
            alice.post(path, &[], &form.body()).assert_page(what, 403, "This form is not ours", NOT_OURS);
        }
        let answer = alice.post(path, &[("sec-fetch-site", "cross-site")], &good.body());
        answer.assert_page("another site", 403, "This form is not ours", NOT_OURS);
    }
    for (what, typed) in [
        ("no code", ""),
        ("a code of nobody", "BCDF-GHJK"),
        ("a code and more", &format!("{code}X")),
        ("a number", "019450730"),
        ("a script", "\"><script>alert(1)</script>"),
    ] {
        let page = alice.send(&good.clone().with("user_code", typed));
        assert_eq!((page.status(), page.page().1.as_str()), (422, "Connect a device"), "{what}");
        assert!(page.text().contains("role=\"alert\">There is no device with this code."), "{what}");
        assert!(!page.text().contains("<script>alert"), "{what}");
    }
    // As people type it.
    for typed in [code.to_ascii_lowercase(), code.replace('-', ""), code.replace('-', " "), format!(" {code} ")] {
        assert_eq!(
            alice.send(&good.clone().with("user_code", &typed)).page().1,
            "<strong>Television</strong> asks for access"
        );
    }
    // Whoever has not signed in does that first; and whoever answers has seen who is signed in.
    let nobody = Browser::new(&server);
    nobody.set_cookie("form", &alice.cookie("form").unwrap());
    assert!(nobody.send(&good).location().starts_with("/signin?request="));
    let asked = alice.send(&good).filled().with("answer", "allow");
    assert!(nobody.send(&asked).location().starts_with("/signin?request="));
    for (what, form) in
        [("no session", asked.clone().without("session")), ("another session", asked.clone().with("session", "x"))]
    {
        assert_eq!(alice.send(&form).page().1, "Connect a device", "{what}");
    }
    alice.send(&asked).assert_page("allowed", 200, "Done", "The device goes on by itself.");
    // An answer stays.
    let late = alice.send(&asked.with("answer", "deny"));
    assert_eq!((late.status(), late.page().1.as_str()), (422, "Connect a device"));
}

#[test]
fn a_device_gets_the_answer_once() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    for (answer, expected) in [("allow", None), ("deny", Some("access_denied")), ("", Some("access_denied"))] {
        let (device, code) = waiting(&server);
        let page = alice.send(&alice.get(&format!("/device?user_code={code}")).filled());
        alice.send(&page.filled().with("answer", answer));
        let poll = format!("{POLL}&device_code={device}");
        let first = server.form("/token", None, &poll);
        match expected {
            Some(error) => first.assert_refused(answer, error),
            None => {
                assert_eq!(first.status(), 200);
                assert_eq!(first.json()["scope"], "openid profile");
                assert_eq!(first.json()["refresh_token"], Value::Null, "it has not asked for one");
                server.form("/token", None, &poll).assert_refused("again", "invalid_grant");
            }
        }
    }
}

#[test]
fn codes_are_not_guessed_at() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let form = alice.get("/device").filled();
    let wrong = alice.send(&form.clone().with("user_code", "BCDF-GHJK"));
    assert!(wrong.text().contains("There is no device with this code."));
    for _ in 0..20 {
        alice.send(&form.clone().with("user_code", "BCDF-GHJK"));
    }
    // Not even the right one counts for a while (RFC 8628 §5.1), wherever it is sent.
    let (_, code) = waiting(&server);
    for path in ["/device", "/device/allow"] {
        let body = form.clone().with("user_code", &code).with("request", &code).with("answer", "allow").body();
        assert!(alice.post(path, &[], &body).text().contains("There were too many codes."), "{path}");
    }
    // Of another user, it does.
    let bob = Browser::signed_in(&server, "bob");
    let page = bob.send(&bob.get(&format!("/device?user_code={code}")).filled());
    assert_eq!(page.page().1, "<strong>Television</strong> asks for access");
}

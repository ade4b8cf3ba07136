//! The authorization endpoint (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2): whose browser is sent where, and with what.

use crate::support::{
    Ask, Browser, JS, JS_URI, MVC, MVC_URI, NATIVE, NATIVE_URI, PORTAL, PORTAL_URI, Server, changed, encoded, location,
    parameters,
};

/// What cannot be trusted is shown on a page of the server's own, and the browser is sent nowhere.
#[track_caller]
fn assert_shown(server: &Server, what: &str, query: &str, refusal: &str) {
    let text = format!("The application asked for something that it may not have ({refusal}). Tell its makers.");
    for browser in [Browser::new(server), Browser::signed_in(server, "alice")] {
        let answer = browser.get(&format!("/authorize?{query}"));
        answer.assert_page(what, 400, "This does not work", &text);
        assert!(answer.headers("set-cookie").is_empty(), "{what}");
    }
}

#[test]
fn without_a_client_or_a_destination_there_is_a_page() {
    let server = Server::start();
    let escape = "invalid_request: a parameter is not form-encoded UTF-8";
    let unknown = "unauthorized_client: the client is unknown or not enabled";
    let object = "invalid_request_object: the request object is malformed, not signed by the client, not for this server, \
        or expired";
    let no_uri = "invalid_request_uri: the request_uri is unknown or was used";
    for (what, changes, refusal) in [
        ("no client", &["-client_id"][..], "invalid_request: client_id is missing"),
        ("an empty client id", &["client_id="], "invalid_request: client_id is missing"),
        ("the same client twice", &["+client_id=native"], "invalid_request: client_id is repeated"),
        ("two clients", &["+client_id=mvc"], "invalid_request: client_id is repeated"),
        ("two clients, one spelt otherwise", &["+%63lient_id=mvc"], "invalid_request: client_id is repeated"),
        ("an unknown client", &["client_id=nobody"], unknown),
        ("a client id in another case", &["client_id=Native"], unknown),
        ("a client id with a space", &["client_id=native+"], unknown),
        ("a client id with a zero byte", &["client_id=native%00"], unknown),
        ("a client id that is none", &["client_id=..%2Fnative"], unknown),
        ("no redirect URI, in OpenID Connect", &["-redirect_uri"], "invalid_request: redirect_uri is missing"),
        ("an empty redirect URI", &["redirect_uri="], "invalid_request: redirect_uri is missing"),
        (
            "a redirect URI twice",
            &["+redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback"],
            "invalid_request: redirect_uri is repeated",
        ),
        (
            "a good redirect URI and another",
            &["+redirect_uri=https%3A%2F%2Fevil.example"],
            "invalid_request: redirect_uri is repeated",
        ),
        (
            "another client's name",
            &["client_id=mvc"],
            "invalid_request: redirect_uri is not registered for this client",
        ),
        ("a broken escape", &["state=%"], escape),
        ("a broken escape in a name", &["+%zz=1"], escape),
        ("half an escape", &["state=%4"], escape),
        ("not UTF-8", &["state=%FF"], escape),
        ("an overlong zero byte", &["state=%C0%80"], escape),
        ("half a surrogate pair", &["state=%ED%A0%80"], escape),
        ("a request object", &["+request=eyJhbGciOiJub25lIn0.e30."], object),
        ("a request object twice", &["+request=a", "+request=b"], "invalid_request: request is repeated"),
        ("a request_uri elsewhere", &["+request_uri=https%3A%2F%2Fevil.example%2Fobject"], no_uri),
        ("a request_uri of this server", &["+request_uri=http%3A%2F%2F127.0.0.1%2Fjwks"], no_uri),
        ("a request_uri that was never given", &["+request_uri=urn:ietf:params:oauth:request_uri:x"], no_uri),
        ("a request_uri twice", &["+request_uri=a", "+request_uri=b"], "invalid_request: request_uri is repeated"),
        (
            "both kinds of request objects",
            &["+request=a", "+request_uri=b"],
            "invalid_request: request and request_uri exclude each other",
        ),
    ] {
        assert_shown(&server, what, &changed(NATIVE, changes), refusal);
    }
    assert_shown(&server, "nothing", "", "invalid_request: client_id is missing");
    assert_shown(&server, "no parameters", "&&&==&", "invalid_request: client_id is missing");
}

#[test]
fn a_redirect_uri_is_the_registered_one_to_the_byte() {
    const NEAR_NATIVE: &[&str] = &[
        "https://127.0.0.1:49152/callback",
        "HTTP://127.0.0.1:49152/callback",
        "http://localhost:49152/callback",
        "http://[::1]:49152/callback",
        "http://127.0.0.2:49152/callback",
        "http://127.1:49152/callback",
        "http://2130706433:49152/callback",
        "http://0x7f.0.0.1:49152/callback",
        "http://127.0.0.1.:49152/callback",
        "http://127.0.0.1:49152/Callback",
        "http://127.0.0.1:49152/callback/",
        "http://127.0.0.1:49152//callback",
        "http://127.0.0.1:49152/./callback",
        "http://127.0.0.1:49152/x/../callback",
        "http://127.0.0.1:49152/callback/..",
        "http://127.0.0.1:49152/%63allback",
        "http://127.0.0.1:49152/callback?x",
        "http://127.0.0.1:49152/callback?",
        "http://127.0.0.1:49152/callback#",
        "http://127.0.0.1:49152/callback#x",
        "http://127.0.0.1:49152/callback;x",
        "http://127.0.0.1:49152",
        "http://127.0.0.1:0/callback",
        "http://127.0.0.1:65536/callback",
        "http://127.0.0.1:080/callback",
        "http://127.0.0.1:+80/callback",
        "http://127.0.0.1:/callback",
        "http://127.0.0.1:80:80/callback",
        "http://user@127.0.0.1:49152/callback",
        "http://127.0.0.1:49152@evil.example/callback",
        "http://127.0.0.1@evil.example/callback",
        "http://127.0.0.1.evil.example/callback",
        "http://127.0.0.1\\.evil.example/callback",
        "http://evil.example\\@127.0.0.1/callback",
        "http://evil.example/#@127.0.0.1/callback",
        "http://evil.example/?http://127.0.0.1/callback",
        "http:127.0.0.1/callback",
        "http:/127.0.0.1/callback",
        "http:\\\\127.0.0.1\\callback",
        "//127.0.0.1/callback",
        "/callback",
        "javascript:alert(1)//http://127.0.0.1/callback",
        "data:text/html,x",
        " http://127.0.0.1:49152/callback",
        "http://127.0.0.1:49152/callback ",
        "http://127.0.0.1:49152/callback\0",
        "http://127.0.0.1:49152/callback\r\nSet-Cookie: session=planted",
        "http://127.0.0.1:49152/call\tback",
        "http%3A%2F%2F127.0.0.1%2Fcallback",
        "http://127.0.0.1:49152/callback http://evil.example/",
    ];
    const NEAR_MVC: &[&str] = &[
        "http://localhost:21403/signin-oidc",
        "http://localhost/signin-oidc",
        "http://LOCALHOST:21402/signin-oidc",
        "http://127.0.0.1:21402/signin-oidc",
        "http://localhost.:21402/signin-oidc",
        "http://localhost.evil.example:21402/signin-oidc",
        "http://localhost:21402@evil.example/signin-oidc",
        "http://localhost:21402/signin-oidc/../evil",
        "http://localhost:21402/signin-oidc?next=http://evil.example",
        "http://localhost:21402/",
        "http://localhost:21402/signout-oidc",
        "https://localhost:21402/signin-oidc",
    ];
    let server = Server::start();
    for (request, near) in [(NATIVE, NEAR_NATIVE), (MVC, NEAR_MVC)] {
        for uri in near {
            let query = changed(request, &[&format!("redirect_uri={}", encoded(uri))]);
            assert_shown(&server, uri, &query, "invalid_request: redirect_uri is not registered for this client");
        }
    }
    // And these are registered, or differ from it as a native application's may.
    let alice = Browser::signed_in(&server, "alice");
    for uri in ["http://127.0.0.1/callback", "http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback"] {
        let query = changed(NATIVE, &[&format!("redirect_uri={}", encoded(uri))]);
        let answer = alice.goes_to(&format!("/authorize?{query}"), "alice");
        assert!(answer.location().starts_with(&format!("{uri}?code=")), "{}", answer.location());
    }
}

#[test]
fn an_error_goes_to_the_client_when_the_user_has_signed_in() {
    let server = Server::start();
    let short = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c";
    let long = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM";
    let padded = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c%3D";
    let other = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw%2BcM";
    let scope = ("invalid_scope", "scope is malformed");
    let unknown_scope = ("invalid_scope", "a scope is unknown or not allowed to this client");
    let unknown_type = ("unsupported_response_type", "the response type is not known");
    let not_its = ("unauthorized_client", "the client may not use this response type");
    let only_s256 = ("invalid_request", "code_challenge_method must be S256");
    let challenge = ("invalid_request", "code_challenge is malformed");
    let age = ("invalid_request", "max_age is not a number of seconds");
    let target = ("invalid_target", "a resource is unknown or not one of the scopes");
    let no_uri = ("invalid_target", "resource is not an absolute URI without a fragment");
    let bound = ("invalid_request", "dpop_jkt is not a thumbprint");
    for (what, request, changes, address, (error, description)) in [
        // The response type, by which the error's place goes, too.
        ("no response type", NATIVE, &["-response_type"][..], "?", ("invalid_request", "response_type is missing")),
        ("an empty one", NATIVE, &["response_type="], "?", ("invalid_request", "response_type is missing")),
        ("one twice", NATIVE, &["+response_type=code"], "?", ("invalid_request", "response_type is repeated")),
        ("unknown", NATIVE, &["response_type=magic"], "?", unknown_type),
        ("`none`", NATIVE, &["response_type=none"], "?", unknown_type),
        ("in another case", NATIVE, &["response_type=Code"], "?", unknown_type),
        ("a part twice", NATIVE, &["response_type=code+code"], "?", unknown_type),
        ("by commas", NATIVE, &["response_type=code%2Ctoken"], "?", unknown_type),
        ("a part is unknown", NATIVE, &["response_type=token+magic"], "#", unknown_type),
        ("two spaces", NATIVE, &["response_type=code++token"], "#", unknown_type),
        ("implicit, for a client of codes", NATIVE, &["response_type=token"], "#", not_its),
        ("hybrid, for a client of codes", NATIVE, &["response_type=code+id_token"], "#", not_its),
        ("a code, for a client of the hybrid flow", MVC, &["response_type=code"], "?", not_its),
        ("a code, for an implicit client", JS, &["response_type=code"], "?", not_its),
        (
            "an access token through the browser",
            MVC,
            &["response_type=code+token"],
            "#",
            ("unauthorized_client", "the client may not get access tokens through the browser"),
        ),
        // The response mode.
        ("unknown mode", NATIVE, &["response_mode=magic"], "?", ("invalid_request", "response_mode is not known")),
        ("in another case", MVC, &["response_mode=Query"], "#", ("invalid_request", "response_mode is not known")),
        (
            "a mode twice",
            NATIVE,
            &["response_mode=query", "+response_mode=fragment"],
            "?",
            ("invalid_request", "response_mode is repeated"),
        ),
        (
            "tokens in the query",
            JS,
            &["response_mode=query"],
            "#",
            ("invalid_request", "response_mode=query would put tokens into the address"),
        ),
        (
            "an ID token in the query",
            MVC,
            &["response_mode=query"],
            "#",
            ("invalid_request", "response_mode=query would put tokens into the address"),
        ),
        ("a bad scope in the mode asked for", NATIVE, &["response_mode=fragment", "scope=api3"], "#", unknown_scope),
        // The scope.
        ("no scope", NATIVE, &["-scope"], "?", ("invalid_scope", "scope is missing")),
        ("an empty scope", NATIVE, &["scope="], "?", ("invalid_scope", "scope is missing")),
        ("a scope twice", NATIVE, &["+scope=openid"], "?", ("invalid_request", "scope is repeated")),
        ("unknown", NATIVE, &["scope=openid+api3"], "?", unknown_scope),
        ("another client's", NATIVE, &["scope=openid+api2.read_only"], "?", unknown_scope),
        ("in another case", NATIVE, &["scope=OpenID"], "?", unknown_scope),
        ("two spaces", NATIVE, &["scope=openid++api1"], "?", scope),
        ("a space before", NATIVE, &["scope=+openid"], "?", scope),
        ("a space behind", NATIVE, &["scope=openid+"], "?", scope),
        ("a tab", NATIVE, &["scope=openid%09api1"], "?", scope),
        ("a line break", NATIVE, &["scope=openid%0D%0Aapi1"], "?", scope),
        ("a quotation mark", NATIVE, &["scope=openid+%22"], "?", scope),
        ("a backslash", NATIVE, &["scope=openid+%5C"], "?", scope),
        ("beyond ASCII", NATIVE, &["scope=openid+%C3%A9"], "?", scope),
        ("a zero byte", NATIVE, &["scope=openid%00"], "?", scope),
        ("claims without openid", NATIVE, &["scope=profile"], "?", ("invalid_scope", "the scope openid is missing")),
        (
            "an API without an access token",
            JS,
            &["response_type=id_token"],
            "#",
            ("invalid_scope", "a scope of an API needs an access token"),
        ),
        (
            "a user without an ID token",
            JS,
            &["response_type=token"],
            "#",
            ("invalid_scope", "an access token alone is for scopes of APIs"),
        ),
        (
            "an ID token without openid",
            MVC,
            &["scope=api1"],
            "#",
            ("invalid_request", "an ID token needs the scope openid"),
        ),
        // Proof keys: none of these is a way round them.
        (
            "no challenge",
            NATIVE,
            &["-code_challenge", "-code_challenge_method"],
            "?",
            ("invalid_request", "code_challenge is missing"),
        ),
        (
            "a method without a challenge",
            NATIVE,
            &["code_challenge="],
            "?",
            ("invalid_request", "code_challenge_method without code_challenge"),
        ),
        ("no method, which is plain", NATIVE, &["-code_challenge_method"], "?", only_s256),
        ("plain", NATIVE, &["code_challenge_method=plain"], "?", only_s256),
        (
            "an unknown method",
            NATIVE,
            &["code_challenge_method=S512"],
            "?",
            ("invalid_request", "code_challenge_method is not known"),
        ),
        (
            "a method in another case",
            NATIVE,
            &["code_challenge_method=s256"],
            "?",
            ("invalid_request", "code_challenge_method is not known"),
        ),
        ("a short challenge", NATIVE, &[short], "?", challenge),
        ("a long challenge", NATIVE, &[long], "?", challenge),
        ("padding", NATIVE, &[padded], "?", challenge),
        ("the other base64", NATIVE, &[other], "?", challenge),
        ("two challenges", NATIVE, &["+code_challenge=x"], "?", ("invalid_request", "code_challenge is repeated")),
        (
            "two methods",
            NATIVE,
            &["+code_challenge_method=plain"],
            "?",
            ("invalid_request", "code_challenge_method is repeated"),
        ),
        (
            "no challenge, in the hybrid flow",
            MVC,
            &["-code_challenge", "-code_challenge_method"],
            "#",
            ("invalid_request", "code_challenge is missing"),
        ),
        // The user.
        (
            "none and another prompt",
            NATIVE,
            &["prompt=none+login"],
            "?",
            ("invalid_request", "prompt=none excludes every other prompt"),
        ),
        ("a prompt twice", NATIVE, &["prompt=login", "+prompt=none"], "?", ("invalid_request", "prompt is repeated")),
        ("a negative age", NATIVE, &["max_age=-1"], "?", age),
        ("an age with a sign", NATIVE, &["max_age=%2B1"], "?", age),
        ("an age in words", NATIVE, &["max_age=soon"], "?", age),
        ("half a second", NATIVE, &["max_age=0.5"], "?", age),
        ("an age twice", NATIVE, &["max_age=1", "+max_age=1"], "?", ("invalid_request", "max_age is repeated")),
        ("no nonce, with an ID token", MVC, &["-nonce"], "#", ("invalid_request", "nonce is missing")),
        ("an empty nonce", JS, &["nonce="], "#", ("invalid_request", "nonce is missing")),
        ("a nonce twice", NATIVE, &["+nonce=m"], "?", ("invalid_request", "nonce is repeated")),
        // Targets and keys.
        ("an unknown resource", NATIVE, &["resource=https%3A%2F%2Fother.example"], "?", target),
        ("a resource that is none", NATIVE, &["resource=api1"], "?", no_uri),
        ("a resource with a fragment", NATIVE, &["resource=https%3A%2F%2Fother.example%23x"], "?", no_uri),
        ("a short thumbprint", NATIVE, &["dpop_jkt=x"], "?", bound),
        ("a thumbprint that is none", NATIVE, &["dpop_jkt=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw%2FcM"], "?", bound),
        ("a parameter of nobody twice", NATIVE, &["x=1", "+x=2"], "?", ("invalid_request", "a parameter is repeated")),
        ("and once empty", NATIVE, &["x=1", "+x="], "?", ("invalid_request", "a parameter is repeated")),
    ] {
        let query = changed(request, changes);
        let uri = [(NATIVE, NATIVE_URI), (MVC, MVC_URI), (JS, JS_URI)];
        let uri = uri.into_iter().find(|(of, _)| *of == request).unwrap().1;
        let response =
            [("error", error), ("error_description", description), ("state", "s"), ("iss", server.issuer.as_str())];
        let expected = location(&format!("{uri}{address}"), &response);
        // Somebody who has not signed in is not sent on: no open redirector (RFC 9700 §4.11.2).
        let browser = Browser::new(&server);
        let first = browser.get(&format!("/authorize?{query}"));
        assert!(first.location().starts_with("/signin?request="), "{what}: {}", first.location());
        let page = browser.follow(first);
        assert_eq!(page.page().1, "Sign in", "{what}");
        let resume =
            browser.send(&page.filled().with("username", "alice").with("password", "alice")).location().to_owned();
        assert_eq!(browser.get(&resume).location(), expected, "{what}");
        // It is said once.
        assert_eq!(browser.get(&resume).status(), 400, "{what}");
        // Who has signed in before is sent on at once.
        assert_eq!(browser.get(&format!("/authorize?{query}")).location(), expected, "{what}");
    }
}

#[test]
fn a_state_is_given_back_as_it_came_or_not_at_all() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let long = "x".repeat(4_000);
    for state in [
        "s",
        "a b&c=d%/é~",
        "\r\nSet-Cookie: session=planted",
        "\"><script>alert(1)</script>",
        "#fragment?query",
        "\0",
        "€\u{202e}\u{1f600}",
        &long,
    ] {
        let query = changed(PORTAL, &[&format!("state={}", encoded(state)), "scope=api3"]);
        let answer = alice.get(&format!("/authorize?{query}"));
        let response = [
            ("error", "invalid_scope"),
            ("error_description", "a scope is unknown or not allowed to this client"),
            ("state", state),
            ("iss", &server.issuer),
        ];
        assert_eq!(answer.location(), location(&format!("{PORTAL_URI}?"), &response), "{state}");
        assert_eq!(answer.headers("set-cookie"), [""; 0], "{state}");
    }
    for (what, changes) in [("no state", &["-state"][..]), ("an empty state", &["state="])] {
        let query = changed(PORTAL, &[changes, &["scope=api3"]].concat());
        let response = [
            ("error", "invalid_scope"),
            ("error_description", "a scope is unknown or not allowed to this client"),
            ("iss", &server.issuer),
        ];
        assert_eq!(
            alice.get(&format!("/authorize?{query}")).location(),
            location(&format!("{PORTAL_URI}?"), &response),
            "{what}"
        );
    }
    // Which of two is the client's own cannot be told.
    let query = changed(PORTAL, &["+state=t"]);
    let response = [("error", "invalid_request"), ("error_description", "state is repeated"), ("iss", &server.issuer)];
    assert_eq!(alice.get(&format!("/authorize?{query}")).location(), location(&format!("{PORTAL_URI}?"), &response));
}

#[test]
fn with_prompt_none_the_client_hears_at_once_and_the_user_sees_nothing() {
    let server = Server::start();
    let nobody = Browser::new(&server);
    let alice = Browser::signed_in(&server, "alice");
    let bobs = Browser::signed_in(&server, "bob").authorize(&changed(MVC, &["prompt=none"]), "bob")["id_token"].clone();
    let bobs_hint = format!("id_token_hint={bobs}");
    for (what, browser, request, changes, address, (error, description)) in [
        ("nobody has signed in", &nobody, NATIVE, &[][..], "?", ("login_required", "the user would have to sign in")),
        ("nobody, in a fragment", &nobody, MVC, &[], "#", ("login_required", "the user would have to sign in")),
        ("the user is to be asked", &alice, NATIVE, &[], "?", ("consent_required", "the user would have to consent")),
        (
            "another user is meant",
            &alice,
            PORTAL,
            &[&*bobs_hint],
            "?",
            ("login_required", "the user would have to sign in"),
        ),
        (
            "a bad scope",
            &nobody,
            NATIVE,
            &["scope=api3"],
            "?",
            ("invalid_scope", "a scope is unknown or not allowed to this client"),
        ),
        (
            "a bad challenge",
            &nobody,
            NATIVE,
            &["code_challenge=x"],
            "?",
            ("invalid_request", "code_challenge is malformed"),
        ),
    ] {
        let uri = [(NATIVE, NATIVE_URI), (MVC, MVC_URI), (PORTAL, PORTAL_URI)];
        let uri = uri.into_iter().find(|(of, _)| *of == request).unwrap().1;
        let query = changed(&changed(request, changes), &["prompt=none"]);
        let response = [("error", error), ("error_description", description), ("state", "s"), ("iss", &server.issuer)];
        let answer = browser.get(&format!("/authorize?{query}"));
        assert_eq!(answer.location(), location(&format!("{uri}{address}"), &response), "{what}");
    }
    // Without it, another user is asked to sign in, and the client hears if somebody else has.
    let page = alice.follow(alice.get(&format!("/authorize?{PORTAL}&{bobs_hint}")));
    assert_eq!(page.page().1, "Sign in");
    let back = alice.follow(alice.send(&page.filled().with("username", "alice").with("password", "alice")));
    let response = [
        ("error", "login_required"),
        ("error_description", "another user has signed in than the client meant"),
        ("state", "s"),
        ("iss", server.issuer.as_str()),
    ];
    assert_eq!(back.location(), location(&format!("{PORTAL_URI}?"), &response));
    // What is no ID token of this server is no hint.
    for hint in ["x", "e30.e30.", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiI4ODQyMTExMyJ9."] {
        let answer = alice.get(&format!("/authorize?{PORTAL}&prompt=none&id_token_hint={hint}"));
        assert!(answer.location().starts_with(&format!("{PORTAL_URI}?code=")), "{hint}");
    }
}

#[test]
fn a_good_request_is_answered_with_what_it_asked_for_and_no_more() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    for (what, request, changes, address, names) in [
        ("a code", PORTAL, &[][..], "?", &["code", "state", "iss"][..]),
        ("a code in the fragment", PORTAL, &["response_mode=fragment"], "#", &["code", "state", "iss"]),
        ("hybrid", MVC, &[], "#", &["code", "id_token", "state", "iss"]),
        ("hybrid in another order", MVC, &["response_type=id_token+code"], "#", &["code", "id_token", "state", "iss"]),
        ("implicit", JS, &[], "#", &["access_token", "token_type", "expires_in", "scope", "id_token", "state", "iss"]),
        ("an ID token alone", JS, &["response_type=id_token", "scope=openid"], "#", &["id_token", "state", "iss"]),
        (
            "an access token alone",
            JS,
            &["response_type=token", "scope=api1"],
            "#",
            &["access_token", "token_type", "expires_in", "scope", "state", "iss"],
        ),
        ("no state", PORTAL, &["-state"], "?", &["code", "iss"]),
        ("a plain OAuth request", PORTAL, &["scope=api1", "-nonce", "-redirect_uri"], "?", &["code", "state", "iss"]),
        // What is not known is ignored (RFC 6749 §3.1), also a wish for a provider that is not there.
        ("other parameters", PORTAL, &["ui_locales=de", "display=touch", "x=1"], "?", &["code", "state", "iss"]),
        ("another provider", PORTAL, &["acr_values=idp:elsewhere+level"], "?", &["code", "state", "iss"]),
        ("an unknown prompt", PORTAL, &["prompt=magic"], "?", &["code", "state", "iss"]),
        ("the largest age", PORTAL, &["max_age=99999999999999999999"], "?", &["code", "state", "iss"]),
    ] {
        let uri = [(PORTAL, PORTAL_URI), (MVC, MVC_URI), (JS, JS_URI)];
        let uri = uri.into_iter().find(|(of, _)| *of == request).unwrap().1;
        let answer = alice.get(&format!("/authorize?{}", changed(request, changes)));
        let found = answer.location().strip_prefix(&format!("{uri}{address}")).unwrap_or_else(|| panic!("{what}"));
        let is: Vec<&str> = found.split('&').map(|pair| pair.split_once('=').unwrap().0).collect();
        assert_eq!(is, names, "{what}");
        assert_eq!(parameters(answer.location())["iss"], server.issuer, "{what}");
    }
}

#[test]
fn a_form_is_posted_where_the_response_mode_says_so() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let evil = encoded("\"><script>alert(1)</script>");
    for (what, changes, names) in [
        ("a code", &[][..], &["code", "state", "iss"][..]),
        ("an error", &["scope=api3"], &["error", "error_description", "state", "iss"]),
    ] {
        let state = format!("state={evil}");
        let query = changed(PORTAL, &[changes, &["response_mode=form_post", &state]].concat());
        let answer = alice.get(&format!("/authorize?{query}"));
        assert_eq!((answer.status(), answer.header("location")), (200, ""), "{what}");
        assert!(!answer.text().contains("<script>alert"), "{what}: {}", answer.text());
        let form = answer.filled();
        assert_eq!(form.action, PORTAL_URI, "{what}");
        assert_eq!(form.fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), names, "{what}");
        assert_eq!((form.get("state"), form.get("iss")), ("\"><script>alert(1)</script>", &*server.issuer), "{what}");
    }
}

#[test]
fn a_posted_request_goes_on_as_a_get_so_that_the_cookies_come_with_it() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    // From another site, the browser leaves the cookies out.
    let from_elsewhere = server.post("/authorize", "application/x-www-form-urlencoded", &[], PORTAL);
    // What was posted stands in no address.
    let (path, id) = from_elsewhere.location().split_once("?posted=").unwrap();
    assert_eq!((path, id.len()), ("/authorize", 43));
    assert_eq!(from_elsewhere.headers("set-cookie"), [""; 0]);
    let answer = alice.get(from_elsewhere.location());
    assert!(answer.location().starts_with(&format!("{PORTAL_URI}?code=")));
    let again = alice.get(from_elsewhere.location());
    assert_eq!((again.status(), again.page().1.as_str()), (400, "That took too long"), "once");
    // It is a form, in ASCII.
    for (what, kind, body, status) in [
        ("another type", "application/json", "{}", 415),
        ("a form of parts", "multipart/form-data; boundary=x", "--x--", 415),
        ("plain text", "text/plain", PORTAL, 415),
        ("a line break", "application/x-www-form-urlencoded", "client_id=native\r\nx: y", 400),
        ("beyond ASCII", "application/x-www-form-urlencoded", "client_id=nativé", 400),
    ] {
        let answer = server.post("/authorize", kind, &[], body);
        assert_eq!((answer.status(), answer.header("location")), (status, ""), "{what}");
    }
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let answer = server.ask(method, "/authorize", &[], None);
        assert_eq!((answer.status(), answer.header("allow")), (405, "GET,HEAD,POST"), "{method}");
    }
}

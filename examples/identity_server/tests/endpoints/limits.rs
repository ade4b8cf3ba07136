//! What is too much: long addresses, long bodies, many parameters, long values.

use std::fmt::Write;

use crate::support::{Ask, Browser, FORM, MVC_PAIR, NATIVE, PORTAL, SERVICE_PAIR, Server, changed};

const BODY: usize = 4 * guestlist::MAX_SECRET_LENGTH;
const ADDRESS: usize = 8192;

/// As many parameters, each with a name of its own.
fn many(count: usize) -> String {
    (0..count).fold(String::new(), |mut all, number| {
        write!(all, "&p{number}").unwrap();
        all
    })
}

#[test]
fn an_address_has_a_length() {
    let server = Server::start();
    for path in ["/authorize", "/signin", "/device", "/signout", "/token", "/jwks", "/nowhere"] {
        let address = |length: usize| format!("{path}?x={}", "x".repeat(length - path.len() - 3));
        assert_ne!(server.get(&address(ADDRESS)).status(), 414, "{path}");
        for length in [ADDRESS + 1, 20_000, 60_000] {
            assert_eq!(server.get(&address(length)).status(), 414, "{path} {length}");
        }
    }
    // Beyond what the HTTP library has room for, it is the one to say so.
    for length in [70_000, 300_000] {
        let request = format!("GET /authorize?x={} HTTP/1.1\r\nhost: x\r\n\r\n", "x".repeat(length));
        assert_eq!(server.raw(request.as_bytes()), 414, "{length}");
    }
    // What is posted instead has the same end.
    let posted = server.post("/authorize", FORM, &[], &format!("{NATIVE}&x={}", "x".repeat(10_000)));
    assert_eq!(posted.status(), 413);
}

#[test]
fn a_body_has_a_length() {
    let server = Server::start();
    for (path, pair, status) in [
        ("/token", Some(SERVICE_PAIR), 400),
        ("/revoke", Some(SERVICE_PAIR), 400),
        ("/introspect", Some(MVC_PAIR), 400),
        ("/par", Some(MVC_PAIR), 400),
        ("/device_authorization", None, 400),
        ("/userinfo", None, 413),
        ("/authorize", None, 413),
        ("/signin", None, 413),
        ("/consent", None, 413),
        ("/device", None, 413),
        ("/device/allow", None, 413),
        ("/signout", None, 413),
    ] {
        // One byte more than there may be: a server that stops reading any earlier may close the connection while we still send.
        let answer = server.form(path, pair, &"x".repeat(BODY + 1));
        assert_eq!(answer.status(), status, "{path}");
        if status == 400 {
            answer.assert_refused(path, "invalid_request");
            assert_eq!(answer.json()["error_description"], "the body is too long or broke off", "{path}");
        }
        // It is not waited for more than that, whatever is announced, nor in pieces without an end.
        let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {FORM}\r\n");
        let announced = format!("{head}content-length: 99999999999\r\n\r\n{}", "x".repeat(BODY + 1));
        assert_eq!(server.raw(announced.as_bytes()), status, "{path}");
        let piece = format!("{:x}\r\n{}\r\n", BODY + 1, "x".repeat(BODY + 1));
        let pieces = format!("{head}transfer-encoding: chunked\r\n\r\n{piece}");
        assert_eq!(server.raw(pieces.as_bytes()), status, "{path}");
    }
}

#[test]
fn there_are_so_many_parameters_and_no_more() {
    let server = Server::start();
    let browser = Browser::new(&server);
    let too_many = "there are too many parameters";
    for count in [300, 1_500] {
        let more = many(count);
        for (path, pair) in [
            ("/token", Some(SERVICE_PAIR)),
            ("/revoke", Some(SERVICE_PAIR)),
            ("/introspect", Some(MVC_PAIR)),
            ("/par", Some(MVC_PAIR)),
            ("/device_authorization", None),
        ] {
            let answer = server.form(path, pair, &format!("grant_type=client_credentials&client_id=tv{more}"));
            answer.assert_refused(path, "invalid_request");
            assert_eq!(answer.json()["error_description"], too_many, "{path}");
        }
    }
    let more = many(300);
    let text = format!(
        "The application asked for something that it may not have (invalid_request: {too_many}). Tell its makers."
    );
    browser.get(&format!("/authorize?{NATIVE}{more}")).assert_page("many", 400, "This does not work", &text);
    browser.get(&format!("/signout?{more}")).assert_page(
        "many",
        400,
        "This does not work",
        &format!("invalid_request: {too_many}"),
    );
    for path in ["/signin", "/consent", "/device", "/device/allow"] {
        let answer = browser.post(path, &[], &format!("form=x{more}"));
        assert_eq!((answer.status(), answer.page().1.as_str()), (403, "This form is not ours"), "{path}");
    }
    // As many as any request has, and names that are nothing.
    let query = format!("{PORTAL}&&&&={}", many(200));
    assert!(browser.get(&format!("/authorize?{query}")).location().starts_with("/signin?request="));
}

#[test]
fn a_long_value_is_answered_as_any_other() {
    let server = Server::start();
    let long = "x".repeat(7_000);
    let alice = Browser::signed_in(&server, "alice");
    for (what, changes, status, contains) in [
        ("a client id", format!("client_id={long}"), 400, "the client is unknown or not enabled"),
        (
            "a redirect URI",
            format!("redirect_uri=http%3A%2F%2F127.0.0.1%2F{long}"),
            400,
            "redirect_uri is not registered",
        ),
        ("a scope", format!("scope={long}"), 303, "error=invalid_scope"),
        ("many scopes", format!("scope={}", "a+".repeat(3_000) + "a"), 303, "error=invalid_scope"),
        ("one scope many times", format!("scope=openid{}", "+openid".repeat(900)), 303, "?code="),
        ("a response type", format!("response_type={long}"), 303, "error=unsupported_response_type"),
        ("a challenge", format!("code_challenge={long}"), 303, "error=invalid_request"),
        ("an age", format!("max_age={}", "9".repeat(7_000)), 303, "?code="),
        ("a prompt", format!("prompt={long}"), 303, "?code="),
        ("many prompts", format!("prompt=x{}", "+x".repeat(3_000)), 303, "?code="),
        ("a nonce", format!("nonce={long}"), 303, "?code="),
        ("a hint", format!("id_token_hint={long}"), 303, "?code="),
        ("values", format!("acr_values=idp:{long}"), 303, "?code="),
    ] {
        let answer = alice.get(&format!("/authorize?{}", changed(PORTAL, &[&changes])));
        assert_eq!(answer.status(), status, "{what}");
        let text = if status == 303 { answer.location() } else { answer.text() };
        assert!(text.contains(contains), "{what}");
    }
    let resources: String = (0..200).fold(String::new(), |all, _| all + "&resource=https%3A%2F%2Fa.example");
    let body = format!("grant_type=client_credentials{resources}");
    server.form("/token", Some(SERVICE_PAIR), &body).assert_refused("many resources", "invalid_target");
    // Nesting is a matter of other formats; here it is a name.
    let deep = format!("grant_type{}={}", "[a]".repeat(1_000), "client_credentials");
    server.form("/token", Some(SERVICE_PAIR), &deep).assert_refused("deep", "invalid_request");
    for (what, pair) in
        [("a long client id", format!("{long}:secret")), ("a long secret", format!("service.client:{long}"))]
    {
        server.form("/token", Some(&pair), "grant_type=client_credentials").assert_refused(what, "invalid_client");
    }
    for (what, cookie) in
        [("a long cookie", "x".repeat(7_000)), ("a cookie that is none", "\"; =;;session=".to_owned())]
    {
        let browser = Browser::new(&server);
        browser.set_cookie("session", &cookie);
        browser.set_cookie("form", &cookie);
        assert!(browser.get("/device").location().starts_with("/signin?"), "{what}");
    }
}

#[test]
fn what_is_no_request_does_not_end_the_server() {
    let server = Server::start();
    for (what, request, status) in [
        ("nothing like HTTP", &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"[..], 400),
        ("no version", b"GET /jwks\r\n\r\n", 400),
        ("another version", b"GET /jwks HTTP/9.9\r\n\r\n", 400),
        ("a zero byte in the address", b"GET /jwks\0 HTTP/1.1\r\nhost: x\r\n\r\n", 400),
        ("not UTF-8 in the address", b"GET /authorize?client_id=\xff HTTP/1.1\r\nhost: x\r\n\r\n", 400),
        ("a space in a header's name", b"GET /jwks HTTP/1.1\r\nhost : x\r\n\r\n", 400),
        ("two lengths", b"POST /token HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab", 400),
        ("a length that is none", b"POST /token HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n", 400),
        ("a header that is no text", b"GET /userinfo HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \xff\xfe\r\n\r\n", 401),
        ("a cookie that is no text", b"GET /device HTTP/1.1\r\nhost: x\r\ncookie: session=\xff\xfe\r\n\r\n", 303),
        ("an origin that is no text", b"GET /jwks HTTP/1.1\r\nhost: x\r\norigin: \xff\xfe\r\n\r\n", 200),
        ("a pair that is no text", b"POST /token HTTP/1.1\r\nhost: x\r\nauthorization: Basic \xff\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 0\r\n\r\n", 401),
        ("a body that is no text", b"POST /token HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 2\r\n\r\n\xff\xfe", 400),
        ("a proxy's address", b"GET http://evil.example/jwks HTTP/1.1\r\nhost: evil.example\r\n\r\n", 200),
        ("an address with dots", b"GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n", 404),
        ("an address with escaped dots", b"GET /%2e%2e/authorize HTTP/1.1\r\nhost: x\r\n\r\n", 404),
        ("an address twice as long", b"GET //authorize HTTP/1.1\r\nhost: x\r\n\r\n", 404),
        ("no host", b"GET /jwks HTTP/1.0\r\n\r\n", 200),
    ] {
        assert_eq!(server.raw(request), status, "{what}");
    }
    let mut headers = String::from("GET /jwks HTTP/1.1\r\nhost: x\r\n");
    for number in 0..1_000 {
        write!(headers, "x{number}: x\r\n").unwrap();
    }
    assert_eq!(server.raw(format!("{headers}\r\n").as_bytes()), 431, "a thousand headers");
    assert_eq!(server.get("/jwks").status(), 200, "it is still there");
}

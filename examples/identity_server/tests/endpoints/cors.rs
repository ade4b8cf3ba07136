//! Scripts of other origins (Fetch §3.3): whose may ask, whose may read, and where none may.

use crate::support::{Answer, Ask, FORM, Server};

const JS_ORIGIN: &str = "http://localhost:7017";

fn preflight(server: &Server, path: &str, origin: &str) -> Answer {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization,content-type"),
    ];
    server.ask("OPTIONS", path, &headers, None)
}

/// Origins that are not in any client's list, however near.
const STRANGERS: &[&str] = &[
    "https://evil.example",
    "null",
    "*",
    "",
    "http://localhost",
    "http://localhost:7018",
    "http://localhost:70170",
    "https://localhost:7017",
    "http://LOCALHOST:7017",
    "http://localhost:7017/",
    "http://localhost:7017.evil.example",
    "http://localhost:7017@evil.example",
    "http://evil.example/http://localhost:7017",
    "http://127.0.0.1:7017",
    "http://localhost:21402",
    "http://localhost:7017, https://evil.example",
    " http://localhost:7017 x",
    "file://",
];

#[test]
fn a_preflight_lets_listed_origins_through_and_no_others() {
    let server = Server::start();
    for path in [
        "/token",
        "/revoke",
        "/userinfo",
        "/jwks",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
    ] {
        let answer = preflight(&server, path, JS_ORIGIN);
        assert_eq!(answer.status(), 200, "{path}");
        for (name, value) in [
            ("access-control-allow-origin", JS_ORIGIN),
            ("access-control-allow-methods", "GET,POST"),
            ("access-control-allow-headers", "authorization,content-type,dpop"),
            // No cookies.
            ("access-control-allow-credentials", ""),
        ] {
            assert_eq!(answer.headers(name).join("|"), value, "{path} {name}");
        }
        assert!(answer.header("vary").contains("origin"), "{path}: {}", answer.header("vary"));
        for origin in STRANGERS {
            let answer = preflight(&server, path, origin);
            assert_eq!(answer.header("access-control-allow-origin"), "", "{path} {origin}");
            assert!(answer.header("vary").contains("origin"), "{path} {origin}");
        }
    }
    let two = [("origin", JS_ORIGIN), ("origin", JS_ORIGIN), ("access-control-request-method", "POST")];
    assert!(server.ask("OPTIONS", "/token", &two, None).headers("access-control-allow-origin").len() < 2);
}

#[test]
fn a_token_is_for_scripts_of_the_clients_own_origins() {
    let server = Server::start();
    let unread = |origin: &str, body: &str| {
        let answer = server.post("/token", FORM, &[("origin", origin)], body);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        assert!(answer.header("vary").contains("origin"), "{origin}");
        answer
    };
    let refused = |origin: &str, client_id: &str| {
        let answer = unread(origin, &format!("grant_type=authorization_code&client_id={client_id}&code=x"));
        answer.assert_refused(origin, "unauthorized_client");
        let description = "scripts of this origin may not act for the client";
        assert_eq!(answer.json()["error_description"], description, "{origin}");
    };
    // The secret is right, and the origin is another client's or nobody's: no script reads the answer.
    let service = "grant_type=client_credentials&client_id=service.client&client_secret=secret";
    assert_eq!(unread(JS_ORIGIN, service).status(), 200);
    // Without a secret nothing is done.
    refused(JS_ORIGIN, "native");
    for origin in STRANGERS {
        assert_eq!(unread(origin, service).status(), 200, "{origin}");
        refused(origin, "js");
    }
    // Its own is heard, and what is wrong then may be read.
    let answer =
        server.post("/token", FORM, &[("origin", JS_ORIGIN)], "grant_type=authorization_code&client_id=js&code=x");
    answer.assert_refused("its own", "unauthorized_client");
    assert_eq!(answer.json()["error_description"], "the client may not use this grant type");
    assert_eq!(answer.header("access-control-allow-origin"), JS_ORIGIN);
    // Browsers send the origin with every post, also to the page's own server.
    let answer = server.post("/token", FORM, &[("origin", &server.issuer)], service);
    assert_eq!((answer.status(), answer.header("access-control-allow-origin")), (200, ""));
    // Who has not proven itself learns nothing of the lists.
    let answer =
        server.post("/token", FORM, &[("origin", "https://evil.example")], &service.replace("=secret", "=wrong"));
    answer.assert_refused("a wrong secret", "invalid_client");
    unread(JS_ORIGIN, &service.replace("=secret", "=wrong")).assert_refused("a wrong secret", "invalid_client");
    let two = [("origin", JS_ORIGIN), ("origin", JS_ORIGIN)];
    server.post("/token", FORM, &two, "client_id=js").assert_refused("two origins", "unauthorized_client");
}

#[test]
fn where_a_browser_goes_itself_no_script_reads() {
    let server = Server::start();
    for path in [
        "/authorize",
        "/authorize/resume",
        "/signin",
        "/consent",
        "/device",
        "/device/allow",
        "/signout",
        "/introspect",
        "/par",
        "/device_authorization",
        "/style.css",
        "/nowhere",
    ] {
        for origin in [JS_ORIGIN, "https://evil.example", "null", &server.issuer] {
            let options = preflight(&server, path, origin);
            assert_eq!(options.status(), if path == "/nowhere" { 404 } else { 405 }, "{path}");
            for answer in [
                options,
                server.ask("GET", path, &[("origin", origin)], None),
                server.post(path, FORM, &[("origin", origin)], ""),
            ] {
                assert_eq!(answer.header("access-control-allow-origin"), "", "{path} {origin}");
            }
        }
    }
}

//! Signing out (OpenID Connect RP-Initiated Logout): who may end a session, and where the user may be sent.

use crate::support::{Ask, Browser, FORM, JS, MVC, PORTAL, Server, changed, encoded};

/// Whether somebody is signed in at the server in this browser.
fn is_signed_in(browser: &Browser<'_>) -> bool {
    browser.get("/device").status() == 200
}

const JS_BACK: &str = "post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A7017%2Findex.html";

#[test]
fn nothing_but_the_sessions_own_hint_signs_out_without_a_question() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let own = alice.authorize(JS, "alice")["id_token"].clone();
    let bob = Browser::signed_in(&server, "bob");
    let bobs = bob.authorize(JS, "bob")["id_token"].clone();
    let elsewhere = Browser::signed_in(&server, "alice");
    let other_session = elsewhere.authorize(JS, "alice")["id_token"].clone();
    let access = alice.authorize(JS, "alice")["access_token"].clone();
    let others = {
        let other = Server::start();
        Browser::signed_in(&other, "alice").authorize(JS, "alice")["id_token"].clone()
    };
    let (signed, _) = own.rsplit_once('.').unwrap();
    let (head, body) = signed.split_once('.').unwrap();
    let _ = head;
    for (what, query) in [
        ("no hint", String::new()),
        ("the client alone", "client_id=js".to_owned()),
        ("the client and its address", format!("client_id=js&{JS_BACK}&state=s")),
        ("an empty hint", "id_token_hint=".to_owned()),
        ("a hint that is none", "id_token_hint=x".to_owned()),
        ("another user's", format!("id_token_hint={bobs}")),
        ("another session's", format!("id_token_hint={other_session}")),
        ("another server's", format!("id_token_hint={others}")),
        ("an access token", format!("id_token_hint={access}")),
        ("not signed", format!("id_token_hint={signed}.")),
        ("with the algorithm none", format!("id_token_hint=eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.")),
        ("with a character more", format!("id_token_hint={own}A")),
        ("another client's name", format!("id_token_hint={own}&client_id=mvc")),
        ("an unknown client's name", format!("id_token_hint={own}&client_id=nobody")),
    ] {
        let answer = alice.get(&format!("/signout?{query}"));
        answer.assert_page(what, 200, "Sign out?", "You are signed in as alice.");
        assert!(is_signed_in(&alice), "{what}");
        assert!(answer.headers("set-cookie").is_empty(), "{what}");
    }
    for (what, query, description) in [
        ("two hints", format!("id_token_hint={own}&id_token_hint={own}"), "id_token_hint is repeated"),
        ("two clients", format!("id_token_hint={own}&client_id=js&client_id=js"), "client_id is repeated"),
        ("two addresses", format!("id_token_hint={own}&{JS_BACK}&{JS_BACK}"), "a parameter is repeated"),
        ("two states", format!("id_token_hint={own}&state=a&state=b"), "a parameter is repeated"),
        ("a broken escape", format!("id_token_hint={own}&state=%"), "a parameter is not form-encoded UTF-8"),
    ] {
        let answer = alice.get(&format!("/signout?{query}"));
        answer.assert_page(what, 400, "This does not work", &format!("invalid_request: {description}"));
        assert!(is_signed_in(&alice), "{what}");
    }
    // Its own, in each way; and then its cookie is nobody's.
    let copied = Browser::new(&server);
    copied.set_cookie("session", &alice.cookie("session").unwrap());
    let answer = alice.get(&format!("/signout?id_token_hint={own}&{JS_BACK}&state=a+b%26c"));
    assert_eq!(answer.location(), "http://localhost:7017/index.html?state=a%20b%26c");
    assert_eq!(answer.headers("set-cookie"), ["session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"]);
    assert!(!is_signed_in(&alice) && !is_signed_in(&copied));
    assert!(is_signed_in(&bob) && is_signed_in(&elsewhere));
}

#[test]
fn a_user_is_sent_to_a_registered_address_of_the_hints_client_or_nowhere() {
    let server = Server::start();
    for (what, request, more) in [
        ("no address", JS, String::new()),
        ("an empty address", JS, "post_logout_redirect_uri=".to_owned()),
        (
            "a redirect URI that is none of these",
            PORTAL,
            "post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A21403%2Fsignin-oidc".to_owned(),
        ),
        ("another client's", JS, "post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A21402%2F".to_owned()),
        ("a state alone", JS, "state=s".to_owned()),
    ]
    .into_iter()
    .chain(
        [
            "https://evil.example/",
            "//evil.example/",
            "/signin",
            "javascript:alert(1)",
            "http://localhost:7017/index.html?x",
            "http://localhost:7017/index.html#x",
            "http://localhost:7017/index.html/",
            "http://localhost:7017/Index.html",
            "http://localhost:7018/index.html",
            "https://localhost:7017/index.html",
            "http://localhost:7017@evil.example/index.html",
            "http://localhost.evil.example:7017/index.html",
            "http://localhost:7017/x/../index.html",
            "http://localhost:7017/index.html\r\nx: y",
            " http://localhost:7017/index.html",
        ]
        .into_iter()
        .map(|uri| (uri, JS, format!("post_logout_redirect_uri={}", encoded(uri)))),
    ) {
        let alice = Browser::signed_in(&server, "alice");
        let request = if request == PORTAL { changed(PORTAL, &["prompt=none"]) } else { request.to_owned() };
        let hint = match alice.authorize(&request, "alice").get("id_token") {
            Some(hint) => format!("id_token_hint={hint}&"),
            // A client of codes has none here; a client's name alone leads nowhere either.
            None => "client_id=portal&".to_owned(),
        };
        let page = alice.get(&format!("/signout?{hint}{more}"));
        // Where it asks first, the user says yes.
        let page = if page.page().1 == "Sign out?" { alice.send(&page.filled()) } else { page };
        page.assert_page(what, 200, "Signed out", &told(&page.text().contains("iframe")));
        assert!(!page.text().contains("href=\"http"), "{what}");
        assert!(!is_signed_in(&alice), "{what}");
    }
}

fn told(frames: &bool) -> String {
    format!("You have signed out here{}.", if *frames { ", and the applications that you used are told" } else { "" })
}

#[test]
fn only_the_user_says_yes() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    // Where the page's form may lead is not the request's to say.
    for uri in ["https://evil.example/", "https://evil.example;sandbox/", "https://*/", "javascript:alert(1)"] {
        let page = alice.get(&format!("/signout?client_id=js&post_logout_redirect_uri={}", encoded(uri)));
        let policy = page.header("content-security-policy");
        assert!(policy.contains("; form-action 'self'; ") && !policy.contains("evil"), "{policy}");
    }
    let own = alice.authorize(JS, "alice")["id_token"].clone();
    let page = alice.get("/signout?client_id=js");
    let good = page.filled();
    // Without the page's token it is a client's request (RP-Initiated Logout §2 allows a post), and asks.
    for (what, form) in
        [("no token", good.clone().without("form")), ("a token of nobody", good.clone().with("form", "x"))]
    {
        let answer = alice.send(&form);
        assert!(answer.location().starts_with("/signout?posted="), "{what}: {}", answer.location());
        assert!(is_signed_in(&alice), "{what}");
    }
    let answer = alice.post("/signout", &[("sec-fetch-site", "cross-site")], &good.body());
    assert!(answer.location().starts_with("/signout?posted="), "{}", answer.location());
    assert_eq!(alice.follow(answer).page().1, "Sign out?");
    // What another site posts comes without cookies, and must not take them away.
    for body in [String::new(), format!("id_token_hint={own}"), good.body()] {
        let answer = server.post("/signout", FORM, &[], &body);
        assert!(answer.location().starts_with("/signout?posted="), "{body}: {}", answer.location());
        assert!(answer.headers("set-cookie").is_empty());
    }
    assert_eq!(server.post("/signout", "text/plain", &[], "").status(), 415);
    for method in ["PUT", "DELETE", "OPTIONS"] {
        let answer = server.ask(method, "/signout", &[], None);
        assert_eq!((answer.status(), answer.header("allow")), (405, "GET,HEAD,POST"), "{method}");
    }
    // The form says yes to what was asked, and to nothing else.
    let page = alice.send(&good.with("request", "client_id=js&post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F"));
    page.assert_page("yes", 200, "Signed out", &told(&false));
    assert!(!is_signed_in(&alice));
    // Nobody is asked who is not signed in.
    server.get("/signout").assert_page("nobody", 200, "Signed out", &told(&false));
    let hint = format!("/signout?id_token_hint={own}&{JS_BACK}");
    assert_eq!(server.get(&hint).location(), "http://localhost:7017/index.html");
}

#[test]
fn a_page_frames_the_clients_of_the_session_and_nobody_else() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let hint = alice.authorize(MVC, "alice")["id_token"].clone();
    let back = "post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A21402%2F";
    let page = alice.get(&format!("/signout?id_token_hint={hint}&{back}&state=%22%3E%3Cscript%3E"));
    page.assert_page("its page", 200, "Signed out", &told(&true));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("; frame-src http://localhost:21402; "), "{policy}");
    let frames: Vec<&str> = page.text().split("<iframe src=\"").skip(1).collect();
    assert_eq!(frames.len(), 1);
    let iss = format!("iss={}", encoded(&server.issuer)).replace('&', "&amp;");
    let src = frames[0].split('"').next().unwrap().replace("&#x2f;", "/");
    let sid = src
        .strip_prefix(&format!("http://localhost:21402/signout-oidc?{iss}&amp;sid="))
        .unwrap_or_else(|| panic!("{src}"));
    assert_eq!(sid.len(), 43);
    // On it goes by itself, and by a link without that.
    let next = "http://localhost:21402/?state=%22%3E%3Cscript%3E";
    let plain = page.text().replace("&#x2f;", "/");
    assert!(
        plain.contains(&format!("content=\"2;url={next}\"")) && plain.contains(&format!("href=\"{next}\"")),
        "{plain}"
    );
}

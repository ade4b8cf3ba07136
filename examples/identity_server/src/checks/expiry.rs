//! What ends, and when: to the second.

use super::Server;
use super::wire::{
    Answer, Ask, Browser, JS, MVC, MVC_PAIR, NATIVE, PORTAL, PORTAL_PAIR, SERVICE_PAIR, VERIFIER, changed,
};
use crate::clients::CLIENTS;

fn server() -> Server {
    Server::new(&CLIENTS)
}

fn redeem(server: &Server, code: &str) -> Answer {
    let uri = "redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback";
    let body = format!("grant_type=authorization_code&client_id=native&code={code}&code_verifier={VERIFIER}&{uri}");
    server.form("/token", None, &body)
}

fn refresh(server: &Server, token: &str) -> Answer {
    server.form("/token", None, &format!("grant_type=refresh_token&client_id=native&refresh_token={token}"))
}

fn text(tokens: &Answer, name: &str) -> String {
    tokens.json()[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", tokens.text())).to_owned()
}

fn counts(server: &Server, token: &str) -> bool {
    server.form("/introspect", Some(SERVICE_PAIR), &format!("token={token}")).json()["active"] == true
}

#[test]
fn a_code() {
    for (what, second, description) in [
        ("in time", 299, None),
        ("at its end", 300, Some("the code is unknown, of another client, or expired")),
        ("long after", 4_000, Some("the code is unknown, of another client, or expired")),
    ] {
        let server = server();
        let code = Browser::signed_in(&server, "alice").authorize(NATIVE, "alice")["code"].clone();
        server.at_second(second);
        let answer = redeem(&server, &code);
        match description {
            None => assert_eq!(answer.status(), 200, "{what}"),
            Some(description) => {
                answer.assert_refused(what, "invalid_grant");
                assert_eq!(answer.json()["error_description"], description, "{what}");
            }
        }
    }
}

#[test]
fn the_memory_of_a_used_code() {
    for (second, noticed) in [(299, true), (3_899, true), (3_900, false)] {
        let server = server();
        let code = Browser::signed_in(&server, "alice").authorize(NATIVE, "alice")["code"].clone();
        let tokens = redeem(&server, &code);
        server.at_second(second);
        redeem(&server, &code).assert_refused("again", "invalid_grant");
        // Its refresh token tells, which lives longer.
        assert_eq!(refresh(&server, &text(&tokens, "refresh_token")).status() != 200, noticed, "{second}");
    }
}

#[test]
fn an_access_token() {
    let server = server();
    let alice = Browser::signed_in(&server, "alice");
    let native = text(&redeem(&server, &alice.authorize(NATIVE, "alice")["code"]), "access_token");
    let js = alice.authorize(JS, "alice")["access_token"].clone();
    let user_info =
        |token: &str| server.ask("GET", "/userinfo", &[("authorization", &format!("Bearer {token}"))], None).status();
    for (second, of_native, of_js) in
        [(599, true, true), (600, false, true), (3_599, false, true), (3_600, false, false)]
    {
        server.at_second(second);
        for (token, good) in [(&native, of_native), (&js, of_js)] {
            assert_eq!(counts(&server, token), good, "{second}");
            assert_eq!(user_info(token), if good { 200 } else { 401 }, "{second}");
        }
    }
}

#[test]
fn a_refresh_token() {
    const DAYS: u64 = 86_400;
    // Counted from the first of its family, however often it is replaced.
    let server = server();
    let code = Browser::signed_in(&server, "alice").authorize(NATIVE, "alice")["code"].clone();
    let mut last = text(&redeem(&server, &code), "refresh_token");
    for second in [10 * DAYS, 20 * DAYS, 30 * DAYS - 1] {
        server.at_second(second);
        last = text(&refresh(&server, &last), "refresh_token");
    }
    server.at_second(30 * DAYS);
    refresh(&server, &last).assert_refused("after thirty days", "invalid_grant");
}

#[test]
fn the_time_in_which_a_lost_answer_may_be_asked_for_again() {
    for (second, again) in [(0, true), (10, true), (11, false)] {
        let server = server();
        let code = Browser::signed_in(&server, "alice").authorize(NATIVE, "alice")["code"].clone();
        let first = text(&redeem(&server, &code), "refresh_token");
        let second_token = text(&refresh(&server, &first), "refresh_token");
        server.at_second(second);
        let answer = refresh(&server, &first);
        if again {
            assert_eq!(text(&answer, "refresh_token"), second_token, "{second}");
        } else {
            answer.assert_refused("too late", "invalid_grant");
        }
        // Too late, it was stolen, and its family has ended.
        assert_eq!(refresh(&server, &second_token).status() == 200, again, "{second}");
    }
}

#[test]
fn a_session_and_what_is_tied_to_it() {
    const END: u64 = 36_000;
    let server = server();
    let alice = Browser::signed_in(&server, "alice");
    let code = alice.authorize(PORTAL, "alice")["code"].clone();
    let uri = "redirect_uri=http%3A%2F%2Flocalhost%3A21403%2Fsignin-oidc";
    let body = format!("grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&{uri}");
    let token = text(&server.form("/token", Some(PORTAL_PAIR), &body), "refresh_token");
    let refresh =
        || server.form("/token", Some(PORTAL_PAIR), &format!("grant_type=refresh_token&refresh_token={token}"));
    server.at_second(END - 1);
    assert_eq!(alice.get("/device").status(), 200);
    let access = text(&refresh(), "access_token");
    assert!(counts(&server, &access));
    server.at_second(END);
    assert!(alice.get("/device").location().starts_with("/signin?"));
    assert!(!counts(&server, &access), "its own end would be later");
    refresh().assert_refused("after the session", "invalid_grant");
}

#[test]
fn what_waits_for_a_user() {
    for (second, good) in [(599, true), (600, false)] {
        let server = server();
        let browser = Browser::new(&server);
        let page = browser.follow(browser.get(&format!("/authorize?{PORTAL}")));
        server.at_second(second);
        let answer = browser.send(&page.filled().with("username", "alice").with("password", "alice"));
        assert_eq!(answer.status() == 303, good, "{second}: {}", answer.text());
        assert_eq!(browser.cookie("session").is_some(), good, "{second}");
    }
}

#[test]
fn a_pushed_request() {
    for (second, good) in [(599, true), (600, false)] {
        let server = server();
        let uri = text(&server.form("/par", Some(PORTAL_PAIR), PORTAL), "request_uri");
        server.at_second(second);
        let answer = server.get(&format!("/authorize?client_id=portal&request_uri={uri}"));
        assert_eq!(answer.status(), if good { 303 } else { 400 }, "{second}");
    }
}

#[test]
fn a_device_code() {
    let poll = |server: &Server, code: &str| {
        server.form(
            "/token",
            None,
            &format!("grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=tv&device_code={code}"),
        )
    };
    for (second, error) in
        [(299, "authorization_pending"), (300, "expired_token"), (899, "expired_token"), (900, "invalid_grant")]
    {
        let server = server();
        let alice = Browser::signed_in(&server, "alice");
        let device = server.form("/device_authorization", None, "client_id=tv");
        server.at_second(second);
        poll(&server, &text(&device, "device_code")).assert_refused(error, error);
        // What the device hears does not bring its code back to life.
        let page = alice.get(&format!("/device?user_code={}", text(&device, "user_code")));
        assert_eq!(alice.send(&page.filled()).status(), if second < 300 { 200 } else { 422 }, "{second}");
    }
    // Who asks too often waits longer each time.
    let server = server();
    let code = text(&server.form("/device_authorization", None, "client_id=tv"), "device_code");
    for (second, error) in [
        (0, "authorization_pending"),
        (0, "slow_down"),
        (5, "slow_down"),
        (16, "authorization_pending"),
        (26, "slow_down"),
        (41, "slow_down"),
        (62, "authorization_pending"),
    ] {
        server.at_second(second);
        poll(&server, &code).assert_refused(&format!("at {second}"), error);
    }
}

#[test]
fn guessing() {
    let server = server();
    let browser = Browser::new(&server);
    let page = browser.follow(browser.get(&format!("/authorize?{PORTAL}")));
    let wrong = page.filled().with("username", "alice").with("password", "wrong");
    for _ in 0..20 {
        assert_eq!(browser.send(&wrong).status(), 422);
    }
    // Not even the right password counts for a while, in no browser; and nothing tells that it was right.
    for password in ["wrong", "alice"] {
        let answer = browser.send(&wrong.clone().with("password", password));
        assert_eq!(answer.status(), 429);
        assert!(answer.text().contains("role=\"alert\">There were too many attempts to sign in by this name."));
    }
    let other = Browser::new(&server);
    let page = other.follow(other.get(&format!("/authorize?{PORTAL}")));
    assert_eq!(other.send(&page.filled().with("username", "alice").with("password", "alice")).status(), 429);
    assert_eq!(other.send(&page.filled().with("username", "bob").with("password", "bob")).status(), 303);
    server.at_second(300);
    assert_eq!(browser.send(&wrong.with("password", "alice")).status(), 303);
}

#[test]
fn how_long_ago_a_user_may_have_signed_in() {
    for (what, second, changes, asked) in [
        ("no wish", 60, &[][..], false),
        ("within the age", 60, &["max_age=60"], false),
        ("beyond it", 61, &["max_age=60"], true),
        ("no age", 1, &["max_age=0"], true),
        ("a new sign-in", 1, &["prompt=login"], true),
        ("another account", 1, &["prompt=select_account"], true),
        ("several wishes", 1, &["prompt=consent+login"], true),
    ] {
        let server = server();
        let alice = Browser::signed_in(&server, "alice");
        server.at_second(second);
        let answer = alice.get(&format!("/authorize?{}", changed(PORTAL, changes)));
        assert_eq!(answer.location().starts_with("/signin?"), asked, "{what}: {}", answer.location());
        // Nor is it left out by going on without it.
        if asked {
            let (_, id) = answer.location().split_once("request=").unwrap();
            assert_eq!(alice.get(&format!("/authorize/resume?request={id}")).location(), answer.location(), "{what}");
        }
        let none = changed(&changed(PORTAL, changes), &["prompt=none"]);
        let answer = alice.get(&format!("/authorize?{none}"));
        let age = changes.iter().any(|change| change.starts_with("max_age"));
        assert_eq!(answer.location().contains("error=login_required"), asked && age, "{what}: {}", answer.location());
    }
}

#[test]
fn a_consent() {
    // Of a client that need not ask, on its own wish.
    let ask = changed(MVC, &["prompt=consent"]);
    for (what, remember, request, asked) in [
        ("remembered, and asked for nothing", true, MVC.to_owned(), false),
        ("remembered, and asked for again", true, ask.clone(), true),
        ("not remembered, and asked for again", false, ask.clone(), true),
    ] {
        let server = server();
        let alice = Browser::signed_in(&server, "alice");
        let form = alice.follow(alice.get(&format!("/authorize?{ask}"))).filled().with("answer", "allow");
        let form = if remember { form.with("remember", "yes") } else { form };
        alice.follow(alice.send(&form));
        server.at_second(1);
        let answer = alice.get(&format!("/authorize?{request}"));
        assert_eq!(answer.location().starts_with("/consent?"), asked, "{what}");
    }
    // The native client's is not kept, whatever a form says (RFC 8252 §8.6).
    let server = server();
    let alice = Browser::signed_in(&server, "alice");
    for second in [0, 1, 2] {
        server.at_second(second);
        let page = alice.follow(alice.get(&format!("/authorize?{NATIVE}")));
        assert_eq!(page.page().1, "<strong>Desktop Client</strong> asks for access", "{second}");
        let back = alice.follow(alice.send(&page.filled().with("answer", "allow").with("remember", "yes")));
        assert!(back.location().contains("?code="));
    }
}

#[test]
fn what_tokens_say_of_time() {
    let server = server();
    let alice = Browser::signed_in(&server, "alice");
    server.at_second(100);
    let answer = alice.authorize(MVC, "alice");
    server.at_second(150);
    let uri = "redirect_uri=http%3A%2F%2Flocalhost%3A21402%2Fsignin-oidc";
    let body = format!("grant_type=authorization_code&code={}&code_verifier={VERIFIER}&{uri}", answer["code"]);
    let tokens = server.form("/token", Some(MVC_PAIR), &body);
    for (what, jwt, issued, lifetime) in [
        ("the first ID token", answer["id_token"].clone(), 100, 300),
        ("the second", text(&tokens, "id_token"), 150, 300),
        ("the access token", text(&tokens, "access_token"), 150, 3_600),
    ] {
        let claims = super::claims(&jwt);
        let times = ["auth_time", "iat", "exp"].map(|name| claims[name].as_u64().unwrap() - super::START);
        assert_eq!(times, [0, issued, issued + lifetime], "{what}");
    }
}

//! A browser and its sessions: what a new sign-in changes, and what a sign-out ends.

use super::wire::{Answer, Ask, Browser, JS, MVC, NATIVE, PORTAL, PORTAL_PAIR, VERIFIER, changed};
use super::{Server, claims};
use crate::clients::CLIENTS;

/// Signs in again, as somebody.
fn again(browser: &Browser<'_>, request: &str, name: &str) -> Answer {
    let page = browser.follow(browser.get(&format!("/authorize?{}", changed(request, &["prompt=login"]))));
    assert_eq!(page.page().1, "Sign in");
    browser.follow(browser.send(&page.filled().with("username", name).with("password", name)))
}

fn session_of(answer: &Answer) -> String {
    let parameters = super::wire::parameters(answer.location());
    claims(&parameters["id_token"])["sid"].as_str().unwrap().to_owned()
}

#[test]
fn the_same_user_goes_on_with_the_same_session_by_another_cookie() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    let first = session_of(&alice.get(&format!("/authorize?{MVC}")));
    let cookie = alice.cookie("session").unwrap();
    server.at_second(60);
    let answer = again(&alice, JS, "alice");
    assert_eq!(session_of(&answer), first, "clients know it by its `sid`");
    assert_eq!(claims(&super::wire::parameters(answer.location())["id_token"])["auth_time"], super::START + 60);
    assert_ne!(alice.cookie("session").unwrap(), cookie);
    let copied = Browser::new(&server);
    copied.set_cookie("session", &cookie);
    assert!(copied.get("/device").location().starts_with("/signin?"), "the old cookie is nobody's");
    // The client of before is told of the end.
    let page = alice.send(&alice.get("/signout").filled());
    assert!(
        page.text().contains("<iframe src=\"http:&#x2f;&#x2f;localhost:21402&#x2f;signout-oidc?"),
        "{}",
        page.text()
    );
}

#[test]
fn another_user_has_another_session_and_ends_the_first() {
    let server = Server::new(&CLIENTS);
    let browser = Browser::signed_in(&server, "alice");
    let first = session_of(&browser.get(&format!("/authorize?{MVC}")));
    let cookie = browser.cookie("session").unwrap();
    let tokens = portal(&server, &browser);
    server.at_second(60);
    let answer = again(&browser, JS, "bob");
    assert_ne!(session_of(&answer), first);
    let copied = Browser::new(&server);
    copied.set_cookie("session", &cookie);
    assert!(copied.get("/device").location().starts_with("/signin?"));
    // What was tied to it has ended with it, and bob has not signed in at alice's clients.
    refresh(&server, &tokens).assert_refused("alice's", "invalid_grant");
    let page = browser.send(&browser.get("/signout").filled());
    assert_eq!(page.page().2, "You have signed out here.");
}

#[test]
fn signing_out_ends_what_is_tied_to_the_session_and_nothing_else() {
    let server = Server::new(&CLIENTS);
    let (alice, elsewhere) = (Browser::signed_in(&server, "alice"), Browser::signed_in(&server, "alice"));
    let (here, there) = (portal(&server, &alice), portal(&server, &elsewhere));
    let code = alice.authorize(NATIVE, "alice")["code"].clone();
    let uri = "client_id=native&redirect_uri=http%3A%2F%2F127.0.0.1%3A49152%2Fcallback";
    let body = format!("grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&{uri}");
    let native = server.form("/token", None, &body).json()["refresh_token"].as_str().unwrap().to_owned();
    alice.send(&alice.get("/signout").filled());
    refresh(&server, &here).assert_refused("of this session", "invalid_grant");
    assert_eq!(refresh(&server, &there).status(), 200, "of another one");
    let body = format!("grant_type=refresh_token&client_id=native&refresh_token={native}");
    assert_eq!(server.form("/token", None, &body).status(), 200, "of a client that works while its user is away");
}

/// A refresh token of the portal.
fn portal(server: &Server, browser: &Browser<'_>) -> String {
    let code = browser.authorize(PORTAL, "alice")["code"].clone();
    let uri = "redirect_uri=http%3A%2F%2Flocalhost%3A21403%2Fsignin-oidc";
    let body = format!("grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&{uri}");
    server.form("/token", Some(PORTAL_PAIR), &body).json()["refresh_token"].as_str().unwrap().to_owned()
}

fn refresh(server: &Server, token: &str) -> Answer {
    server.form("/token", Some(PORTAL_PAIR), &format!("grant_type=refresh_token&refresh_token={token}"))
}

#[test]
fn what_is_allowed_is_allowed_to_one_request_by_one_user() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    // Two programs that say they are the native client ask in the same second, and the user allows the first.
    let first = alice.follow(alice.get(&format!("/authorize?{NATIVE}"))).filled();
    let other = changed(NATIVE, &["redirect_uri=http%3A%2F%2F127.0.0.1%3A4444%2Fcallback"]);
    let second = alice.follow(alice.get(&format!("/authorize?{other}"))).filled();
    let resume = alice.send(&first.with("answer", "allow").with("remember", "yes")).location().to_owned();
    let id = second.get("request");
    let asks = format!("/consent?request={id}");
    assert_eq!(alice.get(&format!("/authorize/resume?request={id}")).location(), asks);
    assert!(alice.get(&format!("/authorize?{other}")).location().starts_with("/consent?request="));
    assert!(alice.get(&resume).location().contains("?code="));
    assert_eq!(alice.get(&format!("/authorize/resume?request={id}")).location(), asks);
    // Nor is it bob who has allowed it, who signs in before it is answered.
    let resume = alice.send(&second.with("answer", "allow")).location().to_owned();
    server.at_second(1);
    again(&alice, PORTAL, "bob");
    assert_eq!(alice.get(&resume).location(), asks);
}

#[test]
fn behind_tls_no_neighbour_can_plant_a_cookie() {
    let server = Server::at("https://id.example.com", &CLIENTS);
    let browser = Browser::new(&server);
    // By a name that a neighbour may set (Cookies: HTTP State Management Mechanism §4.1.3.2).
    browser.set_cookie("form", "planted");
    let first = browser.get(&format!("/authorize?{PORTAL}"));
    let page = browser.get(first.location());
    assert_ne!(page.filled().get("form"), "planted");
    let second = browser.send(&page.filled().with("username", "alice").with("password", "alice"));
    browser.get(second.location());
    let third = browser.send(&browser.get("/signout").filled());
    for (answer, name, more) in
        [(first, "__Host-form", ""), (second, "__Host-session", ""), (third, "__Host-session", "; Max-Age=0")]
    {
        let cookies = answer.headers("set-cookie");
        let (value, attributes) = cookies[0].split_once(';').unwrap();
        assert_eq!(cookies.len(), 1);
        assert_eq!(value.split('=').next(), Some(name));
        assert_eq!(format!(";{attributes}"), format!("; HttpOnly; SameSite=Lax; Secure; Path=/{more}"));
    }
}

#[test]
fn a_sign_in_is_for_one_request() {
    let server = Server::new(&CLIENTS);
    let alice = Browser::signed_in(&server, "alice");
    // Two requests wait for a sign-in, in the same second.
    let asks = changed(PORTAL, &["prompt=login"]);
    let [first, second] = [(); 2].map(|()| alice.follow(alice.get(&format!("/authorize?{asks}"))));
    let back = alice.follow(alice.send(&first.filled().with("username", "alice").with("password", "alice")));
    assert!(back.location().contains("?code="), "{}", back.location());
    let id = second.filled().get("request").to_owned();
    let answer = alice.get(&format!("/authorize/resume?request={id}"));
    assert_eq!(answer.location(), format!("/signin?request={id}"));
}

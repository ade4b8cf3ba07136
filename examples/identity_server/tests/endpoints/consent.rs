//! The consent page: nothing is granted that the user has not seen and allowed.

use crate::support::{Browser, MVC, NATIVE, NATIVE_URI, PORTAL, Server, changed, location};

const EXPIRED: &str =
    "This page has expired, or it belongs to another browser. Go back to the application and start again.";
const NOT_OURS: &str =
    "It was not sent from a page of this server, or your browser keeps no cookies. Go back and try again.";

#[test]
fn nobody_consents_but_the_user_who_has_seen_the_page() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    let page = alice.follow(alice.get(&format!("/authorize?{NATIVE}")));
    let good = page.filled().with("answer", "allow");
    let here = format!("/consent?request={}", good.get("request"));
    let resume = format!("/authorize/resume?request={}", good.get("request"));
    for (what, form) in [
        ("no token", good.clone().without("form")),
        ("an empty token", good.clone().with("form", "")),
        ("a token of nobody", good.clone().with("form", "x")),
        ("the request's id as the token", good.clone().with("form", good.get("request"))),
    ] {
        alice.send(&form).assert_page(what, 403, "This form is not ours", NOT_OURS);
    }
    for site in ["cross-site", "same-site"] {
        let answer = alice.post("/consent", &[("sec-fetch-site", site)], &good.body());
        answer.assert_page(site, 403, "This form is not ours", NOT_OURS);
    }
    for (what, form) in
        [("no request", good.clone().without("request")), ("a request of nobody", good.clone().with("request", "x"))]
    {
        alice.send(&form).assert_page(what, 400, "That took too long", EXPIRED);
    }
    for (what, form) in [
        ("no session", good.clone().without("session")),
        ("another session", good.clone().with("session", "x")),
        ("the session's cookie", good.clone().with("session", &alice.cookie("session").unwrap())),
    ] {
        assert_eq!(alice.send(&form).location(), here, "{what}");
    }
    // The page is not left out by going on without it.
    assert_eq!(alice.get(&resume).location(), here);
    // Whoever is signed in by now has not seen it.
    let token = alice.cookie("form").unwrap();
    let bob = Browser::signed_in(&server, "bob");
    bob.set_cookie("form", &token);
    assert_eq!(bob.send(&good).location(), here);
    let nobody = Browser::new(&server);
    nobody.set_cookie("form", &token);
    assert_eq!(nobody.send(&good).location(), here);
    assert_eq!(nobody.get(&here).location(), format!("/signin?request={}", good.get("request")));
    // The user has.
    assert_eq!(alice.send(&good).location(), resume);
    assert!(alice.get(&resume).location().starts_with(&format!("{NATIVE_URI}?code=")));
    alice.get(&resume).assert_page("again", 400, "That took too long", EXPIRED);
}

#[test]
fn what_is_not_allowed_in_so_many_words_is_not_allowed() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    for answer in ["deny", "", "Allow", "allow ", "yes", "true"] {
        let page = alice.follow(alice.get(&format!("/authorize?{NATIVE}")));
        let response = [
            ("error", "access_denied"),
            ("error_description", "the user does not allow it"),
            ("state", "s"),
            ("iss", server.issuer.as_str()),
        ];
        let back = alice.send(&page.filled().with("answer", answer));
        assert_eq!(back.location(), location(&format!("{NATIVE_URI}?"), &response), "{answer}");
    }
    let page = alice.follow(alice.get(&format!("/authorize?{NATIVE}")));
    let twice = format!("{}&answer=allow&answer=deny", page.filled().body());
    assert!(alice.post("/consent", &[], &twice).location().contains("error=access_denied"));
}

#[test]
fn an_answer_is_kept_where_the_client_can_prove_itself() {
    let server = Server::start();
    let alice = Browser::signed_in(&server, "alice");
    for (what, request, kept) in [
        // Any program can say that it is the native client (RFC 8252 §8.6).
        ("a native application", NATIVE.to_owned(), false),
        ("a client with a secret", changed(MVC, &["prompt=consent"]), true),
    ] {
        let page = alice.follow(alice.get(&format!("/authorize?{request}")));
        assert!(page.page().1.ends_with(" asks for access"), "{what}");
        assert_eq!(page.text().contains("type=\"checkbox\" name=\"remember\""), kept, "{what}");
    }
    // And who need not ask does not.
    assert!(alice.get(&format!("/authorize?{PORTAL}")).location().contains("?code="));
}

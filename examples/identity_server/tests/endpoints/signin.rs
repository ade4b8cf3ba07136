//! The sign-in page: whose forms are taken, what a session is known by, and who can go on with what somebody has begun.

use crate::support::{Ask, Browser, FORM, JS, MVC, MVC_URI, NATIVE, NATIVE_URI, PORTAL, Server, changed, location};

const EXPIRED: &str =
    "This page has expired, or it belongs to another browser. Go back to the application and start again.";
const NOT_OURS: &str =
    "It was not sent from a page of this server, or your browser keeps no cookies. Go back and try again.";

#[test]
fn nobody_goes_on_with_what_another_browser_has_begun() {
    let server = Server::start();
    let (victim, attacker) = (Browser::new(&server), Browser::new(&server));
    let begun = attacker.get(&format!("/authorize?{NATIVE}")).location().to_owned();
    let own = victim.get(&format!("/authorize?{PORTAL}")).location().to_owned();
    let (_, id) = begun.split_once("request=").unwrap();
    let (_, own_id) = own.split_once("request=").unwrap();
    for path in ["/signin", "/consent", "/authorize/resume"] {
        for (what, query) in [
            ("nothing", String::new()),
            ("no id", "?request=".to_owned()),
            ("an id of nobody", "?request=x".to_owned()),
            ("another browser's", format!("?request={id}")),
            ("an id and more", format!("?request={own_id}x")),
            ("two ids", format!("?request={own_id}&request={own_id}")),
            ("an address", "?request=https%3A%2F%2Fevil.example".to_owned()),
            ("a broken escape", format!("?request={own_id}&x=%")),
        ] {
            victim.get(&format!("{path}{query}")).assert_page(what, 400, "That took too long", EXPIRED);
        }
    }
    // Nor without the cookies, whoever has the address.
    for path in ["/signin", "/consent", "/authorize/resume"] {
        server.get(&format!("{path}?request={own_id}")).assert_page("no cookies", 400, "That took too long", EXPIRED);
    }
    // Another browser's form is not this one's either.
    let form = attacker.get(&begun).filled().with("username", "alice").with("password", "alice");
    victim.send(&form).assert_page("another browser's form", 403, "This form is not ours", NOT_OURS);
    // With this one's token, its request is still another's.
    let token = victim.get(&own).filled().get("form").to_owned();
    victim.send(&form.with("form", &token)).assert_page("another's request", 400, "That took too long", EXPIRED);
    assert_eq!(victim.cookie("session"), None);
}

#[test]
fn a_form_is_taken_from_the_page_of_this_browser_alone() {
    let server = Server::start();
    let browser = Browser::new(&server);
    let page = browser.get(browser.get(&format!("/authorize?{PORTAL}")).location());
    let good = page.filled().with("username", "alice").with("password", "alice");
    let other = Browser::new(&server);
    let others = other.get(other.get(&format!("/authorize?{PORTAL}")).location()).filled().get("form").to_owned();
    for (what, form) in [
        ("no token", good.clone().without("form")),
        ("an empty token", good.clone().with("form", "")),
        ("a token of nobody", good.clone().with("form", "x")),
        ("another browser's token", good.clone().with("form", &others)),
        ("a token and more", good.clone().with("form", &format!("{}x", good.get("form")))),
        ("in another case", good.clone().with("form", &good.get("form").to_ascii_uppercase())),
    ] {
        browser.send(&form).assert_page(what, 403, "This form is not ours", NOT_OURS);
    }
    for (what, headers, body) in [
        ("two tokens", &[][..], format!("{}&form={}", good.body(), good.get("form"))),
        ("a broken escape", &[], format!("{}&x=%", good.body())),
        ("not UTF-8", &[], format!("{}&x=%FF", good.body())),
        ("from another site", &[("sec-fetch-site", "cross-site")], good.body()),
        ("from a neighbour", &[("sec-fetch-site", "same-site")], good.body()),
        ("from a place that is none", &[("sec-fetch-site", "same-origin, cross-site")], good.body()),
    ] {
        browser.post("/signin", headers, &body).assert_page(what, 403, "This form is not ours", NOT_OURS);
    }
    // What another site's form can send without asking (Fetch §2.2.5), but for the form that browsers send no cookies with.
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json", ""] {
        let answer = browser.ask("POST", "/signin", &[("content-type", kind)], Some(&good.body()));
        assert_eq!(answer.status(), 415, "{kind}");
    }
    server.post("/signin", FORM, &[], &good.body()).assert_page("no cookies", 403, "This form is not ours", NOT_OURS);
    // In the address, the fields are not a form.
    browser.post(&format!("/signin?{}", good.body()), &[], "").assert_page(
        "in the query",
        403,
        "This form is not ours",
        NOT_OURS,
    );
    assert_eq!(browser.cookie("session"), None);
    // By the page, it is taken: from this very site, as browsers say.
    let answer = browser.post("/signin", &[("sec-fetch-site", "same-origin")], &good.body());
    assert_eq!(answer.location(), format!("/authorize/resume?request={}", good.get("request")));
}

#[test]
fn a_wrong_password_is_told_on_the_page_and_nothing_else_is() {
    let server = Server::start();
    let browser = Browser::new(&server);
    let page = browser.get(browser.get(&format!("/authorize?{PORTAL}")).location());
    let form = page.filled();
    let long = "x".repeat(10_000);
    for (what, username, password) in [
        ("a wrong password", "alice", "wrong"),
        ("another's password", "alice", "bob"),
        ("an unknown user", "carol", "carol"),
        ("a name in another case", "Alice", "alice"),
        ("a password in another case", "alice", "Alice"),
        ("no password", "alice", ""),
        ("no name", "", "alice"),
        ("nothing", "", ""),
        ("a name with a space", "alice ", "alice"),
        ("a zero byte", "alice\0", "alice"),
        ("a long password", "alice", &long),
        ("a long name", &long, "alice"),
        ("a query", "' OR 1=1 --", "' OR 1=1 --"),
        ("a script", "<script>alert(1)</script>", "\"><script>alert(1)</script>"),
    ] {
        let answer = browser.send(&form.clone().with("username", username).with("password", password));
        assert_eq!(answer.page(), (422, "Sign in".into(), "to go on to <strong>Portal</strong>".into()), "{what}");
        assert!(answer.text().contains("role=\"alert\">The user name or the password is wrong.<"), "{what}");
        // What was typed is not shown again.
        assert!(!answer.text().contains("alert(1)") && answer.text().len() < 4_000, "{what}: {}", answer.text());
        assert_eq!(browser.cookie("session"), None, "{what}");
    }
    let twice = format!("{}&username=alice&username=bob&password=alice", form.body());
    assert_eq!(browser.post("/signin", &[], &twice).status(), 422);
    // After all of that, the right one counts.
    let answer = browser.send(&form.with("username", "alice").with("password", "alice"));
    assert!(answer.location().starts_with("/authorize/resume?"));
}

#[test]
fn a_session_is_known_by_a_cookie_that_the_server_has_made_at_sign_in() {
    let server = Server::start();
    let browser = Browser::new(&server);
    // Somebody has planted one, and knows it.
    browser.set_cookie("session", "planted");
    let first = browser.get(&format!("/authorize?{PORTAL}"));
    let set = first.headers("set-cookie");
    assert_eq!(set.len(), 1);
    let (form, attributes) = set[0].split_once(';').unwrap();
    assert_eq!(attributes, " HttpOnly; SameSite=Lax; Path=/");
    assert_eq!(form.strip_prefix("form=").map(str::len), Some(43));
    let page = browser.get(first.location());
    let answer = browser.send(&page.filled().with("username", "alice").with("password", "alice"));
    let set = answer.headers("set-cookie");
    assert_eq!(set.len(), 1);
    let (session, attributes) = set[0].split_once(';').unwrap();
    assert_eq!(attributes, " HttpOnly; SameSite=Lax; Path=/");
    let session = session.strip_prefix("session=").unwrap().to_owned();
    assert_eq!(session.len(), 43);
    let planted = Browser::new(&server);
    planted.set_cookie("session", "planted");
    assert!(planted.get("/device").location().starts_with("/signin?"), "the planted one is nobody's");
    let copied = Browser::new(&server);
    copied.set_cookie("session", &session);
    assert_eq!(copied.get("/device").status(), 200, "a session is its cookie");
}

#[test]
fn who_does_not_sign_in_leads_nowhere_but_back() {
    let server = Server::start();
    let browser = Browser::new(&server);
    for (request, address) in [(NATIVE, format!("{NATIVE_URI}?")), (MVC, format!("{MVC_URI}#"))] {
        let page = browser.follow(browser.get(&format!("/authorize?{request}")));
        let response = [
            ("error", "access_denied"),
            ("error_description", "the user has not signed in"),
            ("state", "s"),
            ("iss", server.issuer.as_str()),
        ];
        let answer = browser.send(&page.filled().with("cancel", "yes"));
        assert_eq!(answer.location(), location(&address, &response));
        // Once.
        browser.get(&format!("/signin?request={}", page.filled().get("request"))).assert_page(
            "cancelled",
            400,
            "That took too long",
            EXPIRED,
        );
    }
    // Nobody is sent on by a request that is refused (RFC 9700 §4.11.2), nor by a device.
    for path in [format!("/authorize?{}", changed(JS, &["scope=api3"])), "/device".to_owned()] {
        let page = browser.follow(browser.get(&path));
        let answer = browser.send(&page.filled().with("cancel", "yes"));
        answer.assert_page(&path, 200, "Not signed in", "You can close this page.");
    }
    // A refused request is not resumed by its address alone.
    let first = browser.get(&format!("/authorize?{}", changed(JS, &["scope=api3"]))).location().to_owned();
    let (_, id) = first.split_once("request=").unwrap();
    assert_eq!(browser.get(&format!("/authorize/resume?request={id}")).location(), first);
}

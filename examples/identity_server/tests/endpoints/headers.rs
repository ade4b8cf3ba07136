//! What every answer tells a browser, and what every page is made of.

use crate::support::{Answer, Ask, Browser, FORM, JS, MVC, NATIVE, PORTAL, SERVICE_PAIR, Server, changed};

/// Every page that there is, by what it shows.
fn pages(server: &Server) -> Vec<(&'static str, Answer)> {
    let browser = Browser::new(server);
    let sign_in = browser.follow(browser.get(&format!("/authorize?{NATIVE}")));
    let wrong = browser.send(&sign_in.filled().with("username", "alice").with("password", "wrong"));
    let refused = browser.follow(browser.get(&format!("/authorize?{}", changed(NATIVE, &["scope=api3"]))));
    let cancelled = browser.send(&refused.filled().with("cancel", "yes"));
    let to_device = browser.follow(browser.get("/device"));
    let consent = browser.follow(browser.send(&sign_in.filled().with("username", "alice").with("password", "alice")));
    let mvc = browser.follow(browser.get(&format!("/authorize?{}", changed(MVC, &["prompt=consent"]))));
    let user_code =
        server.form("/device_authorization", None, "client_id=tv").json()["user_code"].as_str().unwrap().to_owned();
    let device = browser.get(&format!("/device?user_code={user_code}"));
    let no_device = browser.send(&device.filled().with("user_code", "x"));
    let allow = browser.send(&device.filled());
    let connected = browser.send(&allow.filled().with("answer", "allow"));
    let form_post = browser.get(&format!("/authorize?{}", changed(PORTAL, &["response_mode=form_post"])));
    let error_post =
        browser.get(&format!("/authorize?{}", changed(PORTAL, &["response_mode=form_post", "scope=api3"])));
    let sign_out = browser.get("/signout");
    browser.send(&mvc.filled().with("answer", "allow"));
    browser.goes_to(&format!("/authorize?{}", changed(MVC, &["state=t"])), "alice");
    let signed_out = browser.send(&sign_out.filled());
    vec![
        ("sign in", sign_in),
        ("a wrong password", wrong),
        ("sign in, to be refused", refused),
        ("cancelled", cancelled),
        ("sign in, for a device", to_device),
        ("consent", consent),
        ("consent that may be remembered", mvc),
        ("a device's code", device),
        ("no such code", no_device),
        ("consent for a device", allow),
        ("connected", connected),
        ("a code that is posted", form_post),
        ("an error that is posted", error_post),
        ("sign out", sign_out),
        ("signed out, with frames", signed_out),
        ("signed out", server.get("/signout")),
        ("not a good sign-out", server.get("/signout?state=a&state=b")),
        ("not a good request", server.get("/authorize")),
        ("expired", server.get("/signin")),
        ("a form of somebody else", server.post("/signin", FORM, &[], "")),
    ]
}

#[test]
fn every_page_is_kept_to_itself() {
    let server = Server::start();
    for (what, page) in pages(&server) {
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{what}");
        for (name, value) in
            [("cache-control", "no-store"), ("referrer-policy", "no-referrer"), ("x-content-type-options", "nosniff")]
        {
            assert_eq!(page.headers(name), [value], "{what} {name}");
        }
        let policies = page.headers("content-security-policy");
        assert_eq!(policies.len(), 1, "{what}");
        let rules: Vec<&str> = policies[0].split("; ").collect();
        for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(rules.contains(&rule), "{what}: {rules:?}");
        }
        for rule in rules {
            // Nothing is allowed to everybody, and no script but the one that a hash names.
            let (name, sources) = rule.split_once(' ').unwrap();
            assert!(!rule.contains('*') && !rule.contains("unsafe") && !rule.contains("data:"), "{what}: {rule}");
            let hashed = sources.starts_with("'sha256-") && !sources.contains(' ');
            assert!(name != "script-src" || hashed && what.ends_with("posted"), "{what}: {rule}");
        }
        // What the policy would not let run is not there either.
        for inline in [" style=", " onclick", " onload", " onsubmit", "javascript:", "<style"] {
            assert!(!page.text().contains(inline), "{what}: {inline}");
        }
    }
}

#[test]
fn a_form_leads_to_its_client_and_to_nobody_else() {
    let server = Server::start();
    let browser = Browser::new(&server);
    for (request, origin) in [
        (NATIVE, "http://127.0.0.1:49152"),
        (PORTAL, "http://localhost:21403"),
        (MVC, "http://localhost:21402"),
        (JS, "http://localhost:7017"),
    ] {
        let page = browser.follow(browser.get(&format!("/authorize?{request}")));
        let policy = page.header("content-security-policy");
        assert!(policy.contains(&format!("; form-action 'self' {origin}; ")), "{policy}");
    }
    let policy = browser.follow(browser.get("/device"));
    assert!(policy.header("content-security-policy").contains("; form-action 'self'; "));
}

#[test]
fn every_page_can_be_read_and_used_by_everybody_without_scripts_and_styles() {
    let server = Server::start();
    for (what, page) in pages(&server) {
        let html = page.text();
        assert!(html.to_ascii_lowercase().starts_with("<!doctype html>\n<html lang=\"en\">"), "{what}");
        let title = html.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
        assert!(!title.trim_start_matches(" · guestlist").is_empty(), "{what}");
        let script = what.ends_with("posted");
        assert_eq!(html.contains("<script"), script, "{what}");
        if script {
            // Who has no scripts has a button.
            assert!(html.contains("<noscript><button>"), "{what}");
            continue;
        }
        assert!(html.contains("name=\"viewport\"") && html.contains("<main>"), "{what}");
        assert_eq!(html.matches("<h1>").count(), 1, "{what}");
        // What is wrong is announced, in the title first of all, and belongs to its fields.
        let has_error = html.contains("class=\"error\"");
        assert_eq!(html.contains("role=\"alert\""), has_error, "{what}");
        assert_eq!(title.starts_with("Error: "), has_error, "{what}");
        assert_eq!(html.contains("aria-describedby=\"error\" aria-invalid=\"true\""), has_error, "{what}");
        assert_eq!(html.contains(" id=\"error\""), has_error, "{what}");
        for input in html.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            if input.contains("type=\"hidden\"") {
                continue;
            }
            // Each field has its label, by its id or around it.
            let id = input.split_once("id=\"").map(|(_, rest)| rest.split('"').next().unwrap());
            let labelled = match id {
                Some(id) => html.contains(&format!("<label for=\"{id}\">")),
                None => html.contains(&format!("<label class=\"check\"><input {input}>")),
            };
            assert!(labelled, "{what}: {input}");
        }
        assert!(html.matches(" autofocus").count() <= 1, "{what}");
        for form in html.split("<form ").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert!(
                form.starts_with("method=\"post\" action=\"") && form.contains("<button type=\"submit\""),
                "{what}"
            );
            // Nobody allows anything by pressing a key too early.
            assert!(!form.contains("<button type=\"submit\" name=\"answer\" value=\"allow\" autofocus"), "{what}");
        }
        for frame in html.split("<iframe ").skip(1) {
            assert!(frame.split('>').next().unwrap().contains("title=\""), "{what}");
        }
        for image in html.split("<img ").skip(1) {
            assert!(image.split('>').next().unwrap().contains("alt=\""), "{what}");
        }
    }
}

#[test]
fn every_other_answer_is_guarded_too() {
    let server = Server::start();
    let nobody = Browser::new(&server);
    let token = server.form("/token", Some(SERVICE_PAIR), "grant_type=client_credentials");
    let policy = "default-src 'none'; frame-ancestors 'none'";
    for (what, answer, status, cache) in [
        ("a redirect", nobody.get(&format!("/authorize?{NATIVE}")), 303, "no-store"),
        ("a redirect after a post", server.post("/signout", FORM, &[], ""), 303, "no-store"),
        ("tokens", token, 200, "no-store"),
        ("a refusal", server.form("/token", None, ""), 401, "no-store"),
        ("a challenge", server.get("/userinfo"), 401, "no-store"),
        ("the keys", server.get("/jwks"), 200, "max-age=300"),
        ("the metadata", server.get("/.well-known/openid-configuration"), 200, "max-age=300"),
        ("the style", server.get("/style.css"), 200, "max-age=3600"),
        ("nothing", server.get("/nowhere"), 404, "no-store"),
        ("another method", server.get("/token"), 405, "no-store"),
        ("another type", server.post("/signin", "text/plain", &[], ""), 415, "no-store"),
        ("a long address", server.get(&format!("/signin?x={}", "x".repeat(9_000))), 414, "no-store"),
        (
            "a long form",
            server.post("/signin", FORM, &[], &"x".repeat(4 * guestlist::MAX_SECRET_LENGTH + 1)),
            413,
            "no-store",
        ),
    ] {
        assert_eq!(answer.status(), status, "{what}");
        for (name, value) in [
            ("cache-control", cache),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", policy),
        ] {
            assert_eq!(answer.headers(name), [value], "{what} {name}");
        }
        assert_eq!(answer.header("server"), "", "{what}");
    }
}

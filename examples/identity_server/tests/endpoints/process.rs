//! The program: what it prints, and what it does not start with.

use std::io::ErrorKind;
use std::process::Command;

use serde_json::Value;

use crate::server::EXECUTABLE;
use crate::support::{
    Ask, Browser, JS, MVC, MVC_PAIR, NATIVE, PORTAL, PORTAL_PAIR, SERVICE_PAIR, Server, VERIFIER, basic, changed,
};

#[test]
fn the_printed_command_gets_a_token() {
    let server = Server::start();
    let mut words = server.curl.split(' ');
    assert_eq!(words.next(), Some("curl"));
    let arguments: Vec<_> = words.collect();
    // A shell would change none of it.
    assert!(!server.curl.contains(['"', '\'', '\\', '$', '&', ';', '*', '?', '#']), "{}", server.curl);
    let token = match Command::new("curl").args(&arguments).env("NO_PROXY", "*").output() {
        Ok(output) => {
            assert!(output.status.success(), "{} failed: {output:?}", server.curl);
            let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
            answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
        }
        // Without curl, the words are read as curl would.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let after = |flag| arguments.windows(2).filter(move |pair| pair[0] == flag).map(|pair| pair[1]);
            let headers = after("-u").map(basic).next().unwrap();
            let body = after("-d").collect::<Vec<_>>().join("&");
            assert_eq!(arguments.last(), Some(&&*format!("{}/token", server.issuer)));
            server.token(&[("authorization", &headers)], &body).access_token("api1")
        }
        Err(error) => panic!("{error}"),
    };
    assert_eq!(server.verify(&token).unwrap().claims["client_id"], "service.client");
}

#[test]
fn the_printed_address_leads_to_a_token() {
    let server = Server::start();
    let asked = server.link.strip_prefix(&server.at("/authorize?")).unwrap();
    let answer = Browser::signed_in(&server, "alice").authorize(asked, "alice");
    assert!(server.verify(&answer["access_token"]).is_ok());
}

#[test]
fn a_bad_argument_or_a_taken_port_ends_with_a_message() {
    let server = Server::start();
    let taken = server.issuer.rsplit(':').next().unwrap();
    for (arguments, code, message) in [
        (&["--port", "many"][..], 2, "invalid value 'many' for '--port <PORT>'"),
        (&["5001"], 2, "unexpected argument '5001'"),
        (&["--port", taken], 1, "choose another with --port"),
    ] {
        let output = Command::new(EXECUTABLE).args(arguments).output().unwrap();
        let printed = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{printed}");
        assert!(printed.contains(message), "{printed}");
    }
}

/// The server's output, after requests with secrets of all kinds in places of all kinds.
#[test]
fn nothing_that_is_secret_is_printed() {
    let (server, printed) = Server::start_to_be_read(&[]);
    let marks = ["secret-in-basic", "secret-in-body", "wrong-password", "state-of-the-client", "token-of-nobody"];
    let alice = Browser::signed_in(&server, "alice");
    let mut secrets: Vec<String> = marks.iter().map(ToString::to_string).collect();
    secrets.extend(["session", "form"].map(|name| alice.cookie(name).unwrap()));
    for (request, pair) in [(PORTAL, Some(PORTAL_PAIR)), (NATIVE, None), (MVC, Some(MVC_PAIR)), (JS, None)] {
        let answer = alice.authorize(&changed(request, &["state=state-of-the-client"]), "alice");
        secrets.extend(["code", "id_token", "access_token"].into_iter().filter_map(|name| answer.get(name).cloned()));
        let Some(code) = answer.get("code") else { continue };
        let client_id = request.split('&').next().unwrap();
        let uri = request.split('&').find(|part| part.starts_with("redirect_uri=")).unwrap();
        let body = format!("grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&{client_id}&{uri}");
        let tokens = server.form("/token", pair, &body).json();
        let names = ["access_token", "id_token", "refresh_token"];
        secrets.extend(names.into_iter().filter_map(|name| tokens[name].as_str().map(str::to_owned)));
        server.form("/token", pair, &body);
    }
    server.form("/token", Some("mvc:secret-in-basic"), "grant_type=client_credentials");
    server.form("/token", None, "client_id=mvc&client_secret=secret-in-body&grant_type=%");
    server.form("/introspect", Some(SERVICE_PAIR), "token=token-of-nobody");
    server.get("/userinfo?access_token=token-of-nobody");
    server.get("/authorize?client_id=token-of-nobody&state=state-of-the-client%0Aforged%20line");
    let page = Browser::new(&server);
    let form = page.follow(page.get("/device")).filled().with("username", "alice").with("password", "wrong-password");
    page.send(&form);
    // The portal is told of the sign-out, and does not answer.
    alice.send(&alice.get("/signout").filled());
    drop(server);
    let printed = printed.read();
    for secret in secrets {
        assert!(!printed.contains(&secret), "{secret} in {printed}");
    }
    assert!(!printed.contains("panicked") && !printed.contains("forged line"), "{printed}");
}

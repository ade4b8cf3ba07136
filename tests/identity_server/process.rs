//! The program: what it prints, and what it does not start with.

use std::io::ErrorKind;
use std::process::Command;

use serde_json::Value;

use crate::support::{Server, basic, executable};

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
fn a_bad_argument_or_a_taken_port_ends_with_a_message() {
    let server = Server::start();
    let taken = server.issuer.rsplit(':').next().unwrap();
    for (arguments, code, message) in [
        (&["--port", "many"][..], 2, "`many`, given as --port"),
        (&["5001"], 2, "unknown argument `5001`"),
        (&["--port", taken], 1, "choose another with --port"),
    ] {
        let output = Command::new(executable()).args(arguments).output().unwrap();
        let printed = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{printed}");
        assert!(printed.contains(message), "{printed}");
    }
}

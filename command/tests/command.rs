//! The command as a shell sees it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn answer(args: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guestlist"));
    let piped = || Stdio::piped();
    let mut child = command.args(args).stdin(piped()).stdout(piped()).stderr(piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

const SECRET: &str = "3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480";

#[test]
fn hash_prints_the_digest_of_what_it_reads() {
    // `printf %s … | sha256sum`
    let digest = "sha256(\"d0181290fa3ebe6c4822fb867e76c1b9ebfa9f301c519229413dcc22cf27001b\")\n";
    for input in [SECRET.to_owned(), format!("{SECRET}\n"), format!("{SECRET}\r\n")] {
        assert_eq!(answer(&["hash", "--hex"], &input), (0, digest.into(), String::new()));
    }
}

#[test]
fn hash_warns_of_a_secret_that_can_be_guessed_without_showing_it() {
    let (code, digest, warning) = answer(&["hash"], "changeme");
    // `printf %s changeme | openssl dgst -sha256 -binary | base64`
    assert_eq!((code, digest.as_str()), (0, "sha256(\"BXugPWxEEEhj3HNh/kV4ll0YhzYPkKCJWILlimJI/IY=\")\n"));
    assert!(warning.contains("the secret is a well-known placeholder [secret_placeholder]"), "{warning}");
    assert!(warning.contains("help: ") && !warning.contains("changeme"), "{warning}");
}

#[test]
fn hash_refuses_what_is_no_secret() {
    for (input, rule) in
        [("", "secret_empty"), ("\n", "secret_empty"), (" padded0123456789abcdefghijkl", "secret_whitespace")]
    {
        let (code, digest, error) = answer(&["hash"], input);
        assert_eq!((code, digest.as_str()), (1, ""), "{input:?}");
        assert!(error.starts_with("error: the secret ") && error.contains(rule), "{error}");
    }
}

#[test]
fn generate_prints_a_new_secret_with_its_digest() {
    let new = || serde_json::from_str::<serde_json::Value>(&answer(&["generate", "--format", "json"], "").1).unwrap();
    let (one, other) = (new(), new());
    assert_ne!(one, other);
    let secret = one["secret"].as_str().unwrap();
    assert_eq!(answer(&["hash"], secret), (0, format!("{}\n", one["definition"].as_str().unwrap()), String::new()));
}

#[test]
fn explain_shows_a_rule_or_lists_them() {
    let (code, rule, _) = answer(&["explain", "redirect_uri_wildcard"], "");
    assert_eq!(code, 0);
    for part in [
        "redirect_uri_wildcard: error\n",
        "RFC 9700 §4.1.1",
        "Wrong:\n",
        "https://*.example.com/callback",
        "Allowed:\n",
    ] {
        assert!(rule.contains(part), "{part}: {rule}");
    }
    let all: serde_json::Value = serde_json::from_str(&answer(&["explain", "--format", "json"], "").1).unwrap();
    let listed = answer(&["explain"], "").1;
    let names: Vec<&str> = all.as_array().unwrap().iter().map(|rule| rule["rule"].as_str().unwrap()).collect();
    assert!(names.len() > 100 && names.iter().all(|name| listed.contains(&format!("  {name} "))));
}

#[test]
fn mistakes_are_told_with_what_to_write() {
    let (code, _, error) = answer(&["explain", "redirect_uri_wildcrad"], "");
    assert_eq!((code, error.contains("help: did you mean `redirect_uri_wildcard`?")), (2, true), "{error}");
    let (code, _, error) = answer(&["hsah"], "");
    assert_eq!((code, error.contains("'hash'")), (2, true), "{error}");
}

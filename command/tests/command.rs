//! The command as a shell sees it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

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
fn a_digest_is_written_for_every_place() {
    let digest = "0BgSkPo+vmxIIvuGfnbBuev6nzAcUZIpQT3MIs8nABs=";
    for (place, written) in [
        ("source", format!("sha256(\"{digest}\")")),
        ("json", format!("{{ \"sha256\": \"{digest}\" }}")),
        ("toml", format!("{{ sha256 = \"{digest}\" }}")),
        ("yaml", format!("{{ sha256: \"{digest}\" }}")),
        ("identity-server", format!("{{ \"Value\": \"{digest}\" }}")),
    ] {
        assert_eq!(answer(&["hash", "--for", place], SECRET), (0, format!("{written}\n"), String::new()));
        let (code, json, _) = answer(&["hash", "--for", place, "--format", "json"], SECRET);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((code, &json["algorithm"], &json["digest"]), (0, &"sha256".into(), &digest.into()));
        assert_eq!((&json["definition"], &json["diagnostics"]), (&written.into(), &serde_json::json!([])));
    }
    let (code, _, said) = answer(&["hash", "--hex", "--for", "identity-server"], SECRET);
    assert_eq!((code, said.contains("help: leave out `--hex`")), (2, true), "{said}");
}

#[test]
fn hash_tells_programs_what_is_wrong() {
    let (code, json, said) = answer(&["hash", "--format", "json"], "");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, said.as_str(), json.get("digest")), (1, "", None));
    assert_eq!(
        (&json["diagnostics"][0]["rule"], &json["diagnostics"][0]["level"]),
        (&"secret_empty".into(), &"error".into())
    );
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
    let (code, _, error) = answer(&["explain", "fragment"], "");
    assert_eq!((code, error.contains("`redirect_uri_fragment`")), (2, true), "{error}");
    let (code, _, error) = answer(&["hsah"], "");
    assert_eq!((code, error.contains("'hash'")), (2, true), "{error}");
}

/// A file of clients in a folder of its own.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{count}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

const GOOD: &str = r#"
[[clients]]
client_id = "orders"
client_secrets = [{ sha256 = "8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=" }]
allowed_grant_types = ["client_credentials"]
allowed_scopes = ["api1"]
"#;

#[test]
fn check_is_content_with_a_good_file() {
    let file = File::new("clients.toml", GOOD);
    let (code, summary, said) = answer(&["check", file.path()], "");
    assert_eq!((code, said.as_str()), (0, ""));
    assert_eq!(summary, format!("{}: 1 client, 0 warnings\n", file.path()));
    assert_eq!(answer(&["check", "--format", "json", file.path()], ""), (0, "[]\n".into(), String::new()));
}

#[test]
fn check_shows_all_that_is_wrong_at_its_line_but_no_secret() {
    let bad = GOOD.replace("allowed_scopes", "allowed_scope").replace("client_credentials", "client_credential");
    let bad = bad.replace("{ sha256 = \"8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=\" }", "\"changeme\"");
    let file = File::new("clients.toml", &bad);
    let (code, summary, said) = answer(&["check", file.path()], "");
    assert_eq!((code, summary), (1, format!("{} is refused: 2 errors, 1 warning\n", file.path())));
    for part in [
        "warning[secret_placeholder]: client secret #1 is a well-known placeholder\n",
        "= help: generate one: `guestlist generate`\n",
        "error[grant_unknown]: unknown grant type `client_credential`\n",
        "clients.toml:5:24\n",
        "= help: did you mean `client_credentials`?\n",
        "error: unknown setting `allowed_scope`\n",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let (code, json, nothing) = answer(&["check", "--format", "json", file.path()], "");
    assert_eq!((code, nothing.as_str()), (1, ""));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[1]["rule"], "grant_unknown");
    assert_eq!(json[1]["pointer"], "/clients/0/allowed_grant_types/0");
    assert!(!said.contains("changeme") && !json.to_string().contains("changeme"));
}

#[test]
fn check_judges_for_the_server_that_is_meant() {
    let file = File::new("clients.toml", GOOD);
    for (options, code, part) in [
        (&["--api-scope", "api2"][..], 1, "error[scope_unknown]"),
        (&["--api-scope", "api1"], 0, ""),
        (&["--profile", "fapi-2.0"], 1, "error["),
        (&["--profile", "saml"], 2, "write one of `default`, `oauth-2.1`, `fapi-2.0`"),
        (&["--deny", "secrt_weak"], 2, "did you mean `secret_weak`?"),
    ] {
        let (answered, _, said) = answer(&[&["check", file.path()], options].concat(), "");
        assert_eq!(answered, code, "{options:?}: {said}");
        assert!(said.contains(part), "{options:?}: {said}");
    }
}

#[test]
fn check_says_what_it_cannot_read() {
    let file = File::new("clients.ini", "");
    for (path, part) in [("no-such-file.toml", "cannot read the file"), (file.path(), "name it `….json`")] {
        let (code, _, said) = answer(&["check", path], "");
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn import_prints_source_that_is_ready_to_paste() {
    let file = File::new("clients.toml", GOOD);
    let (code, source, said) = answer(&["import", file.path()], "");
    assert_eq!((code, said.as_str()), (0, ""));
    assert_eq!(
        source,
        r#"use guestlist::{Clients, clients};

pub static CLIENTS: Clients = clients![Client {
    client_id: "orders",
    client_secrets: [sha256("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}];
"#
    );
}

#[test]
fn export_prints_another_file_that_says_the_same() {
    let file = File::new("clients.toml", GOOD);
    let source = answer(&["import", file.path()], "").1;
    for (shape, format, name) in [
        ("guestlist", "json", "clients.json"),
        ("guestlist", "yaml", "clients.yaml"),
        ("identity-server", "json", "appsettings.json"),
        ("identity-server", "toml", "appsettings.toml"),
    ] {
        let (code, text, said) = answer(&["export", "--shape", shape, "--as", format, file.path()], "");
        assert_eq!((code, said.as_str()), (0, ""), "{shape} {format}");
        let exported = File::new(name, &text);
        assert_eq!(answer(&["import", exported.path()], ""), (0, source.clone(), String::new()), "{text}");
    }
}

#[test]
fn export_tells_what_is_left_out() {
    let file = File::new("clients.toml", GOOD);
    let (code, metadata, said) = answer(&["export", "--shape", "registration", file.path()], "");
    assert_eq!(code, 0);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    assert_eq!(metadata["grant_types"], serde_json::json!(["client_credentials"]));
    assert!(said.contains("warning: left out: client \"orders\": secret #1 of `client_secrets`: "), "{said}");
    let json = answer(&["export", "--shape", "registration", "--format", "json", file.path()], "").1;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(json["text"].as_str().unwrap()).unwrap(), metadata);
    assert_eq!(json["lost"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_is_refused_is_not_written() {
    let file = File::new("clients.toml", &GOOD.replace("allowed_scopes", "allowed_scope"));
    for command in [&["import"][..], &["export", "--shape", "guestlist"]] {
        let (code, text, said) = answer(&[command, &[file.path()]].concat(), "");
        assert_eq!((code, text.as_str()), (1, ""), "{said}");
        assert!(said.contains("did you mean `allowed_scopes`?"), "{said}");
        let (code, json, _) = answer(&[command, &["--format", "json", file.path()]].concat(), "");
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((code, &json["text"]), (1, &serde_json::Value::Null));
        assert_eq!(json["diagnostics"][0]["pointer"], "/clients/0/allowed_scope");
    }
}

#[test]
fn clients_stay_in_the_order_of_the_file() {
    let client =
        GOOD.replace("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=", "K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=");
    let file = File::new("clients.toml", &format!("{GOOD}{}", client.replace("orders", "billing")));
    for command in [&["import"][..], &["export", "--shape", "guestlist"], &["export", "--shape", "registration"]] {
        let text = answer(&[command, &[file.path()]].concat(), "").1;
        assert!(text.find("orders").unwrap() < text.find("billing").unwrap(), "{text}");
    }
}

#[test]
fn a_file_may_come_from_standard_input() {
    let (code, summary, said) = answer(&["check", "-", "--input", "toml"], GOOD);
    assert_eq!((code, summary.as_str(), said.as_str()), (0, "standard input: 1 client, 0 warnings\n", ""));
    let (code, _, said) = answer(&["check", "-"], "");
    assert_eq!((code, said.contains("--input <FORMAT>")), (2, true), "{said}");
    let file = File::new("clients", GOOD);
    assert_eq!(answer(&["check", file.path(), "--input", "toml"], "").0, 0);
}

#[test]
fn programs_are_told_that_a_file_cannot_be_written() {
    let file = File::new("clients.toml", &format!("{GOOD}{}", GOOD.replace("orders", "billing")));
    let options = ["export", "--shape", "registration", "--as", "toml", "--format", "json", file.path()];
    let (code, json, said) = answer(&options, "");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, said.as_str(), &json["text"]), (2, "", &serde_json::Value::Null));
    assert!(json["error"].as_str().unwrap().starts_with("TOML has no list of client metadata"), "{json}");
}

/// One who has closed the pipe has read enough.
#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_guestlist"))
        .args(["hash"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(SECRET.as_bytes()).unwrap();
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!((status.code(), String::from_utf8(stderr).unwrap().as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let explain = |stderr: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guestlist"));
        command.args(["explain"]).stdout(full()).stderr(stderr).spawn().unwrap().wait_with_output().unwrap()
    };
    let Output { status, stderr, .. } = explain(Stdio::piped());
    assert_eq!(status.code(), Some(2));
    assert!(String::from_utf8(stderr).unwrap().starts_with("error: cannot print the answer: "));
    assert_eq!(explain(full().into()).status.code(), Some(2));
}

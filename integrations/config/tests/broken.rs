//! Files that are no files of clients, or were damaged: none panics, and none loads what nobody wrote.

mod common;

use std::fs;

use common::NOW;
use guestlist_config::{ClientsFile, FileRefused, Format, Loaded};
use guestlist_runtime::{Client, Server, Setting};

const JSON: &str = r#"{
  "clients": [
    {
      "client_id": "jobs",
      "client_secrets": [{ "sha256": "UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=" }],
      "allowed_grant_types": ["client_credentials"],
      "allowed_scopes": ["api1", "api2"],
      "access_token_lifetime": 3600
    },
    {
      "client_id": "app",
      "require_client_secret": false,
      "allowed_grant_types": ["authorization_code"],
      "redirect_uris": ["https://app.example.com/callback"],
      "allowed_scopes": ["openid"],
      "access_token_lifetime": "15m"
    }
  ]
}"#;

const TOML: &str = r#"
[[clients]]
client_id = "jobs"
client_secrets = [{ sha256 = "UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=" }]
allowed_grant_types = ["client_credentials"]
allowed_scopes = ["api1", "api2"]
access_token_lifetime = 3600

[[clients]]
client_id = "app"
require_client_secret = false
allowed_grant_types = ["authorization_code"]
redirect_uris = ["https://app.example.com/callback"]
allowed_scopes = ["openid"]
access_token_lifetime = "15m"
"#;

const YAML: &str = r#"
clients:
  - client_id: jobs
    client_secrets:
      - sha256: UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=
    allowed_grant_types: [client_credentials]
    allowed_scopes: [api1, api2]
    access_token_lifetime: 3600
  - client_id: app
    require_client_secret: false
    allowed_grant_types: [authorization_code]
    redirect_uris:
      - https://app.example.com/callback
    allowed_scopes: [openid]
    access_token_lifetime: 15m
"#;

fn load(format: Format, text: &str) -> Result<Loaded, FileRefused> {
    ClientsFile::new("clients", format, text).load(&Server::default(), NOW)
}

/// The messages of the errors.
fn said(format: Format, text: &str) -> Vec<String> {
    let refused = load(format, text).unwrap_err();
    refused.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
}

fn clients(loaded: &Loaded) -> Vec<&Client> {
    loaded.clients.iter().map(|client| &**client).collect()
}

/// Whether every setting of `part` is as in `whole` or was not written yet.
fn is_beginning(part: &Client, whole: &Client) -> bool {
    let default = Client::default();
    let is_same = |setting: &Setting| {
        let value = part.value(*setting);
        value == whole.value(*setting) || value == default.value(*setting)
    };
    Setting::ALL.iter().all(is_same)
}

#[test]
fn json_that_is_cut_off_anywhere_is_refused() {
    let of_dotnet = include_str!("every_setting/appsettings.json").trim_end();
    let metadata = include_str!("every_setting/metadata.json").trim_end();
    for text in [JSON, of_dotnet, metadata] {
        load(Format::Json, text).unwrap();
        for end in 0..text.len() {
            let Some(part) = text.get(..end) else { continue };
            assert!(load(Format::Json, part).is_err(), "{part}");
        }
    }
}

/// Block formats have no end: what is cut off between two lines is a document as well. Within a line, nothing loads;
/// nowhere does a value load that nobody wrote.
#[test]
fn toml_and_yaml_that_are_cut_off_load_whole_lines_only() {
    for (format, text) in [(Format::Toml, TOML), (Format::Yaml, YAML)] {
        let whole = load(format, text).unwrap();
        for end in 0..text.len() {
            let Ok(part) = load(format, &text[..end]) else { continue };
            assert!(text[..end].ends_with('\n'), "{format:?} {end}");
            for client in clients(&part) {
                let whole = whole.clients.get(&client.client_id).unwrap();
                assert!(is_beginning(client, whole), "{format:?} {end} {client:?}");
            }
        }
    }
}

#[test]
fn a_missing_last_line_break_is_told_beside_all_else() {
    for (format, text) in [(Format::Toml, TOML), (Format::Yaml, YAML)] {
        let refused = load(format, text.trim_end()).unwrap_err();
        let cut_off = refused.diagnostics.iter().last().unwrap();
        assert_eq!(cut_off.help, "end the file with a line break, if it is whole");
        let both = said(format, &text.trim_end().replacen("allowed_scopes", "allowed_scope", 1));
        assert_eq!(both.first().unwrap(), "unknown setting `allowed_scope`");
        assert_eq!(both.last().unwrap(), "the last line has no line break: the file may have been cut off there");
    }
}

#[test]
fn all_formats_hold_the_same() {
    let json = load(Format::Json, JSON).unwrap();
    assert_eq!(clients(&json), clients(&load(Format::Toml, TOML).unwrap()));
    assert_eq!(clients(&json), clients(&load(Format::Yaml, YAML).unwrap()));
}

/// One byte is replaced at a time. What still loads is another id, scope or host: as many clients, and each differs in one
/// setting at most.
#[test]
fn damaged_bytes_never_panic() {
    for (format, text) in [(Format::Json, JSON), (Format::Toml, TOML), (Format::Yaml, YAML)] {
        let whole = load(format, text).unwrap();
        for at in 0..text.len() {
            let mut damaged = text.as_bytes().to_vec();
            damaged[at] = if at % 2 == 0 { b'"' } else { b'*' };
            let Ok(part) = load(format, &String::from_utf8(damaged).unwrap()) else { continue };
            let (part, whole) = (clients(&part), clients(&whole));
            assert_eq!(part.len(), whole.len(), "{format:?} {at}");
            let differing = |(one, other): (&&Client, &&Client)| {
                let differs = |setting: &&Setting| one.value(**setting) != other.value(**setting);
                Setting::ALL.iter().filter(differs).count()
            };
            let is_other_order = part.iter().zip(&whole).any(|(one, other)| one.client_id != other.client_id);
            assert!(is_other_order || part.iter().zip(&whole).map(differing).sum::<usize>() <= 1, "{format:?} {at}");
        }
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    for (format, text) in [(Format::Json, JSON), (Format::Toml, TOML), (Format::Yaml, YAML)] {
        let plain = load(format, text).unwrap();
        let windows = load(format, &format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
        assert_eq!(clients(&plain), clients(&windows), "{format:?}");
    }
    let refused = load(Format::Yaml, "\u{feff}clients:\r\n  - client_id: é\r\n").unwrap_err();
    let span = refused.diagnostics.iter().next().unwrap().span.clone().unwrap();
    assert_eq!((span.line, span.column), (2, 16));
    assert!(!refused.to_string().contains('\r'));
}

#[test]
fn what_is_not_utf_8_is_said_with_its_place() {
    let folder = common::Folder::new("utf8");
    let path = folder.write("clients.json", b"{ \"clients\": [\xff] }");
    let refused = ClientsFile::read(&path).unwrap_err();
    assert!(refused.to_string().starts_with("error: the file is not UTF-8: line 1, byte 15\n"), "{refused}");
    fs::remove_file(path).unwrap();
}

/// A device or a pipe may never end.
#[cfg(unix)]
#[test]
fn only_regular_files_of_some_length_are_read() {
    let folder = common::Folder::new("regular");
    let link = folder.path("clients.json");
    std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
    let refused = ClientsFile::read(&link).unwrap_err().to_string();
    assert!(refused.starts_with("error: cannot read the file: it is no regular file\n"), "{refused}");
    let long = folder.write("long", "a".repeat(64 * 1024 + 1));
    for (file, why) in
        [("/dev/zero", "it is no regular file"), (long.to_str().unwrap(), "it is longer than 65536 bytes")]
    {
        let text = JSON.replacen(
            r#""sha256": "UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=""#,
            &format!(r#""file": {file:?}"#),
            1,
        );
        assert_eq!(said(Format::Json, &text)[0], format!("cannot read the file that is named here: {why}"));
    }
}

#[test]
fn files_that_hold_nothing() {
    for format in [Format::Json, Format::Toml, Format::Yaml] {
        for text in ["", "\n", "  \n\n"] {
            assert_eq!(said(format, text), ["the file is empty"], "{format:?}");
        }
    }
    for (format, text) in [
        (Format::Json, "// nothing\n"),
        (Format::Toml, "# nothing\n"),
        (Format::Yaml, "# nothing\n"),
        (Format::Yaml, "---\n"),
        (Format::Json, "null"),
        (Format::Json, "7"),
        (Format::Json, "{}"),
        (Format::Yaml, "text\n"),
    ] {
        let said = said(format, text).concat();
        assert!(["the file is empty", "there are no clients in this file"].contains(&&*said), "{said}");
    }
    // No clients at all is a set of clients.
    for (format, text) in
        [(Format::Json, r#"{ "clients": [] }"#), (Format::Toml, "clients = []\n"), (Format::Json, "[]")]
    {
        assert_eq!(load(format, text).unwrap().clients.iter().len(), 0);
    }
}

#[test]
fn huge_and_odd_numbers() {
    for number in ["1e999", "99999999999999999999999", "-1", "-0.5", "1.5", "2147483648", "1e3"] {
        let text = format!(r#"{{ "clients": [{{ "client_id": "a", "access_token_lifetime": {number} }}] }}"#);
        let said = said(Format::Json, &text);
        assert!(said.iter().any(|said| said.contains("`access_token_lifetime`")), "{number}: {said:?}");
    }
    for (format, number) in [
        (Format::Toml, "inf"),
        (Format::Toml, "nan"),
        (Format::Toml, "0x80000000"),
        (Format::Toml, "9223372036854775808"),
    ] {
        let text = format!("[[clients]]\naccess_token_lifetime = {number}\n");
        assert!(load(format, &text).is_err(), "{number}");
    }
    for number in [".inf", ".nan", "0o17777777777777777777777", "0x7fffffffffffffffffff", "1_000"] {
        assert!(load(Format::Yaml, &format!("clients:\n  - access_token_lifetime: {number}\n")).is_err(), "{number}");
    }
}

#[test]
fn deep_values_do_not_end_the_stack() {
    const DEEP: usize = 10_000;
    let (open, close) = ("[".repeat(DEEP), "]".repeat(DEEP));
    let objects = "{\"a\":".repeat(DEEP);
    let blocks: String = (0..2000).map(|at| format!("{}-\n", " ".repeat(at))).collect();
    for (format, text) in [
        (Format::Json, open.clone()),
        (Format::Json, format!("{open}{close}")),
        (Format::Json, objects.clone()),
        (Format::Toml, format!("clients = {open}{close}\n")),
        (Format::Toml, format!("clients = {}\n", "{a=".repeat(DEEP))),
        (Format::Toml, format!("{}b = 1\n", "a.".repeat(DEEP))),
        (Format::Toml, format!("[{}b]\n", "a.".repeat(DEEP))),
        (Format::Toml, format!("[[{}b]]\n", "a.".repeat(DEEP))),
        (Format::Yaml, format!("{open}{close}\n")),
        (Format::Yaml, format!("{objects}\n")),
        (Format::Yaml, "- ".repeat(DEEP) + "\n"),
        (Format::Yaml, "? ".repeat(DEEP) + "\n"),
        (Format::Yaml, blocks),
    ] {
        assert!(load(format, &text).is_err(), "{format:?} {:.20}", text);
    }
    // As deep as a parser lets through, where anything may stand.
    let deep = format!("{}{}", "[".repeat(400), "]".repeat(400));
    let metadata =
        format!(r#"{{ "client_id": "a", "contacts": {deep}, "jwks": {{ "keys": [{deep}] }}, "properties": {deep} }}"#);
    assert!(load(Format::Json, &metadata).is_err());
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_eq!(said(Format::Yaml, &bomb), ["anchors and aliases make this document too large"]);
    let nested = format!("{}x{}\n", (0..100).map(|at| format!("&a{at} [")).collect::<String>(), "]".repeat(100));
    assert!(load(Format::Yaml, &nested).is_err());
    let itself = "a: &a [*a]\n";
    assert_eq!(said(Format::Yaml, itself), ["the alias stands for a value that it is a part of"]);
    assert_eq!(said(Format::Yaml, "clients: *nobody\n").len(), 1);
}

#[test]
fn one_file_is_one_document() {
    let two = format!("{YAML}---\n{YAML}");
    assert_eq!(said(Format::Yaml, &two), ["a file of clients is one document: a second one begins here"]);
    assert!(load(Format::Json, &format!("{JSON} {JSON}")).is_err());
}

#[test]
fn duplicate_names_are_errors_in_every_format() {
    for (format, text, expected) in [
        (Format::Json, r#"{ "clients": [{ "client_id": "a", "client_id": "a" }] }"#, "`client_id` is written twice"),
        (Format::Toml, "[[clients]]\nclient_id = \"a\"\nclient_id = \"a\"\n", "duplicate key"),
        (Format::Yaml, "clients: [{ client_id: a, client_id: a }]\n", "`client_id` is written twice"),
        (Format::Json, r#"{ "clients": [], "clients": [] }"#, "`clients` is written twice"),
        (
            Format::Json,
            r#"{ "IdentityServer": { "Clients": [] }, "identityserver": { "Clients": [] } }"#,
            "`identityserver` is written twice",
        ),
    ] {
        assert!(said(format, text).iter().any(|said| said == expected), "{format:?} {expected}");
    }
}

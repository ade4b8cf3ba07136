//! A secret in clear is in no artifact, and what a build read is built again when it changes.
//!
//! The test builds a small program of its own, as a user would, and searches every file that
//! cargo and rustc left behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// A package in a folder of its own, with its own target directory.
struct Package {
    root: PathBuf,
}

impl Package {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("src")).unwrap();
        let package = Self { root };
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nguestlist = {{ path = {:?} }}\n\n[workspace]\n",
            env!("CARGO_MANIFEST_DIR")
        );
        package.write("Cargo.toml", &manifest);
        // The versions that the workspace is tested with, and nothing from the network.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
        fs::copy(lock, package.root.join("Cargo.lock")).unwrap();
        package
    }

    fn write(&self, path: &str, content: &str) {
        fs::write(self.root.join(path), content).unwrap();
    }

    fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Runs cargo, which must succeed.
    fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let output = self.run(arguments, variables);
        assert!(output.status.success(), "cargo {arguments:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO"))
            .arg("--offline")
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.target())
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            // As a user builds it, with everything that a debugger would find.
            .env_remove("CARGO_PROFILE_DEV_DEBUG")
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    /// Asserts that none of the texts stands in any file below the target directory.
    fn assert_clean(&self, after: &str, secrets: &[&str]) {
        let forms: Vec<(&str, &str, Vec<u8>)> = secrets
            .iter()
            .flat_map(|secret| forms(secret).into_iter().map(move |(form, bytes)| (*secret, form, bytes)))
            .collect();
        let search = AhoCorasick::new(forms.iter().map(|(.., bytes)| bytes)).unwrap();
        let mut files = 0;
        visit(&self.target(), &mut |path, content| {
            files += 1;
            if let Some(found) = search.find(content) {
                let (secret, form, _) = &forms[found.pattern()];
                panic!("after {after}: {secret} as {form} is in {}", path.display());
            }
        });
        assert!(files > 50, "the search saw only {files} files");
    }
}

/// The forms in which a text might lie about. Base64 depends on where in a group of three bytes it
/// begins, so each beginning is looked for.
fn forms(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![
        ("text", secret.as_bytes().to_vec()),
        ("UTF-16LE", secret.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", secret.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("hex", hex.to_uppercase().into_bytes()),
        ("hex", hex.into_bytes()),
        ("numbers", secret.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ").into_bytes()),
    ];
    for skipped in 0..3 {
        let whole_groups = &secret.as_bytes()[skipped..];
        let whole_groups = &whole_groups[..whole_groups.len() / 3 * 3];
        forms.push(("base64", STANDARD_NO_PAD.encode(whole_groups).into_bytes()));
        forms.push(("base64url", URL_SAFE_NO_PAD.encode(whole_groups).into_bytes()));
    }
    forms
}

fn visit(folder: &Path, look: &mut dyn FnMut(&Path, &[u8])) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, look);
        } else if let Ok(content) = fs::read(&path) {
            look(&path, &content);
        }
    }
}

/// A text that stands nowhere else: of many kinds of characters, or of few, which draws a warning.
fn canary(strong: bool) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let weak: String = format!("{time}{count}").bytes().map(|digit| char::from(digit - b'0' + b'k')).collect();
    if strong { format!("Canary-{weak}-{}", weak.to_uppercase()) } else { weak }
}

const MAIN: &str = r#"
fn main() {
    let mut arguments = std::env::args().skip(1);
    let (id, secret) = (arguments.next().unwrap(), arguments.next().unwrap());
    let client = PACKAGE::CLIENTS.get(&id).unwrap();
    println!("{} {:?}", client.verify_secret(&secret, 0), client.client_name.as_deref());
}
"#;

/// Clients with and without `#[cfg]`, with and without a warning on the secret or elsewhere.
fn source(secrets: &BTreeMap<&str, String>) -> String {
    let mut source =
        String::from("//! Canaries.\n\n/// Them.\npub static CLIENTS: guestlist::Clients = guestlist::clients![\n");
    for (id, secret) in secrets {
        let cfg = if id.starts_with("cfg") { "#[cfg(all())]\n" } else { "" };
        // Nothing may be asked for: a warning on the block.
        let scopes = if id.ends_with("warned") { "" } else { "allowed_scopes: [\"api1\"]," };
        source.push_str(&format!(
            "{cfg}Client {{\nclient_id: \"{id}\",\nclient_name: env(\"CANARY_NAME\", \"-\"),\nclient_secrets: [{secret}],\n\
             allowed_grant_types: [ClientCredentials],\n{scopes}\n}},\n"
        ));
    }
    source.push_str("];\n");
    source
}

#[test]
fn a_secret_written_as_text_is_in_no_artifact() {
    let package = Package::new("text_secrets");
    let canaries: BTreeMap<&str, String> = [
        ("plain", canary(true)),
        ("plain-warned", canary(true)),
        ("plain-weak", canary(false)),
        ("cfg", canary(true)),
        ("cfg-warned", canary(true)),
        ("cfg-weak", canary(false)),
    ]
    .into();
    let written = canaries.iter().map(|(id, canary)| (*id, format!("{canary:?}"))).collect();
    package.write("src/lib.rs", &source(&written));
    package.write("src/main.rs", &MAIN.replace("PACKAGE", "text_secrets"));
    let secrets: Vec<&str> = canaries.values().map(String::as_str).collect();

    let check = package.cargo(&["check"], &[]);
    let warnings = String::from_utf8_lossy(&check.stderr).into_owned();
    assert!(warnings.contains("secret_weak"), "{warnings}");
    assert!(warnings.contains("scopes_empty"), "{warnings}");
    package.assert_clean("cargo check", &secrets);
    package.cargo(&["build"], &[]);
    package.assert_clean("cargo build", &secrets);
    package.cargo(&["build", "--release"], &[]);
    package.assert_clean("cargo build --release", &secrets);

    for (id, canary) in &canaries {
        let run = package.cargo(&["run", "--quiet", "--", id, canary], &[]);
        assert!(String::from_utf8_lossy(&run.stdout).starts_with("true"), "{id}");
    }
}

/// Mistakes and warnings on the line of a secret, each with a part of what is said of it.
const ON_ITS_LINE: [(&str, &str); 12] = [
    (
        r#"Client { client_id: "a", client_secrets: ["SECRET"], allowed_grant_types: [Password], allowed_scopes: ["a"] }"#,
        "grant_password",
    ),
    (
        r#"Client { client_id: "a b", client_secrets: ["SECRET"], redirect_uris: ["http://a.example.com"] }"#,
        "redirect_uri_http",
    ),
    (r#"Client { client_id: "a", client_secrets: "SECRET" }"#, "takes a list, found a text"),
    (r#"Client { client_id: "a", client_secret: "SECRET" }"#, "unknown setting `client_secret`"),
    (r#"Client { client_id: "a", client_secrets ["SECRET"] }"#, "`client_secrets` has no value"),
    (r#"Client { client_id: "a", "client_secrets" = ["SECRET"] }"#, "a setting is named without quotes"),
    (r#"Client { client_id: "a", client_secrets: ["SECRET" + ] }"#, "nothing stands after `+`"),
    (r#"Client { client_id: "a", client_secrets: [sha256("SECRET")] }"#, "not a SHA-256 digest"),
    (r#"Client { client_id: "a", client_secrets: [Secret { secret: "SECRET" }] }"#, "`Secret` has no field `secret`"),
    (r##"Client { client_id: "a", client_secrets: [jwk(r#"{"kty":"OKP","d":"SECRET"}"#)] }"##, "secret_jwk_private"),
    (r#"Client { client_id: "a", Client { client_id: "b", client_secrets: ["SECRET"] } }"#, "stands inside of another"),
    (r#"#[allow(secret_week)] Client { client_id: "a", client_secrets: ["SECRET"] }"#, "did you mean `secret_weak`?"),
];

/// What is wrong is reported without a copy of the line, which cargo would keep.
#[test]
fn a_secret_is_in_no_artifact_of_a_build_that_fails() {
    let package = Package::new("failing_secrets");
    let mut source = String::from(
        "macro_rules! given {\n($id:literal, $secret:literal) => {\nguestlist::clients![Client {\nclient_id: $id,\n\
         client_secrets: [$secret],\nallowed_scopes: [\"a\"],\n}]\n};\n}\n",
    );
    let mut canaries = Vec::new();
    for (at, (client, _)) in ON_ITS_LINE.iter().enumerate() {
        for (pass, cfg) in ["#[cfg(all())] ", ""].into_iter().enumerate() {
            let canary = canary(false);
            let client = client.replace("SECRET", &canary);
            source.push_str(&format!(
                "pub static C{at}_{pass}: guestlist::Clients = guestlist::clients![{cfg}{client}];\n"
            ));
            canaries.push(canary);
        }
    }
    let given = canary(false);
    source.push_str(&format!("pub static GIVEN: guestlist::Clients = given!(\"a\", {given:?});\n"));
    canaries.push(given);
    package.write("src/lib.rs", &source);

    let check = package.run(&["check"], &[]);
    assert!(!check.status.success());
    let said = String::from_utf8_lossy(&check.stderr).into_owned();
    for (client, expected) in ON_ITS_LINE {
        assert!(said.contains(expected), "nothing is said of {client}:\n{said}");
    }
    let secrets: Vec<&str> = canaries.iter().map(String::as_str).collect();
    package.assert_clean("cargo check", &secrets);
    for secret in secrets {
        assert!(!said.contains(secret), "{said}");
    }
}

#[test]
fn a_secret_read_from_a_file_is_in_no_artifact_and_is_read_again_when_it_changes() {
    let package = Package::new("file_secrets");
    let canaries: BTreeMap<&str, String> = [
        ("plain", canary(true)),
        ("plain-warned", canary(true)),
        ("plain-weak", canary(false)),
        ("cfg", canary(true)),
        ("cfg-warned", canary(true)),
        ("cfg-weak", canary(false)),
    ]
    .into();
    for (id, canary) in &canaries {
        package.write(id, &format!("{canary}\n"));
    }
    let written = canaries.keys().map(|id| (*id, format!("file({id:?})"))).collect();
    package.write("src/lib.rs", &source(&written));
    package.write("src/main.rs", &MAIN.replace("PACKAGE", "file_secrets"));
    let mut secrets: Vec<&str> = canaries.values().map(String::as_str).collect();

    for command in [
        &["check"][..],
        &["build"],
        &["build", "--release"],
        &["doc", "--no-deps"],
        // Dead code is compiled too.
        &["rustc", "--bin", "file_secrets", "--", "-Clink-dead-code"],
        &["rustc", "--lib", "--", "-Clink-dead-code"],
    ] {
        package.cargo(command, &[]);
        package.assert_clean(&format!("cargo {command:?}"), &secrets);
    }

    let run = |id: &str, secret: &str, variables: &[(&str, &str)]| {
        let run = package.cargo(&["run", "--quiet", "--", id, secret], variables);
        String::from_utf8_lossy(&run.stdout).trim().to_owned()
    };
    let new = canary(true);
    for id in ["plain", "cfg"] {
        assert_eq!(run(id, &canaries[id], &[]), "true Some(\"-\")");
        package.write(id, &new);
        assert_eq!(run(id, &new, &[]), "true Some(\"-\")", "the file of {id} was not read again");
        assert_eq!(run(id, &canaries[id], &[]), "false Some(\"-\")");
    }
    secrets.push(&new);
    package.assert_clean("a changed file", &secrets);

    for name in ["one", "two"] {
        assert_eq!(run("plain", &new, &[("CANARY_NAME", name)]), format!("true Some(\"{name}\")"));
        assert_eq!(run("cfg", &new, &[("CANARY_NAME", name)]), format!("true Some(\"{name}\")"));
    }
    assert_eq!(run("plain", &new, &[("CANARY_NAME", "")]), "true None", "empty counts as set: it is not `-`");
}

#[test]
fn the_search_finds_what_is_there() {
    let canary = canary(true);
    for (form, bytes) in forms(&canary) {
        let mut content = b"before ".to_vec();
        content.extend(&bytes);
        content.extend(b" after");
        assert!(AhoCorasick::new([&bytes]).unwrap().is_match(&content), "{form}");
    }
    let shifted = STANDARD_NO_PAD.encode(format!("x{canary}y"));
    assert!(AhoCorasick::new(forms(&canary).iter().map(|(_, bytes)| bytes)).unwrap().is_match(&shifted));
}

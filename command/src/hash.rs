//! The digest of a secret that somebody has.

use std::io::{IsTerminal, Read, stdin};
use std::process::ExitCode;

use anstream::println;
use base64::{Engine, engine::general_purpose::STANDARD};
use guestlist_runtime::rules::{self, Definition, Finding, Level, SecretFacts, SecretForm};
use guestlist_runtime::{Client, GrantType, SecretValue, Server};

use crate::args::{Algorithm, Digest, Hash};
use crate::{REFUSED, terminal};

pub fn run(args: &Hash) -> Result<ExitCode, String> {
    let secret = read()?;
    let findings = findings(&secret);
    findings.iter().for_each(show);
    if findings.iter().any(|finding| finding.level == Level::Error) {
        return Ok(ExitCode::from(REFUSED));
    }
    println!("{}", written(&args.digest, &secret));
    Ok(ExitCode::SUCCESS)
}

/// Reads the secret: without echo, if there is a terminal.
fn read() -> Result<String, String> {
    if stdin().is_terminal() {
        return rpassword::prompt_password("Secret: ").map_err(|error| format!("cannot read the secret: {error}"));
    }
    let mut secret = Vec::new();
    stdin().read_to_end(&mut secret).map_err(|error| format!("cannot read the secret: {error}"))?;
    let secret = String::from_utf8(secret).map_err(|_| "the secret is not UTF-8".to_owned())?;
    Ok(rules::without_line_break(&secret).to_owned())
}

/// A secret's digest as it is written in `clients!`.
pub fn written(digest: &Digest, secret: &str) -> String {
    let text = |bytes: &[u8]| match digest.hex {
        true => hex(bytes),
        false => STANDARD.encode(bytes),
    };
    match (digest.algorithm, SecretValue::sha256_of(secret), SecretValue::sha512_of(secret)) {
        (Algorithm::Sha256, SecretValue::Sha256(bytes), _) => format!("sha256(\"{}\")", text(&bytes)),
        (_, _, SecretValue::Sha512(bytes)) => format!("sha512(\"{}\")", text(&bytes)),
        (_, value, _) => value.stored(),
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the rulebook says of the secret itself.
fn findings(secret: &str) -> Vec<Finding> {
    let client = Client {
        client_id: "client".into(),
        client_secrets: [SecretValue::sha256_of(secret)].into(),
        allowed_grant_types: [GrantType::ClientCredentials].into(),
        allowed_scopes: ["api"].into(),
        ..Client::default()
    };
    let facts = SecretFacts::of_text(secret, SecretForm::External);
    rules::check_client(&Server::default(), Definition { secrets: vec![facts], ..Definition::from(client) })
}

fn show(finding: &Finding) {
    let message = format!("{} [{}]\nhelp: {}", finding.message, finding.rule.name, finding.help);
    if finding.level == Level::Error { terminal::error(&message) } else { terminal::warning(&message) }
}

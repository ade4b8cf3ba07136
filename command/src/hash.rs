//! The digest of a secret that somebody has.

use std::io::{IsTerminal, Read, stdin};
use std::process::ExitCode;

use guestlist_runtime::rules::{self, Definition, Finding, Level, SecretFacts, SecretForm};
use guestlist_runtime::{Client, GrantType, SecretValue, Server};
use serde_json::{Value, json};

use crate::args::{Algorithm, Digest, Format, Hash, Place};
use crate::own::own;
use crate::terminal::print;
use crate::{REFUSED, terminal};

pub fn run(args: &Hash) -> Result<ExitCode, String> {
    let secret = read()?;
    let findings = findings(&secret);
    let is_refused = findings.iter().any(|finding| finding.level == Level::Error);
    let written = Written::of(&secret, &args.digest)?;
    match args.format {
        Format::Text => {
            findings.iter().for_each(show);
            if !is_refused {
                print(format_args!("{}\n", written.definition))?;
            }
        }
        Format::Json => {
            let findings: Value = findings.iter().map(as_json).collect();
            let mut answer = if is_refused { json!({}) } else { written.as_json() };
            answer["diagnostics"] = findings;
            print(format_args!("{answer}\n"))?;
        }
    }
    Ok(if is_refused { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
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

/// A secret's digest.
pub struct Written {
    algorithm: &'static str,
    digest: String,
    /// As it stands in a definition.
    pub definition: String,
}

impl Written {
    pub fn of(secret: &str, args: &Digest) -> Result<Self, String> {
        if args.hex && args.place == Place::IdentityServer {
            return Err("IdentityServer takes no hex\nhelp: leave out `--hex`".to_owned());
        }
        let value = match args.algorithm {
            Algorithm::Sha256 => SecretValue::sha256_of(secret),
            Algorithm::Sha512 => SecretValue::sha512_of(secret),
        };
        let digest = match &value {
            SecretValue::Sha256(bytes) if args.hex => hex(bytes),
            SecretValue::Sha512(bytes) if args.hex => hex(bytes),
            _ => value.stored(),
        };
        let algorithm = value.form_name();
        let definition = match args.place {
            Place::Source => format!("{algorithm}(\"{digest}\")"),
            Place::Json => format!("{{ \"{algorithm}\": \"{digest}\" }}"),
            Place::Toml => format!("{{ {algorithm} = \"{digest}\" }}"),
            Place::Yaml => format!("{{ {algorithm}: \"{digest}\" }}"),
            Place::IdentityServer => format!("{{ \"Value\": \"{digest}\" }}"),
        };
        Ok(Self { algorithm, digest, definition })
    }

    pub fn as_json(&self) -> Value {
        json!({ "algorithm": self.algorithm, "digest": self.digest, "definition": self.definition })
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
    let message = format!("{} [{}]\nhelp: {}", finding.message, finding.rule.name, own(&finding.help.to_string()));
    if finding.level == Level::Error { terminal::error(&message) } else { terminal::warning(&message) }
}

fn as_json(finding: &Finding) -> Value {
    let help = own(&finding.help.to_string());
    let level = finding.level.as_str();
    json!({ "level": level, "rule": finding.rule.name, "message": finding.message.to_string(), "help": help })
}

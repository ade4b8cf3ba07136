//! Secrets: read, hashed, and described without their text.

use std::path::Path;

use guestlist_runtime::rules::{self, Lookalike, SecretFacts, SecretForm};
use guestlist_runtime::{Secret, SecretValue, Text};
use proc_macro2::Ident;

use crate::check::value::{Name, Reader, kind_of, literal_text};
use crate::parse::{Block, Expr, Field};
use crate::report::Place;

/// The call by which a secret that was hashed already is handed to the pass after `#[cfg]`.
pub const HASHED: &str = "__hashed";

/// The calls that make secrets.
const CALLS: [&str; 7] = ["sha256", "sha512", "file", "x509_thumbprint", "x509_name", "x509_certificate", "jwk"];

/// What `Secret { … }` holds.
pub const FIELDS: [&str; 3] = ["value", "description", "expiration"];

const IN_A_FILE: &str =
    "put it into a file and write `file(\"path\")`, or `file(env(\"NAME\"))` with the path in the variable";

const FORMS: &str = "write `sha256(\"…\")`, `file(\"path\")`, `\"text\"`, `x509_certificate(\"…\")` or `jwk(\"…\")`";

/// A secret as it was read.
#[derive(Debug)]
pub struct Read {
    pub secret: Secret,
    pub facts: SecretFacts,
    /// The file it was read from, to be tracked.
    pub file: Option<String>,
}

impl Read {
    fn of(value: SecretValue, facts: SecretFacts) -> Self {
        Self { secret: value.into(), facts, file: None }
    }

    /// Hashes a secret in clear; the text ends here.
    fn of_text(text: &str, form: SecretForm) -> Self {
        Self::of(SecretValue::sha256_of(text), SecretFacts::of_text(text, form))
    }
}

impl Reader<'_> {
    /// Reads an entry of `client_secrets`.
    pub fn secret(&mut self, at: usize, expr: &Expr) -> Option<Read> {
        let read = match expr {
            Expr::Block(block) if block.name == "Secret" => self.secret_block(at, block),
            _ => self.secret_value(at, expr),
        }?;
        if let Some(file) = &read.file {
            self.tracked.file(file);
        }
        Some(read)
    }

    /// Reads a secret in clear without a word about what is wrong, and without tracking its file:
    /// the pass after `#[cfg]` does both, if the block is still there.
    pub fn secret_quietly(&mut self, expr: &Expr) -> Option<Read> {
        self.secret_value(0, expr)
    }

    /// `Secret { value: …, description: …, expiration: … }`
    fn secret_block(&mut self, at: usize, block: &Block) -> Option<Read> {
        let mut read = None;
        let mut description = None;
        let mut expiration = None;
        let mut seen: Vec<&Field> = Vec::new();
        let mut is_unknown = false;
        for field in &block.fields {
            if let Some(first) = seen.iter().find(|other| other.name == field.name) {
                self.errors.written_twice(&first.name, &field.name);
                continue;
            }
            seen.push(field);
            let name = field.name.to_string();
            if !FIELDS.contains(&name.as_str()) {
                let help = match meant_field(&name) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "a secret has `value`, `description` and `expiration`".to_owned(),
                };
                self.errors.push(&field.name, format!("`Secret` has no field `{name}`"), help);
                is_unknown = true;
                continue;
            }
            let Some(value) = &field.value else {
                self.errors.no_value(&field.name);
                continue;
            };
            match name.as_str() {
                "value" => read = self.secret_value(at, value),
                "description" => description = self.text(Name::of("description"), value).map(Text::from),
                _ => {
                    let text = self.text(Name::of("expiration"), value)?;
                    match rules::parse_time(&text) {
                        Some(time) => expiration = Some(time),
                        None => self.errors.broken(
                            "secret_value_malformed",
                            value.place(),
                            format!(
                                "client secret #{}: `expiration` is not an RFC 3339 time after 1970: {text:?}",
                                at + 1
                            ),
                            "write it as `\"2027-06-30T00:00:00Z\"`",
                        ),
                    }
                }
            }
        }
        if !is_unknown && !seen.iter().any(|field| field.name == "value") {
            self.errors.push(&block.name, "the secret has no `value`", "add `value: sha256(\"…\")`");
        }
        let mut read = read?;
        read.secret.description = description;
        read.secret.expiration = expiration;
        Some(read)
    }

    fn secret_value(&mut self, at: usize, expr: &Expr) -> Option<Read> {
        match expr {
            Expr::Literal(_) => match literal_text(expr) {
                Some(text) => Some(Read::of_text(&text, SecretForm::Text)),
                None => self.no_secret(expr),
            },
            Expr::Sum(parts) if parts.iter().all(|part| literal_text(part).is_some()) => {
                let text: String = parts.iter().filter_map(literal_text).collect();
                Some(Read::of_text(&text, SecretForm::Text))
            }
            Expr::Call(name, arguments, span) => {
                let form = name.to_string();
                if form == HASHED {
                    return decode(arguments);
                }
                if form == "env" {
                    return self.no_env(expr.place(), IN_A_FILE);
                }
                if form == "Secret" {
                    self.errors.push(name, "`Secret` is written with braces", "write `Secret { value: …, … }`");
                    return None;
                }
                if !CALLS.contains(&form.as_str()) {
                    let help = match rules::nearest(&form, CALLS.into_iter()) {
                        Some(near) => format!("did you mean `{near}(\"…\")`?"),
                        None => FORMS.to_owned(),
                    };
                    self.errors.push(name, format!("unknown form of secret `{form}`"), help);
                    return None;
                }
                let [argument] = arguments.as_slice() else {
                    self.errors.push(*span, format!("`{form}` takes one text"), format!("write `{form}(\"…\")`"));
                    return None;
                };
                if form == "file" {
                    let (text, path) = self.file(argument)?;
                    let read = Read::of_text(rules::without_line_break(&text), SecretForm::External);
                    return Some(Read { file: Some(path), ..read });
                }
                self.secret_form(at, &form, argument)
            }
            Expr::Sum(parts) => match parts.iter().find(|part| matches!(part, Expr::Call(name, ..) if name == "env")) {
                Some(part) => self.no_env(part.place(), IN_A_FILE),
                None => self.no_secret(expr),
            },
            _ => self.no_secret(expr),
        }
    }

    fn no_secret(&mut self, expr: &Expr) -> Option<Read> {
        if let Expr::Block(block) = expr {
            if block.name == "Secret" {
                self.errors.push(&block.name, "a secret has one `Secret { … }` round it", "write its value alone");
                return None;
            }
            self.errors.push(
                &block.name,
                format!("expected `Secret`, found `{}`", block.name),
                "write `Secret { value: …, … }`",
            );
            return None;
        }
        if !matches!(expr, Expr::Bad(_)) {
            self.errors.push(expr.place(), format!("expected a secret, found {}", kind_of(expr)), FORMS);
        }
        None
    }

    fn no_env(&mut self, place: Place, help: &str) -> Option<Read> {
        self.errors.push(
            place,
            "a secret cannot come from an environment variable: cargo keeps the value in clear below `target/`",
            help,
        );
        None
    }

    /// A digest or a key, written here or in a file.
    fn secret_form(&mut self, at: usize, form: &str, argument: &Expr) -> Option<Read> {
        let place = argument.place();
        let (text, file) = match argument {
            Expr::Call(call, path, _) if call == "file" => {
                let [path] = path.as_slice() else {
                    self.errors.push(call, "`file` takes one text", "write `file(\"path\")`");
                    return None;
                };
                let (text, file) = self.file(path)?;
                (text.trim().to_owned(), Some(file))
            }
            // What is put there by mistake may be a secret or a private key.
            _ if matches!(form, "sha256" | "sha512") && reads_environment(argument) => {
                return self.no_env(
                    place,
                    &format!("write the digest itself, or put it into a file: `{form}(file(\"path\"))`"),
                );
            }
            _ if form == "jwk" && reads_environment(argument) => {
                return self.no_env(
                    place,
                    "put the public key into a file and write `jwk(file(\"path\"))` or `jwk(file(env(\"NAME\")))`",
                );
            }
            _ => (self.text(Name::of_call(form), argument)?, None),
        };
        let key = |value| Read::of(value, SecretFacts::of_form(SecretForm::Key));
        let read = match form {
            "sha256" => self.digest(at, form, &text, place)?,
            "sha512" => self.digest(at, form, &text, place)?,
            "x509_thumbprint" => key(SecretValue::X509Thumbprint(text.into())),
            "x509_name" => key(SecretValue::X509Name(text.into())),
            // A file has the lines `BEGIN` and `END` around it.
            "x509_certificate" if file.is_some() => {
                key(SecretValue::X509Certificate(rules::without_armor(&text).into()))
            }
            "x509_certificate" => key(SecretValue::X509Certificate(text.into())),
            _ => key(SecretValue::Jwk(text.into())),
        };
        Some(Read { file, ..read })
    }

    fn digest(&mut self, at: usize, form: &str, text: &str, place: Place) -> Option<Read> {
        let (bits, read) = match form {
            "sha256" => (256, rules::parse_sha256(text)),
            _ => (512, rules::parse_sha512(text)),
        };
        match read {
            Ok(value) => Some(Read::of(value, SecretFacts::of_form(SecretForm::Digest))),
            Err(help) => {
                let message = format!("client secret #{}: not a SHA-{bits} digest", at + 1);
                self.errors.broken("secret_value_malformed", place, message, help.to_string());
                None
            }
        }
    }

    /// Reads a file, relative to the user's `CARGO_MANIFEST_DIR`: the text, and the whole path.
    fn file(&mut self, path: &Expr) -> Option<(String, String)> {
        let place = path.place();
        let written = self.text(Name::of_call("file"), path)?;
        // Whoever puts the secret itself into the variable must not see it in a message.
        let name = if reads_environment(path) {
            "that the environment variable names".to_owned()
        } else {
            format!("{written:?}")
        };
        let base = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
        let full = Path::new(&base).join(&written);
        let bytes = match std::fs::read(&full) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("cannot read the secret file {name}: {error}");
                self.errors.push(place, message, "the path is relative to the folder of Cargo.toml");
                return None;
            }
        };
        let Ok(text) = String::from_utf8(bytes) else {
            self.errors.push(place, format!("the secret file {name} is not UTF-8"), "store the secret as text");
            return None;
        };
        Some((text, full.to_string_lossy().into_owned()))
    }
}

/// Whether a variable's value stands in a text: it would lie in clear in cargo's files.
fn reads_environment(expr: &Expr) -> bool {
    match expr {
        Expr::Call(name, ..) => name == "env",
        Expr::Sum(parts) => parts.iter().any(reads_environment),
        _ => false,
    }
}

/// What a secret may look like, by the names that `encode` gives it.
const LOOKS: [(&str, Lookalike); 5] = [
    ("digest", Lookalike::Digest),
    ("password_hash", Lookalike::PasswordHash),
    ("encoded", Lookalike::Encoded),
    ("public_key", Lookalike::PublicKey),
    ("private_key", Lookalike::PrivateKey),
];

/// What the pass after `#[cfg]` needs of a secret: its digest and what was seen of it, as texts.
pub fn encode(read: &Read) -> Vec<String> {
    let SecretFacts { form, needs_encoding, bits, placeholder, looks_like, .. } = &read.facts;
    let form = match form {
        SecretForm::Text => "text",
        _ => "external",
    };
    let SecretFacts { blank, outer_white_space, unprintable, begins_with_mark, .. } = read.facts;
    let flags =
        [("blank", blank), ("padded", outer_white_space), ("unprintable", unprintable), ("mark", begins_with_mark)];
    let flags = flags.into_iter().chain(LOOKS.map(|(name, look)| (name, *looks_like == Some(look))));
    let flags: Vec<&str> = flags.filter(|(_, set)| *set).map(|(name, _)| name).collect();
    vec![
        read.secret.value.stored(),
        form.to_owned(),
        flags.join(" "),
        needs_encoding.map(String::from).unwrap_or_default(),
        // Enough or not enough: a number would tell the length.
        bits.map(|bits| if bits < 128 { "0" } else { "128" }.to_owned()).unwrap_or_default(),
        placeholder.as_ref().map(ToString::to_string).unwrap_or_default(),
        read.file.clone().unwrap_or_default(),
    ]
}

/// The field of `Secret` that a name stands for.
pub fn meant_field(name: &str) -> Option<&'static str> {
    match name {
        "expiry" | "expires" | "expires_at" | "not_after" => Some("expiration"),
        "secret" | "hash" | "digest" => Some("value"),
        "name" | "comment" => Some("description"),
        _ => rules::near(name, FIELDS.into_iter()),
    }
}

/// Whether a call makes a secret.
pub fn is_form(call: &Ident) -> bool {
    call == HASHED || CALLS.iter().any(|form| call == form)
}

/// Whether a call stands for what was a text before the pass.
pub fn was_text(call: &Ident, arguments: &[Expr]) -> bool {
    call == HASHED && arguments.get(1).and_then(literal_text).as_deref() == Some("text")
}

fn decode(arguments: &[Expr]) -> Option<Read> {
    let texts: Vec<String> = arguments.iter().filter_map(literal_text).collect();
    let [stored, form, flags, needs_encoding, bits, placeholder, file] = <[String; 7]>::try_from(texts).ok()?;
    let mut facts = SecretFacts::of_form(if form == "text" { SecretForm::Text } else { SecretForm::External });
    for flag in flags.split(' ') {
        match flag {
            "blank" => facts.blank = true,
            "padded" => facts.outer_white_space = true,
            "unprintable" => facts.unprintable = true,
            "mark" => facts.begins_with_mark = true,
            other => {
                let look = LOOKS.into_iter().find(|(name, _)| *name == other);
                facts.looks_like = facts.looks_like.or(look.map(|(_, look)| look));
            }
        }
    }
    facts.needs_encoding = needs_encoding.chars().next();
    facts.bits = bits.parse().ok();
    facts.placeholder = Some(placeholder).filter(|word| !word.is_empty()).map(Text::from);
    let mut read = Read::of(rules::parse_sha256(&stored).ok()?, facts);
    read.file = Some(file).filter(|file| !file.is_empty());
    Some(read)
}

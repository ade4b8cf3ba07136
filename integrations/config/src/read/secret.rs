//! Secrets: read, hashed, and described without their text.

use core::ops::Range;

use guestlist_runtime::rules::{
    self, Message, SecretFacts, SecretForm, near, parse_sha256, parse_sha512, parse_time, without_armor,
};
use guestlist_runtime::{Secret, SecretValue, Text};
use serde_json::json;

use super::apart::APART;
use super::name::Name;
use super::reader::{Reader, list};
use crate::tree::{Entry, Node, Value};

/// The forms of a secret's value.
const FORMS: [&str; 9] =
    ["value", "sha256", "sha512", "file", "env", "x509_thumbprint", "x509_name", "x509_certificate", "jwk"];

/// What else an object of a secret has.
const BESIDE: [&str; 2] = ["description", "expiration"];

/// A secret as it was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) secret: Secret,
    pub(super) facts: SecretFacts,
    /// Where its value stands.
    pub(super) range: Range<usize>,
}

impl Read {
    /// Hashes a secret in clear; the text ends here.
    pub(super) fn of_text(text: &str, form: SecretForm, range: &Range<usize>) -> Self {
        let facts = SecretFacts::of_text(text, form);
        Self { secret: SecretValue::sha256_of(text).into(), facts, range: range.clone() }
    }

    pub(super) fn of_digest(value: SecretValue, range: &Range<usize>) -> Self {
        Self { secret: value.into(), facts: SecretFacts::of_form(SecretForm::Digest), range: range.clone() }
    }

    pub(super) fn of_key(value: SecretValue, range: &Range<usize>) -> Self {
        Self { secret: value.into(), facts: SecretFacts::of_form(SecretForm::Key), range: range.clone() }
    }
}

impl Reader<'_> {
    /// A secret of guestlist's own shape: a text in clear, or an object. It is the `number`th, counted from 1.
    pub(super) fn secret(&mut self, number: usize, node: &Node) -> Option<Read> {
        match &node.value {
            Value::Text(text) => {
                self.hide(node);
                Some(Read::of_text(text, SecretForm::Text, &node.range))
            }
            Value::Map(entries) => self.secret_object(number, node, entries),
            _ => {
                self.hide(node);
                let message = format!("client secret #{number} takes a text or an object, found {}", node.kind());
                let help = format!("write `{}` or `\"…\"`", self.dialect.value(&json!({ "sha256": "…" })));
                self.error(&node.range, message, help);
                None
            }
        }
    }

    fn secret_object(&mut self, number: usize, node: &Node, entries: &[Entry]) -> Option<Read> {
        if entries.iter().any(|entry| entry.name == "kty") {
            self.hide(node);
            let help = format!("write it as `{}`", self.dialect.value(&json!({ "jwk": { "kty": "…" } })));
            self.error(&node.range, format!("client secret #{number} is a JSON Web Key itself"), help);
            return None;
        }
        let mut read = None;
        let mut form: Option<&Entry> = None;
        let (mut description, mut expiration) = (None, None);
        let before = self.problems.len();
        for entry in self.entries(entries) {
            let name = entry.name.as_str();
            match name {
                "description" => description = self.text(Name::of(name), &entry.value).map(Text::from),
                "expiration" => expiration = self.expiration(number, entry, parse_time),
                _ if FORMS.contains(&name) => {
                    if let Some(other) = form {
                        let message = format!("client secret #{number} has two values, `{}` and `{name}`", other.name);
                        self.error(&entry.range, message, "write each secret as an entry of its own");
                        self.hide(&entry.value);
                    } else {
                        form = Some(entry);
                        read = self.form(number, entry);
                    }
                }
                _ => self.no_form(number, entry),
            }
        }
        if form.is_none() && self.problems.len() == before {
            let help = format!("add {}", self.dialect.assign("sha256", &json!("…")));
            self.error(&node.range, format!("client secret #{number} has no value"), help);
        }
        let Read { secret, facts, range } = read?;
        Some(Read { secret: Secret { description, expiration, ..secret }, facts, range })
    }

    fn no_form(&mut self, number: usize, entry: &Entry) {
        let name = entry.name.as_str();
        let synonym = match name {
            "expiry" | "expires" | "expires_at" | "not_after" => Some("expiration"),
            "secret" | "text" | "clear" => Some("value"),
            "hash" | "digest" => Some("sha256"),
            "name" | "comment" => Some("description"),
            "path" => Some("file"),
            "variable" | "environment" => Some("env"),
            _ => None,
        };
        let meant = synonym.or_else(|| near(name, FORMS.into_iter().chain(BESIDE)));
        let fields = format!("one of {}, and perhaps {}", list(&FORMS), list(&BESIDE));
        self.unknown_field(entry, &format!("client secret #{number}"), meant, &fields);
    }

    /// A time at which a secret ends.
    pub(super) fn expiration(
        &mut self,
        number: usize,
        entry: &Entry,
        parse: impl Fn(&str) -> Option<u64>,
    ) -> Option<u64> {
        let text = self.text(Name::of(&entry.name), &entry.value)?;
        let time = parse(&text);
        if time.is_none() {
            let name = entry.name.escape_debug();
            let message = format!("client secret #{number}: `{name}` is no RFC 3339 time after 1970: {text:?}");
            let help = self.write(Name::of(&entry.name), &json!("2027-06-30T00:00:00Z"));
            self.broken("secret_value_malformed", &entry.value.range, message, help);
        }
        time
    }

    fn form(&mut self, number: usize, entry: &Entry) -> Option<Read> {
        let Entry { name, value: node, .. } = entry;
        let range = &node.range;
        if APART.contains(&name.as_str()) {
            let text = self.apart(entry)?;
            let text = if name == "file" { rules::without_line_break(&text) } else { &text };
            return Some(Read::of_text(text, SecretForm::External, range));
        }
        if name == "jwk"
            && let Value::Map(members) = &node.value
            && !matches!(members.as_slice(), [only] if APART.contains(&only.name.as_str()))
        {
            self.hide(node);
            return Some(Read::of_key(SecretValue::Jwk(node.to_json().into()), range));
        }
        if !matches!(node.value, Value::Map(_)) && name != "x509_name" {
            self.hide(node);
        }
        if name == "value" {
            let text = self.text(Name::of(name), node)?;
            return Some(Read::of_text(&text, SecretForm::Text, range));
        }
        let (text, is_apart) = self.text_or_apart(Name::of(name), node)?;
        let text = if is_apart { text.trim().to_owned() } else { text };
        let value = match name.as_str() {
            "sha256" => return self.digest(number, 256, parse_sha256(&text), range),
            "sha512" => return self.digest(number, 512, parse_sha512(&text), range),
            "x509_thumbprint" => SecretValue::X509Thumbprint(text.into()),
            "x509_name" => SecretValue::X509Name(text.into()),
            "x509_certificate" if is_apart => SecretValue::X509Certificate(without_armor(&text).into()),
            "x509_certificate" => SecretValue::X509Certificate(text.into()),
            _ => SecretValue::Jwk(text.into()),
        };
        Some(Read::of_key(value, range))
    }

    fn digest(
        &mut self,
        number: usize,
        bits: usize,
        read: Result<SecretValue, Message>,
        range: &Range<usize>,
    ) -> Option<Read> {
        match read {
            Ok(value) => Some(Read::of_digest(value, range)),
            Err(help) => {
                let message = format!("client secret #{number}: not a SHA-{bits} digest");
                self.broken("secret_value_malformed", range, message, self.dialect.say(&help));
                None
            }
        }
    }
}

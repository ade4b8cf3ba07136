//! Secrets as IdentityServer's configuration has them, hashed already.

use guestlist_runtime::SecretValue;
use guestlist_runtime::rules::{near, nearest, parse_sha256, parse_sha512, parse_time};
use guestlist_runtime::{Secret, Text};
use serde_json::json;

use super::name::Name;
use super::named::alternatives;
use super::reader::{Reader, list};
use super::secret::Read;
use crate::tree::{Entry, Node, Value};

const FIELDS: [&str; 4] = ["Value", "Type", "Description", "Expiration"];

/// The types of secrets. The first is the default.
const TYPES: [&str; 5] = ["SharedSecret", "X509Thumbprint", "X509Name", "X509CertificateBase64", "JWK"];

const HASH: &str = "write what `Sha256()` makes of it: `printf %s '…' | openssl dgst -sha256 -binary | base64`";

/// Reads the `number`th secret, counted from 1.
pub(super) fn secret(reader: &mut Reader<'_>, number: usize, node: &Node) -> Option<Read> {
    let Value::Map(entries) = &node.value else {
        reader.hide(node);
        let message = format!("client secret #{number} takes an object, found {}", node.kind());
        let help = format!("write `{}`", reader.dialect.value(&json!({ "Value": "…" })));
        reader.error(&node.range, message, help);
        return None;
    };
    let mut value = None;
    let mut kind = Some(TYPES[0]);
    let (mut description, mut expiration) = (None, None);
    let before = reader.problems.len();
    for entry in reader.entries(entries) {
        match reader.position(&entry.name, &FIELDS) {
            Some(0) => value = Some(entry),
            _ if matches!(entry.value.value, Value::Null) => {}
            Some(1) => kind = read_type(reader, number, entry),
            Some(2) => description = reader.text(Name::of(&entry.name), &entry.value).map(Text::from),
            Some(3) => expiration = reader.expiration(number, entry, date_time),
            _ => {
                let meant = near(&entry.name, FIELDS.into_iter());
                reader.unknown_field(entry, &format!("client secret #{number}"), meant, &list(&FIELDS));
            }
        }
    }
    let Some(entry) = value else {
        if reader.problems.len() == before {
            let help = format!("add {}", reader.dialect.assign("Value", &json!("…")));
            reader.error(&node.range, format!("client secret #{number} has no `Value`"), help);
        }
        return None;
    };
    reader.hide(&entry.value);
    let Read { secret, facts, range } = read_value(reader, number, kind?, entry)?;
    Some(Read { secret: Secret { description, expiration, ..secret }, facts, range })
}

fn read_type(reader: &mut Reader<'_>, number: usize, entry: &Entry) -> Option<&'static str> {
    let written = reader.text(Name::of(&entry.name), &entry.value)?;
    let known = TYPES.into_iter().find(|known| *known == written);
    if known.is_none() {
        let help = match nearest(&written, TYPES.into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                reader.hide(&entry.value);
                format!("write {}", alternatives(TYPES.into_iter()))
            }
        };
        let message = format!("client secret #{number}: there is no such type of secret");
        reader.broken("secret_value_malformed", &entry.value.range, message, help);
    }
    known
}

fn read_value(reader: &mut Reader<'_>, number: usize, kind: &str, entry: &Entry) -> Option<Read> {
    let range = &entry.value.range;
    let text = reader.text(Name::of(&entry.name), &entry.value)?;
    let key: fn(Text) -> SecretValue = match kind {
        "X509Thumbprint" => SecretValue::X509Thumbprint,
        "X509Name" => SecretValue::X509Name,
        "X509CertificateBase64" => SecretValue::X509Certificate,
        "JWK" => SecretValue::Jwk,
        _ => {
            let read = digest(&text);
            if read.is_none() {
                let message = format!("client secret #{number}: not a SHA-256 or SHA-512 digest in base64");
                reader.broken("secret_value_malformed", range, message, instead(&text));
            }
            return read.map(|value| Read::of_digest(value, range));
        }
    };
    Some(Read::of_key(key(text.into()), range))
}

/// A digest in base64: its length tells the algorithm. IdentityServer takes no hex.
fn digest(text: &str) -> Option<SecretValue> {
    match text.len() {
        44 => parse_sha256(text).ok(),
        88 => parse_sha512(text).ok(),
        _ => None,
    }
}

/// What to write instead, which says nothing of the text: it may be the secret.
fn instead(text: &str) -> String {
    if parse_sha256(text).is_ok() || parse_sha512(text).is_ok() {
        String::from("it is in hex: IdentityServer's form is base64")
    } else {
        String::from(HASH)
    }
}

/// A time as .NET reads one; without an offset it is UTC, as IdentityServer takes it.
fn date_time(text: &str) -> Option<u64> {
    let text = text.trim().replacen(' ', "T", 1);
    parse_time(&text).or_else(|| parse_time(&format!("{text}Z"))).or_else(|| parse_time(&format!("{text}T00:00:00Z")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_and_without_an_offset() {
        for (text, expected) in [
            ("2027-06-30T00:00:00Z", Some(1_814_313_600)),
            ("2027-06-30T02:00:00+02:00", Some(1_814_313_600)),
            ("2027-06-30T00:00:00", Some(1_814_313_600)),
            ("2027-06-30 00:00:00.000", Some(1_814_313_600)),
            ("2027-06-30", Some(1_814_313_600)),
            ("30.06.2027", None),
            ("", None),
        ] {
            assert_eq!(date_time(text), expected, "{text}");
        }
    }
}

//! Secrets that everybody knows.

use alloc::string::ToString;

use crate::{SecretValue, Text};

/// Words that stand where a secret should; lower-case.
const WORDS: &[&str] = &[
    // IdentityServer's samples, copied into many repositories.
    "511536ef-f270-4058-80ca-1c89c192f69a",
    "49c1a7e1-0c79-4a89-a3d6-a37998fb86b0",
    "secret",
    "changeme",
    "change-me",
    "change_me",
    "password",
    "passw0rd",
    "p@ssw0rd",
    "test",
    "testing",
    "admin",
    "demo",
    "example",
    "default",
    "client_secret",
    "clientsecret",
    "client-secret",
    "my-secret",
    "mysecret",
    "my_secret",
    "topsecret",
    "supersecret",
    "super-secret",
    "super_secret",
    "your-secret",
    "your_client_secret",
    "placeholder",
    "todo",
    "tbd",
    "xxx",
    "foobar",
    "letmein",
    "qwerty",
    "123456",
    "12345678",
    "secret123",
    "abc123",
    "dev",
    "development",
    "local",
    "null",
    "none",
    "undefined",
];

/// What gives a secret in clear away as a placeholder.
pub(super) fn of_text(secret: &str) -> Option<Text> {
    if let Some(word) = WORDS.iter().find(|word| secret.eq_ignore_ascii_case(word)) {
        return Some(Text::Static(word));
    }
    let unexpanded = [("<", ">"), ("${", "}"), ("{{", "}}")]
        .iter()
        .any(|(open, close)| secret.starts_with(open) && secret.ends_with(close));
    if unexpanded {
        return Some(Text::Static("an unexpanded template"));
    }
    let mut characters = secret.chars();
    let first = characters.next()?;
    characters.all(|character| character == first).then_some(Text::Static("one character repeated"))
}

/// The word of the list that a digest is of, in lower case or as published.
pub(super) fn of_digest(value: &SecretValue) -> Option<Text> {
    WORDS
        .iter()
        .find(|word| [word.to_string(), word.to_ascii_uppercase()].iter().any(|word| digests(value, word)))
        .map(|word| Text::Static(word))
}

/// Whether a digest is of this text.
pub(super) fn digests(value: &SecretValue, text: &str) -> bool {
    match value {
        SecretValue::Sha256(_) => *value == SecretValue::sha256_of(text),
        SecretValue::Sha512(_) => *value == SecretValue::sha512_of(text),
        _ => false,
    }
}

//! Secrets that everybody knows.

use alloc::vec::Vec;

use crate::{SecretValue, Text};

/// Words that stand where a secret should, whatever their case.
const WORDS: &[&str] = &[
    // IdentityServer's samples, copied into many repositories.
    "511536EF-F270-4058-80CA-1C89C192F69A",
    "49C1A7E1-0C79-4A89-A3D6-A37998FB86B0",
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

/// What a word of the list is said to be. The word itself is the secret, which no message holds.
const LISTED: Text = Text::Static("a well-known placeholder");

/// What gives a text away as a placeholder, to stand behind "it is".
pub(super) fn of_text(secret: &str) -> Option<Text> {
    if WORDS.iter().any(|word| secret.eq_ignore_ascii_case(word)) {
        return Some(LISTED);
    }
    let unexpanded = [("<", ">"), ("${", "}"), ("{{", "}}")]
        .iter()
        .any(|(open, close)| secret.starts_with(open) && secret.ends_with(close));
    if unexpanded {
        return Some(Text::Static("an unexpanded template"));
    }
    let mut characters = secret.chars();
    let first = characters.next()?;
    let what = if characters.as_str().is_empty() { "a single character" } else { "one character repeated" };
    characters.all(|character| character == first).then_some(Text::Static(what))
}

/// The digests of the words, as they stand in the list.
///
/// Hashing them is more work than all other rules together, and the macro runs unoptimised: it
/// happens once for a set of clients, and only if there is a digest to compare.
#[derive(Default)]
pub(super) struct Digests {
    sha256: Option<Vec<SecretValue>>,
    sha512: Option<Vec<SecretValue>>,
}

impl Digests {
    /// What gives a digest away as that of a placeholder.
    pub(super) fn find(&mut self, value: &SecretValue) -> Option<Text> {
        let (digests, digest): (_, fn(&'static str) -> SecretValue) = match value {
            SecretValue::Sha256(_) => (&mut self.sha256, SecretValue::sha256_of),
            SecretValue::Sha512(_) => (&mut self.sha512, SecretValue::sha512_of),
            _ => return None,
        };
        let digests = digests.get_or_insert_with(|| WORDS.iter().copied().map(digest).collect());
        digests.contains(value).then_some(LISTED)
    }
}

/// Whether a digest is of this text.
pub(super) fn is_digest_of(value: &SecretValue, text: &str) -> bool {
    match value {
        SecretValue::Sha256(_) => *value == SecretValue::sha256_of(text),
        SecretValue::Sha512(_) => *value == SecretValue::sha512_of(text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for (secret, expected) in [
            ("secret", Some("a well-known placeholder")),
            ("ChangeMe", Some("a well-known placeholder")),
            ("49c1a7e1-0c79-4a89-a3d6-a37998fb86b0", Some("a well-known placeholder")),
            ("<your client secret>", Some("an unexpanded template")),
            ("${CLIENT_SECRET}", Some("an unexpanded template")),
            ("{{ secret }}", Some("an unexpanded template")),
            ("********", Some("one character repeated")),
            ("a", Some("a single character")),
            ("secrets", None),
            ("$CLIENT", None),
            ("", None),
        ] {
            assert_eq!(of_text(secret).as_deref(), expected, "{secret:?}");
        }
    }

    #[test]
    fn digests() {
        let mut digests = Digests::default();
        for (value, expected) in [
            (SecretValue::sha256_of("secret"), true),
            (SecretValue::sha512_of("secret"), true),
            (SecretValue::sha256_of("49C1A7E1-0C79-4A89-A3D6-A37998FB86B0"), true),
            (SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60"), false),
            (SecretValue::X509Name("secret".into()), false),
        ] {
            assert_eq!(digests.find(&value).is_some(), expected, "{value:?}");
        }
    }
}

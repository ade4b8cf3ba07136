//! What the rulebook is given.

use alloc::vec::Vec;

use super::{Lookalike, display};
use crate::{Client, Levels, Secret, SecretValue, Setting, Settings, Text, Value};

/// A client with what its record alone does not tell.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, rules::Definition};
/// let definition = Definition::from(Client { client_id: "js".into(), ..Client::default() });
/// assert!(definition.written.contains(guestlist::Setting::ClientId));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Definition {
    /// The record.
    pub client: Client,
    /// The settings that were written out.
    pub written: Settings,
    /// The settings that could not be read whole: rules that need them stay silent, since enough
    /// was said while they were read.
    pub unread: Settings,
    /// The times that were written with their unit, as `hours(2)`: of a bare number the rules suspect that it is one of
    /// milliseconds.
    pub with_unit: Settings,
    /// One for each of the client's secrets, as far as is known.
    pub secrets: Vec<SecretFacts>,
    /// How findings of single rules are treated.
    pub levels: Levels,
}

/// A record about which nothing else is known: what differs from the defaults counts as written.
impl From<Client> for Definition {
    fn from(client: Client) -> Self {
        Self { written: Settings::differing(&client, &Client::DEFAULT), client, ..Self::default() }
    }
}

impl Definition {
    /// Whether a setting was written out and could be read.
    #[must_use]
    pub fn wrote(&self, setting: Setting) -> bool {
        self.written.contains(setting) && !self.unread.contains(setting)
    }

    /// Adds a shared secret that is at hand in clear, and counts until the Unix time `expiration`, in seconds, if one is
    /// given. Only its SHA-256 is kept, and what the rulebook asks of the text.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::{Client, Server, rules};
    /// let definition = rules::Definition::from(Client { client_id: "orders".into(), ..Client::default() });
    /// let definition = definition.with_secret("changeme", None);
    /// assert!(definition.client.verify_secret("changeme", 0));
    /// let findings = rules::check_client(&Server::default(), definition);
    /// assert!(findings.iter().any(|finding| finding.rule.name == "secret_placeholder"));
    /// ```
    #[must_use]
    pub fn with_secret(mut self, text: &str, expiration: Option<u64>) -> Self {
        let secret = Secret { expiration, ..SecretValue::sha256_of(text).into() };
        let before = &self.client.client_secrets;
        self.secrets.resize(before.len(), SecretFacts::UNKNOWN);
        self.secrets.push(SecretFacts::of_text(text, SecretForm::External));
        self.client.client_secrets = before.iter().cloned().chain([secret]).collect();
        self.written.insert(Setting::ClientSecrets);
        self
    }

    /// The record as it counts: an empty display text or link is absent.
    #[must_use]
    pub fn into_client(self) -> Client {
        let blank: Vec<Setting> = display::blank_texts(&self.client).map(|(setting, _)| setting).collect();
        let mut client = self.client;
        for setting in blank {
            // It is one of the optional texts.
            let _ = client.set(setting, Value::OptionalText(None));
        }
        client
    }

    /// The client's secrets, each with what is known of how it was written.
    pub(super) fn secrets(&self) -> impl Iterator<Item = (usize, &Secret, &SecretFacts)> {
        let facts = self.secrets.iter().chain(core::iter::repeat(&SecretFacts::UNKNOWN));
        self.client.client_secrets.iter().zip(facts).enumerate().map(|(at, (secret, facts))| (at, secret, facts))
    }
}

/// The form in which a secret was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretForm {
    /// Not known.
    #[default]
    Unknown,
    /// The secret itself, as text in the definition.
    Text,
    /// The secret itself, in a file or an environment variable beside the definition.
    External,
    /// A digest.
    Digest,
    /// A certificate, its name or thumbprint, or a JWK.
    Key,
}

/// What was seen of a secret before it was hashed. Never the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecretFacts {
    /// Which of the secrets as written it is, counted from 1 and with those that could not be read;
    /// 0, if that is not known.
    pub number: usize,
    /// How it was written.
    pub form: SecretForm,
    /// It is empty or only white space.
    pub blank: bool,
    /// It begins or ends with white space.
    pub outer_white_space: bool,
    /// It has a character outside of printable ASCII, %x20-7E.
    pub unprintable: bool,
    /// It begins with a byte order mark, U+FEFF, as some editors write it at the beginning of a file.
    pub begins_with_mark: bool,
    /// The first of `:`, `%`, `+` and space in it, which break clients that do not form-encode
    /// HTTP Basic credentials.
    pub needs_encoding: Option<char>,
    /// At most this many bits of entropy, by its length and the classes of its characters;
    /// counted to 128. None, if it is not known.
    pub bits: Option<u8>,
    /// It is a placeholder: what gives it away, never the word itself.
    pub placeholder: Option<Text>,
    /// It is written as if it were something else than a secret.
    pub looks_like: Option<Lookalike>,
}

impl SecretFacts {
    /// Whether it is a key, so that nothing else is said of it as a secret.
    pub(super) fn is_key(&self) -> bool {
        self.looks_like.is_some_and(Lookalike::is_key)
    }

    const UNKNOWN: Self = Self {
        number: 0,
        form: SecretForm::Unknown,
        blank: false,
        outer_white_space: false,
        unprintable: false,
        begins_with_mark: false,
        needs_encoding: None,
        bits: None,
        placeholder: None,
        looks_like: None,
    };

    /// What is seen of a secret that was not written as clear text.
    #[must_use]
    pub fn of_form(form: SecretForm) -> Self {
        Self { form, ..Self::UNKNOWN }
    }

    /// What is seen of a secret in clear.
    #[must_use]
    pub fn of_text(secret: &str, form: SecretForm) -> Self {
        let trimmed = secret.trim();
        Self {
            number: 0,
            form,
            blank: trimmed.is_empty(),
            outer_white_space: trimmed.len() != secret.len(),
            unprintable: !secret.bytes().all(|byte| matches!(byte, b' '..=b'~')),
            begins_with_mark: secret.starts_with('\u{FEFF}'),
            needs_encoding: secret.chars().find(|character| matches!(character, ':' | '%' | '+' | ' ')),
            bits: Some(bits(secret)),
            placeholder: super::placeholder::of_text(secret),
            looks_like: Lookalike::of(secret),
        }
    }
}

/// Length times the bits of the classes of characters used; under eight different characters
/// nothing is random.
fn bits(secret: &str) -> u8 {
    let has = |class: fn(&char) -> bool| secret.chars().any(|character| class(&character));
    let classes = [
        (has(char::is_ascii_lowercase), 26_u32),
        (has(char::is_ascii_uppercase), 26),
        (has(char::is_ascii_digit), 10),
        (has(|character| !character.is_ascii_alphanumeric()), 33),
    ];
    let alphabet: u32 = classes.iter().filter(|(used, _)| *used).map(|(_, size)| size).sum();
    // log2 in 1/64 bits, from below, without floating point (which `no_std` has not).
    let log2 = match alphabet {
        0 => 0,
        10 => 212,
        26 => 300,
        33 => 322,
        36 => 330,
        43 => 347,
        52 => 364,
        59 => 376,
        62 => 381,
        69 => 390,
        85 => 410,
        _ => 420,
    };
    let bits = secret.chars().count().saturating_mul(log2) / 64;
    let mut distinct: Vec<char> = secret.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let most = if distinct.len() < 8 { 127 } else { 128 };
    bits.min(most).try_into().unwrap_or(u8::MAX)
}

/// The text without exactly one trailing line break, as editors put it at the end of a file.
#[must_use]
pub fn without_line_break(text: &str) -> &str {
    text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text))
}

//! What breaking a rule yields: data, which is shown in the syntax of the definition.

use alloc::{
    borrow::Cow,
    string::{String, ToString},
    vec::Vec,
};
use core::{fmt, ops::Range};

use super::Rule;
use crate::character::is_invisible;
use crate::{GrantType, Profile, Setting, Value};

/// How a finding is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    /// Not reported.
    Silent,
    /// Reported.
    Warning,
    /// Reported, and the definition is refused.
    Error,
}

impl Level {
    /// Its name in English.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule that a definition breaks.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How it is treated: never [`Level::Silent`] in a result.
    pub level: Level,
    /// The index of the definition among those that were checked; none for the server.
    pub client: Option<usize>,
    /// The narrowest place that is wrong.
    pub place: Place,
    /// The bytes that are wrong, within the text at that place.
    pub bytes: Option<Range<usize>>,
    /// The other end of a finding across clients, or the other of two equal entries; by client, as above.
    pub other: Option<(Option<usize>, Place)>,
    /// What is wrong: lower-case, without a full stop.
    pub message: Message,
    /// What to write instead.
    pub help: Message,
    /// Why it is treated as it is, where that may surprise; mostly empty.
    pub note: Message,
}

/// A place in a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Place {
    /// The client as a whole: where something is missing.
    Client,
    /// The name of a setting.
    Setting(Setting),
    /// The value of a setting.
    Value(Setting),
    /// One entry of a list, by index.
    Item(Setting, usize),
    /// The server's default of a setting that the client did not write, and the index within a list. What several
    /// clients have from it is reported once, for the first of them.
    Default(Setting, Option<usize>),
    /// A field of the server, and the index within a list.
    Server(&'static str, Option<usize>),
}

impl Place {
    /// The setting that the place is in.
    #[must_use]
    pub const fn setting(self) -> Option<Setting> {
        match self {
            Self::Setting(setting) | Self::Value(setting) | Self::Item(setting, _) | Self::Default(setting, _) => {
                Some(setting)
            }
            Self::Client | Self::Server(..) => None,
        }
    }
}

impl Finding {
    /// Marks the bytes that are wrong.
    pub(super) fn bytes(&mut self, bytes: Range<usize>) -> &mut Self {
        self.bytes = Some(bytes);
        self
    }

    /// Names the other place of the finding.
    pub(super) fn other(&mut self, client: usize, place: Place) -> &mut Self {
        self.other = Some((Some(client), place));
        self
    }

    /// Names a place of the server as the other of the finding.
    pub(super) fn other_of_server(&mut self, place: Place) -> &mut Self {
        self.other = Some((None, place));
        self
    }

    /// The clients that the finding is about, by the index of the definition: none if it is about the server alone.
    pub fn clients(&self) -> impl Iterator<Item = usize> + use<> {
        [self.client, self.other.and_then(|(other, _)| other)].into_iter().flatten()
    }

    /// Treats this case of the rule as one of its exceptions.
    pub(super) fn level(&mut self, level: Level) -> &mut Self {
        if self.rule.exceptions.iter().any(|(exception, _)| *exception == level) {
            self.level = level;
        }
        self
    }
}

/// The words of `clients!`, with the help behind: `… (help: …) [rule]`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        if !self.help.pieces.is_empty() {
            write!(f, " (help: {})", self.help)?;
        }
        write!(f, " [{}]", self.rule.name)
    }
}

/// A sentence whose names and values are written in the syntax of the definition.
///
/// `Display` writes them as in `clients!`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The parts, in order.
    pub pieces: Vec<Piece>,
}

/// A part of a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Piece {
    /// Plain words.
    Text(Cow<'static, str>),
    /// The name of a setting.
    Setting(Setting),
    /// A setting with a value to write.
    Assign(Setting, Value),
    /// A grant type.
    Grant(GrantType),
    /// A profile.
    Profile(Profile),
    /// A form in which a secret is written.
    Secret(SecretSyntax),
}

/// A form in which a secret is written, with its value left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SecretSyntax {
    /// A SHA-256 digest.
    Sha256,
    /// A SHA-512 digest.
    Sha512,
    /// The path of a file.
    File,
    /// A certificate.
    X509Certificate,
    /// A JSON Web Key.
    Jwk,
}

impl SecretSyntax {
    /// Its name in `clients!`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
            Self::File => "file",
            Self::X509Certificate => "x509_certificate",
            Self::Jwk => "jwk",
        }
    }
}

/// Makes a [`Message`] of its parts.
macro_rules! message {
    ($($piece:expr),* $(,)?) => {
        $crate::rules::Message { pieces: alloc::vec![$($crate::rules::Piece::from($piece)),*] }
    };
}

pub(super) use message;

impl From<&'static str> for Piece {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self::Text(quotable(text).into())
    }
}

/// What a message may show of a text that quotes a definition.
fn quotable(text: String) -> String {
    visible(without_userinfo(text))
}

/// The text without the user information of its URIs, where a password may stand.
fn without_userinfo(text: String) -> String {
    let mut parts = text.split("//");
    let mut shown = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let ends = |character: char| matches!(character, '/' | '?' | '#' | '"' | '`') || character.is_whitespace();
        let authority = part.split(ends).next().unwrap_or_default();
        let host = authority.rfind('@').map_or(0, |at| at + 1);
        shown.push_str("//");
        shown.push_str(part.get(host..).unwrap_or_default());
    }
    shown
}

/// The text with what cannot be seen in it as escapes: it disguises no message and writes no line of a log.
fn visible(text: String) -> String {
    if !text.contains(is_invisible) {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) { shown.extend(character.escape_default()) } else { shown.push(character) }
    }
    shown
}

impl From<Setting> for Piece {
    fn from(setting: Setting) -> Self {
        Self::Setting(setting)
    }
}

impl<V: Into<Value>> From<(Setting, V)> for Piece {
    fn from((setting, value): (Setting, V)) -> Self {
        Self::Assign(setting, value.into())
    }
}

impl From<&GrantType> for Piece {
    fn from(grant: &GrantType) -> Self {
        Self::Grant(grant.clone())
    }
}

impl From<GrantType> for Piece {
    fn from(grant: GrantType) -> Self {
        Self::Grant(grant)
    }
}

impl From<Profile> for Piece {
    fn from(profile: Profile) -> Self {
        Self::Profile(profile)
    }
}

impl From<SecretSyntax> for Piece {
    fn from(syntax: SecretSyntax) -> Self {
        Self::Secret(syntax)
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        message![text]
    }
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        message![text]
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| write!(f, "{piece}"))
    }
}

/// As in `clients!`.
impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Setting(setting) => write!(f, "`{setting}`"),
            Self::Assign(setting, value) => write!(f, "`{setting}: {value}`"),
            Self::Grant(grant) => match grant.variant_name() {
                Some(name) => write!(f, "`{name}`"),
                None => write!(f, "`{}`", quotable(grant.to_string())),
            },
            Self::Profile(profile) => write!(f, "`{}`", profile.variant_name()),
            Self::Secret(syntax) => write!(f, "`{}(\"…\")`", syntax.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::rules::check_client;
    use crate::{Client, Server};

    #[test]
    fn no_password_is_in_a_message() {
        for (text, expected) in [
            ("lists \"https://user:hunter2@h/cb\" twice", "lists \"https://h/cb\" twice"),
            ("\"http://user@x.com\", \"//a:b@c@d\"", "\"http://x.com\", \"//d\""),
            ("`https://h/@x` or `https://h?a@b`", "`https://h/@x` or `https://h?a@b`"),
            ("`//` is missing; ask me@example.com", "`//` is missing; ask me@example.com"),
            ("///@x", "///@x"),
        ] {
            assert_eq!(message![String::from(text)].to_string(), expected);
        }
        let client = Client {
            redirect_uris: ["https://user:hunter2@h.example/cb"; 2].into(),
            post_logout_redirect_uris: ["https://user:hunter2@h.example/cb"; 2].into(),
            allowed_cors_origins: ["http://u:hunter2@x.com", "https://u:hunter2@x.com:0", "https://u:hunter2@*"].into(),
            allowed_grant_types: [GrantType::AuthorizationCode, GrantType::Extension("https://u:hunter2@x".into())]
                .into(),
            client_uri: Some("https://u:hunter2@h.example/".into()),
            initiate_login_uri: Some("https://u:hunter2@h.example/".into()),
            ..Client::default()
        };
        let server = Server { issuer: Some("https://u:hunter2@h.example/cb?x".into()), ..Server::default() };
        for finding in check_client(&server, client) {
            assert!(!format!("{finding} {finding:?}").contains("hunter2"), "{finding}");
        }
    }

    #[test]
    fn nothing_in_a_message_is_invisible() {
        let scope = String::from("scope `a\n\u{202E}b\0ü` is unknown");
        let grant = GrantType::Extension("urn:a\u{1b}[0m".into());
        let message = message![scope, " beside ", grant];
        assert_eq!(message.to_string(), r"scope `a\n\u{202e}b\u{0}ü` is unknown beside `urn:a\u{1b}[0m`");
    }
}

//! A client of guestlist's own shape or of IdentityServer's to the definition that the rulebook judges.

use guestlist_runtime::rules::{self, Definition};
use guestlist_runtime::{Kind, Server, Setting, Value as Held};

use super::identity_server;
use super::levels::{self, Lists};
use super::name::Name;
use super::places::{Places, SettingPlaces};
use super::reader::Reader;
use super::secret::Read as ReadSecret;
use crate::Shape;
use crate::tree::{Entry, Node, Value};

/// A client as it was read.
pub(super) struct Client {
    pub(super) definition: Definition,
    pub(super) places: Places,
}

impl Client {
    /// A client that says nothing yet.
    pub(super) fn new(node: &Node, server: &Server) -> Self {
        let definition = Definition { client: server.defaults.clone(), ..Definition::default() };
        Self { definition, places: Places { whole: node.range.clone(), ..Places::default() } }
    }

    /// Notes that a setting was written, and where.
    pub(super) fn write(&mut self, setting: Setting, entry: &Entry) {
        self.definition.written.insert(setting);
        let (name, value) = (entry.range.clone(), entry.value.range.clone());
        self.places.settings.insert(setting, SettingPlaces { name, value, items: Vec::new() });
    }

    /// Gives a setting its value, if it could be read; where the entries of a list stand, the reader has noted.
    pub(super) fn set(&mut self, setting: Setting, value: Option<Held>, is_whole: bool, reader: &mut Reader<'_>) {
        let is_set = value.is_some_and(|value| self.definition.client.set(setting, value).is_ok());
        if let Some(places) = self.places.settings.get_mut(&setting) {
            places.items.append(&mut reader.items);
        }
        if !is_whole || !is_set {
            self.definition.unread.insert(setting);
        }
    }

    /// Adds secrets to those of the client.
    pub(super) fn add_secrets(&mut self, read: impl IntoIterator<Item = ReadSecret>) {
        let mut secrets = self.definition.client.client_secrets.to_vec();
        for ReadSecret { secret, facts, range } in read {
            secrets.push(secret);
            self.definition.secrets.push(facts);
            if let Some(places) = self.places.settings.get_mut(&Setting::ClientSecrets) {
                places.items.push(range);
            }
        }
        self.definition.client.client_secrets = secrets.into();
    }
}

/// Reads a client of an object.
pub(super) fn client(reader: &mut Reader<'_>, node: &Node, server: &Server) -> Option<Client> {
    let Value::Map(entries) = &node.value else {
        reader.hide(node);
        reader.error(&node.range, format!("a client is an object, found {}", node.kind()), "write its settings in one");
        return None;
    };
    let mut client = Client::new(node, server);
    let mut lists = Lists::default();
    for entry in reader.entries(entries) {
        let word = levels::word(&entry.name).filter(|_| reader.dialect.shape == Shape::Guestlist);
        match (word, reader.dialect.shape.setting(&entry.name)) {
            (Some(word), _) => lists.add(word, entry, reader),
            (None, Some(setting)) => reader.setting(&mut client, setting, entry),
            (None, None) => reader.unknown_setting(&mut client, entry),
        }
    }
    client.definition.levels = lists.levels();
    client.places.expectations = lists.expectations;
    Some(client)
}

/// Whether the values of a setting are kept out of what is shown: properties may be credentials.
const fn is_secret(setting: Setting) -> bool {
    matches!(setting, Setting::ClientSecrets | Setting::PairWiseSubjectSalt | Setting::Properties)
}

impl Reader<'_> {
    /// Reads a setting under its own name.
    pub(super) fn setting(&mut self, client: &mut Client, setting: Setting, entry: &Entry) {
        if matches!(entry.value.value, Value::Null) {
            // Elsewhere, null is absent: for .NET, and for registration (RFC 7591 §2.1, RFC 7592 §2.2).
            if self.dialect.shape == Shape::Guestlist {
                let message = format!("`{}` has no value", entry.name);
                self.error(&entry.range, message, "leave it out, or give it one");
                client.definition.unread.insert(setting);
            }
            return;
        }
        client.write(setting, entry);
        self.items.clear();
        let before = self.problems.len();
        match setting {
            Setting::ClientSecrets => {
                let read = self.secrets(entry);
                client.add_secrets(read);
                let secrets = Held::Secrets(client.definition.client.client_secrets.clone());
                client.set(setting, Some(secrets), self.problems.len() == before, self);
            }
            _ => {
                if setting == Setting::PairWiseSubjectSalt {
                    self.hide(&entry.value);
                }
                if is_time_with_unit(setting, &entry.value) {
                    client.definition.with_unit.insert(setting);
                }
                let value = self.value(setting, Name::of(&entry.name), &entry.value);
                client.set(setting, value, self.problems.len() == before, self);
            }
        }
    }

    fn secrets(&mut self, entry: &Entry) -> Vec<ReadSecret> {
        let node = &entry.value;
        let is_list = match node.value {
            Value::List(_) => true,
            Value::Map(_) => self.is_dotnet(),
            _ => false,
        };
        if !is_list {
            self.hide(node);
            let example = match self.dialect.shape {
                Shape::IdentityServer => serde_json::json!([{ "Value": "…" }]),
                Shape::Guestlist | Shape::Registration => serde_json::json!([{ "sha256": "…" }]),
            };
            self.wrong_kind(Name::of(&entry.name), node, "a list", &example);
            return Vec::new();
        }
        let mut secrets = Vec::new();
        for (at, node) in self.list(Name::of(&entry.name), node).into_iter().enumerate() {
            let number = at + 1;
            let read = match self.dialect.shape {
                Shape::IdentityServer => identity_server::secret(self, number, node),
                Shape::Guestlist | Shape::Registration => self.secret(number, node),
            };
            secrets.extend(read.map(|mut read| {
                read.facts.number = number;
                read
            }));
        }
        secrets
    }

    /// Notes that there is no such setting. Its value may be a secret, unless it is known what was meant.
    pub(super) fn unknown_setting(&mut self, client: &mut Client, entry: &Entry) {
        let flag = match entry.value.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        };
        let help = match rules::meant(&entry.name, flag) {
            Some(meant) => {
                // What was meant was said, though not read.
                client.definition.unread.insert(meant.setting);
                if is_secret(meant.setting) {
                    self.hide(&entry.value);
                }
                self.dialect.say(&meant.help)
            }
            None => {
                self.hide(&entry.value);
                self.settings_are(&entry.name)
            }
        };
        self.error(&entry.range, format!("unknown setting `{}`", entry.name.escape_debug()), help);
    }

    fn settings_are(&self, name: &str) -> String {
        match (self.dialect.shape, name) {
            (
                Shape::Guestlist,
                "server" | "profile" | "issuer" | "api_scopes" | "identity_scopes" | "default_scopes",
            ) => String::from("it belongs to the server, which is not described in this file"),
            (Shape::Guestlist, _) => String::from("the settings are the fields of `guestlist::Client`"),
            (Shape::IdentityServer, _) => String::from("the settings are the properties of IdentityServer's `Client`"),
            (Shape::Registration, _) => {
                String::from("remove it, or keep it for the server's own code as an entry of `properties`")
            }
        }
    }
}

/// Whether a value is a time such as `2h`, or a `TimeSpan`.
fn is_time_with_unit(setting: Setting, node: &Node) -> bool {
    let is_bare = |text: &str| text.trim().bytes().all(|byte| byte.is_ascii_digit());
    matches!(setting.kind(), Kind::Seconds | Kind::OptionalSeconds)
        && matches!(&node.value, Value::Text(text) if !is_bare(text))
}

//! Client metadata (RFC 7591 §2) to the definition that the rulebook judges.

mod credentials;
mod grants;
mod members;

use guestlist_runtime::rules::near;
use guestlist_runtime::{List, Property, Server, Setting, Text, Value as Held};
use serde_json::{Value as Json, json};

use super::client::Client;
use super::name::Name;
use super::reader::Reader;
use crate::Shape;
use crate::tree::{Entry, Node, Value};
use grants::Grants;
use members::{FREE, ONE_VALUE, WITHOUT_SETTING};

/// Reads a client of its metadata.
pub(super) fn client(reader: &mut Reader<'_>, node: &Node, server: &Server) -> Option<Client> {
    let Value::Map(entries) = &node.value else {
        reader.hide(node);
        let message = format!("the metadata of a client are an object, found {}", node.kind());
        reader.error(&node.range, message, "write its members in one");
        return None;
    };
    let mut client = Client::new(node, server);
    let mut grants = Grants::default();
    let mut properties = Vec::new();
    let mut expiration = None;
    let mut method = None;
    let entries = reader.entries(entries);
    // Null counts as absent (RFC 7592 §2.2).
    let entries = entries.into_iter().filter(|entry| !matches!(entry.value.value, Value::Null));
    for entry in entries {
        match entry.name.as_str() {
            "grant_types" => grants.types = Some(entry),
            "response_types" => grants.responses = Some(entry),
            "scope" => reader.scope(&mut client, entry),
            "token_endpoint_auth_method" => {
                method = Some(entry);
                reader.method(&mut client, entry);
            }
            "client_secret" | "jwks" | "tls_client_auth_subject_dn" => reader.credential(&mut client, entry),
            "client_secret_expires_at" => expiration = reader.unix_time(entry),
            "id_token_signed_response_alg" => reader.one_algorithm(&mut client, entry),
            "properties" => reader.setting(&mut client, Setting::Properties, entry),
            name if is_free(name) => properties.push(entry),
            name => match Shape::Registration.setting(name) {
                Some(setting) => reader.setting(&mut client, setting, entry),
                None => reader.other_member(&mut client, entry),
            },
        }
    }
    reader.free_members(&mut client, &properties);
    grants.read(reader, &mut client);
    credentials::expire(&mut client, expiration);
    reader.missing_key(&mut client, method);
    session_not_required(&mut client);
    Some(client)
}

/// The words of a text, and where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let with_start = text.split(' ').scan(0, |next, word| {
        let start = core::mem::replace(next, *next + word.len() + 1);
        Some((start, word))
    });
    with_start.filter(|(_, word)| !word.is_empty())
}

/// Whether a member is kept for the server's own code: one that tells something to people or of the registration, in
/// whatever language (RFC 7591 §2.2).
pub(crate) fn is_free(name: &str) -> bool {
    let is_text = |name: &str| matches!(name, "client_name" | "client_uri" | "logo_uri") || FREE.contains(&name);
    FREE.contains(&name) || name.split_once('#').is_some_and(|(name, language)| is_text(name) && !language.is_empty())
}

/// A session is not required unless the client says so (OpenID Connect Front-Channel Logout §2, Back-Channel §2.2).
fn session_not_required(client: &mut Client) {
    let written = client.definition.written;
    let mut leave_out = |uri, required| {
        if written.contains(uri) && !written.contains(required) {
            let _ = client.definition.client.set(required, Held::Flag(false));
        }
    };
    leave_out(Setting::FrontChannelLogoutUri, Setting::FrontChannelLogoutSessionRequired);
    leave_out(Setting::BackChannelLogoutUri, Setting::BackChannelLogoutSessionRequired);
}

impl Reader<'_> {
    /// Scopes with spaces between them (RFC 6749 §3.3).
    fn scope(&mut self, client: &mut Client, entry: &Entry) {
        client.write(Setting::AllowedScopes, entry);
        let node = &entry.value;
        let text = match &node.value {
            Value::List(scopes) => {
                let scopes: Vec<&str> = scopes.iter().filter_map(Node::as_text).collect();
                self.wrong_kind(
                    Name::of(&entry.name),
                    node,
                    "scopes with spaces between them",
                    &json!(scopes.join(" ")),
                );
                None
            }
            _ => self.text(Name::of(&entry.name), node),
        };
        self.items.clear();
        let scopes = text.map(|text| {
            for (at, scope) in words(&text) {
                self.items.push(self.within(node, &text, at..at + scope.len()));
            }
            Held::Texts(words(&text).map(|(_, scope)| Text::from(scope)).collect())
        });
        let is_whole = scopes.is_some();
        client.set(Setting::AllowedScopes, scopes, is_whole, self);
    }

    fn one_algorithm(&mut self, client: &mut Client, entry: &Entry) {
        const SETTING: Setting = Setting::AllowedIdentityTokenSigningAlgorithms;
        client.write(SETTING, entry);
        let algorithm = self.algorithm(Name::of(&entry.name), &entry.value);
        self.items = algorithm.iter().map(|_| entry.value.range.clone()).collect();
        let algorithms = algorithm.map(|algorithm| Held::SigningAlgorithms([algorithm].into()));
        let is_whole = algorithms.is_some();
        client.set(SETTING, algorithms, is_whole, self);
    }

    /// Members that are kept as properties: a text as it is, anything else as JSON.
    fn free_members(&mut self, client: &mut Client, entries: &[&Entry]) {
        let Some(first) = entries.first() else { return };
        let mut properties: Vec<Property> = client.definition.client.properties.to_vec();
        if !client.definition.written.contains(Setting::Properties) {
            properties.clear();
            client.write(Setting::Properties, first);
        }
        for entry in entries {
            let value = entry.value.as_text().map_or_else(|| entry.value.to_json(), String::from);
            properties.push(Property { key: entry.name.as_str().into(), value: value.into() });
            self.items.push(entry.range.clone());
        }
        let is_whole = !client.definition.unread.contains(Setting::Properties);
        let properties: List<Property> = properties.into();
        client.set(Setting::Properties, Some(Held::Properties(properties)), is_whole, self);
    }

    /// A member that is no setting: one that may only say what is so anyway, one that has none, or an unknown one.
    fn other_member(&mut self, client: &mut Client, entry: &Entry) {
        let name = entry.name.as_str();
        if let Some((_, value, help)) = ONE_VALUE.iter().find(|(known, ..)| *known == name) {
            let is_it = serde_json::from_str::<Json>(&entry.value.to_json()).ok() == serde_json::from_str(value).ok();
            if !is_it {
                self.error(&entry.value.range, format!("guestlist has no setting for another `{name}`"), *help);
            }
        } else if let Some((_, help)) = WITHOUT_SETTING.iter().find(|(known, _)| *known == name) {
            if members::is_secret(name) {
                self.hide(&entry.value);
            }
            self.error(&entry.range, format!("guestlist has no setting for `{name}`"), *help);
        } else if let Some(near) = near(name, members::known()) {
            if members::is_secret(near) {
                self.hide(&entry.value);
            }
            let help = format!("did you mean `{near}`?");
            self.error(&entry.range, format!("unknown member `{}`", name.escape_debug()), help);
        } else {
            self.unknown_setting(client, entry);
        }
    }
}

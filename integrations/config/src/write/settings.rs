//! A client of guestlist's own shape, and the settings that any shape writes.

use std::collections::BTreeSet;

use guestlist_runtime::{Client, List, Property, Server, Setting, Value};

use super::data::Data;
use super::value::value;
use super::{Lost, secret};
use crate::Shape;

/// A client of guestlist's own shape.
pub(super) fn client(client: &Client, server: &Server, lost: &mut Vec<Lost>) -> Data {
    let written = Setting::ALL.iter().copied().filter(|setting| is_written(client, server, *setting));
    let mut writer = Writer { shape: Shape::Guestlist, client, server, lost };
    Data::Map(written.filter_map(|setting| writer.member(setting)).collect())
}

/// Whether a setting differs from a default: from that of the server, or from everyone's.
pub(super) fn is_written(client: &Client, server: &Server, setting: Setting) -> bool {
    let value = client.value(setting);
    let is_default = |defaults: &Client| value == defaults.value(setting);
    setting == Setting::ClientId || !is_default(&server.defaults) || !is_default(&Client::DEFAULT)
}

/// Writes the settings of a client.
pub(super) struct Writer<'a> {
    pub(super) shape: Shape,
    pub(super) client: &'a Client,
    pub(super) server: &'a Server,
    pub(super) lost: &'a mut Vec<Lost>,
}

impl Writer<'_> {
    /// A setting under its name.
    pub(super) fn member(&mut self, setting: Setting) -> Option<(String, Data)> {
        let held = match self.client.value(setting) {
            Value::Properties(properties) => Value::Properties(self.once(&properties)),
            held => held,
        };
        match setting {
            Setting::ClientSecrets => self.lost.extend(secret::unsaid(self.client)),
            Setting::DpopValidationMode if self.is_modeless() => {
                self.lose(setting, "IdentityServer does not tell no mode from `Custom`");
            }
            _ => {}
        }
        let written = value(self.shape, setting, &held);
        if written.is_none() && self.client.value(setting) != self.server.defaults.value(setting) {
            self.lose(setting, "a file cannot unset what the server's defaults set");
        }
        Some((self.shape.name(setting).into_owned(), written?))
    }

    fn is_modeless(&self) -> bool {
        self.shape == Shape::IdentityServer && self.client.dpop_validation_mode.is_empty()
    }

    /// Notes that a setting cannot be said.
    pub(super) fn lose(&mut self, setting: Setting, why: &'static str) {
        self.lost.push(Lost::setting(self.client, setting, why));
    }

    /// The first of the properties of each key, which is the one that is found.
    pub(super) fn once(&mut self, properties: &[Property]) -> List<Property> {
        let mut seen = BTreeSet::new();
        let mut is_first = |property: &Property| {
            let key = property.key.as_str();
            seen.insert(if self.shape == Shape::IdentityServer { key.to_ascii_lowercase() } else { key.to_owned() })
        };
        let mut first = Vec::new();
        for (at, property) in properties.iter().enumerate() {
            if is_first(property) {
                first.push(property.clone());
            } else {
                let why = "an object has each key once";
                self.lost.push(Lost::entry(self.client, Setting::Properties, at, why));
            }
        }
        first.into()
    }
}

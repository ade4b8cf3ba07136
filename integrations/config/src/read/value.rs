//! The value of a setting: what was written to what the record holds.

use guestlist_runtime::rules::nearest;
use guestlist_runtime::{DpopValidationMode, Kind, List, Setting, Value as Held};
use serde_json::json;

use super::name::Name;
use super::reader::Reader;
use crate::tree::{Entry, Node, Value};

impl Reader<'_> {
    /// Reads the value of a setting by its kind. Of a list, the entries that could be read.
    pub(super) fn value(&mut self, setting: Setting, name: Name<'_>, node: &Node) -> Option<Held> {
        Some(match setting.kind() {
            Kind::Flag => Held::Flag(self.flag(name, node)?),
            Kind::OptionalFlag => Held::OptionalFlag(Some(self.flag(name, node)?)),
            Kind::Seconds if setting == Setting::DpopClockSkew && self.is_dotnet() => {
                Held::Seconds(self.time_span(name, node)?)
            }
            Kind::Seconds => Held::Seconds(self.seconds(name, node)?),
            Kind::OptionalSeconds => Held::OptionalSeconds(Some(self.seconds(name, node)?)),
            Kind::Text => Held::Text(self.text(name, node)?.into()),
            Kind::OptionalText => Held::OptionalText(Some(self.text(name, node)?.into())),
            Kind::Texts => Held::Texts(self.list_of(name, node, |reader, entry| reader.text(name.entry(), entry))),
            Kind::GrantTypes => Held::GrantTypes(self.list_of(name, node, |reader, entry| reader.grant(name, entry))),
            Kind::SigningAlgorithms => {
                Held::SigningAlgorithms(self.list_of(name, node, |reader, entry| reader.algorithm(name.entry(), entry)))
            }
            Kind::DpopValidationModes if self.is_dotnet() => {
                Held::DpopValidationModes(self.validation_flags(name, node)?.into())
            }
            Kind::DpopValidationModes => {
                let mode = |reader: &mut Self, entry: &Node| reader.one_of::<DpopValidationMode>(name.entry(), entry);
                Held::DpopValidationModes(self.list_of(name, node, mode))
            }
            Kind::Claims => Held::Claims(self.list_of(name, node, |reader, entry| reader.claim(name, entry))),
            Kind::Properties => Held::Properties(self.properties(name, node)),
            Kind::RefreshTokenUsage => Held::RefreshTokenUsage(self.one_of(name, node)?),
            Kind::RefreshTokenExpiration => Held::RefreshTokenExpiration(self.one_of(name, node)?),
            Kind::AccessTokenType => Held::AccessTokenType(self.one_of(name, node)?),
            Kind::ApplicationType => Held::ApplicationType(Some(self.one_of(name, node)?)),
            // Secrets are read with what is known of them; there is no other kind yet.
            _ => return None,
        })
    }

    pub(super) fn flag(&mut self, name: Name<'_>, node: &Node) -> Option<bool> {
        let text = match &node.value {
            Value::Flag(flag) => return Some(*flag),
            Value::Text(text) | Value::Number(text) => text.as_str(),
            _ => "",
        };
        if self.is_dotnet() && (text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")) {
            return Some(text.eq_ignore_ascii_case("true"));
        }
        let meant = match text {
            "no" | "off" | "No" | "Off" | "0" => false,
            text => nearest(text, ["true", "false"].into_iter()) != Some("false"),
        };
        self.wrong_kind(name, node, "`true` or `false`", &json!(meant));
        None
    }

    pub(super) fn text(&mut self, name: Name<'_>, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            // .NET's configuration knows only texts.
            Value::Number(number) if self.is_dotnet() => Some(number.clone()),
            Value::Flag(flag) if self.is_dotnet() => Some(String::from(if *flag { "True" } else { "False" })),
            _ => {
                self.wrong_kind(name, node, "a text", &self.as_example(node));
                None
            }
        }
    }

    /// The entries of a list. A word is taken as a list of one, after the error.
    pub(super) fn list<'n>(&mut self, name: Name<'_>, node: &'n Node) -> Vec<&'n Node> {
        match &node.value {
            Value::List(nodes) => nodes.iter().collect(),
            Value::Map(entries) if self.is_dotnet() => in_order(entries),
            Value::Text(text) => {
                let words: Vec<&str> = text.split_whitespace().collect();
                self.wrong_kind(name, node, "a list", &json!(words));
                if words.len() == 1 { vec![node] } else { Vec::new() }
            }
            _ => {
                self.wrong_kind(name, node, "a list", &json!(["…"]));
                Vec::new()
            }
        }
    }

    /// Reads a list entry by entry, and notes where those stand that could be read.
    pub(super) fn list_of<T: Into<U>, U>(
        &mut self,
        name: Name<'_>,
        node: &Node,
        mut read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> List<U> {
        let mut list = Vec::new();
        for entry in self.list(name, node) {
            if let Some(value) = read(self, entry) {
                list.push(value);
                self.items.push(entry.range.clone());
            }
        }
        list.into()
    }
}

/// The values of an object that .NET reads as a list: by their numbers, then by their names.
pub(super) fn in_order(entries: &[Entry]) -> Vec<&Node> {
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort_by_cached_key(|entry| {
        let number = entry.name.parse::<u32>().ok();
        (number.is_none(), number, entry.name.to_ascii_lowercase())
    });
    entries.into_iter().map(|entry| &entry.value).collect()
}

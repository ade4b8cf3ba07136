//! Claims and properties: names with values.

use guestlist_runtime::rules::near;
use guestlist_runtime::{ClientClaim, List, Property};
use serde_json::json;

use super::name::Name;
use super::reader::{Reader, list};
use crate::tree::{Entry, Node, Value};

/// What stands before the name of a type in .NET's `ClaimValueTypes`.
const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema#";

impl Reader<'_> {
    /// `["role", "admin"]`, `["level", "3", "integer"]`, or an object.
    pub(super) fn claim(&mut self, name: Name<'_>, node: &Node) -> Option<ClientClaim> {
        let dotnet = self.is_dotnet();
        match &node.value {
            Value::List(parts) if !dotnet && matches!(parts.len(), 2 | 3) => {
                let parts: Vec<_> = parts.iter().map(|part| self.text(name.entry(), part)).collect();
                let mut parts = parts.into_iter().collect::<Option<Vec<_>>>()?.into_iter();
                let (claim_type, value) = (parts.next()?.into(), parts.next()?.into());
                Some(ClientClaim { claim_type, value, value_type: parts.next().map(Into::into) })
            }
            Value::Map(entries) => self.claim_object(node, entries),
            _ => {
                let example = if dotnet { json!({ "Type": "…", "Value": "…" }) } else { json!(["type", "value"]) };
                self.wrong_kind(name.entry(), node, "a type and a value", &example);
                None
            }
        }
    }

    fn claim_object(&mut self, node: &Node, entries: &[Entry]) -> Option<ClientClaim> {
        let names = if self.is_dotnet() { ["Type", "Value", "ValueType"] } else { ["type", "value", "value_type"] };
        let mut parts: [Option<String>; 3] = Default::default();
        let before = self.problems.len();
        for entry in self.entries(entries) {
            match self.position(&entry.name, &names) {
                Some(at) => parts[at] = self.text(Name::of(&entry.name), &entry.value),
                None => {
                    let meant = near(&entry.name, names.into_iter());
                    self.unknown_field(entry, "a claim", meant, &list(&names));
                }
            }
        }
        if self.problems.len() > before {
            return None;
        }
        let [claim_type, value, value_type] = parts;
        for (part, name) in [(&claim_type, names[0]), (&value, names[1])] {
            if part.is_none() {
                let help = format!("add {}", self.dialect.assign(name, &json!("…")));
                self.error(&node.range, format!("the claim has no `{name}`"), help);
            }
        }
        let value_type = value_type.and_then(|of| match of.strip_prefix(XML_SCHEMA).filter(|_| self.is_dotnet()) {
            Some("string") => None,
            short => Some(short.unwrap_or(&of).into()),
        });
        Some(ClientClaim { claim_type: claim_type?.into(), value: value?.into(), value_type })
    }

    /// An object of texts. What a value says is not shown: it may be a credential.
    pub(super) fn properties(&mut self, name: Name<'_>, node: &Node) -> List<Property> {
        let Value::Map(entries) = &node.value else {
            self.hide(node);
            self.wrong_kind(name, node, "an object of texts", &json!({ "…": "…" }));
            return List::EMPTY;
        };
        let mut properties = Vec::new();
        for entry in self.entries(entries) {
            self.hide(&entry.value);
            if let Some(value) = self.text(Name::of(&entry.name), &entry.value) {
                properties.push(Property { key: entry.name.as_str().into(), value: value.into() });
                self.items.push(entry.range.clone());
            }
        }
        properties.into()
    }
}

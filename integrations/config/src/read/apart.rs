//! Values that stand beside the config file: in a file of their own, or in an environment variable.

use std::env::{self, VarError};

use serde_json::json;

use super::name::Name;
use super::reader::Reader;
use crate::content;
use crate::tree::{Entry, Node, Value};

/// A message and a help.
type Said = (String, &'static str);

/// The forms of such a value.
pub(super) const APART: [&str; 2] = ["file", "env"];

impl Reader<'_> {
    /// A text, or an object that tells the file or the variable that holds it.
    pub(super) fn text_or_apart(&mut self, name: Name<'_>, node: &Node) -> Option<(String, bool)> {
        match &node.value {
            Value::Map(entries) => match entries.as_slice() {
                [entry] if APART.contains(&entry.name.as_str()) => Some((self.apart(entry)?, true)),
                _ => {
                    self.hide(node);
                    let message = format!("{name} takes a text, or an object with `file` or `env` alone");
                    let help = self.write(name, &json!({ "file": "…" }));
                    self.error(&node.range, message, help);
                    None
                }
            },
            _ => self.text(name, node).map(|text| (text, false)),
        }
    }

    /// What a file or an environment variable holds. Where it leads nowhere, what is written may be the secret itself.
    pub(super) fn apart(&mut self, entry: &Entry) -> Option<String> {
        let name = self.text(Name::of(&entry.name), &entry.value)?;
        let found = if entry.name == "file" { self.file(&name) } else { variable(&name) };
        found
            .map_err(|(message, help)| {
                self.hide(&entry.value);
                self.error(&entry.value.range, message, help);
            })
            .ok()
    }

    fn file(&mut self, written: &str) -> Result<String, Said> {
        let path = self.folder.join(written);
        let read = content::read(&path, content::LONGEST_SECRET);
        // One that is not there yet may come.
        self.files.insert(path);
        let bytes = read.map_err(|error| {
            let message = format!("cannot read the file that is named here: {error}");
            (message, "the path is relative to the folder of this file")
        })?;
        String::from_utf8(bytes)
            .map_err(|_| (String::from("the file that is named here is not UTF-8"), "store the secret as text"))
    }
}

fn variable(name: &str) -> Result<String, Said> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        let message = String::from("this is not the name of an environment variable");
        return Err((message, "write its name, not its value"));
    }
    env::var(name).map_err(|error| match error {
        VarError::NotPresent => (
            String::from("the environment variable that is named here is not set"),
            "set it for the server, or write the secret's digest",
        ),
        VarError::NotUnicode(_) => {
            (String::from("the environment variable that is named here is not UTF-8"), "give it a text")
        }
    })
}

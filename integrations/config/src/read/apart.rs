//! Values that stand beside the config file: in a file of their own, or in an environment variable.

use std::env::{self, VarError};
use std::fs;

use serde_json::json;

use super::name::Name;
use super::reader::Reader;
use crate::tree::{Entry, Node, Value};

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

    /// What a file or an environment variable holds.
    pub(super) fn apart(&mut self, entry: &Entry) -> Option<String> {
        let name = self.text(Name::of(&entry.name), &entry.value)?;
        if entry.name == "file" { self.file(&name, &entry.value) } else { self.variable(&name, &entry.value) }
    }

    fn file(&mut self, written: &str, node: &Node) -> Option<String> {
        let path = self.folder.join(written);
        let read = fs::read(&path);
        // One that is not there yet may come.
        self.files.insert(path);
        match read.map(String::from_utf8) {
            Ok(Ok(text)) => Some(text),
            Ok(Err(_)) => {
                let message = format!("the file {written:?} is not UTF-8");
                self.error(&node.range, message, "store the secret as text");
                None
            }
            Err(error) => {
                let message = format!("cannot read the file {written:?}: {error}");
                self.error(&node.range, message, "the path is relative to the folder of this file");
                None
            }
        }
    }

    fn variable(&mut self, name: &str, node: &Node) -> Option<String> {
        // What is no name of a variable may be the secret itself.
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            self.hide(node);
            self.error(&node.range, "this is not the name of an environment variable", "write its name, not its value");
            return None;
        }
        match env::var(name) {
            Ok(value) => Some(value),
            Err(VarError::NotPresent) => {
                let message = format!("the environment variable `{name}` is not set");
                self.error(&node.range, message, "set it for the server, or write the secret's digest");
                None
            }
            Err(VarError::NotUnicode(_)) => {
                self.error(&node.range, format!("the environment variable `{name}` is not UTF-8"), "give it a text");
                None
            }
        }
    }
}

//! What reading a document needs and leaves behind.

use core::ops::Range;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use guestlist_runtime::rules::near;
use serde_json::Value as Json;

use super::name::Name;
use super::problem::Problem;
use crate::Shape;
use crate::dialect::Dialect;
use crate::tree::{Entry, Node, Value, narrow};

/// Reads values, and notes what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) dialect: Dialect,
    /// The text of the document.
    source: &'a str,
    /// What paths are relative to.
    pub(super) folder: &'a Path,
    pub(super) problems: Vec<Problem>,
    /// The files that secrets come from.
    pub(super) files: BTreeSet<PathBuf>,
    /// The places of what no message shows.
    pub(super) hidden: Vec<Range<usize>>,
    /// Where the entries stand that were read of the list that is read.
    pub(super) items: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(dialect: Dialect, source: &'a str, folder: &'a Path, problems: Vec<Problem>) -> Self {
        Self { dialect, source, folder, problems, files: BTreeSet::new(), hidden: Vec::new(), items: Vec::new() }
    }

    /// Whether values are written as in .NET's configuration, where all of them are texts.
    pub(super) fn is_dotnet(&self) -> bool {
        self.dialect.shape == Shape::IdentityServer
    }

    /// Where a part of a text stands, if it is written without escapes; otherwise where the text stands.
    pub(super) fn within(&self, node: &Node, text: &str, part: Range<usize>) -> Range<usize> {
        narrow(self.source, &node.range, text, &part).unwrap_or_else(|| node.range.clone())
    }

    /// Notes an error.
    pub(super) fn error(&mut self, range: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::error(range.clone(), message, help));
    }

    /// Notes a broken rule of the catalogue, for what cannot be typed.
    pub(super) fn broken(
        &mut self,
        rule: &'static str,
        range: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(Problem { rule: Some(rule), ..Problem::error(range.clone(), message, help) });
    }

    /// Notes that a value is of another kind than the setting's.
    pub(super) fn wrong_kind(&mut self, name: Name<'_>, node: &Node, expected: &str, example: &Json) {
        let message = format!("{name} takes {expected}, found {}", node.kind());
        self.error(&node.range, message, self.write(name, example));
    }

    /// What to write.
    pub(super) fn write(&self, name: Name<'_>, value: &Json) -> String {
        if name.is_entry {
            format!("write `{}`", self.dialect.value(value))
        } else {
            format!("write {}", self.dialect.assign(name.name, value))
        }
    }

    /// The entries of an object, each name once: another one of the same name is an error.
    pub(super) fn entries<'n>(&mut self, entries: &'n [Entry]) -> Vec<&'n Entry> {
        let mut first: BTreeMap<Cow<'n, str>, &Entry> = BTreeMap::new();
        let mut once = Vec::with_capacity(entries.len());
        for entry in entries {
            let name =
                if self.is_dotnet() { entry.name.to_ascii_lowercase().into() } else { entry.name.as_str().into() };
            let other = *first.entry(name).or_insert(entry);
            if core::ptr::eq(other, entry) {
                once.push(entry);
                continue;
            }
            let message = format!("`{}` is written twice", entry.name.escape_debug());
            let problem = Problem::error(entry.range.clone(), message, "keep one of the two");
            self.problems.push(Problem { other: Some((other.range.clone(), "first here")), ..problem });
            self.hide(&entry.value);
        }
        once
    }

    /// Which of the names it is.
    pub(super) fn position(&self, name: &str, names: &[&str]) -> Option<usize> {
        names.iter().position(|known| if self.is_dotnet() { known.eq_ignore_ascii_case(name) } else { *known == name })
    }

    /// Notes that `of` has no field of this name; its value may be a secret.
    pub(super) fn unknown_field(&mut self, entry: &Entry, of: &str, names: &[&str]) {
        self.hide(&entry.value);
        let help = match near(&entry.name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", list(names)),
        };
        self.error(&entry.range, format!("{of} has no `{}`", entry.name.escape_debug()), help);
    }

    /// Keeps every text and number in a value out of what is shown.
    pub(super) fn hide(&mut self, node: &Node) {
        match &node.value {
            Value::Null | Value::Flag(_) => {}
            Value::Number(_) | Value::Text(_) => self.hidden.push(node.range.clone()),
            Value::List(nodes) => nodes.iter().for_each(|node| self.hide(node)),
            Value::Map(entries) => entries.iter().for_each(|entry| self.hide(&entry.value)),
        }
    }
}

/// `` `a`, `b` and `c` ``
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

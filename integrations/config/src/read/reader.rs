//! What reading a document needs and leaves behind.

use core::ops::Range;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

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

    /// Notes that `of` has no field of this name. Its value may be a secret; its name too, unless it is near a field's.
    pub(super) fn unknown_field(&mut self, entry: &Entry, of: &str, meant: Option<&str>, fields: &str) {
        self.hide(&entry.value);
        if let Some(meant) = meant {
            let message = format!("unknown field `{}` of {of}", entry.name.escape_debug());
            self.error(&entry.range, message, format!("did you mean `{meant}`?"));
        } else {
            self.hidden.push(entry.range.clone());
            self.error(&entry.range, format!("unknown field of {of}"), format!("it has {fields}"));
        }
    }

    /// Keeps a value out of what is shown.
    pub(super) fn hide(&mut self, node: &Node) {
        node.hide(&mut self.hidden);
    }

    fn is_hidden(&self, node: &Node) -> bool {
        self.hidden.contains(&node.range)
    }

    /// A value as an example of a text, if it may be shown.
    pub(super) fn as_example(&self, node: &Node) -> Json {
        match &node.value {
            Value::Number(number) if !self.is_hidden(node) => json!(number),
            Value::Flag(flag) => json!(flag.to_string()),
            _ => json!("…"),
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

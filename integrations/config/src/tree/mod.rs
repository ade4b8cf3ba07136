//! A document as it was written: values with their places, whatever the format.

mod json;
#[cfg(feature = "toml")]
mod toml;
#[cfg(feature = "yaml")]
mod yaml;

use core::ops::Range;

use crate::Format;

/// A value, and the bytes of the text that it stands in.
///
/// Of a table in TOML the bytes are its header's, since its entries may stand anywhere.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) range: Range<usize>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Flag(bool),
    /// A number: an integer in decimal digits, anything else as it was written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    /// In the order of the text, and with duplicates, if the format's parser lets them through.
    Map(Vec<Entry>),
}

/// An entry of a map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) range: Range<usize>,
    pub(crate) value: Node,
}

/// A text that is no document of its format.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// What is wrong, lower-case and without a full stop. It quotes nothing of the text, which may be a secret.
    pub(crate) message: String,
    pub(crate) range: Range<usize>,
}

impl Node {
    /// What it is, as messages say it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Flag(_) => "`true` or `false`",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "an object",
        }
    }
}

impl Node {
    /// The text that it is.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Adds where it stands to what is not shown. The entries of a table in TOML stand elsewhere.
    pub(crate) fn hide(&self, hidden: &mut Vec<Range<usize>>) {
        match &self.value {
            Value::Null | Value::Flag(_) => return,
            Value::Number(_) | Value::Text(_) => {}
            Value::List(nodes) => nodes.iter().for_each(|node| node.hide(hidden)),
            Value::Map(entries) => entries.iter().for_each(|entry| {
                hidden.push(entry.range.clone());
                entry.value.hide(hidden);
            }),
        }
        hidden.push(self.range.clone());
    }

    /// Its JSON, on one line and in the order of the text.
    pub(crate) fn to_json(&self) -> String {
        match &self.value {
            Value::Null => String::from("null"),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(number) if serde_json::from_str::<serde_json::Number>(number).is_ok() => number.clone(),
            Value::Number(text) | Value::Text(text) => quoted(text),
            Value::List(nodes) => {
                let nodes: Vec<String> = nodes.iter().map(Self::to_json).collect();
                format!("[{}]", nodes.join(","))
            }
            Value::Map(entries) => {
                let entry = |entry: &Entry| format!("{}:{}", quoted(&entry.name), entry.value.to_json());
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(","))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Where a part of a text stands in the source, if the text is written there as it is, between quotes perhaps, but
/// without escapes.
pub(crate) fn narrow(source: &str, place: &Range<usize>, text: &str, part: &Range<usize>) -> Option<Range<usize>> {
    let start = place.start + source.get(place.clone())?.find(text).filter(|_| !text.is_empty())?;
    Some(start + part.start..start + part.end)
}

impl SyntaxError {
    fn new(message: impl Into<String>, range: Range<usize>) -> Self {
        Self { message: message.into(), range }
    }
}

const EMPTY: &str = "the file is empty";

/// Whether a document may have been cut off within its last line, where the rest would be another value. JSON ends with a
/// bracket.
pub(crate) fn may_be_cut_off(text: &str, format: Format) -> bool {
    format != Format::Json && !text.ends_with('\n')
}

/// Reads a document.
pub(crate) fn parse(text: &str, format: Format) -> Result<Node, Vec<SyntaxError>> {
    if text.trim().is_empty() {
        return Err(vec![SyntaxError::new(EMPTY, 0..0)]);
    }
    match format {
        Format::Json => json::parse(text).map_err(|error| vec![error]),
        #[cfg(feature = "toml")]
        Format::Toml => toml::parse(text),
        #[cfg(feature = "yaml")]
        Format::Yaml => yaml::parse(text).map_err(|error| vec![error]),
        #[allow(unreachable_patterns, reason = "with all features on, every format is read")]
        _ => {
            let message = format!("{} is not read: guestlist-config was built without its feature", format.as_str());
            Err(vec![SyntaxError::new(message, 0..0)])
        }
    }
}

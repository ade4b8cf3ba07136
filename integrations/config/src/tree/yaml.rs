//! YAML: one document, with the core schema.

use core::ops::Range;
use std::borrow::Cow;
use std::collections::HashMap;

use saphyr::Scalar;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::{EMPTY, Entry, Node, SyntaxError, Value};

/// How deep values may lie in each other.
const DEEPEST: usize = 128;

/// How many values may be copied for anchors and aliases.
const MOST_COPIES: usize = 100_000;

pub(super) fn parse(text: &str) -> Result<Node, SyntaxError> {
    let mut reading =
        Reading { starts: starts(text), open: Vec::new(), anchored: HashMap::new(), copied: 0, root: None };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| reading.said(&error))?;
        reading.read(event, span)?;
    }
    reading.root.ok_or_else(|| SyntaxError::new(EMPTY, 0..0))
}

/// The byte at which each character starts, and the end.
fn starts(text: &str) -> Vec<usize> {
    text.char_indices().map(|(start, _)| start).chain([text.len()]).collect()
}

struct Reading {
    starts: Vec<usize>,
    /// The lists and maps that have not ended, from the root on.
    open: Vec<Open>,
    /// What aliases stand for, by the number of the anchor.
    anchored: HashMap<usize, Node>,
    /// How many values were copied for anchors and aliases.
    copied: usize,
    root: Option<Node>,
}

/// A list or a map that has not ended.
struct Open {
    anchor: usize,
    start: usize,
    value: Value,
    /// The name of the entry whose value comes next.
    name: Option<(String, Range<usize>)>,
}

impl Reading {
    fn read(&mut self, event: Event<'_>, span: Span) -> Result<(), SyntaxError> {
        let range = self.range(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let node = Node { value: scalar(text, style, tag.as_ref(), &range)?, range };
                self.place(anchor, node)
            }
            Event::SequenceStart(anchor, _) => self.begin(anchor, Value::List(Vec::new()), range),
            Event::MappingStart(anchor, _) => self.begin(anchor, Value::Map(Vec::new()), range),
            Event::SequenceEnd | Event::MappingEnd => self.end(&range),
            Event::Alias(anchor) => {
                let Some(node) = self.anchored.get(&anchor) else {
                    return Err(SyntaxError::new("the alias stands for a value that it is a part of", range));
                };
                let Node { value, .. } = copy(node, &mut self.copied)?;
                self.place(0, Node { value, range })
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(SyntaxError::new("a file of clients is one document: a second one begins here", range))
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, anchor: usize, value: Value, range: Range<usize>) -> Result<(), SyntaxError> {
        if self.open.len() == DEEPEST {
            return Err(SyntaxError::new("values lie too deep in each other", range));
        }
        self.open.push(Open { anchor, start: range.start, value, name: None });
        Ok(())
    }

    /// Ends the innermost list or map: at its bracket, or else with its last value.
    fn end(&mut self, bracket: &Range<usize>) -> Result<(), SyntaxError> {
        let Some(Open { anchor, start, value, .. }) = self.open.pop() else { return Ok(()) };
        let last = match &value {
            Value::List(nodes) => nodes.last(),
            Value::Map(entries) => entries.last().map(|entry| &entry.value),
            _ => None,
        };
        let end = match last {
            Some(last) if bracket.is_empty() => last.range.end,
            _ => bracket.end,
        };
        self.place(anchor, Node { value, range: start..end.max(start) })
    }

    /// Puts a value where it belongs: into the innermost list or map, or at the root.
    fn place(&mut self, anchor: usize, node: Node) -> Result<(), SyntaxError> {
        if anchor != 0 {
            self.anchored.insert(anchor, copy(&node, &mut self.copied)?);
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match (&mut open.value, open.name.take()) {
            (Value::List(nodes), _) => nodes.push(node),
            (Value::Map(entries), Some((name, range))) => entries.push(Entry { name, range, value: node }),
            (_, _) => open.name = Some(name(node)?),
        }
        Ok(())
    }

    fn range(&self, span: Span) -> Range<usize> {
        let byte = |character: usize| self.starts.get(character).or(self.starts.last()).copied().unwrap_or_default();
        byte(span.start.index())..byte(span.end.index())
    }

    fn said(&self, error: &ScanError) -> SyntaxError {
        SyntaxError::new(error.info(), self.range(Span::empty(*error.marker())))
    }
}

fn scalar(
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Cow<'_, Tag>>,
    range: &Range<usize>,
) -> Result<Value, SyntaxError> {
    let written = text.clone();
    match Scalar::parse_from_cow_and_metadata(text, style, tag) {
        Some(Scalar::Null) => Ok(Value::Null),
        Some(Scalar::Boolean(flag)) => Ok(Value::Flag(flag)),
        Some(Scalar::Integer(number)) => Ok(Value::Number(number.to_string())),
        Some(Scalar::FloatingPoint(_)) => Ok(Value::Number(written.into_owned())),
        Some(Scalar::String(text)) => Ok(Value::Text(text.into_owned())),
        None => Err(SyntaxError::new("the value is not what its tag says", range.clone())),
    }
}

/// A scalar as the name of an entry.
fn name(node: Node) -> Result<(String, Range<usize>), SyntaxError> {
    let name = match node.value {
        Value::Text(name) | Value::Number(name) => name,
        Value::Null => String::new(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(_) | Value::Map(_) => return Err(SyntaxError::new("a name is a text", node.range)),
    };
    Ok((name, node.range))
}

/// A copy of a value, unless too many were copied.
fn copy(node: &Node, copied: &mut usize) -> Result<Node, SyntaxError> {
    *copied += size(node);
    if *copied > MOST_COPIES {
        return Err(SyntaxError::new("anchors and aliases make this document too large", node.range.clone()));
    }
    Ok(node.clone())
}

/// How many values a value has in it, with itself.
fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(nodes) => nodes.iter().map(size).sum(),
        Value::Map(entries) => entries.iter().map(|entry| size(&entry.value)).sum(),
        _ => 0,
    }
}

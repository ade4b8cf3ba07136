//! A file's text: lines and columns of its places, JSON pointers to them, and lines to show without what is secret.

use core::ops::Range;
use std::collections::BTreeMap;

use super::words::{unknown_words, user_information};
use crate::tree::{Node, Value};

/// A place in a file. See [`Diagnostics`](crate::Diagnostics) for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Span {
    /// The value that it is in, or the one of the name, as a JSON pointer (RFC 6901); empty for the whole document.
    pub pointer: String,
    /// The line that it begins in, counted from 1.
    pub line: usize,
    /// The character of that line, counted from 1.
    pub column: usize,
    /// The line that it ends in.
    pub end_line: usize,
    /// The character behind the last one.
    pub end_column: usize,
    pub(super) excerpt: Option<Excerpt>,
}

/// The line that a place begins in, with `…` for what is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) line: String,
    /// The bytes of it that are meant.
    pub(super) marked: Range<usize>,
}

/// The longest beginning of a line that is shown before a place, and the longest rest behind it, in bytes.
const LONGEST: usize = 400;

/// The text of a file.
pub(crate) struct Source<'a> {
    text: &'a str,
    /// Where each line starts.
    lines: Vec<usize>,
    /// What is not shown, in order.
    hidden: Vec<Range<usize>>,
    /// The names and values that were read, in order; none, if nothing could be.
    read: Vec<Range<usize>>,
    pointers: BTreeMap<(usize, usize), String>,
}

impl<'a> Source<'a> {
    /// A text of which some places are not shown, and a document that pointers lead into to some places.
    pub(crate) fn new(
        text: &'a str,
        hidden: Vec<Range<usize>>,
        document: Option<&Node>,
        places: impl Iterator<Item = Range<usize>>,
    ) -> Self {
        let lines = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let hidden = merged(hidden);
        let mut pointers = places.map(|place| ((place.start, place.end), String::new())).collect();
        let mut read = Vec::new();
        if let Some(document) = document {
            point(document, &hidden, &mut String::new(), &mut pointers);
            tokens(document, &mut read);
        }
        Self { text, lines, hidden, read: merged(read), pointers }
    }

    /// What is known of a place.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let [(line, column), (end_line, end_column)] = [range.start, range.end].map(|at| self.position(at));
        let pointer = self.pointers.get(&(range.start, range.end)).cloned().unwrap_or_default();
        Span { pointer, line, column, end_line, end_column, excerpt: self.excerpt(range) }
    }

    /// The line and the column of a byte.
    fn position(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|line| self.lines.get(line)).copied().unwrap_or_default();
        (line, self.text.get(start..at).map_or(1, |before| before.chars().count() + 1))
    }

    /// The line that a place begins in: nothing, if a text before the place is secret, since then its column would not
    /// be the one that is shown; nor if the place is far to the right.
    fn excerpt(&self, range: &Range<usize>) -> Option<Excerpt> {
        let line = self.lines.partition_point(|start| *start <= range.start);
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        let end = start + self.text.get(start..end)?.trim_end_matches('\r').len();
        let marked = range.start.min(end)..range.end.clamp(range.start.min(end), end);
        if marked.start - start > LONGEST {
            return None;
        }
        let mut shown = String::new();
        let mut to = Range { start: 0, end: 0 };
        let mut at = start;
        let unread = self.comments(start..end).into_iter().chain(user_information(self.text, start..end));
        for hidden in merged(within(&self.hidden, start..end).chain(unread).collect()) {
            if hidden.end <= marked.start {
                return None;
            }
            self.show(at..hidden.start, &marked, &mut shown, &mut to)?;
            if hidden.contains(&marked.start) {
                to.start = shown.len();
            }
            shown.push('…');
            if hidden.start < marked.end {
                to.end = shown.len();
            }
            at = hidden.end;
        }
        self.show(at..end, &marked, &mut shown, &mut to)?;
        let longest = shown.char_indices().map(|(at, _)| at).find(|at| *at > to.end + LONGEST);
        shown.truncate(longest.unwrap_or(shown.len()));
        Some(Excerpt { line: shown, marked: to.start..to.end.max(to.start) })
    }

    /// What stands between the names and values of a line and is no sign: comments, in which secrets may be.
    fn comments(&self, line: Range<usize>) -> Vec<Range<usize>> {
        if self.read.is_empty() {
            return Vec::new();
        }
        let mut at = line.start;
        let mut comments = Vec::new();
        let end = core::iter::once(line.end..line.end);
        for token in within(&self.read, line.clone()).chain(end) {
            let words = unknown_words(self.text, at..token.start.max(at));
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                comments.push(first.start..last.end);
            }
            at = at.max(token.end);
        }
        comments
    }

    /// Shows a part of a line as it is.
    fn show(&self, part: Range<usize>, marked: &Range<usize>, shown: &mut String, to: &mut Range<usize>) -> Option<()> {
        let in_part = |at: usize| part.start <= at && at <= part.end;
        if in_part(marked.start) {
            to.start = shown.len() + marked.start - part.start;
        }
        if in_part(marked.end) {
            to.end = shown.len() + marked.end - part.start;
        }
        shown.push_str(self.text.get(part)?);
        Some(())
    }
}

/// Ranges in order, those that overlap as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The parts of merged ranges that are in a line.
fn within(ranges: &[Range<usize>], line: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let first = ranges.partition_point(|range| range.end <= line.start);
    let ranges = ranges.iter().skip(first).take_while(move |range| range.start < line.end);
    ranges.map(move |range| range.start.max(line.start)..range.end.min(line.end))
}

/// The places of all names, and of the values that have no parts.
fn tokens(node: &Node, read: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::List(nodes) => nodes.iter().for_each(|node| tokens(node, read)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            read.push(entry.range.clone());
            tokens(&entry.value, read);
        }),
        _ => read.push(node.range.clone()),
    }
}

/// Finds for each place the innermost value that it is in, or whose name it is in. No pointer goes by a hidden name.
fn point(node: &Node, hidden: &[Range<usize>], pointer: &mut String, places: &mut BTreeMap<(usize, usize), String>) {
    note(&node.range, pointer, places);
    let length = pointer.len();
    let mut child = |name: &str, key: Option<&Range<usize>>, node: &Node| {
        if let Some(key) = key.filter(|key| within(hidden, Range::clone(key)).next().is_some()) {
            note(key, pointer, places);
            note(&node.range, pointer, places);
            return;
        }
        pointer.push('/');
        pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        if let Some(key) = key {
            note(key, pointer, places);
        }
        point(node, hidden, pointer, places);
        pointer.truncate(length);
    };
    match &node.value {
        Value::List(nodes) => {
            nodes.iter().enumerate().for_each(|(at, node)| child(&at.to_string(), None, node));
        }
        Value::Map(entries) => {
            entries.iter().for_each(|entry| child(&entry.name, Some(&entry.range), &entry.value));
        }
        _ => {}
    }
}

fn note(range: &Range<usize>, pointer: &str, places: &mut BTreeMap<(usize, usize), String>) {
    for ((_, end), found) in places.range_mut((range.start, 0)..=(range.end, usize::MAX)) {
        if *end <= range.end {
            pointer.clone_into(found);
        }
    }
}

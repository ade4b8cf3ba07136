//! `allow`, `expect`, `warn` and `deny`: how findings of single rules are treated.

use core::ops::Range;

use guestlist_runtime::rules::{self, PEDANTIC, nearest};
use guestlist_runtime::{Levels, Text};

use super::name::Name;
use super::reader::Reader;
use crate::tree::Entry;

/// The words by which rules are treated.
const WORDS: [&str; 4] = ["allow", "expect", "warn", "deny"];

/// The levels of a client as they are read.
#[derive(Default)]
pub(super) struct Lists {
    names: [Vec<Text>; 4],
    /// The rules that are expected to fire.
    pub(super) expectations: Vec<(Text, Range<usize>)>,
}

/// Which of the words it is.
pub(super) fn word(name: &str) -> Option<usize> {
    WORDS.iter().position(|word| *word == name)
}

impl Lists {
    /// Adds the rules of a list such as `"allow": ["secret_reused"]`.
    pub(super) fn add(&mut self, word: usize, entry: &Entry, reader: &mut Reader<'_>) {
        let name = Name::of(&entry.name);
        for node in reader.list(name, &entry.value) {
            let Some(written) = reader.text(name.entry(), node) else { continue };
            let known = || rules::all().map(|rule| rule.name).chain([PEDANTIC]);
            let Some(rule) = known().find(|known| *known == written) else {
                let help = match nearest(&written, known()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => String::from("the names of the rules stand in brackets before their messages"),
                };
                reader.error(&node.range, format!("unknown rule {written:?}"), help);
                continue;
            };
            if self.names.iter().flatten().any(|other| other == rule) {
                let help = "name a rule once, under the one level it should have";
                reader.error(&node.range, format!("`{rule}` is named twice here"), help);
                continue;
            }
            if WORDS.get(word) == Some(&"expect") {
                self.expectations.push((Text::Static(rule), node.range.clone()));
            }
            if let Some(names) = self.names.get_mut(word) {
                names.push(Text::Static(rule));
            }
        }
    }

    /// The levels, as the rulebook takes them.
    pub(super) fn levels(&mut self) -> Levels {
        let [allow, expect, warn, deny] = core::mem::take(&mut self.names);
        Levels { allow: allow.into(), expect: expect.into(), warn: warn.into(), deny: deny.into() }
    }
}

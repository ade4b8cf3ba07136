//! Every rule's examples: the wrong one breaks it, the right one does not.

use guestlist_runtime::rules;

use crate::report::Errors;
use crate::track::Tracked;
use crate::{check, parse};

/// What the rulebook says of a definition in the language, as the names of rules.
fn findings(source: &str) -> (Vec<&'static str>, Vec<String>) {
    let mut errors = Errors::default();
    let tokens = source.parse().unwrap_or_else(|error| panic!("{error}: {source}"));
    let blocks = parse::blocks(tokens, &mut errors);
    let checked = check::check(&blocks, &mut errors, &mut Tracked::default());
    let mut names: Vec<&'static str> = checked.warnings.iter().map(|warning| warning.name).collect();
    let mut unknown = Vec::new();
    for error in errors.into_sorted() {
        match rules::all().find(|rule| error.message.contains(&format!("[{}]", rule.name))) {
            Some(rule) => names.push(rule.name),
            None => unknown.push(error.message),
        }
    }
    (names, unknown)
}

#[test]
fn every_wrong_example_breaks_its_rule_and_every_right_one_does_not() {
    let mut failures = Vec::new();
    // What only a clock can tell has no example that stays true.
    for rule in rules::all().filter(|rule| !rule.needs_time()) {
        let (names, unknown) = findings(rule.wrong);
        if !names.contains(&rule.name) || !unknown.is_empty() {
            failures.push(format!("{}: wrong example yields {names:?} {unknown:?}", rule.name));
        }
        let (names, unknown) = findings(rule.right);
        if names.contains(&rule.name) || !unknown.is_empty() {
            failures.push(format!("{}: right example yields {names:?} {unknown:?}", rule.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

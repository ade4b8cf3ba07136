//! Every rule's examples: the wrong one breaks it, the right one does not.

use guestlist_runtime::rules::{self, Rule};

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
    for (_, error) in errors.into_sorted() {
        let name = error.rsplit_once('[').and_then(|(_, name)| Rule::named(name.trim_end_matches(']')));
        match name {
            Some(rule) => names.push(rule.name),
            None => unknown.push(error),
        }
    }
    (names, unknown)
}

/// What only a clock can tell has no example that stays true.
const TIMED: [&str; 2] = ["secret_expired", "secret_all_expired"];

#[test]
fn every_wrong_example_breaks_its_rule_and_every_right_one_does_not() {
    let mut failures = Vec::new();
    for rule in rules::all().filter(|rule| !TIMED.contains(&rule.name)) {
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

//! Each file below `tests/ui` is a misuse; the `.stderr` beside it is what its author reads.
//!
//! After a change that means to change messages: `TRYBUILD=overwrite cargo test -p guestlist-ui`,
//! and read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use guestlist::rules;

#[test]
fn every_misuse_reads_as_expected() {
    trybuild::TestCases::new().compile_fail("*/*.rs");
}

#[test]
fn every_rule_is_seen_through_the_compiler() {
    let mut seen = BTreeSet::new();
    for folder in fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "stderr") {
                collect(&path, &mut seen);
            }
        }
    }
    let missing: Vec<&str> = rules::all()
        .filter(|rule| !rule.needs_time())
        .map(|rule| rule.name)
        .filter(|name| !seen.contains(name))
        .collect();
    assert!(missing.is_empty(), "no .stderr shows {missing:?}");
}

/// The names of the rules in what rustc printed: in brackets behind errors, as macros in warnings.
fn collect(path: &Path, seen: &mut BTreeSet<&'static str>) {
    let printed = fs::read_to_string(path).unwrap();
    for rule in rules::all() {
        let error = format!("[{}]", rule.name);
        let warning = format!("use of deprecated macro `{}`", rule.name);
        if printed.contains(&error) || printed.contains(&warning) {
            seen.insert(rule.name);
        }
    }
}

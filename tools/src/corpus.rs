//! What the fuzz targets start from: the examples of the rules, the texts in them and in the tables of the tests of
//! URIs, and the words of the language.

use std::collections::BTreeSet;
use std::fs;

use guestlist::Setting;
use guestlist::rules;

use crate::repository;

/// Where texts stand that are nearly URIs.
const TABLES: [&str; 6] = [
    "runtime/src/uri/host.rs",
    "runtime/src/uri/mod.rs",
    "runtime/src/uri/normal.rs",
    "runtime/src/uri/origin.rs",
    "runtime/src/uri/tests.rs",
    "runtime/tests/uri.rs",
];

/// Writes the corpora, which are not kept in the repository.
pub(crate) fn write() -> Result<(), String> {
    let examples: Vec<&str> = rules::all().flat_map(|rule| [rule.wrong, rule.right]).collect();
    // With `#[cfg]`, a block goes through both passes.
    let behind_cfg =
        examples.iter().map(|example| format!("\n{example}").replace("\nClient {", "\n#[cfg(a)] Client {"));
    let blocks = examples.iter().map(|example| (*example).to_owned()).chain(behind_cfg);
    seeds("expansion", blocks)?;

    let tables: Result<Vec<String>, String> = TABLES
        .iter()
        .map(|file| fs::read_to_string(repository(file)).map_err(|error| format!("cannot read {file}: {error}")))
        .collect();
    let sources = examples.join("\n") + &tables?.concat();
    // Some lie between two texts; they do as well.
    seeds("uri", sources.lines().flat_map(|line| line.split('"')).map(ToOwned::to_owned))?;

    let of_examples =
        examples.iter().flat_map(|example| example.split(|c: char| c != '_' && !c.is_ascii_alphanumeric()));
    let of_settings = Setting::ALL.iter().map(|setting| setting.as_str());
    let of_rules = rules::all().map(|rule| rule.name);
    let words: BTreeSet<&str> = of_examples.chain(of_settings).chain(of_rules).filter(|word| word.len() < 40).collect();
    let words: String = words.iter().filter(|word| !word.is_empty()).map(|word| format!("\"{word}\"\n")).collect();
    file("words", &words)
}

fn seeds(target: &str, seeds: impl Iterator<Item = String>) -> Result<(), String> {
    let seeds: BTreeSet<String> = seeds.collect();
    seeds.iter().enumerate().try_for_each(|(at, seed)| file(&format!("{target}/seed-{at:04}"), seed))
}

fn file(name: &str, content: &str) -> Result<(), String> {
    let path = repository("fuzz/corpus").join(name);
    let folder = path.parent().unwrap_or(&path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, content))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}

//! What users read when a file is wrong: each file of `mistakes` with what is said of it. `BLESS=1` writes that anew;
//! read it before you keep it.

mod common;

use std::path::{Path, PathBuf};
use std::{env, fs};

use common::{NOW, SECRETS};
use guestlist_config::{ClientsFile, FileRefused};
use guestlist_runtime::Server;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// Loads a file, which is named as from its folder, so that messages are the same on every machine.
fn refused(name: &str) -> FileRefused {
    let format = guestlist_config::Format::of(Path::new(name)).unwrap();
    let text = fs::read_to_string(folder().join(name)).unwrap();
    ClientsFile::new(name, format, text).load(&Server::default(), NOW).unwrap_err()
}

/// The files with mistakes.
fn names() -> Vec<String> {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(".txt")).collect();
    names.sort();
    names
}

fn is_as_expected(name: &str, said: &str) {
    let path = folder().join(name);
    if env::var_os("BLESS").is_some() {
        fs::write(&path, said).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(said, expected, "{name} differs; BLESS=1 writes it anew");
}

#[test]
fn what_is_said_of_each_file() {
    for name in names() {
        is_as_expected(&format!("{name}.txt"), &format!("{}\n", refused(&name)));
    }
}

#[test]
fn no_secret_is_in_anything_that_is_said() {
    for name in names() {
        let refused = refused(&name);
        let coloured = refused.diagnostics.in_colour();
        for said in [refused.to_string(), format!("{refused:?}"), coloured, refused.diagnostics.to_json()] {
            for part in SECRETS.iter().flat_map(|secret| [&secret[..8], &secret[16..]]) {
                assert!(!said.contains(part), "{name}: {said}");
            }
        }
    }
}

//! Makes the parts of the repository that are made.
//!
//! `cargo run -p guestlist-tools -- error-svg` draws what rustc prints for `tools/error.rs`;
//! `cargo run -p guestlist-tools -- rules` writes the page of rules. With `--check`, what is not
//! up to date is an error instead. `cargo run -p guestlist-tools -- corpus` writes what the fuzz
//! targets start from.

mod corpus;
mod error_svg;
mod rules;
mod standards;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["error-svg"] => error_svg::write(),
        ["error-svg", "--check"] => error_svg::check(),
        ["rules"] => rules::write(),
        ["rules", "--check"] => rules::check(),
        ["corpus"] => corpus::write(),
        _ => Err("usage: guestlist-tools error-svg [--check] | rules [--check] | corpus".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

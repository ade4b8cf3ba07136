//! A new secret.

use std::process::ExitCode;

use serde_json::json;

use crate::args::{Format, Generate};
use crate::hash::{self, Written};
use crate::terminal::{BOLD, print};

/// 192 bits: more than can be tried, and, in hex, not of the length of a digest.
const BYTES: usize = 24;

pub fn run(args: &Generate) -> Result<ExitCode, String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random bytes: {error}"))?;
    let secret = hash::hex(&bytes);
    let written = Written::of(&secret, &args.digest)?;
    match args.format {
        Format::Text => {
            let definition = &written.definition;
            print(format_args!(
                "{BOLD}for the client:{BOLD:#}     {secret}\n{BOLD}for its definition:{BOLD:#} {definition}\n"
            ))?;
        }
        Format::Json => {
            let mut answer = written.as_json();
            answer["secret"] = json!(secret);
            print(format_args!("{answer}\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

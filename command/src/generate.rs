//! A new secret.

use std::process::ExitCode;

use anstream::println;
use serde_json::json;

use crate::args::{Format, Generate};
use crate::hash;
use crate::terminal::BOLD;

/// 192 bits: more than can be tried, and, in hex, not of the length of a digest.
const BYTES: usize = 24;

pub fn run(args: &Generate) -> Result<ExitCode, String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random bytes: {error}"))?;
    let secret = hash::hex(&bytes);
    let digest = hash::written(&args.digest, &secret);
    match args.format {
        Format::Text => {
            println!("{BOLD}for the client:{BOLD:#}     {secret}");
            println!("{BOLD}for its definition:{BOLD:#} {digest}");
        }
        Format::Json => println!("{}", json!({ "secret": secret, "definition": digest })),
    }
    Ok(ExitCode::SUCCESS)
}

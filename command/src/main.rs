//! The command `guestlist`: what is asked, and who answers.
#![forbid(unsafe_code)]
// No panic on any input.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]

mod args;
mod explain;
mod generate;
mod hash;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let answer = match Args::parse().command {
        Command::Hash(args) => hash::run(&args),
        Command::Generate(args) => generate::run(&args),
        Command::Explain(args) => explain::run(&args),
    };
    match answer {
        Ok(code) => code,
        Err(message) => {
            terminal::error(&message);
            ExitCode::from(FAILED)
        }
    }
}

/// What is asked for could not be done; 1 is for definitions that are refused.
const FAILED: u8 = 2;

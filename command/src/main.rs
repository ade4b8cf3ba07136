//! The command `guestlist`: what is asked, and who answers.
#![forbid(unsafe_code)]
// No panic on any input.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::unimplemented)]

mod args;
mod check;
mod clock;
mod explain;
mod export;
mod generate;
mod hash;
mod own;
mod rule;
mod server;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let answer = match Args::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Import(args) => export::import(&args),
        Command::Export(args) => export::export(&args),
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

/// A definition is refused.
const REFUSED: u8 = 1;

/// What is asked for could not be done.
const FAILED: u8 = 2;

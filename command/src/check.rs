//! What the rulebook says of a file.

use std::process::ExitCode;

use anstream::{eprintln, println};
use guestlist_config::{ClientsFile, Diagnostics, Loaded};

use crate::args::{Check, Format};
use crate::clock::now;
use crate::server::server;
use crate::terminal::BOLD;
use crate::{FAILED, REFUSED};

pub fn run(args: &Check) -> Result<ExitCode, String> {
    let file = match ClientsFile::read(&args.file) {
        Ok(file) => file,
        Err(unreadable) => {
            show(&unreadable.diagnostics, args.format);
            return Ok(ExitCode::from(FAILED));
        }
    };
    match file.load(&server(&args.server), now()) {
        Ok(Loaded { clients, warnings, .. }) => {
            show(&warnings, args.format);
            if args.format == Format::Text {
                let count = [counted(clients.iter().len(), "client"), counted(warnings.len(), "warning")];
                println!("{BOLD}{}{BOLD:#}: {}", warnings.file(), count.join(", "));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(refused) => {
            show(&refused.diagnostics, args.format);
            if args.format == Format::Text {
                let errors = refused.diagnostics.errors();
                let warnings = refused.diagnostics.len() - errors;
                let count = [counted(errors, "error"), counted(warnings, "warning")];
                println!("{BOLD}{}{BOLD:#} is refused: {}", refused.diagnostics.file(), count.join(", "));
            }
            Ok(ExitCode::from(REFUSED))
        }
    }
}

/// As a compiler does: for people beside the answer, for programs as the answer.
pub fn show(diagnostics: &Diagnostics, format: Format) {
    match format {
        Format::Text if diagnostics.is_empty() => {}
        Format::Text => eprintln!("{}\n", diagnostics.in_colour()),
        Format::Json => println!("{}", diagnostics.to_json()),
    }
}

fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

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
    let (said, code) = match load(args) {
        Ok(loaded) => {
            let count = [counted(loaded.clients.iter().len(), "client"), counted(loaded.warnings.len(), "warning")];
            (said(args.format, &loaded.warnings, &format!(": {}", count.join(", "))), ExitCode::SUCCESS)
        }
        Err(NotLoaded { diagnostics, code }) => {
            let errors = diagnostics.errors();
            let count = [counted(errors, "error"), counted(diagnostics.len() - errors, "warning")];
            (said(args.format, &diagnostics, &format!(" is refused: {}", count.join(", "))), ExitCode::from(code))
        }
    };
    println!("{said}");
    Ok(code)
}

/// A file that does not load, and what the command ends with.
pub struct NotLoaded {
    pub diagnostics: Diagnostics,
    pub code: u8,
}

pub fn load(args: &Check) -> Result<Loaded, NotLoaded> {
    let file = ClientsFile::read(&args.file);
    let file = file.map_err(|unread| NotLoaded { diagnostics: unread.diagnostics, code: FAILED })?;
    let loaded = file.load(&server(&args.server), now());
    loaded.map_err(|refused| NotLoaded { diagnostics: refused.diagnostics, code: REFUSED })
}

/// For people, what is wrong goes beside the answer, as with a compiler; for programs, it is the answer.
fn said(format: Format, diagnostics: &Diagnostics, count: &str) -> String {
    match format {
        Format::Text => {
            show(diagnostics);
            format!("{BOLD}{}{BOLD:#}{count}", diagnostics.file())
        }
        Format::Json => diagnostics.to_json(),
    }
}

pub fn show(diagnostics: &Diagnostics) {
    if !diagnostics.is_empty() {
        eprintln!("{}\n", diagnostics.in_colour());
    }
}

fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

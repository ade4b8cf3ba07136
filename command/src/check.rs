//! What the rulebook says of a file.

use std::io::stdin;
use std::path::Path;
use std::process::ExitCode;

use guestlist_config::{ClientsFile, Diagnostics, FileRefused, Loaded};

use crate::args::{Check, FileFormat, Format};
use crate::clock::now;
use crate::own::own;
use crate::server::server;
use crate::terminal::{BOLD, print, remark};
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
    print(format_args!("{said}\n"))?;
    Ok(code)
}

/// A file that does not load, and what the command ends with.
pub struct NotLoaded {
    pub diagnostics: Diagnostics,
    pub code: u8,
}

pub fn load(args: &Check) -> Result<Loaded, NotLoaded> {
    let file = read(args).map_err(|unread| NotLoaded { diagnostics: unread.diagnostics, code: FAILED })?;
    let loaded = file.load(&server(&args.server), now());
    loaded.map_err(|refused| NotLoaded { diagnostics: refused.diagnostics, code: REFUSED })
}

fn read(Check { file, input, .. }: &Check) -> Result<ClientsFile, FileRefused> {
    match input.map(FileFormat::format) {
        Some(format) if file == Path::new("-") => ClientsFile::read_from("standard input", format, stdin().lock()),
        Some(format) => ClientsFile::read_as(file, format),
        None => ClientsFile::read(file),
    }
}

/// For people, what is wrong goes beside the answer, as with a compiler; for programs, it is the answer.
fn said(format: Format, diagnostics: &Diagnostics, count: &str) -> String {
    match format {
        Format::Text => {
            show(diagnostics);
            format!("{BOLD}{}{BOLD:#}{count}", diagnostics.file())
        }
        Format::Json => own(&diagnostics.to_json()),
    }
}

pub fn show(diagnostics: &Diagnostics) {
    if !diagnostics.is_empty() {
        remark(format_args!("{}\n", own(&diagnostics.in_colour())));
    }
}

fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

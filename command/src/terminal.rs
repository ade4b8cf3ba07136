//! What is said: answers, and words for people, with colours where the terminal has them.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use anstyle::{AnsiColor, Style};

pub const BOLD: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// Prints an answer as it is. One who has closed the pipe has read enough.
pub fn print(answer: impl Display) -> Result<(), String> {
    let mut out = anstream::stdout().lock();
    match write!(out, "{answer}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot print the answer: {error}")),
        _ => Ok(()),
    }
}

/// Prints a line beside the answer. If that cannot be said, that cannot be said either.
pub fn remark(line: impl Display) {
    let _: io::Result<()> = writeln!(anstream::stderr().lock(), "{line}");
}

/// What went wrong, with a last line that begins with `help: ` set apart.
pub fn error(message: &str) {
    say(ERROR, "error", message);
}

pub fn warning(message: &str) {
    say(WARNING, "warning", message);
}

fn say(style: Style, word: &str, message: &str) {
    let (message, help) =
        message.split_once("\nhelp: ").map_or((message, None), |(message, help)| (message, Some(help)));
    remark(format_args!("{style}{word}{style:#}{BOLD}: {message}{BOLD:#}"));
    if let Some(help) = help {
        remark(format_args!("{HELP}help{HELP:#}: {help}"));
    }
}

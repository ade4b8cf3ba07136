//! Words for people: colours where the terminal has them.

use anstream::eprintln;
use anstyle::{AnsiColor, Style};

pub const BOLD: Style = Style::new().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();

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
    eprintln!("{style}{word}{style:#}{BOLD}: {message}{BOLD:#}");
    if let Some(help) = help {
        eprintln!("{HELP}help{HELP:#}: {help}");
    }
}

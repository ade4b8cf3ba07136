//! Characters in messages: a text that is quoted may be anybody's.

use core::fmt;

/// A character as a message shows it: by number where it cannot be seen, could disguise the message, or is the quote.
pub(crate) struct Shown(pub(crate) char);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ' ' => f.write_str("a space"),
            '`' => f.write_str("a backtick"),
            shown if shown.is_ascii_graphic() || shown.is_alphanumeric() => write!(f, "`{shown}`"),
            hidden => write!(f, "U+{:04X}", u32::from(hidden)),
        }
    }
}

/// Whether a character cannot be seen: a control, a space without width, or a mark that turns the direction of text.
#[cfg(feature = "rules")]
pub(crate) fn is_invisible(character: char) -> bool {
    let unseen = matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}');
    character.is_control()
        || unseen
        || matches!(character, '\u{a0}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

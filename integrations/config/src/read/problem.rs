//! What is wrong with a file, at a place of it.

use core::ops::Range;

use guestlist_runtime::rules::Level;

/// Something that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) level: Level,
    /// The rule that is broken; none where a name or the form of a value is wrong.
    pub(crate) rule: Option<&'static str>,
    /// What is wrong: lower-case, without a full stop.
    pub(crate) message: String,
    /// What to write instead; may be empty.
    pub(crate) help: String,
    /// Why it is treated as it is, where that may surprise; mostly empty.
    pub(crate) note: String,
    /// Where; none if it is not in the file.
    pub(crate) range: Option<Range<usize>>,
    /// The other place, and what is there.
    pub(crate) other: Option<(Range<usize>, &'static str)>,
}

impl Problem {
    /// An error at a place.
    pub(crate) fn error(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            rule: None,
            message: message.into(),
            help: help.into(),
            note: String::new(),
            range: Some(range),
            other: None,
        }
    }
}

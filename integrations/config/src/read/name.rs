//! What a value is for.

use core::fmt;

/// What a value is for, as messages say it: a setting, or an entry of its list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'a> {
    pub(super) name: &'a str,
    pub(super) is_entry: bool,
}

impl<'a> Name<'a> {
    pub(super) const fn of(name: &'a str) -> Self {
        Self { name, is_entry: false }
    }

    pub(super) const fn entry(self) -> Self {
        Self { is_entry: true, ..self }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.is_entry { "an entry of " } else { "" };
        write!(f, "{prefix}`{}`", self.name.escape_debug())
    }
}

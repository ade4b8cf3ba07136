//! Which state of a client is meant.

use std::{fmt, num::ParseIntError, str::FromStr};

/// A state of a client: each change gives it another version, and none is ever given twice, also if a client is
/// deleted and created again. Each statement on what belongs to a client is a change: versions grow by leaps.
///
/// As a text it fits an HTTP `ETag`.
///
/// ```
/// use guestlist_sqlx::Version;
/// let version: Version = "17".parse()?;
/// assert_eq!(version.to_string(), "17");
/// # Ok::<(), std::num::ParseIntError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(pub(crate) i64);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Version {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

//! Why a store has no answer.

use core::{error, fmt};

use crate::Text;

/// Why a store has no answer. That a client does not exist is an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreError {
    /// There is such a client, but its definition breaks the rulebook: what is wrong, for the operator's log.
    Refused(Text),
    /// The source cannot be asked: what happened, for the operator's log.
    Unavailable(Text),
}

impl StoreError {
    /// The source cannot be asked.
    #[must_use]
    pub fn unavailable(what: impl Into<Text>) -> Self {
        Self::Unavailable(what.into())
    }

    /// The client's definition breaks the rulebook.
    #[must_use]
    pub fn refused(what: impl Into<Text>) -> Self {
        Self::Refused(what.into())
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(what) => write!(f, "the client's definition is refused: {what}"),
            Self::Unavailable(what) => write!(f, "the source of clients is unavailable: {what}"),
        }
    }
}

impl error::Error for StoreError {}

//! Signing out: where the user may be sent, and who is told.

mod back_channel;
mod end_session;
mod front_channel;

use core::{error, fmt};

pub use back_channel::{LOGOUT_EVENT, LOGOUT_TOKEN_LIFETIME, LOGOUT_TOKEN_TYPE, LogoutToken, back_channel_logout};
pub use end_session::{BrowserSession, EndSession, end_session, end_session_client};
pub use front_channel::front_channel_logout;

/// Why a client is not told that its user has signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotTold {
    /// It has no logout URI of this channel, or is disabled.
    NotAsked,
    /// It needs the session's id, and the session has none: report it, and go on with the others.
    NoSession,
    /// It needs the issuer identifier, and the server has none: report it, and go on with the others.
    NoIssuer,
}

impl fmt::Display for NotTold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAsked => "the client does not ask to be told",
            Self::NoSession => "the client needs the session's id, and the session has none",
            Self::NoIssuer => "the client needs the issuer identifier, and the server has none",
        })
    }
}

impl error::Error for NotTold {}

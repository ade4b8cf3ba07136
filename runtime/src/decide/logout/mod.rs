//! Signing out: where the user may be sent, and who is told.

mod back_channel;
mod end_session;
mod front_channel;

pub use back_channel::{LOGOUT_EVENT, LOGOUT_TOKEN_LIFETIME, LOGOUT_TOKEN_TYPE, LogoutToken, back_channel_logout};
pub use end_session::{BrowserSession, EndSession, end_session, end_session_client};
pub use front_channel::front_channel_logout;

/// Why a client is not told by the back channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotTold {
    /// It has no back-channel logout URI, or is disabled.
    NotAsked,
    /// It needs the session's id, and the session has none: report it, and go on with the others.
    NoSession,
    /// The server has no issuer identifier.
    NoIssuer,
}

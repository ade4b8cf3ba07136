//! What has a user granted to a client, and does it still count?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use guestlist::{Client, Text};

use crate::session::Session;

/// What codes and tokens go back to, and share: revoked once, none of them counts any more, not even one that is
/// being made at that moment.
#[derive(Debug)]
pub struct Grant {
    pub client_id: Text,
    /// None, if the client acts for itself.
    pub user: Option<User>,
    revoked: AtomicBool,
}

/// The user who has granted something, in a session.
#[derive(Debug)]
pub struct User {
    /// By the server's own name for the user.
    pub subject: String,
    pub session_id: String,
    pub authenticated_at: u64,
    /// When the session ends, in Unix time: earlier, if the user signs out.
    session_ends: Arc<AtomicU64>,
}

impl Grant {
    pub fn of_client(client_id: &Text) -> Arc<Self> {
        Arc::new(Self { client_id: client_id.clone(), user: None, revoked: AtomicBool::new(false) })
    }

    pub fn of_user(client_id: &Text, session: &Session) -> Arc<Self> {
        let user = User {
            subject: session.subject.clone(),
            session_id: session.id.clone(),
            authenticated_at: session.authenticated_at,
            session_ends: Arc::clone(&session.ends),
        };
        Arc::new(Self { client_id: client_id.clone(), user: Some(user), revoked: AtomicBool::new(false) })
    }

    pub fn revoke(&self) {
        self.revoked.store(true, Ordering::SeqCst);
    }

    /// Whether tokens of this grant count at the Unix time `now`: not when it was revoked, nor after the session
    /// where the client's record ties them to it.
    pub fn counts(&self, client: &Client, now: u64) -> bool {
        let tied = client.coordinate_lifetime_with_user_session == Some(true);
        let session_is_over = self.user.as_ref().is_some_and(|user| now >= user.session_ends.load(Ordering::SeqCst));
        !(self.revoked.load(Ordering::SeqCst) || tied && session_is_over)
    }
}

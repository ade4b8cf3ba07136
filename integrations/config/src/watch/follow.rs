//! The thread that follows a file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::folders::Folders;
use super::shared::Shared;
use crate::FileRefused;

/// How long nothing has to change before the file is read: a writer may write it in parts.
const QUIET: Duration = Duration::from_millis(100);

/// How long to wait for that at most: other files of the folder may change all the time.
const LONGEST: Duration = Duration::from_secs(1);

/// How often to look without being told: some file systems tell nothing, and a folder may be replaced.
const LOOK: Duration = Duration::from_secs(10);

/// What the thread is told.
pub(super) enum Signal {
    /// Something in a folder is another than it was.
    Changed,
    /// Nobody needs the clients any more.
    Stop,
}

/// Follows the file, in a thread of its own.
pub(super) fn spawn(shared: Arc<Shared>, mut folders: Folders, signals: Receiver<Signal>) -> Result<(), FileRefused> {
    let path = shared.path().to_owned();
    let follow = move || {
        loop {
            // What has changed in a folder before it was watched, nobody tells.
            while folders.follow(&shared.files()) {
                look(&shared);
            }
            if !is_time_to_look(&signals) {
                return;
            }
            look(&shared);
        }
    };
    let thread = thread::Builder::new().name(String::from("guestlist-config")).spawn(follow);
    let refused = |error| FileRefused::whole(&path, format!("cannot start the thread that follows it: {error}"), "");
    thread.map(drop).map_err(refused)
}

/// Reads the file, if it has changed. A panic of the one who is told does not end the following.
fn look(shared: &Shared) {
    let _ = catch_unwind(AssertUnwindSafe(|| shared.reload_if_changed()));
}

/// Waits until something has changed, and then until nothing changes, or until it is time to look anyway. False at the
/// end.
fn is_time_to_look(signals: &Receiver<Signal>) -> bool {
    let mut wait = LOOK;
    let mut end = None;
    loop {
        match signals.recv_timeout(wait) {
            Ok(Signal::Changed) => {
                let end = *end.get_or_insert_with(|| Instant::now() + LONGEST);
                wait = QUIET.min(end.saturating_duration_since(Instant::now()));
            }
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

//! The thread that follows a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

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

/// Watches the folder of a file: a watch of the file itself would end where another one is renamed over it.
pub(super) fn watch(path: &Path, signals: Sender<Signal>) -> Result<RecommendedWatcher, FileRefused> {
    let tell = move |event: notify::Result<Event>| {
        // Reading the file is an event as well.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            // If nobody receives it, nobody needs it.
            let _ = signals.send(Signal::Changed);
        }
    };
    let watcher = notify::recommended_watcher(tell);
    let watched = watcher.and_then(|mut watcher| {
        watcher.watch(&folder(path), RecursiveMode::NonRecursive)?;
        Ok(watcher)
    });
    watched.map_err(|error| FileRefused::whole(path, format!("cannot watch the folder of the file: {error}"), ""))
}

/// Follows the file, in a thread of its own.
pub(super) fn spawn(
    shared: Arc<Shared>,
    mut watcher: RecommendedWatcher,
    signals: Receiver<Signal>,
) -> Result<(), FileRefused> {
    let path = shared.path().to_owned();
    let follow = move || {
        let mut watched = BTreeSet::from([folder(shared.path())]);
        loop {
            watch_folders(&shared, &mut watcher, &mut watched);
            if !is_time_to_look(&signals) {
                return;
            }
            shared.reload_if_changed();
        }
    };
    let thread = thread::Builder::new().name(String::from("guestlist-config")).spawn(follow);
    let refused = |error| FileRefused::whole(&path, format!("cannot start the thread that follows it: {error}"), "");
    thread.map(drop).map_err(refused)
}

/// Watches the folders of the files that secrets come from. One that is not there may come, and is looked at anyway.
fn watch_folders(shared: &Shared, watcher: &mut RecommendedWatcher, watched: &mut BTreeSet<PathBuf>) {
    for folder in shared.files().iter().map(|file| folder(file)) {
        if !watched.contains(&folder) && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
            watched.insert(folder);
        }
    }
}

fn folder(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
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

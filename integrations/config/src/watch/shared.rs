//! What the readers and the thread that follows the file share.

use core::fmt;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, iter};

use arc_swap::{ArcSwap, ArcSwapOption};
use guestlist_runtime::Server;

use crate::{ClientsFile, FileRefused, Loaded};

/// What came of a reading.
type Outcome = Result<Arc<Loaded>, Arc<FileRefused>>;

/// What is told of each reading.
type Told = Box<dyn Fn(Result<&Loaded, &FileRefused>) + Send + Sync>;

pub(super) struct Shared {
    path: PathBuf,
    server: Server,
    told: Told,
    loaded: ArcSwap<Loaded>,
    refused: ArcSwapOption<FileRefused>,
    /// Held while the file is read, so that an older reading never replaces a newer one.
    seen: Mutex<Seen>,
}

/// What the last reading has read.
struct Seen {
    /// The files that secrets come from.
    files: BTreeSet<PathBuf>,
    /// Of their content and the file's.
    hash: u64,
}

impl Seen {
    fn now(path: &Path, files: BTreeSet<PathBuf>) -> Self {
        let mut hasher = DefaultHasher::new();
        for path in iter::once(path).chain(files.iter().map(PathBuf::as_path)) {
            fs::read(path).map_err(|error| error.kind()).hash(&mut hasher);
        }
        Self { files, hash: hasher.finish() }
    }
}

impl Shared {
    /// Loads the file for the first time.
    pub(super) fn load(path: PathBuf, server: Server, told: Told) -> Result<Self, FileRefused> {
        let loaded = load(&path, &server)?;
        let seen = Mutex::new(Seen::now(&path, loaded.files.clone()));
        let loaded = ArcSwap::from_pointee(loaded);
        Ok(Self { path, server, told, loaded, refused: ArcSwapOption::empty(), seen })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) const fn server(&self) -> &Server {
        &self.server
    }

    /// Reads of the clients as they are now.
    pub(super) fn with<T>(&self, read: impl FnOnce(&Loaded) -> T) -> T {
        read(&self.loaded.load())
    }

    pub(super) fn loaded(&self) -> Arc<Loaded> {
        self.loaded.load_full()
    }

    pub(super) fn refused(&self) -> Option<Arc<FileRefused>> {
        self.refused.load_full()
    }

    /// The files that secrets come from.
    pub(super) fn files(&self) -> BTreeSet<PathBuf> {
        self.seen().files.clone()
    }

    /// Reads the file again.
    pub(super) fn reload(&self) -> Outcome {
        let mut seen = self.seen();
        let now = Seen::now(&self.path, seen.files.clone());
        let outcome = self.read_again(&mut seen, now);
        drop(seen);
        self.tell(&outcome);
        outcome
    }

    /// Reads the file again, if it or a file of its secrets is another than it was.
    pub(super) fn reload_if_changed(&self) {
        let mut seen = self.seen();
        let now = Seen::now(&self.path, seen.files.clone());
        let outcome = (now.hash != seen.hash).then(|| self.read_again(&mut seen, now));
        drop(seen);
        if let Some(outcome) = outcome {
            self.tell(&outcome);
        }
    }

    fn read_again(&self, seen: &mut Seen, before: Seen) -> Outcome {
        let outcome = load(&self.path, &self.server).map(Arc::new).map_err(Arc::new);
        let files = match &outcome {
            Ok(loaded) => &loaded.files,
            Err(refused) => &refused.files,
        };
        *seen = if *files == before.files { before } else { Seen::now(&self.path, files.clone()) };
        self.refused.store(outcome.as_ref().err().cloned());
        if let Ok(loaded) = &outcome {
            self.loaded.store(Arc::clone(loaded));
        }
        outcome
    }

    /// Tells what came of a reading. Nothing is held meanwhile, so that one who is told may read again.
    fn tell(&self, outcome: &Outcome) {
        (self.told)(match outcome {
            Ok(loaded) => Ok(loaded),
            Err(refused) => Err(refused),
        });
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn load(path: &Path, server: &Server) -> Result<Loaded, FileRefused> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    ClientsFile::read(path)?.load(server, now)
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_refused = self.refused.load().is_some();
        f.debug_struct("Shared").field("path", &self.path).field("is_refused", &is_refused).finish_non_exhaustive()
    }
}

//! What the readers and the thread that follows the file share.

use core::fmt;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{io, iter};

use arc_swap::{ArcSwap, ArcSwapOption};
use guestlist_runtime::Server;

use crate::content::{self, LONGEST_FILE, LONGEST_SECRET};
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
        let secrets = files.iter().map(|file| content::read(file, LONGEST_SECRET));
        for read in iter::once(content::read(path, LONGEST_FILE)).chain(secrets) {
            read.map_err(|error: io::Error| error.kind()).hash(&mut hasher);
        }
        Self { files, hash: hasher.finish() }
    }

    /// Reads the file, and what was seen before it: a change meanwhile is one that is still to come. Reads it again where
    /// its secrets come from other files than was known.
    fn before(
        path: &Path,
        mut files: BTreeSet<PathBuf>,
        mut load: impl FnMut() -> Result<Loaded, FileRefused>,
    ) -> (Self, Result<Loaded, FileRefused>) {
        loop {
            let seen = Self::now(path, files);
            let outcome = load();
            let named = match &outcome {
                Ok(loaded) => &loaded.files,
                Err(refused) => &refused.files,
            };
            if *named == seen.files {
                return (seen, outcome);
            }
            files = named.clone();
        }
    }
}

impl Shared {
    /// Loads the file for the first time.
    pub(super) fn load(path: PathBuf, server: Server, told: Told) -> Result<Self, FileRefused> {
        let (seen, loaded) = Seen::before(&path, BTreeSet::new(), || load(&path, &server));
        let loaded = ArcSwap::from_pointee(loaded?);
        Ok(Self { path, server, told, loaded, refused: ArcSwapOption::empty(), seen: Mutex::new(seen) })
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

    /// The file, and those that secrets come from.
    pub(super) fn files(&self) -> BTreeSet<PathBuf> {
        iter::once(&self.path).chain(&self.seen().files).cloned().collect()
    }

    /// Reads the file again.
    pub(super) fn reload(&self) -> Outcome {
        let mut seen = self.seen();
        let outcome = self.read_again(&mut seen);
        drop(seen);
        self.tell(&outcome);
        outcome
    }

    /// Reads the file again, if it or a file of its secrets is another than it was.
    pub(super) fn reload_if_changed(&self) {
        let mut seen = self.seen();
        let now = Seen::now(&self.path, seen.files.clone());
        let outcome = (now.hash != seen.hash).then(|| self.read_again(&mut seen));
        drop(seen);
        if let Some(outcome) = outcome {
            self.tell(&outcome);
        }
    }

    fn read_again(&self, seen: &mut Seen) -> Outcome {
        let (now, outcome) = Seen::before(&self.path, seen.files.clone(), || load(&self.path, &self.server));
        let outcome = outcome.map(Arc::new).map_err(Arc::new);
        *seen = now;
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

#[cfg(test)]
mod tests {
    use std::{env, fs, process};

    use super::*;

    #[test]
    fn a_change_while_the_file_is_read_is_still_to_come() {
        let folder = env::temp_dir().join(format!("guestlist-config-seen-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let [path, secret] = ["clients.json", "secret"].map(|name| folder.join(name));
        let text = r#"{ "clients": [{ "client_id": "a", "client_secrets": [{ "file": "secret" }],
            "allowed_grant_types": ["client_credentials"], "allowed_scopes": ["api1"] }] }"#;
        let mut next = "b7Rz-Jq2s_Wd5MfX8kTa4Ge6".to_owned();
        for changed in [&path, &secret] {
            fs::write(&path, text).unwrap();
            fs::write(&secret, &next).unwrap();
            let load = || {
                let loaded = load(&path, &Server::default());
                fs::write(changed, if *changed == path { format!("{text}\n") } else { next.to_uppercase() }).unwrap();
                loaded
            };
            let (seen, outcome) = Seen::before(&path, BTreeSet::from([secret.clone()]), load);
            assert_eq!(outcome.unwrap().files, seen.files);
            assert_ne!(Seen::now(&path, seen.files.clone()).hash, seen.hash, "{changed:?}");
            next.push('x');
        }
        fs::remove_dir_all(folder).unwrap();
    }
}

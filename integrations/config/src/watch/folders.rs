//! The folders that are watched: a watch of a file itself would end where another one is renamed over it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use same_file::Handle;

use super::follow::Signal;
use crate::FileRefused;

pub(super) struct Folders {
    watcher: RecommendedWatcher,
    /// By their paths without symbolic links. A folder of the same name may come in the place of one that is watched.
    watched: BTreeMap<PathBuf, Handle>,
}

impl Folders {
    /// Watches the folder of a file.
    pub(super) fn of(file: &Path, signals: Sender<Signal>) -> Result<Self, FileRefused> {
        let tell = move |event: notify::Result<Event>| {
            // Reading the file is an event as well.
            if !event.is_ok_and(|event| event.kind.is_access()) {
                // If nobody receives it, nobody needs it.
                let _ = signals.send(Signal::Changed);
            }
        };
        let watched = notify::recommended_watcher(tell).and_then(|watcher| {
            let mut folders = Self { watcher, watched: BTreeMap::new() };
            folders.watch(folder(file).canonicalize().map_err(notify::Error::io)?)?;
            Ok(folders)
        });
        watched.map_err(|error| FileRefused::whole(file, format!("cannot watch the folder of the file: {error}"), ""))
    }

    /// Watches the folders of these files, as they are now, and no others; true, if one of them was not watched yet. One
    /// that is not there may come, and is looked at anyway.
    pub(super) fn follow(&mut self, files: &BTreeSet<PathBuf>) -> bool {
        let wanted: BTreeSet<PathBuf> = files.iter().flat_map(|file| folders(file)).collect();
        let is_same = |path: &PathBuf, handle: &Handle| Handle::from_path(path).is_ok_and(|now| now == *handle);
        let is_gone = |(path, handle): &(&PathBuf, &Handle)| !wanted.contains(*path) || !is_same(path, handle);
        let gone: Vec<PathBuf> = self.watched.iter().filter(is_gone).map(|(path, _)| path.clone()).collect();
        for path in gone {
            // If it is not watched any more, there is nothing to end.
            let _ = self.watcher.unwatch(&path);
            self.watched.remove(&path);
        }
        let new: Vec<PathBuf> = wanted.into_iter().filter(|path| !self.watched.contains_key(path)).collect();
        new.into_iter().filter(|path| self.watch(path.clone()).is_ok()).count() > 0
    }

    fn watch(&mut self, path: PathBuf) -> notify::Result<()> {
        let handle = Handle::from_path(&path).map_err(notify::Error::io)?;
        self.watcher.watch(&path, RecursiveMode::NonRecursive)?;
        self.watched.insert(path, handle);
        Ok(())
    }
}

/// The folder that a file is in, and the one that it is in if it is a symbolic link.
fn folders(file: &Path) -> impl Iterator<Item = PathBuf> {
    let folder_of = |file: io::Result<PathBuf>| folder(&file.ok()?).canonicalize().ok();
    [folder_of(Ok(file.to_owned())), folder_of(file.canonicalize())].into_iter().flatten()
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::{env, fs, process};

    use super::*;

    fn temporary(name: &str) -> PathBuf {
        let path = env::temp_dir().join(format!("guestlist-config-folders-{name}-{}", process::id()));
        fs::create_dir_all(path.join("inner")).unwrap();
        path.canonicalize().unwrap()
    }

    #[test]
    fn a_folder_that_is_replaced_is_watched_again() {
        let folder = temporary("replaced");
        let files = BTreeSet::from([folder.join("inner/clients.json")]);
        let mut folders = Folders::of(&folder.join("inner/clients.json"), channel().0).unwrap();
        assert!(!folders.follow(&files));
        fs::rename(folder.join("inner"), folder.join("old")).unwrap();
        assert!(!folders.follow(&files));
        fs::create_dir(folder.join("inner")).unwrap();
        assert!(folders.follow(&files));
        assert!(!folders.follow(&files));
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_behind_a_symbolic_link_is_watched() {
        let folder = temporary("link");
        let [link, file] = ["clients.json", "inner/clients.json"].map(|name| folder.join(name));
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut folders = Folders::of(&link, channel().0).unwrap();
        let files = BTreeSet::from([link]);
        assert!(!folders.follow(&files));
        fs::write(&file, "").unwrap();
        assert!(folders.follow(&files));
        assert_eq!(folders.watched.keys().collect::<Vec<_>>(), [&folder, &folder.join("inner")]);
        fs::remove_dir_all(folder).unwrap();
    }
}

//! Clients that follow their file while the server runs.

mod folders;
mod follow;
mod shared;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use guestlist_runtime::{ClientRef, ClientStore, Lookup, Page, Server};

use crate::{FileRefused, Loaded};
use folders::Folders;
use follow::Signal;
use shared::Shared;

/// The clients of a file, as it is now.
///
/// A change of the file, or of a file that a secret comes from, is followed within about a second; where the file
/// system tells of none, as some networks' do not, or a folder above it is replaced, within ten. A file that is refused, or is not there for a moment,
/// changes nothing: the last good clients stay, and [`refused`](Self::refused) says why. Readers never wait, and each
/// answer is of one set of clients, the old or the new one.
///
/// What is followed is what stands in the file when nothing has changed for a moment. TOML and YAML have no end, so a
/// writer that stops between two lines leaves a shorter file that is good as well: replace the file by renaming a new
/// one over it, as most editors do.
///
/// ```
/// use guestlist_config::WatchedClients;
/// use guestlist_runtime::Server;
/// # let path = std::env::temp_dir().join(format!("guestlist-example-{}.json", std::process::id()));
/// # std::fs::write(&path, "[]").unwrap();
/// let told = |outcome: Result<&guestlist_config::Loaded, &guestlist_config::FileRefused>| match outcome {
///     Ok(loaded) => println!("{} clients\n{}", loaded.clients.iter().len(), loaded.warnings),
///     Err(refused) => eprintln!("the last good clients stay:\n{refused}"),
/// };
/// let clients = WatchedClients::open_and_tell(&path, Server::default(), told).unwrap();
/// assert!(clients.refused().is_none());
/// # std::fs::remove_file(path).unwrap();
/// ```
#[derive(Debug)]
pub struct WatchedClients {
    shared: Arc<Shared>,
    signals: Sender<Signal>,
}

impl WatchedClients {
    /// Loads a file and follows it from now on, until this is dropped.
    ///
    /// # Errors
    ///
    /// If the file is refused now, or its folder cannot be watched.
    pub fn open(path: impl Into<PathBuf>, server: Server) -> Result<Self, FileRefused> {
        Self::open_and_tell(path, server, |_| ())
    }

    /// As [`open`](Self::open); each time that the file was read again, tells what came of it, for the operator's log.
    /// It is told in the thread that follows the file, or that calls [`reload`](Self::reload).
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_and_tell(
        path: impl Into<PathBuf>,
        server: Server,
        told: impl Fn(Result<&Loaded, &FileRefused>) + Send + Sync + 'static,
    ) -> Result<Self, FileRefused> {
        let path = path.into();
        let (signals, received) = mpsc::channel();
        // First, so that no change is missed.
        let folders = Folders::of(&path, signals.clone())?;
        let shared = Arc::new(Shared::load(path, server, Box::new(told))?);
        follow::spawn(Arc::clone(&shared), folders, received)?;
        Ok(Self { shared, signals })
    }

    /// The clients as they are now, with their warnings: for reading several of one set.
    #[must_use]
    pub fn loaded(&self) -> Arc<Loaded> {
        self.shared.loaded()
    }

    /// Why the file as it is now is not in use; none, if it is.
    #[must_use]
    pub fn refused(&self) -> Option<Arc<FileRefused>> {
        self.shared.refused()
    }

    /// Reads the file again at once, changed or not.
    ///
    /// # Errors
    ///
    /// If it is refused; then the last good clients stay.
    pub fn reload(&self) -> Result<Arc<Loaded>, Arc<FileRefused>> {
        self.shared.reload()
    }
}

impl ClientStore for WatchedClients {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        let client = self.shared.with(|loaded| loaded.clients.get(client_id).cloned());
        Lookup::ready(Ok(client.map(ClientRef::from)))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        Lookup::ready(Ok(self.shared.with(|loaded| loaded.clients.origins().contains(origin))))
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        Lookup::ready(Ok(self.shared.with(|loaded| loaded.clients.page(after, limit))))
    }

    fn server(&self) -> &Server {
        self.shared.server()
    }
}

impl Drop for WatchedClients {
    fn drop(&mut self) {
        // If nobody receives it, the thread has ended already.
        let _ = self.signals.send(Signal::Stop);
    }
}

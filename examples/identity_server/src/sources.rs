//! Where do clients come from? The compiled-in ones first, then a file, then a database.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use guestlist::{Chain, ClientStore, Clients, Server, StoreError};
use guestlist_cache::CachedClients;
use guestlist_config::{Loaded, WatchedClients};
use guestlist_sqlx::{Change, Database, SqlClients};
use tokio::sync::Notify;

use crate::args::Args;

/// All of them judged by the server that the compiled-in ones belong to.
pub async fn open(built_in: &'static Clients, args: &Args) -> Result<Arc<Chain>, Box<dyn Error>> {
    let changed = Arc::new(Notify::new());
    let mut clients = Chain::new(built_in);
    if let Some(path) = &args.clients {
        clients = clients.then(file(path, built_in.server(), &changed)?)?;
    }
    if let Some(url) = &args.database {
        clients = clients.then(database(url, built_in.server(), &changed).await?)?;
    }
    let clients = Arc::new(clients);
    let known = tell_new(&clients, &[]).await?;
    tokio::spawn(tell_after_changes(Arc::clone(&clients), changed, known));
    Ok(clients)
}

/// A file, which is followed; of one that is refused, everything that is wrong is shown at its line.
fn file(path: &Path, server: &Server, changed: &Arc<Notify>) -> Result<impl ClientStore + use<>, Box<dyn Error>> {
    let changed = Arc::clone(changed);
    let clients = WatchedClients::open_and_tell(path, server.clone(), move |outcome| match outcome {
        Ok(loaded) => {
            warn(loaded);
            eprintln!("identity_server: the file has changed; clients in it now: {}", loaded.clients.iter().len());
            changed.notify_one();
        }
        Err(refused) => eprintln!("{refused}\nidentity_server: the clients stay as they were"),
    })?;
    warn(&clients.loaded());
    Ok(clients)
}

fn warn(loaded: &Loaded) {
    if !loaded.warnings.is_empty() {
        eprintln!("{}", loaded.warnings);
    }
}

/// A database, of which what was answered once is kept until it changes.
async fn database(
    url: &str,
    server: &Server,
    changed: &Arc<Notify>,
) -> Result<impl ClientStore + use<>, Box<dyn Error>> {
    let database = Database::connect(url).await?;
    database.migrate().await?;
    let clients = SqlClients::open(database, server.clone()).await?;
    let mut changes = clients.changes();
    let cached = Arc::new(CachedClients::new(clients));
    let (cache, changed) = (Arc::clone(&cached), Arc::clone(changed));
    tokio::spawn(async move {
        loop {
            match changes.next().await {
                Change::Client(client_id) => cache.invalidate(&client_id),
                _ => cache.invalidate_all(),
            }
            changed.notify_one();
        }
    });
    Ok(cached)
}

/// What the sources have together may be wrong after each change of one.
async fn tell_after_changes(clients: Arc<Chain>, changed: Arc<Notify>, mut known: Vec<String>) {
    loop {
        changed.notified().await;
        match tell_new(&clients, &known).await {
            Ok(found) => known = found,
            Err(error) => eprintln!("identity_server: {error}"),
        }
    }
}

/// Tells the operator what is wrong and was not known: an id in two sources, where only the first counts, or a row that
/// others wrote and that breaks a rule, where the rest is served. Gives all that is known now.
async fn tell_new(clients: &Chain, known: &[String]) -> Result<Vec<String>, StoreError> {
    let mut found: Vec<String> = clients.findings().await?.iter().map(ToString::to_string).collect();
    found.extend(clients.all().await?.refused.iter().map(ToString::to_string));
    for finding in found.iter().filter(|finding| !known.contains(finding)) {
        eprintln!("identity_server: {finding}");
    }
    Ok(found)
}

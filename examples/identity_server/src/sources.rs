//! Where do clients come from? The compiled-in ones first, then a file, then a database.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use guestlist::{Chain, ClientStore, Clients, Server};
use guestlist_cache::CachedClients;
use guestlist_config::WatchedClients;
use guestlist_sqlx::{Change, Database, SqlClients};

use crate::args::Args;

/// All of them judged by the server that the compiled-in ones belong to.
pub async fn open(built_in: &'static Clients, args: &Args) -> Result<Chain, Box<dyn Error>> {
    let mut clients = Chain::new(built_in);
    if let Some(path) = &args.clients {
        clients = clients.then(file(path, built_in.server())?)?;
    }
    if let Some(url) = &args.database {
        clients = clients.then(database(url, built_in.server()).await?)?;
    }
    // An id that is in two of them, where only the first counts.
    for finding in clients.findings().await? {
        eprintln!("identity_server: {finding}");
    }
    // A row that others wrote, and that breaks a rule: the rest is served.
    for refused in clients.all().await?.refused {
        eprintln!("identity_server: {refused}");
    }
    Ok(clients)
}

/// A file, which is followed; of one that is refused, everything that is wrong is shown at its line.
fn file(path: &Path, server: &Server) -> Result<impl ClientStore + use<>, Box<dyn Error>> {
    let clients = WatchedClients::open_and_tell(path, server.clone(), |outcome| match outcome {
        Ok(loaded) => eprint!("{}", loaded.warnings),
        Err(refused) => eprintln!("{refused}\nidentity_server: the clients stay as they were"),
    })?;
    eprint!("{}", clients.loaded().warnings);
    Ok(clients)
}

/// A database, of which what was answered once is kept until it changes.
async fn database(url: &str, server: &Server) -> Result<impl ClientStore + use<>, Box<dyn Error>> {
    let database = Database::connect(url).await?;
    database.migrate().await?;
    let clients = SqlClients::open(database, server.clone()).await?;
    let mut changes = clients.changes();
    let cached = Arc::new(CachedClients::new(clients));
    let cache = Arc::clone(&cached);
    tokio::spawn(async move {
        loop {
            match changes.next().await {
                Change::Client(client_id) => cache.invalidate(&client_id),
                _ => cache.invalidate_all(),
            }
        }
    });
    Ok(cached)
}

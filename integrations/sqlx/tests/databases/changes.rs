//! Changes are noticed.

use std::sync::Arc;
use std::time::Duration;

use guestlist_cache::CachedClients;
use guestlist_runtime::{Client, ClientStore, Server};
use guestlist_sqlx::{Change, Changes, Database, SqlClients};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::clients::client;
use crate::place::{Hands, Place};
use crate::relay::Relay;

/// Longer than anything takes.
const LONG: Duration = Duration::from_secs(60);

async fn next(changes: &mut Changes) -> Change {
    timeout(LONG, changes.next()).await.expect("there is a change")
}

/// The changes, when they are being watched. PostgreSQL tells of them by itself: where everything is slow, one that is
/// asked too often whether it is there seems to be gone.
async fn watched(place: &Place, clients: &SqlClients) -> Changes {
    let changes = match place.hands {
        Hands::Sqlite(_) => clients.changes_every(Duration::from_millis(20)),
        Hands::Postgres(_) => clients.changes_every(LONG),
    };
    begun(changes).await
}

async fn begun(mut changes: Changes) -> Changes {
    assert_eq!(next(&mut changes).await, Change::Everything);
    changes
}

/// What a change of a client is told as.
fn told(place: &Place, client_id: &str) -> Change {
    match place.hands {
        Hands::Sqlite(_) => Change::Everything,
        Hands::Postgres(_) => Change::Client(client_id.into()),
    }
}

pub async fn whoever_writes_is_noticed(place: Place) {
    let clients = place.clients().await;
    let mut changes = watched(&place, &clients).await;
    let other = SqlClients::open(place.database(), Server::default()).await.unwrap();
    let version = other.create(client("web")).await.unwrap().version;
    assert_eq!(next(&mut changes).await, told(&place, "web"));
    other.update(client("web"), version).await.unwrap();
    assert_eq!(next(&mut changes).await, told(&place, "web"));
    for by_hand in [
        "UPDATE {clients} SET enabled = FALSE WHERE client_id = 'web'",
        "UPDATE {client_secrets} SET description = 'by hand' WHERE client_id = 'web'",
        "DELETE FROM {allowed_cors_origins}",
        "DELETE FROM {clients} WHERE client_id = 'web'",
    ] {
        place.hands.write(by_hand).await.unwrap();
        assert_eq!(next(&mut changes).await, told(&place, "web"), "{by_hand}");
    }
    clients.create(client("app")).await.unwrap();
    assert_eq!(next(&mut changes).await, told(&place, "app"));
    if let Hands::Postgres(_) = place.hands {
        place.hands.write("TRUNCATE {clients} CASCADE").await.unwrap();
        assert_eq!(next(&mut changes).await, Change::Everything);
    }
}

/// A server of several: its clients behind a cache that keeps them for ever, so that only a notice ends an answer.
async fn node(place: &Place) -> Arc<CachedClients<SqlClients>> {
    let database = match place.url.as_str() {
        // Has one connection.
        "sqlite::memory:" => place.database(),
        url => Database::connect(url).await.unwrap(),
    };
    let clients = SqlClients::open(database, Server::default()).await.unwrap();
    let changes = watched(place, &clients).await;
    let cached = CachedClients::new(clients).with_time_to_live(Duration::MAX);
    let cached = Arc::new(cached.with_unknown_time_to_live(Duration::MAX));
    tokio::spawn(changes.invalidate(&cached));
    cached
}

pub async fn the_caches_of_all_nodes_forget_what_has_changed(place: Place) {
    let clients = place.clients().await;
    let version = clients.create(client("web")).await.unwrap().version;
    let nodes = [node(&place).await, node(&place).await, node(&place).await];
    for node in &nodes {
        assert!(node.find("web").await.unwrap().is_some());
        assert!(node.find("app").await.unwrap().is_none());
        assert_eq!(node.allows_origin("https://app.example.com").await, Ok(false));
    }
    clients.update(Client { enabled: false, ..client("web") }, version).await.unwrap();
    clients.create(client("app")).await.unwrap();
    for node in nodes {
        let forgotten = async {
            while node.find("web").await.unwrap().is_some()
                || node.find("app").await.unwrap().is_none()
                || !node.allows_origin("https://app.example.com").await.unwrap()
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(LONG, forgotten).await.expect("the cache has forgotten");
    }
}

pub async fn a_wait_that_is_given_up_misses_nothing(place: Place) {
    let clients = place.clients().await;
    let mut changes = watched(&place, &clients).await;
    let mut version = clients.create(client("web")).await.unwrap().version;
    for _ in 0..30 {
        let noticed = async {
            loop {
                if let Ok(change) = timeout(Duration::from_micros(300), changes.next()).await {
                    return change;
                }
            }
        };
        assert_eq!(timeout(LONG, noticed).await.expect("there is a change"), told(&place, "web"));
        version = clients.update(client("web"), version).await.unwrap().version;
    }
}

pub async fn a_lost_connection_may_have_missed_everything(place: Place) {
    let clients = place.clients().await;
    let mut changes = watched(&place, &clients).await;
    let terminated = "SELECT CAST(count(pg_terminate_backend(pid)) AS TEXT) FROM pg_stat_activity \
                      WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    assert_eq!(place.hands.read(terminated).await, "1");
    assert_eq!(next(&mut changes).await, Change::Everything);
    clients.create(client("web")).await.unwrap();
    assert_eq!(next(&mut changes).await, Change::Client("web".into()));
}

pub async fn a_silent_connection_is_noticed(place: Place) {
    let writer = place.clients().await;
    let folder = TempDir::new().unwrap();
    let relay = Relay::to(&place, folder.path());
    let database = Database::connect(&relay.url).await.unwrap();
    let clients = SqlClients::open(database, Server::default()).await.unwrap();
    let mut changes = begun(clients.changes_every(Duration::from_millis(20))).await;
    let version = writer.create(client("web")).await.unwrap().version;
    noticed(&mut changes).await;
    relay.silence();
    relay.end_silence();
    // Nobody hears of it, and nobody of the end of the connection.
    writer.update(client("web"), version).await.unwrap();
    assert_eq!(next(&mut changes).await, Change::Everything);
    writer.create(client("app")).await.unwrap();
    noticed(&mut changes).await;
}

/// The change of a client; where everything slows down, the connection may have seemed to be silent before.
async fn noticed(changes: &mut Changes) {
    while next(changes).await == Change::Everything {}
}

//! The database, or who writes to it, ends in the middle.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use guestlist_cache::CachedClients;
use guestlist_runtime::{Client, ClientStore, SecretValue, Server, StoreError};
use guestlist_sqlx::{Database, OpenError, SqlClients, WriteError};
use sqlx::Connection;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions};
use tempfile::TempDir;

use crate::clients::{client, id};
use crate::place::{Hands, Kind, Place};
use crate::postgres::Cluster;
use crate::relay::Relay;

/// Where this is set, this program is a writer that is to be killed.
pub const WRITER: &str = "GUESTLIST_SQLX_TEST_WRITER";

/// A state of a client: every part of it tells which.
fn generation(number: u64) -> Client {
    let each = |what: &'static str| (0..8).map(move |part| format!("{what}{number}-{part}"));
    Client {
        description: Some(number.to_string().into()),
        client_secrets: each("9cd0a6b9b1f24b6c").map(SecretValue::sha256_of).collect(),
        allowed_scopes: each("scope").chain(["openid".to_owned()]).collect(),
        allowed_cors_origins: each("https://a").map(|origin| format!("{origin}.example.com")).collect(),
        ..client("web")
    }
}

/// The state that the client is in, if it is one.
async fn state(clients: &SqlClients) -> u64 {
    let found = clients.find("web").await.unwrap().unwrap();
    let number = found.description.as_ref().unwrap().parse().unwrap();
    assert_eq!(*found, generation(number), "half a state");
    number
}

/// Goes on from state to state, and tells each that is written.
pub async fn write_for_ever(url: &str) {
    let database = Database::connect(url).await.unwrap();
    let clients = SqlClients::open(database, Server::default()).await.unwrap();
    for number in state(&clients).await + 1.. {
        let version = clients.get("web").await.unwrap().unwrap().version;
        clients.update(generation(number), version).await.unwrap();
        println!("{number}");
    }
}

pub async fn a_writer_that_is_killed_leaves_one_state_or_the_other(place: Place) {
    let clients = place.clients().await;
    clients.create(generation(0)).await.unwrap();
    for round in 0..12 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .env(WRITER, &place.url)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut told = BufReader::new(writer.stdout.take().unwrap()).lines();
        let last: u64 = told.nth(round % 4).unwrap().unwrap().parse().unwrap();
        // Somewhere in the next states.
        std::thread::sleep(Duration::from_micros(700 * round as u64));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let last = told.map(|line| line.unwrap().parse().unwrap()).last().unwrap_or(last);
        // What was told is kept; what was not may be, if it was written.
        let found = state(&clients).await;
        assert!((last..=last + 1).contains(&found), "{found} after {last}");
    }
}

pub async fn a_locked_file_is_unavailable_and_comes_back(place: Place) {
    place.clients().await.create(client("web")).await.unwrap();
    let options: SqliteConnectOptions = place.url.parse().unwrap();
    let impatient = options.clone().busy_timeout(Duration::from_millis(20));
    let pool = SqlitePoolOptions::new().connect_with(impatient.clone()).await.unwrap();
    let clients = SqlClients::open(pool, Server::default()).await.unwrap();
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    // Somebody writes: that does not keep anybody from reading.
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let error = clients.create(client("app")).await.unwrap_err();
    assert!(matches!(&error, WriteError::Unavailable(what) if what.contains("locked")), "{error}");
    assert!(clients.find("web").await.unwrap().is_some());
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    clients.create(client("app")).await.unwrap();
    // Without the write-ahead log a writer keeps readers out.
    let file = place.folder().join("other.db");
    let url = format!("sqlite:{}?mode=rwc", file.display());
    let options = impatient.filename(file).create_if_missing(true).journal_mode(SqliteJournalMode::Delete);
    let pool = SqlitePoolOptions::new().connect_with(options.clone()).await.unwrap();
    Database::from(pool.clone()).migrate().await.unwrap();
    let clients = SqlClients::open(pool, Server::default()).await.unwrap();
    clients.create(client("web")).await.unwrap();
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    assert!(matches!(clients.find("web").await, Err(StoreError::Unavailable(what)) if what.contains("locked")));
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    assert!(clients.find("web").await.unwrap().is_some());
    // What is no database is none.
    std::fs::write(place.folder().join("text.db"), "a text, and nothing else; ".repeat(100)).unwrap();
    let error = Database::connect(&url.replace("other.db", "text.db")).await.unwrap_err();
    assert!(matches!(&error, OpenError::Unavailable(what) if what.contains("not a database")), "{error}");
    let error = Database::connect(&format!("sqlite:{}", place.folder().join("none.db").display())).await.unwrap_err();
    assert!(matches!(error, OpenError::Unavailable(_)), "{error}");
    let said = error.to_string();
    assert!(said.contains("none.db: ") && said.contains("add `?mode=rwc` to the URL to create it"), "{said}");
}

pub async fn a_refused_connection_says_so_and_where(_: Place) {
    // Nobody listens where somebody just did.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgres://user:hunter2@127.0.0.1:{port}/clients");
    let error = Database::connect(&url).await.unwrap_err().to_string();
    assert!(error.contains(&format!("127.0.0.1 port {port}: Connection refused")), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
    // Nor does the pool that a server has already wait for it.
    let pool = PgPoolOptions::new().acquire_timeout(Duration::from_secs(3600)).connect_lazy(&url).unwrap();
    let error = SqlClients::open(pool, Server::default()).await.unwrap_err().to_string();
    assert!(error.contains("Connection refused"), "{error}");
}

/// A server of its own, that is stopped.
async fn alone() -> (Cluster, String, Hands) {
    let cluster = Cluster::start();
    let url = cluster.create("").await;
    let hands = Hands::of(Kind::Postgres, &url).await;
    hands.database().migrate().await.unwrap();
    (cluster, url, hands)
}

pub async fn a_server_goes_away_and_comes_back(_: Place) {
    let (mut cluster, url, _) = alone().await;
    let database = Database::connect(&url).await.unwrap();
    let clients = SqlClients::open(database.clone(), Server::default()).await.unwrap();
    let version = clients.create(client("web")).await.unwrap().version;
    let clock = Arc::new(AtomicU64::new(0));
    let seconds = Arc::clone(&clock);
    let cached = CachedClients::new(clients.clone())
        .with_time_to_live(Duration::from_secs(60))
        .with_clock(move || Duration::from_secs(seconds.load(Ordering::Relaxed)));
    let down = |error: &StoreError| matches!(error, StoreError::Unavailable(what) if !what.is_empty());
    for _ in 0..2 {
        assert_eq!(id(cached.find("web").await), Some("web".into()));
        cluster.stop("fast");
        assert_eq!(id(cached.find("web").await), Some("web".into()), "what was answered goes on within its time");
        assert!(down(&cached.find("app").await.unwrap_err()));
        clock.fetch_add(60, Ordering::Relaxed);
        assert!(down(&cached.find("web").await.unwrap_err()), "and no longer");
        assert!(down(&clients.find("web").await.unwrap_err()));
        assert!(down(&clients.get("web").await.unwrap_err()));
        assert!(down(&clients.list(None, 5).await.unwrap_err()));
        assert!(down(&clients.allows_origin("https://web.example.com").await.unwrap_err()));
        assert!(matches!(clients.create(client("app")).await, Err(WriteError::Unavailable(_))));
        assert!(matches!(clients.update(client("web"), version).await, Err(WriteError::Unavailable(_))));
        assert!(matches!(clients.delete("web", version).await, Err(WriteError::Unavailable(_))));
        assert!(matches!(Database::connect(&url).await, Err(OpenError::Unavailable(_))));
        let opened = SqlClients::open(database.clone(), Server::default()).await;
        assert!(matches!(opened, Err(OpenError::Unavailable(_))));
        cluster.resume();
        assert_eq!(id(cached.find("web").await), Some("web".into()));
        assert_eq!(id(clients.find("app").await), None);
        assert_eq!(clients.get("web").await.unwrap().unwrap().version, version);
    }
    clients.delete("web", version).await.unwrap();
}

pub async fn a_lookup_does_not_see_that_its_connection_was_lost(place: Place) {
    place.clients().await.create(client("web")).await.unwrap();
    let database = Database::connect(&format!("{}&application_name=lookups", place.url)).await.unwrap();
    let clients = SqlClients::open(database, Server::default()).await.unwrap();
    let terminated = "SELECT CAST(count(pg_terminate_backend(pid, 60000)) AS TEXT) FROM pg_stat_activity \
                      WHERE datname = current_database() AND application_name = 'lookups'";
    for _ in 0..4 {
        // Several at once, so that there are several connections.
        let lookups: Vec<_> = (0..8)
            .map(|_| {
                let clients = clients.clone();
                tokio::spawn(async move { id(clients.find("web").await) })
            })
            .collect();
        for lookup in lookups {
            assert_eq!(lookup.await.unwrap(), Some("web".into()));
        }
        assert_ne!(place.hands.read(terminated).await, "0");
        assert_eq!(id(clients.find("web").await), Some("web".into()));
        assert_ne!(place.hands.read(terminated).await, "0");
        let version = clients.get("web").await.unwrap().unwrap().version;
        assert_ne!(place.hands.read(terminated).await, "0");
        clients.update(client("web"), version).await.unwrap();
    }
}

pub async fn a_backend_that_is_terminated_in_the_middle_leaves_the_old_state(place: Place) {
    let clients = place.clients().await;
    clients.create(generation(0)).await.unwrap();
    let Hands::Postgres(pool) = &place.hands else { panic!("no backend") };
    for number in 1..=3 {
        let version = clients.get("web").await.unwrap().unwrap().version;
        // Others read the origins and do not write them: the client's own row is written, and its secrets are.
        let mut other = pool.begin().await.unwrap();
        let lock = "LOCK TABLE guestlist.allowed_cors_origins IN SHARE MODE";
        sqlx::query(lock).execute(&mut *other).await.unwrap();
        let writer = clients.clone();
        let writing = tokio::spawn(async move { writer.update(generation(number), version).await });
        let terminated = "SELECT CAST(count(pg_terminate_backend(pid, 60000)) AS TEXT) FROM pg_stat_activity \
                          WHERE datname = current_database() AND wait_event = 'relation'";
        while place.hands.read(terminated).await == "0" {
            assert!(!writing.is_finished(), "it has not waited");
        }
        let error = writing.await.unwrap().unwrap_err();
        assert!(matches!(error, WriteError::Unavailable(_)), "{error}");
        other.rollback().await.unwrap();
        assert_eq!(state(&clients).await, number - 1);
        assert_eq!(clients.get("web").await.unwrap().unwrap().version, version);
        clients.update(generation(number), version).await.unwrap();
        assert_eq!(state(&clients).await, number);
    }
}

pub async fn a_silent_server_is_unavailable(place: Place) {
    let version = place.clients().await.create(client("web")).await.unwrap().version;
    let folder = TempDir::new().unwrap();
    let relay = Relay::to(&place, folder.path());
    let clients = SqlClients::open(Database::connect(&relay.url).await.unwrap(), Server::default()).await.unwrap();
    assert_eq!(id(clients.find("web").await), Some("web".into()));
    for _ in 0..2 {
        relay.silence();
        let error = clients.find("web").await.unwrap_err();
        assert!(matches!(&error, StoreError::Unavailable(what) if what.contains("no answer in the time")), "{error}");
        let error = clients.update(client("web"), version).await.unwrap_err();
        assert!(matches!(&error, WriteError::Unavailable(what) if what.contains("no answer in the time")), "{error}");
        relay.end_silence();
        assert_eq!(id(clients.find("web").await), Some("web".into()));
    }
    clients.update(client("web"), version).await.unwrap();
}

pub async fn a_server_that_crashes_leaves_one_state_or_the_other(_: Place) {
    let (mut cluster, _, hands) = alone().await;
    let clients = SqlClients::open(hands.database(), Server::default()).await.unwrap();
    clients.create(generation(0)).await.unwrap();
    for _ in 0..3 {
        let begun = state(&clients).await;
        let writer = clients.clone();
        let (told, mut telling) = tokio::sync::mpsc::unbounded_channel();
        let writing = tokio::spawn(async move {
            for number in begun + 1.. {
                let Ok(Some(stored)) = writer.get("web").await else { return number - 1 };
                if writer.update(generation(number), stored.version).await.is_err() {
                    return number - 1;
                }
                told.send(number).unwrap();
            }
            unreachable!("it ends with the server")
        });
        while telling.recv().await.unwrap() < begun + 3 {}
        cluster = tokio::task::spawn_blocking(move || {
            cluster.stop("immediate");
            cluster
        })
        .await
        .unwrap();
        let last = writing.await.unwrap();
        cluster.resume();
        let found = state(&clients).await;
        assert!((last..=last + 1).contains(&found), "{found} after {last}");
    }
}

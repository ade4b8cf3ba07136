//! What a lookup costs: `cargo bench --all-features`, with SQLite in a file, or with another database,
//! `cargo bench --all-features -- postgres://…`, which should be empty.
//!
//! The clients in a database behind a cache, in the same run as the same clients compiled in, and as the database
//! without a cache. Nothing fails: it prints.
#![allow(clippy::expect_used, reason = "a program for developers")]

#[path = "../../../../benches/store/corpus.rs"]
#[allow(dead_code, reason = "the benchmarks of the static store need more of it")]
mod corpus;
#[path = "../../../../macros/src/index.rs"]
#[allow(dead_code, unused_imports, reason = "the very search of the macro, which needs more of it")]
mod index;
#[path = "../../../../benches/store/measure.rs"]
mod measure;

use guestlist::{Client, ClientStore, GrantType, SecretValue, Server};
use guestlist_cache::CachedClients;
use guestlist_sqlx::{Database, SqlClients};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use corpus::Requests;
use measure::Peer;

const CLIENTS: usize = 1_000;

/// How many requests there are in a run.
const REQUESTS: usize = 2_000;

fn main() {
    let folder = TempDir::new().expect("a temporary directory");
    let file = format!("sqlite:{}?mode=rwc", folder.path().join("clients.db").display());
    let url = std::env::args().skip(1).find(|arg| !arg.starts_with("--")).unwrap_or(file);
    let runtime = Runtime::new().expect("a runtime");
    let clients = clients();
    let stored = runtime.block_on(store(&url, &clients));
    let cached = CachedClients::new(stored.clone());
    let compiled = corpus::store(&clients);
    let requests = Requests::hits(&clients, REQUESTS);
    let ids = requests.ids();
    let find_all = |store: &dyn ClientStore| runtime.block_on(find_all(store, &ids));
    let scheme = url.split(':').next().unwrap_or_default();
    measure::compare(
        &format!("{scheme}, behind a cache, {CLIENTS} clients"),
        REQUESTS,
        &|| find_all(&cached),
        &[Peer { name: "compiled in", run: &|| find_all(&compiled), target: None }],
    );
    measure::compare(
        &format!("{scheme}, without a cache, {CLIENTS} clients"),
        REQUESTS,
        &|| find_all(&stored),
        &[Peer { name: "behind a cache", run: &|| find_all(&cached), target: None }],
    );
}

/// Clients that the rulebook accepts.
fn clients() -> Vec<&'static Client> {
    let client = |bare: &Client| Client {
        client_secrets: [SecretValue::sha256_of(format!("9cd0a6b9b1f24b6c3f9c2a7e of {}", bare.client_id))].into(),
        allowed_grant_types: [GrantType::AuthorizationCode].into(),
        redirect_uris: ["https://app.example.com/callback"].into(),
        allowed_scopes: ["openid", "profile"].into(),
        ..bare.clone()
    };
    corpus::clients(CLIENTS).into_iter().map(|bare| &*Box::leak(Box::new(client(bare)))).collect()
}

async fn store(url: &str, clients: &[&Client]) -> SqlClients {
    let database = Database::connect(url).await.expect("a database");
    database.migrate().await.expect("a schema");
    let store = SqlClients::open(database, Server::default()).await.expect("a store");
    for client in clients {
        store.create((*client).clone()).await.expect("a client");
    }
    store
}

/// One after the other, and reads something of each.
async fn find_all(store: &dyn ClientStore, ids: &[&str]) -> u64 {
    let mut sum = 0;
    for id in ids {
        let client = store.find(id).await.expect("an answer");
        sum += client.map_or(1, |client| u64::from(client.access_token_lifetime));
    }
    sum
}

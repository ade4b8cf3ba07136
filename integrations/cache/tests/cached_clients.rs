//! What a cache promises.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use allocation_counter::measure;
use guestlist_cache::CachedClients;
use guestlist_runtime::{
    Client, ClientRef, ClientStore, GrantType, InMemoryClients, Lookup, Page, SecretValue, Server, StoreError,
};
use tokio::sync::Semaphore;

/// A database: it can be changed, it can be down, and it answers when it is let.
struct Database {
    clients: Mutex<InMemoryClients>,
    down: Mutex<Option<StoreError>>,
    asked: AtomicUsize,
    answers: Semaphore,
    server: Server,
}

impl Database {
    fn of(ids: &[&str]) -> Arc<Self> {
        Arc::new(Self {
            clients: Mutex::new(clients(ids)),
            down: Mutex::new(None),
            asked: AtomicUsize::new(0),
            answers: Semaphore::new(Semaphore::MAX_PERMITS),
            server: Server::default(),
        })
    }

    fn change(&self, ids: &[&str]) {
        *self.clients.lock().unwrap() = clients(ids);
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn answer<T>(&self, answer: impl FnOnce(&InMemoryClients) -> T) -> Result<T, StoreError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        // What counts is what is there when the question arrives, not when it is answered.
        let answer = answer(&self.clients.lock().unwrap());
        let down = self.down.lock().unwrap().clone();
        let _permit = self.answers.acquire().await;
        down.map_or(Ok(answer), Err)
    }
}

impl ClientStore for Database {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::pending(self.answer(|clients| clients.get(client_id).cloned().map(ClientRef::from)))
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        Lookup::pending(self.answer(|clients| clients.iter().any(|client| client.allows_origin(origin))))
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        let page =
            move |clients: &InMemoryClients| Page::of(clients.iter().cloned().map(ClientRef::from), after, limit);
        Lookup::pending(async move { self.answer(page).await })
    }

    fn server(&self) -> &Server {
        &self.server
    }
}

fn clients(ids: &[&str]) -> InMemoryClients {
    let client = |id: &&str| Client {
        client_id: (*id).into(),
        client_secrets: [SecretValue::sha256_of(format!("3f9c2a7e81b4d6053e9f7c1a2b8d4e60 of {id}"))].into(),
        allowed_grant_types: [GrantType::AuthorizationCode].into(),
        redirect_uris: [format!("https://{id}.example.com/callback")].into(),
        allowed_cors_origins: [format!("https://{id}.example.com")].into(),
        allowed_scopes: ["openid"].into(),
        ..Client::default()
    };
    InMemoryClients::new(Server::default(), ids.iter().map(client), 0).unwrap()
}

/// A clock that stands until it is moved.
#[derive(Clone, Default)]
struct Clock(Arc<AtomicU64>);

impl Clock {
    fn pass(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// An answer counts for a minute, that there is none for ten seconds.
fn cached(database: &Arc<Database>) -> (CachedClients<Arc<Database>>, Clock) {
    let clock = Clock::default();
    let time = clock.0.clone();
    let cached = CachedClients::new(Arc::clone(database))
        .with_time_to_live(Duration::from_secs(60))
        .with_clock(move || Duration::from_secs(time.load(Ordering::SeqCst)));
    (cached, clock)
}

async fn finds(store: &impl ClientStore, id: &str) -> Result<bool, StoreError> {
    Ok(store.find(id).await?.is_some_and(|client| client.client_id == id))
}

#[tokio::test]
async fn an_answer_counts_for_its_time() {
    let database = Database::of(&["shop"]);
    let (cached, clock) = cached(&database);
    for (seconds, asked) in [(0, 1), (59, 1), (1, 2), (59, 2), (1, 3)] {
        clock.pass(seconds);
        assert_eq!(finds(&cached, "shop").await, Ok(true));
        assert_eq!(database.asked(), asked, "{seconds}");
    }
}

#[tokio::test]
async fn the_order_in_which_it_is_set_up_does_not_matter() {
    let [second, minute, hour] = [1, 60, 3600].map(Duration::from_secs);
    let shown = |cached: CachedClients<Arc<Database>>| format!("{cached:?}");
    let new = || CachedClients::new(Database::of(&[]));
    // That there is none counts no longer than what is there.
    let one = shown(new().with_time_to_live(minute).with_unknown_time_to_live(hour));
    assert_eq!(one, shown(new().with_unknown_time_to_live(hour).with_time_to_live(minute)));
    assert!(one.contains("time_to_live: 60s, unknown_time_to_live: 60s"), "{one}");
    let other = shown(new().with_time_to_live(second).with_time_to_live(minute));
    assert!(other.contains("time_to_live: 60s, unknown_time_to_live: 10s"), "{other}");
    // And so it is kept.
    let database = Database::of(&[]);
    let (cached, clock) = cached(&database);
    let cached = cached.with_unknown_time_to_live(hour);
    for (seconds, asked) in [(0, 1), (59, 1), (1, 2)] {
        clock.pass(seconds);
        assert_eq!(finds(&cached, "shop").await, Ok(false));
        assert_eq!(database.asked(), asked, "{seconds}");
    }
}

#[tokio::test]
async fn that_there_is_none_counts_for_a_shorter_time() {
    let database = Database::of(&[]);
    let (cached, clock) = cached(&database);
    for (seconds, asked) in [(0, 1), (9, 1), (1, 2)] {
        clock.pass(seconds);
        assert_eq!(finds(&cached, "shop").await, Ok(false));
        assert_eq!(database.asked(), asked, "{seconds}");
    }
    database.change(&["shop"]);
    assert_eq!(finds(&cached, "shop").await, Ok(false));
    clock.pass(10);
    assert_eq!(finds(&cached, "shop").await, Ok(true));
}

#[tokio::test]
async fn a_client_that_was_deleted_is_gone_after_its_time() {
    let database = Database::of(&["shop"]);
    let (cached, clock) = cached(&database);
    assert_eq!(finds(&cached, "shop").await, Ok(true));
    database.change(&[]);
    assert_eq!(finds(&cached, "shop").await, Ok(true));
    clock.pass(60);
    assert_eq!(finds(&cached, "shop").await, Ok(false));
    // It is not found again in what was known before.
    clock.pass(9);
    assert_eq!(finds(&cached, "shop").await, Ok(false));
}

#[tokio::test]
async fn a_hit_allocates_nothing_and_waits_for_nothing() {
    let database = Database::of(&["shop"]);
    let (cached, _) = cached(&database);
    for id in ["shop", "unknown"] {
        let _ = cached.find(id).await;
        assert!(matches!(cached.find(id), Lookup::Ready(_)));
        assert_eq!(measure(|| drop(cached.find(id))).count_total, 0, "{id}");
    }
    for origin in ["https://shop.example.com", "https://other.example.com"] {
        let _ = cached.allows_origin(origin).await;
        assert_eq!(measure(|| drop(cached.allows_origin(origin))).count_total, 0, "{origin}");
    }
}

#[tokio::test]
async fn of_many_who_ask_at_once_one_asks_the_store() {
    let database = Database::of(&["shop"]);
    let (cached, _) = cached(&database);
    for (id, found) in [("shop", true), ("unknown", false)] {
        let before = database.asked();
        let permits = database.answers.forget_permits(Semaphore::MAX_PERMITS);
        let all = async { tokio::join!(finds(&cached, id), finds(&cached, id), finds(&cached, id)) };
        let open = async {
            while database.asked() == before {
                tokio::task::yield_now().await;
            }
            database.answers.add_permits(permits);
        };
        let (answers, ()) = tokio::join!(all, open);
        assert_eq!(answers, (Ok(found), Ok(found), Ok(found)));
        assert_eq!(database.asked() - before, 1, "{id}");
    }
}

#[tokio::test]
async fn an_error_is_shared_by_those_who_wait_and_not_kept() {
    let database = Database::of(&["shop"]);
    let (cached, _) = cached(&database);
    let down = StoreError::unavailable("no route");
    *database.down.lock().unwrap() = Some(down.clone());
    let permits = database.answers.forget_permits(Semaphore::MAX_PERMITS);
    let open = async {
        while database.asked() == 0 {
            tokio::task::yield_now().await;
        }
        database.answers.add_permits(permits);
    };
    let (one, other, ()) = tokio::join!(finds(&cached, "shop"), finds(&cached, "shop"), open);
    assert_eq!((one, other), (Err(down.clone()), Err(down.clone())));
    assert_eq!(database.asked(), 1);
    *database.down.lock().unwrap() = None;
    assert_eq!(finds(&cached, "shop").await, Ok(true), "it is asked again");
}

#[tokio::test]
async fn while_the_store_is_down_answers_count_until_their_time_is_over() {
    let database = Database::of(&["shop"]);
    let (cached, clock) = cached(&database);
    assert_eq!(finds(&cached, "shop").await, Ok(true));
    let down = StoreError::unavailable("no route");
    *database.down.lock().unwrap() = Some(down.clone());
    clock.pass(59);
    assert_eq!(finds(&cached, "shop").await, Ok(true));
    clock.pass(1);
    assert_eq!(finds(&cached, "shop").await, Err(down));
    *database.down.lock().unwrap() = None;
    assert_eq!(finds(&cached, "shop").await, Ok(true), "without a restart");
}

#[tokio::test]
async fn what_was_changed_is_forgotten_at_once() {
    let database = Database::of(&["shop"]);
    let (cached, _) = cached(&database);
    assert_eq!((finds(&cached, "shop").await, finds(&cached, "new").await), (Ok(true), Ok(false)));
    assert!(!cached.allows_origin("https://new.example.com").await.unwrap());
    database.change(&["new"]);
    cached.invalidate("new");
    assert_eq!((finds(&cached, "shop").await, finds(&cached, "new").await), (Ok(true), Ok(true)));
    assert!(cached.allows_origin("https://new.example.com").await.unwrap());
    cached.invalidate_all();
    assert_eq!(finds(&cached, "shop").await, Ok(false));
}

#[tokio::test]
async fn an_answer_that_is_on_its_way_during_a_change_is_not_kept() {
    let database = Database::of(&["shop"]);
    let (cached, _) = cached(&database);
    let permits = database.answers.forget_permits(Semaphore::MAX_PERMITS);
    let change = async {
        while database.asked() == 0 {
            tokio::task::yield_now().await;
        }
        database.change(&[]);
        cached.invalidate("shop");
        database.answers.add_permits(permits);
    };
    let (before, ()) = tokio::join!(finds(&cached, "shop"), change);
    assert_eq!(before, Ok(true), "it was asked before the change");
    assert_eq!(finds(&cached, "shop").await, Ok(false));
}

#[tokio::test]
async fn who_stops_waiting_leaves_the_question_to_the_next() {
    let database = Database::of(&["shop"]);
    let (cached, _) = cached(&database);
    let permits = database.answers.forget_permits(Semaphore::MAX_PERMITS);
    // The first is asked and given up.
    let mut first = Box::pin(cached.find("shop"));
    assert!(std::future::poll_fn(|context| std::task::Poll::Ready(first.as_mut().poll(context).is_pending())).await);
    drop(first);
    database.answers.add_permits(permits);
    assert_eq!(finds(&cached, "shop").await, Ok(true));
    assert_eq!(database.asked(), 2);
}

#[tokio::test]
async fn a_flood_of_invented_ids_pushes_out_no_client() {
    let database = Database::of(&["shop"]);
    let (cached, _) = cached(&database);
    let cached = cached.with_capacity(100);
    assert_eq!(finds(&cached, "shop").await, Ok(true));
    for invented in 0..10_000 {
        assert_eq!(finds(&cached, &format!("invented-{invented}")).await, Ok(false));
    }
    let asked = database.asked();
    assert_eq!(finds(&cached, "shop").await, Ok(true));
    assert_eq!(database.asked(), asked);
}

#[tokio::test]
async fn nothing_is_kept_of_an_id_that_nobody_has() {
    let database = Database::of(&["shop"]);
    let (cached, _) = cached(&database);
    let endless = "x".repeat(1_000_000);
    for asked in 1..=2 {
        assert_eq!(finds(&cached, &endless).await, Ok(false));
        assert_eq!(database.asked(), asked);
    }
}

#[tokio::test]
async fn no_more_clients_are_kept_than_there_is_room_for() {
    let ids: Vec<String> = (0..1_000).map(|number| format!("client-{number}")).collect();
    let database = Database::of(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    let (cached, _) = cached(&database);
    let cached = cached.with_capacity(100);
    for _ in 0..2 {
        for id in &ids {
            assert_eq!(finds(&cached, id).await, Ok(true));
        }
    }
    assert!(database.asked() >= 1_900, "{}", database.asked());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_a_change_was_told_nobody_sees_what_was_before() {
    let database = Database::of(&["a"]);
    let (cached, _) = cached(&database);
    let cached = Arc::new(cached);
    let readers = (0..4).map(|_| {
        let cached = Arc::clone(&cached);
        tokio::spawn(async move {
            for _ in 0..5_000 {
                let _ = cached.find("a").await;
                tokio::task::yield_now().await;
            }
        })
    });
    let readers: Vec<_> = readers.collect();
    for round in 0..500 {
        let there = round % 2 == 1;
        database.change(if there { &["a"] } else { &[] });
        cached.invalidate("a");
        assert_eq!(finds(&*cached, "a").await, Ok(there), "{round}");
        tokio::task::yield_now().await;
    }
    for reader in readers {
        reader.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_that_ask_and_forget_at_once_get_what_is_there() {
    let database = Database::of(&["a", "b", "c"]);
    let (cached, _) = cached(&database);
    let cached = Arc::new(cached);
    let tasks = (0..16).map(|task| {
        let cached = Arc::clone(&cached);
        tokio::spawn(async move {
            for round in 0..500 {
                let id = ["a", "b", "c", "unknown"][(task + round) % 4];
                assert_eq!(finds(&*cached, id).await, Ok(id != "unknown"));
                if round % 7 == 0 {
                    cached.invalidate(id);
                }
                if round % 50 == 0 {
                    cached.invalidate_all();
                }
                tokio::task::yield_now().await;
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}

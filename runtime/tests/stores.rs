//! Stores at run time: in memory, and one behind the other.
#![cfg(feature = "rules")]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use guestlist_runtime::{
    Chain, Client, ClientRef, ClientStore, GrantType, InMemoryClients, List, Lookup, Page, Profile, SecretValue,
    Server, StoreError,
};

const NOW: u64 = 1_800_000_000;

fn client(id: &str) -> Client {
    Client {
        client_id: id.into(),
        client_secrets: [SecretValue::sha256_of(format!("3f9c2a7e81b4d6053e9f7c1a2b8d4e60 of {id}"))].into(),
        allowed_grant_types: [GrantType::AuthorizationCode].into(),
        redirect_uris: [format!("https://{id}.example.com/callback").as_str()].into(),
        allowed_cors_origins: [format!("https://{id}.example.com").as_str()].into(),
        allowed_scopes: ["openid"].into(),
        ..Client::default()
    }
}

fn store(ids: &[&str]) -> InMemoryClients {
    InMemoryClients::new(Server::default(), ids.iter().map(|id| client(id)), NOW).unwrap()
}

/// Drives work that only ever waits for itself.
fn done<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    for _ in 0..100 {
        if let Poll::Ready(answer) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return answer;
        }
    }
    panic!("it never ends");
}

fn id(found: Result<Option<ClientRef>, StoreError>) -> Option<String> {
    found.unwrap().map(|client| client.client_id.to_string())
}

fn ids(page: &Page) -> Vec<&str> {
    page.clients.iter().map(|client| client.client_id.as_str()).collect()
}

/// Answers later what another store answers at once.
struct Later(InMemoryClients);

async fn later() {
    let mut waited = false;
    std::future::poll_fn(|_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

impl ClientStore for Later {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::pending(async move {
            later().await;
            self.0.registered(client_id).await
        })
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        Lookup::pending(async move {
            later().await;
            ClientStore::allows_origin(&self.0, origin).await
        })
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        Lookup::pending(async move {
            later().await;
            self.0.list(after, limit).await
        })
    }

    fn server(&self) -> &Server {
        self.0.server()
    }
}

/// Has no answer.
struct Down;

static SERVER: Server = Server::DEFAULT;

impl ClientStore for Down {
    fn registered<'a>(&'a self, _: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::pending(async { Err(StoreError::unavailable("no route")) })
    }

    fn allows_origin<'a>(&'a self, _: &'a str) -> Lookup<'a, bool> {
        Lookup::ready(Err(StoreError::unavailable("no route")))
    }

    fn list<'a>(&'a self, _: Option<&'a str>, _: usize) -> Lookup<'a, Page> {
        Lookup::ready(Err(StoreError::unavailable("no route")))
    }

    fn server(&self) -> &Server {
        &SERVER
    }
}

#[test]
fn a_store_in_memory_finds_by_equal_bytes_what_is_enabled() {
    let off = Client { enabled: false, ..client("off") };
    let store = InMemoryClients::new(Server::default(), [client("shop"), off], NOW).unwrap();
    assert_eq!(id(done(store.find("shop"))).as_deref(), Some("shop"));
    for unknown in ["Shop", "shop ", "", "off"] {
        assert_eq!(id(done(store.find(unknown))), None, "{unknown}");
    }
    assert!(store.origins().contains("https://shop.example.com"));
    assert!(!store.origins().contains("https://off.example.com"), "of a client that is switched off");
    assert!(store.get("off").is_some_and(|client| !client.enabled));
}

#[test]
fn definitions_with_an_error_are_refused_whole_with_every_finding() {
    let clients = [client("a"), client("a"), Client { allowed_grant_types: List::EMPTY, ..client("b") }];
    let refused = InMemoryClients::new(Server::default(), clients, NOW).unwrap_err();
    let names: Vec<&str> = refused.report.findings.iter().map(|finding| finding.rule.name).collect();
    assert!(names.contains(&"client_id_duplicate") && names.contains(&"grants_empty"), "{names:?}");
    assert!(refused.to_string().contains("[grants_empty]"), "{refused}");
}

#[test]
fn warnings_alone_refuse_nothing() {
    let mut expired = client("a");
    let mut secret = expired.client_secrets[0].clone();
    secret.expiration = Some(NOW - 1);
    expired.client_secrets = [secret].into();
    let store = InMemoryClients::new(Server::default(), [expired], NOW).unwrap();
    let names: Vec<&str> = store.warnings().iter().map(|finding| finding.rule.name).collect();
    assert_eq!(names, ["secret_all_expired"], "the rules that depend on the time run, too");
}

#[test]
fn clients_are_listed_in_pages() {
    let store = store(&["c", "a", "e", "b", "d"]);
    let page = |after, limit| done(store.list(after, limit)).unwrap();
    assert_eq!((ids(&page(None, 2)), page(None, 2).more), (vec!["a", "b"], true));
    assert_eq!((ids(&page(Some("b"), 2)), page(Some("b"), 2).more), (vec!["c", "d"], true));
    assert_eq!((ids(&page(Some("d"), 2)), page(Some("d"), 2).more), (vec!["e"], false));
    assert_eq!((ids(&page(Some("bb"), 9)), page(Some("bb"), 9).more), (vec!["c", "d", "e"], false));
    assert_eq!((ids(&page(None, 0)), page(None, 0).more), (vec![], true));
}

#[test]
fn a_chain_asks_in_turn() {
    let chain = Chain::new(store(&["a", "b"])).then(Later(store(&["c"]))).unwrap().then(store(&["d"])).unwrap();
    for known in ["a", "b", "c", "d"] {
        assert_eq!(id(done(chain.find(known))).as_deref(), Some(known));
        assert!(done(chain.allows_origin(&format!("https://{known}.example.com"))).unwrap());
    }
    assert_eq!(id(done(chain.find("e"))), None);
    assert!(!done(chain.allows_origin("https://e.example.com")).unwrap());
    assert!(matches!(chain.find("b"), Lookup::Ready(_)), "an answer at hand needs no work");
}

#[test]
fn a_client_that_is_switched_off_hides_one_behind_it() {
    let off = InMemoryClients::new(Server::default(), [Client { enabled: false, ..client("a") }], NOW).unwrap();
    let chain = Chain::new(off).then(store(&["a"])).unwrap();
    assert_eq!(id(done(chain.find("a"))), None);
    assert_eq!(id(done(chain.registered("a"))).as_deref(), Some("a"));
    assert!(done(chain.list(None, 9)).unwrap().clients.iter().all(|client| !client.enabled));
}

#[test]
fn an_error_of_a_store_is_the_chain_s() {
    let chain = Chain::new(store(&["a"])).then(Down).unwrap().then(store(&["b"])).unwrap();
    assert_eq!(id(done(chain.find("a"))).as_deref(), Some("a"));
    let down = StoreError::unavailable("no route");
    assert_eq!(done(chain.find("b")), Err(down.clone()), "the client might be in the store that is down");
    assert_eq!(done(chain.allows_origin("https://b.example.com")), Err(down.clone()));
    assert_eq!(done(chain.list(None, 9)), Err(down.clone()));
    assert_eq!(done(chain.findings()).unwrap_err(), down);
}

#[test]
fn a_chain_has_one_server() {
    let strict = Server { profile: Profile::OAuth21, ..Server::default() };
    let strict = InMemoryClients::new(strict, Vec::<Client>::new(), NOW).unwrap();
    assert!(Chain::new(store(&["a"])).then(strict).is_err());
}

#[test]
fn a_chain_lists_each_client_once_and_tells_which_are_hidden() {
    let chain = Chain::new(store(&["b", "d"])).then(Later(store(&["a", "b", "c"]))).unwrap();
    let page = done(chain.list(None, 3)).unwrap();
    assert_eq!((ids(&page), page.more), (vec!["a", "b", "c"], true));
    let page = done(chain.list(Some("c"), 3)).unwrap();
    assert_eq!((ids(&page), page.more), (vec!["d"], false));
    let findings = done(chain.findings()).unwrap();
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "client id \"b\" is in store #1 of the chain and in store #2, which is never asked for it (help: give one of \
          the two another id, or remove it) [client_id_duplicate]"
        ]
    );
}

//! Stores at run time: in memory, and one behind the other.
#![cfg(feature = "rules")]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use guestlist_runtime::{
    Chain, Client, ClientRef, ClientStore, GrantType, InMemoryClients, List, Lookup, Page, Profile, RefusedClient,
    SecretValue, Server, StoreError,
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

/// A database in which others have written what breaks a rule: the clients whose ids begin with `x`.
struct Written(InMemoryClients);

fn refused(client_id: &str) -> RefusedClient {
    RefusedClient { client_id: client_id.into(), reason: "it has no redirect URI".into() }
}

impl ClientStore for Written {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        match self.0.get(client_id) {
            Some(_) if client_id.starts_with('x') => Lookup::ready(Err(refused(client_id).into())),
            _ => self.0.registered(client_id),
        }
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        ClientStore::allows_origin(&self.0, origin)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        self.0.list(after, limit).map(|page| {
            let (bad, clients): (Vec<_>, Vec<_>) =
                page.clients.into_iter().partition(|client| client.client_id.starts_with('x'));
            let refused = bad.iter().map(|client| refused(&client.client_id)).collect();
            Page { clients, refused, more: page.more }
        })
    }

    fn server(&self) -> &Server {
        self.0.server()
    }
}

#[test]
fn a_refused_client_costs_nobody_but_itself() {
    let many: Vec<String> = (0..1200).map(|number| format!("{}{number:04}", ["a", "x", "z"][number % 3])).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let bad = |page: &Page| page.refused.iter().map(|one| one.client_id.to_string()).collect::<Vec<_>>();
    let written: Box<dyn ClientStore> = Box::new(Written(store(&many)));
    let all = done(written.all()).unwrap();
    assert_eq!((all.clients.len(), all.refused.len(), all.more), (800, 400, false));
    assert_eq!(all.refused[0].to_string(), "the client's definition is refused: it has no redirect URI");
    // Page by page, also where all of a page are refused.
    let mut page = done(written.list(None, 150)).unwrap();
    let mut listed = ids(&page).len() + page.refused.len();
    while let Some(after) = page.next().cloned() {
        page = done(written.list(Some(&after), 150)).unwrap();
        listed += page.clients.len() + page.refused.len();
    }
    assert_eq!(listed, 1200);
    assert_eq!(done(written.list(None, 0)).unwrap().next(), None, "nothing is behind nothing");
    // In a chain it hides the one behind it, and is hidden.
    let chain = Chain::new(store(&["a", "x2"])).then(Written(store(&["b", "x1", "x2"]))).unwrap();
    let chain = chain.then(store(&["x1", "y"])).unwrap();
    let all = done(chain.all()).unwrap();
    assert_eq!((ids(&all), bad(&all)), (vec!["a", "b", "x2", "y"], vec!["x1".to_owned()]));
    let page = done(chain.list(Some("a"), 2)).unwrap();
    assert_eq!((ids(&page), bad(&page), page.next().map(|id| id.as_str())), (vec!["b"], vec!["x1".into()], Some("x1")));
    assert_eq!(done(chain.findings()).unwrap().len(), 2);
    assert!(done(chain.find("x1")).is_err());
}

/// Lets out what is switched off.
struct Lax(InMemoryClients);

impl ClientStore for Lax {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        self.0.registered(client_id)
    }

    fn find<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        self.0.registered(client_id)
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        ClientStore::allows_origin(&self.0, origin)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        self.0.list(after, limit)
    }

    fn server(&self) -> &Server {
        self.0.server()
    }
}

#[test]
fn a_store_behind_a_pointer_is_that_store() {
    let off = Client { enabled: false, ..client("off") };
    let lax = Lax(InMemoryClients::new(Server::default(), [off], NOW).unwrap());
    fn finds(store: impl ClientStore) -> Option<String> {
        id(done(store.find("off")))
    }
    assert_eq!(finds(&lax).as_deref(), Some("off"));
    let boxed: Box<dyn ClientStore> = Box::new(lax);
    assert_eq!(finds(boxed).as_deref(), Some("off"));
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
    // As documented: a preflight tells no client.
    assert!(done(chain.allows_origin("https://a.example.com")).unwrap());
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
    let error = Chain::new(store(&["a"])).then(strict).unwrap_err();
    assert!(error.to_string().contains("have not the same `profile`"), "{error}");
    assert_eq!(format!("{error:?}"), error.to_string(), "what `main` shows");
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

//! Clients that follow their file.
#![cfg(feature = "watch")]

mod common;

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use common::Folder;
use guestlist_config::{FileRefused, Loaded, WatchedClients};
use guestlist_runtime::{ClientStore, Lookup, Server};

/// Two clients with one lifetime.
fn text(lifetime: u32) -> String {
    let client = |id: &str, digest: char| {
        format!(
            r#"{{
                "client_id": "{id}",
                "client_secrets": [{{ "sha256": "{}" }}],
                "allowed_grant_types": ["client_credentials"],
                "allowed_scopes": ["api1"],
                "allowed_cors_origins": ["https://{id}.example.com"],
                "access_token_lifetime": {lifetime}
            }}"#,
            digest.to_string().repeat(64)
        )
    };
    format!(r#"{{ "clients": [{}, {}] }}"#, client("one", 'a'), client("two", 'b'))
}

fn open(folder: &Folder) -> WatchedClients {
    WatchedClients::open(folder.write("clients.json", text(60)), Server::default()).unwrap()
}

fn lifetime(clients: &WatchedClients) -> u32 {
    clients.loaded().clients.get("one").unwrap().access_token_lifetime
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < end, "{what} did not come");
        thread::sleep(Duration::from_millis(10));
    }
}

fn answer<T>(lookup: Lookup<'_, T>) -> T {
    match lookup {
        Lookup::Ready(Some(Ok(answer))) => answer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_change_is_followed() {
    let folder = Folder::new("change");
    let clients = open(&folder);
    assert_eq!(lifetime(&clients), 60);
    folder.write("clients.json", text(120));
    until("the change", || lifetime(&clients) == 120);
    assert!(clients.refused().is_none());
}

#[test]
fn a_file_renamed_over_it_is_followed() {
    let folder = Folder::new("rename");
    let clients = open(&folder);
    for lifetime_now in [120, 180] {
        fs::rename(folder.write("clients.json.new", text(lifetime_now)), folder.path("clients.json")).unwrap();
        until("the renamed file", || lifetime(&clients) == lifetime_now);
    }
}

#[test]
fn a_folder_that_is_replaced_is_followed() {
    let folder = Folder::new("replaced");
    let inner = folder.path("inner");
    fs::create_dir(&inner).unwrap();
    let clients = WatchedClients::open(folder.write("inner/clients.json", text(60)), Server::default()).unwrap();
    fs::rename(&inner, folder.path("old")).unwrap();
    fs::create_dir(&inner).unwrap();
    folder.write("inner/clients.json", text(120));
    until("the new folder", || lifetime(&clients) == 120);
}

#[test]
fn one_who_panics_when_told_does_not_end_the_following() {
    let folder = Folder::new("panics");
    let told = |_: Result<&Loaded, &FileRefused>| panic!("told");
    let path = folder.write("clients.json", text(60));
    let clients = WatchedClients::open_and_tell(path, Server::default(), told).unwrap();
    for lifetime_now in [120, 180] {
        folder.write("clients.json", text(lifetime_now));
        until("the edit", || lifetime(&clients) == lifetime_now);
    }
}

#[test]
fn a_bad_edit_keeps_the_last_good_clients_and_says_why() {
    let folder = Folder::new("bad-edit");
    let clients = open(&folder);
    folder.write("clients.json", text(120).replace("access_token_lifetime", "access_token_lifetimes"));
    until("the refusal", || clients.refused().is_some());
    let said = clients.refused().unwrap().to_string();
    assert!(said.contains("did you mean `access_token_lifetime`?"), "{said}");
    assert_eq!(lifetime(&clients), 60);

    folder.write("clients.json", text(180));
    until("the good edit", || lifetime(&clients) == 180);
    assert!(clients.refused().is_none());
}

#[test]
fn a_file_that_vanishes_for_a_while_changes_nothing() {
    let folder = Folder::new("vanish");
    let clients = open(&folder);
    fs::remove_file(folder.path("clients.json")).unwrap();
    until("the refusal", || clients.refused().is_some());
    assert!(clients.refused().unwrap().to_string().starts_with("error: cannot read the file: "));
    assert_eq!(lifetime(&clients), 60);
    folder.write("clients.json", text(120));
    until("the new file", || lifetime(&clients) == 120);
}

#[test]
fn a_new_secret_in_a_file_is_followed() {
    let folder = Folder::new("secret");
    folder.write("secret", "K2v9-wT4x_Qm8LrZ1pYc7Hn3\n");
    let with_file = text(60).replacen(&format!(r#""sha256": "{}""#, "a".repeat(64)), r#""file": "secret""#, 1);
    let path = folder.write("clients.json", with_file);
    let clients = WatchedClients::open(path, Server::default()).unwrap();
    let verifies = |secret: &str| clients.loaded().clients.get("one").unwrap().verify_secret(secret, common::NOW);
    assert!(verifies("K2v9-wT4x_Qm8LrZ1pYc7Hn3"));
    folder.write("secret", "b7Rz-Jq2s_Wd5MfX8kTa4Ge6\n");
    until("the new secret", || verifies("b7Rz-Jq2s_Wd5MfX8kTa4Ge6"));
    assert!(!verifies("K2v9-wT4x_Qm8LrZ1pYc7Hn3"));
    assert!(!format!("{clients:?}").contains("b7Rz"));
}

/// Readers see the old clients or the new ones, never some of each.
#[test]
fn swapping_is_atomic() {
    let folder = Folder::new("atomic");
    let clients = open(&folder);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let loaded = clients.loaded();
                    let [one, two] = ["one", "two"].map(|id| loaded.clients.get(id).unwrap().access_token_lifetime);
                    assert_eq!(one, two);
                }
            });
        }
        for lifetime_now in 61..120 {
            folder.write("clients.json", text(lifetime_now));
            clients.reload().unwrap();
            assert_eq!(lifetime(&clients), lifetime_now);
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn it_is_a_store() {
    let folder = Folder::new("store");
    let clients = open(&folder);
    let store: &dyn ClientStore = &clients;
    assert_eq!(answer(store.find("two")).unwrap().access_token_lifetime, 60);
    assert!(answer(store.find("three")).is_none());
    assert!(answer(store.allows_origin("https://one.example.com")));
    assert!(!answer(store.allows_origin("https://three.example.com")));
    let page = answer(store.list(None, 1));
    assert_eq!((page.clients[0].client_id.as_str(), page.more), ("one", true));
    assert_eq!(answer(store.list(Some("one"), 1)).clients[0].client_id, "two");
    assert_eq!(store.server(), &Server::default());
}

#[test]
fn each_reading_is_told_and_the_thread_ends_with_the_clients() {
    let folder = Folder::new("told");
    let readings = Arc::new(Mutex::new(Vec::new()));
    let told = {
        let readings = Arc::clone(&readings);
        move |outcome: Result<&Loaded, &FileRefused>| readings.lock().unwrap().push(outcome.is_ok())
    };
    let path = folder.write("clients.json", text(60));
    let clients = WatchedClients::open_and_tell(path, Server::default(), told).unwrap();
    let last = || readings.lock().unwrap().last().copied();
    assert_eq!(last(), None);
    folder.write("clients.json", "[");
    until("the refusal", || last() == Some(false));
    folder.write("clients.json", text(120));
    until("the good edit", || last() == Some(true));
    drop(clients);
    until("the end of the thread", || Arc::strong_count(&readings) == 1);
}

#[test]
fn what_is_refused_in_the_beginning_is_not_opened() {
    let folder = Folder::new("refused");
    let said = |path| WatchedClients::open(path, Server::default()).unwrap_err().to_string();
    assert!(said(folder.write("clients.json", "[")).starts_with("error: unterminated array"));
    assert!(said(folder.path("no-such.json")).starts_with("error: cannot read the file: "));
    assert!(said(folder.path("no/such/folder.json")).starts_with("error: cannot watch the folder of the file: "));
    assert!(said(folder.write("clients.ini", "")).starts_with("error: the format of the file is not known"));
}

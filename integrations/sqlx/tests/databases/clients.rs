//! The store answers.

use guestlist_runtime::{Client, ClientRef, ClientStore, GrantType, SecretValue, Server, StoreError};
use guestlist_sqlx::{Database, SqlClients};

use crate::place::Place;

/// A client that breaks no rule.
pub fn client(id: &str) -> Client {
    let host =
        format!("https://{}.example.com", id.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "x"));
    Client {
        client_id: id.into(),
        client_secrets: [SecretValue::sha256_of(format!("3f9c2a7e81b4d6053e9f7c1a2b8d4e60 of {id}"))].into(),
        allowed_grant_types: [GrantType::AuthorizationCode].into(),
        redirect_uris: [format!("{host}/callback").as_str()].into(),
        allowed_cors_origins: [host.as_str()].into(),
        allowed_scopes: ["openid"].into(),
        ..Client::default()
    }
}

pub fn id(found: Result<Option<ClientRef>, StoreError>) -> Option<String> {
    found.unwrap().map(|client| client.client_id.to_string())
}

pub async fn an_enabled_client_is_found_by_equal_bytes(place: Place) {
    let clients = place.clients().await;
    for client in [client("Web"), client("web.app"), Client { enabled: false, ..client("off") }] {
        clients.create(client).await.unwrap();
    }
    for (asked, found) in [
        ("Web", Some("Web")),
        ("web.app", Some("web.app")),
        ("web", None),
        ("WEB", None),
        ("Web ", None),
        ("web_app", None),
        ("web%", None),
        ("off", None),
        ("", None),
    ] {
        assert_eq!(id(clients.find(asked).await).as_deref(), found, "{asked:?}");
    }
    let found = clients.find("Web").await.unwrap().unwrap();
    assert_eq!(*found, client("Web"));
    assert!(found.verify_secret("3f9c2a7e81b4d6053e9f7c1a2b8d4e60 of Web", 0));
    // Switched off it is there: a chain looks no further.
    assert_eq!(id(clients.registered("off").await).as_deref(), Some("off"));
    assert_eq!(id(clients.registered("OFF").await), None);
    assert!(clients.get("off").await.unwrap().is_some(), "it is there to be managed");
    assert!(clients.get("web").await.unwrap().is_none());
}

pub async fn an_origin_is_allowed_by_any_enabled_client(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    clients.create(Client { enabled: false, ..client("off") }).await.unwrap();
    for (origin, allowed) in [
        ("https://web.example.com", true),
        ("https://web.example.com/", false),
        ("https://WEB.example.com", false),
        ("https://off.example.com", false),
        ("https://w_b.example.com", false),
        ("null", false),
        ("", false),
    ] {
        assert_eq!(clients.allows_origin(origin).await, Ok(allowed), "{origin:?}");
    }
}

pub async fn clients_are_listed_by_the_bytes_of_their_ids(place: Place) {
    let clients = place.clients().await;
    // A collation for people puts `a` before `B`, and leaves `-` and `_` out.
    let sorted = ["0", "A-1", "A1", "A_0", "B", "a", "a!", "a-b", "ab", "~"];
    for id in ["ab", "a", "B", "A1", "~", "A_0", "A-1", "a!", "0", "a-b"] {
        clients.create(Client { enabled: id != "B", ..client(id) }).await.unwrap();
    }
    let mut listed: Vec<String> = Vec::new();
    let mut pages = Vec::new();
    loop {
        let page = clients.list(listed.last().map(String::as_str), 4).await.unwrap();
        listed.extend(page.clients.iter().map(|client| client.client_id.to_string()));
        pages.push(page.clients.len());
        if !page.more {
            break;
        }
    }
    assert_eq!((listed, pages), (sorted.map(String::from).to_vec(), vec![4, 4, 2]));
    let ids =
        |page: guestlist_runtime::Page| page.clients.iter().map(|one| one.client_id.to_string()).collect::<Vec<_>>();
    for (after, limit, expected, more) in [
        (None, 10, &sorted[..], false),
        (None, 0, &[], true),
        (Some("~"), 4, &[], false),
        (Some("a"), usize::MAX, &sorted[6..], false),
        (Some("a\u{0}b"), 2, &sorted[6..8], true),
        (Some("'; DROP TABLE guestlist_clients; --"), 1, &sorted[..1], true),
        (Some("\u{1F511}"), 4, &[], false),
    ] {
        let page = clients.list(after, limit).await.unwrap();
        assert_eq!((page.more, ids(page)), (more, expected.iter().map(ToString::to_string).collect()), "{after:?}");
    }
    let entries = clients.entries(Some("A_0"), 2).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.client_id.as_str()).collect::<Vec<_>>(), ["B", "a"]);
}

/// Whatever the number of its values is, and without a question before it whether the connection is still there.
pub async fn a_lookup_is_one_statement(place: Place) {
    let clients = place.clients().await;
    let each = |from: &str, to: &str| (0..500).map(|number| format!("{from}{number}{to}")).collect();
    let large = Client {
        client_secrets: (0..500)
            .map(|number| SecretValue::sha256_of(format!("9cd0a6b9b1f24b6c3f9c2a7e {number}")))
            .collect(),
        redirect_uris: each("https://large.example.com/", ""),
        allowed_cors_origins: each("https://x", ".example.com"),
        allowed_scopes: each("scope", ""),
        ..client("large")
    };
    clients.create(large.clone()).await.unwrap();
    clients.create(client("small")).await.unwrap();
    let url = format!("{}&application_name=counted&options[log_statement]=all", place.url);
    let clients = SqlClients::open(Database::connect(&url).await.unwrap(), Server::default()).await.unwrap();
    let asked = || place.cluster.get().unwrap().log().matches("counted LOG:  execute ").count();
    let mut before = asked();
    assert_ne!(before, 0, "the schema was asked for");
    for id in ["small", "large", "unknown", "large"] {
        let found = clients.find(id).await.unwrap();
        assert_eq!(
            found.map(|client| client.allowed_scopes.len()),
            match id {
                "small" => Some(1),
                "large" => Some(500),
                _ => None,
            }
        );
        assert_eq!(asked(), before + 1, "{id}");
        before += 1;
    }
    assert_eq!(*clients.list(None, 5).await.unwrap().clients[0], large);
    assert_eq!(asked(), before + 1, "a page");
    assert!(clients.allows_origin("https://x499.example.com").await.unwrap());
    assert_eq!(asked(), before + 2, "an origin");
}

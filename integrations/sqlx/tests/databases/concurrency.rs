//! Many at once, and many clients.

use guestlist_runtime::{Client, ClientStore, Profile, Property, Server};
use guestlist_sqlx::{SqlClients, WriteError};

use crate::clients::{client, id};
use crate::place::Place;

/// Adds a property, as often as it takes; how often it was in vain.
async fn add(clients: &SqlClients, key: String) -> usize {
    for tries in 0.. {
        let stored = clients.get("web").await.unwrap().unwrap();
        let mut definition = stored.definition.unwrap();
        let new = Property { key: key.as_str().into(), value: "here".into() };
        definition.client.properties = definition.client.properties.iter().cloned().chain([new]).collect();
        match clients.update(definition, stored.version).await {
            Ok(_) => return tries,
            Err(WriteError::Conflict(Some(_))) => {}
            Err(error) => panic!("{error}"),
        }
    }
    unreachable!("it goes on for ever")
}

pub async fn writers_of_one_client_lose_no_update(place: Place) {
    const WRITERS: usize = 64;
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    let writers: Vec<_> = (0..WRITERS)
        .map(|number| {
            let clients = clients.clone();
            tokio::spawn(async move { add(&clients, format!("writer{number:02}")).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let found = clients.find("web").await.unwrap().unwrap();
    let mut keys: Vec<String> = found.properties.iter().map(|property| property.key.to_string()).collect();
    keys.sort();
    assert_eq!(keys, (0..WRITERS).map(|number| format!("writer{number:02}")).collect::<Vec<_>>());
    let expected = Client { properties: found.properties.clone(), ..client("web") };
    assert_eq!(*found, expected, "nothing else has changed");
}

pub async fn of_clients_with_one_secret_the_first_is_written(place: Place) {
    let clients = place.clients_of(Server { profile: Profile::OAuth21, ..Server::default() }).await;
    let writers: Vec<_> = (0..16)
        .map(|number| {
            let clients = clients.clone();
            let secrets = client("web").client_secrets;
            let same = Client { client_secrets: secrets, ..client(&format!("writer{number:02}")) };
            tokio::spawn(async move { clients.create(same).await })
        })
        .collect();
    let mut written = 0;
    for writer in writers {
        match writer.await.unwrap() {
            Ok(_) => written += 1,
            Err(error) => assert!(error.to_string().contains("[secret_reused]"), "{error}"),
        }
    }
    assert_eq!((written, clients.entries(None, 100).await.unwrap().len()), (1, 1));
}

pub async fn ten_thousand_clients(place: Place) {
    let clients = place.clients().await;
    place
        .hands
        .write(
            r#"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
               INSERT INTO {clients} (client_id, require_client_secret, allowed_grant_types, redirect_uris)
                 SELECT 'client' || substr(CAST(10000 + i AS TEXT), 2), FALSE, '["authorization_code"]',
                   '["https://app.example.com/callback"]' FROM n;
               INSERT INTO {allowed_cors_origins} (client_id, position, origin)
                 SELECT client_id, 0, 'https://' || client_id || '.example.com' FROM {clients}"#,
        )
        .await
        .unwrap();
    for number in (0..10_000).step_by(250) {
        let asked = format!("client{number:04}");
        assert_eq!(id(clients.find(&asked).await), Some(asked.clone()));
        assert_eq!(clients.allows_origin(&format!("https://{asked}.example.com")).await, Ok(true));
    }
    assert_eq!(id(clients.find("client10000").await), None);
    assert_eq!(clients.allows_origin("https://client10000.example.com").await, Ok(false));
    let mut listed = Vec::new();
    loop {
        let page = clients.list(listed.last().map(String::as_str), 3000).await.unwrap();
        listed.extend(page.clients.iter().map(|client| client.client_id.to_string()));
        if !page.more {
            break;
        }
    }
    assert_eq!(listed, (0..10_000).map(|number| format!("client{number:04}")).collect::<Vec<_>>());
    // One more among them.
    clients.create(client("one.more")).await.unwrap();
    assert_eq!(id(clients.find("one.more").await), Some("one.more".into()));
}

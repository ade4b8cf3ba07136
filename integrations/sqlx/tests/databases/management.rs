//! Clients are created, changed and deleted under the rulebook.

use guestlist_runtime::rules::Definition;
use guestlist_runtime::{
    Client, ClientStore, GrantType, Levels, List, Profile, Property, Secret, SecretValue, Server, StoreError,
};
use guestlist_sqlx::{Refused, Version, WriteError};

use crate::clients::client;
use crate::place::Place;

/// The names of the rules that refused it.
fn rules(error: WriteError) -> Vec<&'static str> {
    let WriteError::Refused(Refused { report, .. }) = error else { panic!("{error}") };
    report.findings.iter().map(|finding| finding.rule.name).collect()
}

pub async fn a_client_is_created_changed_and_deleted(place: Place) {
    let clients = place.clients().await;
    let created = clients.create(client("web")).await.unwrap();
    let stored = clients.get("web").await.unwrap().unwrap();
    assert_eq!(stored.version, created.version);
    let changed = Client {
        client_name: Some("Web".into()),
        client_secrets: List::EMPTY,
        require_client_secret: false,
        allowed_cors_origins: ["https://b.example.com", "https://a.example.com"].into(),
        redirect_uris: ["https://b.example.com/", "https://a.example.com/"].into(),
        ..client("web")
    };
    let updated = clients.update(changed.clone(), created.version).await.unwrap();
    assert_ne!(updated.version, created.version);
    assert_eq!(*clients.find("web").await.unwrap().unwrap(), changed);
    assert_eq!(clients.allows_origin("https://web.example.com").await, Ok(false));
    clients.delete("web", updated.version).await.unwrap();
    assert!(clients.get("web").await.unwrap().is_none());
    assert_eq!(clients.allows_origin("https://a.example.com").await, Ok(false));
    for table in ["clients", "client_secrets", "allowed_cors_origins"] {
        let count = place.hands.read(&format!("SELECT CAST(count(*) AS TEXT) FROM {{{table}}}")).await;
        assert_eq!(count, "0", "{table}");
    }
}

pub async fn a_stale_version_is_a_conflict_and_changes_nothing(place: Place) {
    let clients = place.clients().await;
    let first = clients.create(client("web")).await.unwrap().version;
    let named = Client { client_name: Some("Web".into()), ..client("web") };
    let second = clients.update(named.clone(), first).await.unwrap().version;
    let stale = Client { client_name: Some("Other".into()), ..client("web") };
    let current = |error: WriteError| match error {
        WriteError::Conflict(current) => current,
        other => panic!("{other}"),
    };
    assert_eq!(current(clients.update(stale.clone(), first).await.unwrap_err()), Some(second));
    assert_eq!(current(clients.delete("web", first).await.unwrap_err()), Some(second));
    assert_eq!(*clients.find("web").await.unwrap().unwrap(), named);
    assert_eq!(clients.get("web").await.unwrap().unwrap().version, second);
    clients.delete("web", second).await.unwrap();
    assert_eq!(current(clients.update(stale, second).await.unwrap_err()), None);
    assert_eq!(current(clients.delete("web", second).await.unwrap_err()), None);
    assert_eq!(current(clients.delete("\0", second).await.unwrap_err()), None);
    assert!(clients.get("web").await.unwrap().is_none());
}

pub async fn an_id_is_taken_once(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    let again = Client { client_name: Some("Again".into()), ..client("web") };
    assert!(matches!(clients.create(again).await, Err(WriteError::Exists)));
    assert_eq!(*clients.find("web").await.unwrap().unwrap(), client("web"));
}

pub async fn no_version_is_given_twice(place: Place) {
    let clients = place.clients().await;
    let mut versions: Vec<Version> = Vec::new();
    for _ in 0..3 {
        let created = clients.create(client("web")).await.unwrap().version;
        let updated = clients.update(client("web"), created).await.unwrap().version;
        clients.delete("web", updated).await.unwrap();
        versions.extend([created, updated]);
    }
    assert!(versions.is_sorted_by(|one, next| one < next), "{versions:?}");
}

pub async fn what_is_refused_is_not_written(place: Place) {
    let clients = place.clients().await;
    let nothing = Client { allowed_grant_types: List::EMPTY, allowed_scopes: ["a b"].into(), ..client("web") };
    let refused = clients.create(nothing.clone()).await.unwrap_err();
    assert!(refused.to_string().starts_with("client \"web\": "), "{refused}");
    let found = rules(refused);
    assert!(found.contains(&"grants_empty") && found.contains(&"scope_charset"), "every finding: {found:?}");
    assert!(clients.get("web").await.unwrap().is_none());
    let version = clients.create(client("web")).await.unwrap().version;
    assert!(rules(clients.update(nothing, version).await.unwrap_err()).contains(&"grants_empty"));
    let stored = clients.get("web").await.unwrap().unwrap();
    assert_eq!((stored.definition.unwrap().client, stored.version), (client("web"), version));
}

pub async fn warnings_come_with_success(place: Place) {
    let clients = place.clients().await;
    let twice = Client { allowed_scopes: ["openid", "openid"].into(), client_name: Some(" ".into()), ..client("web") };
    let saved = clients.create(twice).await.unwrap();
    let names: Vec<_> = saved.warnings.iter().map(|finding| finding.rule.name).collect();
    assert!(names.contains(&"list_duplicate") && names.contains(&"display_text_empty"), "{names:?}");
    let stored = clients.get("web").await.unwrap().unwrap();
    assert!(stored.warnings.iter().any(|finding| finding.rule.name == "list_duplicate"));
    assert_eq!(stored.definition.unwrap().client.client_name, None, "an empty name is none");
    // What is wrong with the server is no news with each client.
    let plain = place.clients_of(Server { issuer: Some("http://localhost:7070".into()), ..Server::default() }).await;
    assert_eq!(plain.create(client("app")).await.unwrap().warnings.len(), 0);
    assert_eq!(plain.get("app").await.unwrap().unwrap().warnings.len(), 0);
}

pub async fn levels_are_kept(place: Place) {
    // What the server forbids, this client may do: when it is written and when it is read.
    let levels = Levels { deny: ["list_duplicate"].into(), ..Levels::EMPTY };
    let clients = place.clients_of(Server { levels, ..Server::default() }).await;
    let twice = Client { allowed_scopes: ["openid", "openid"].into(), ..client("web") };
    assert_eq!(rules(clients.create(twice.clone()).await.unwrap_err()), ["list_duplicate", "list_duplicate"]);
    let levels = Levels { allow: ["list_duplicate"].into(), expect: ["scope_wildcard"].into(), ..Levels::EMPTY };
    let definition = Definition { levels: levels.clone(), ..twice.into() };
    assert!(clients.create(definition).await.unwrap().warnings.is_empty());
    assert!(clients.find("web").await.unwrap().is_some());
    let stored = clients.get("web").await.unwrap().unwrap().definition.unwrap();
    assert_eq!(stored.levels, levels);
}

pub async fn a_secret_in_clear_is_judged_and_only_its_digest_kept(place: Place) {
    let clients = place.clients_of(Server { profile: Profile::OAuth21, ..Server::default() }).await;
    let without = Definition::from(Client { client_secrets: List::EMPTY, ..client("web") });
    let error = clients.create(without.clone().with_secret("letmein", None)).await.unwrap_err();
    assert!(!error.to_string().contains("letmein") && !format!("{error:?}").contains("letmein"));
    assert_eq!(rules(error), ["secret_placeholder"]);
    let weak = clients.create(without.clone().with_secret("tulip-47", None)).await.unwrap();
    assert!(weak.warnings.iter().any(|finding| finding.rule.name == "secret_weak"));
    // A second one beside it, to rotate.
    let text = "9cd0a6b9b1f24b6c3f9c2a7e81b4d6053e9f7c1a2b8d4e60";
    let stored = clients.get("web").await.unwrap().unwrap();
    let definition = stored.definition.unwrap().with_secret(text, Some(4_000_000_000));
    let saved = clients.update(definition, stored.version).await.unwrap();
    assert!(saved.warnings.is_empty(), "what was weak is a digest now: {:?}", saved.warnings);
    let found = clients.find("web").await.unwrap().unwrap();
    assert!(found.verify_secret(text, 0) && found.verify_secret("tulip-47", 0));
    assert!(!found.verify_secret(text, 4_000_000_000));
    let position = if place.url.starts_with("sqlite") { "hex(value)" } else { "encode(value, 'hex')" };
    let kept = place.hands.read(&format!("SELECT {position} FROM {{client_secrets}} WHERE position = 1")).await;
    assert_eq!(SecretValue::sha256_of(text), SecretValue::Sha256(hex::decode(kept).unwrap().try_into().unwrap()));
}

pub async fn a_secret_of_another_client_is_noticed(place: Place) {
    let clients = place.clients_of(Server { profile: Profile::OAuth21, ..Server::default() }).await;
    clients.create(client("web")).await.unwrap();
    let shared = client("web").client_secrets;
    for secrets in [shared.clone(), [client("other").client_secrets[0].clone(), shared[0].clone()].into()] {
        let same = Client { client_secrets: secrets, ..client("other") };
        let error = clients.create(same).await.unwrap_err();
        assert!(error.to_string().contains("\"web\""), "{error}");
        assert_eq!(rules(error), ["secret_reused"]);
    }
    // Its own is no other's.
    let stored = clients.get("web").await.unwrap().unwrap();
    clients.update(stored.definition.unwrap(), stored.version).await.unwrap();
}

pub async fn ids_that_differ_by_case_are_noticed(place: Place) {
    let clients = place.clients().await;
    clients.create(client("Iris")).await.unwrap();
    let saved = clients.create(client("iRIS")).await.unwrap();
    let names: Vec<_> = saved.warnings.iter().map(|finding| finding.rule.name).collect();
    assert_eq!(names, ["client_id_case_collision"]);
    assert!(clients.create(client("iris2")).await.unwrap().warnings.is_empty());
}

/// A client without a host that is made of its id.
fn machine(id: &str) -> Client {
    Client {
        allowed_grant_types: [GrantType::ClientCredentials].into(),
        allowed_cors_origins: List::EMPTY,
        redirect_uris: List::EMPTY,
        allowed_scopes: ["api1"].into(),
        ..client(id)
    }
}

pub async fn what_a_row_cannot_hold_is_refused(place: Place) {
    let clients = place.clients().await;
    let nul = "a\0b";
    let property = Property { key: "k".into(), value: nul.into() };
    let secret = |secret: Secret| Client { client_secrets: [secret].into(), ..client("web") };
    let digest = || SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60");
    for (definition, column, said) in [
        (machine(&"x".repeat(1025)), "client_id", "is longer than 1024 bytes"),
        (Client { properties: [property].into(), ..client("web") }, "properties", "U+0000"),
        (Client { user_code_type: Some(nul.into()), ..client("web") }, "user_code_type", "U+0000"),
        (Client { pair_wise_subject_salt: Some(nul.into()), ..client("web") }, "pair_wise_subject_salt", "U+0000"),
        (
            Client { identity_provider_restrictions: ["a", nul].into(), ..client("web") },
            "identity_provider_restrictions",
            "U+0000",
        ),
        (
            Client { allowed_cors_origins: [format!("https://{}", "x".repeat(1024)).as_str()].into(), ..client("web") },
            "allowed_cors_origins",
            "is longer than 1024 bytes",
        ),
        (
            secret(Secret { expiration: Some(1_900_000_000_000), ..digest().into() }),
            "client_secrets",
            "expires after the year 9999",
        ),
        (secret(Secret { description: Some(nul.into()), ..digest().into() }), "client_secrets", "U+0000"),
    ] {
        let WriteError::Refused(refused) = clients.create(definition).await.unwrap_err() else { panic!("{column}") };
        let [misfit] = refused.misfits.as_slice() else { panic!("{refused}") };
        assert_eq!(misfit.column, column);
        assert!(misfit.message.contains(said), "{misfit}");
        assert!(refused.to_string().contains(&misfit.to_string()), "{refused}");
    }
    assert!(clients.entries(None, 10).await.unwrap().is_empty());
    // The longest of all.
    let longest = "x".repeat(1024);
    let machine = machine(&longest);
    clients.create(machine).await.unwrap();
    assert!(matches!(clients.find(&longest).await, Ok(Some(_))));
    let missing: Result<_, StoreError> = clients.find(&longest[1..]).await;
    assert_eq!(missing, Ok(None));
}

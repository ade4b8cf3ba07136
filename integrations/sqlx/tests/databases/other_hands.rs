//! Rows that others wrote, with SQL.

use guestlist_runtime::{Client, ClientStore, GrantType, SecretValue, StoreError};
use guestlist_sqlx::{Change, Database, SqlClients, WriteError};

use crate::clients::client;
use crate::place::{Hands, Kind, Place};

/// What is said of a client that is there and refused.
async fn refusal(clients: &SqlClients, client_id: &str) -> String {
    match clients.find(client_id).await {
        Err(StoreError::Refused(said)) => said.to_string(),
        other => panic!("{other:?}"),
    }
}

pub async fn a_row_has_the_defaults_of_the_record(place: Place) {
    let clients = place.clients().await;
    let SecretValue::Sha256(digest) = SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60") else { panic!() };
    let digest = hex::encode(digest);
    let bytes = if place.url.starts_with("sqlite") { format!("x'{digest}'") } else { format!("'\\x{digest}'") };
    place
        .hands
        .write(&format!(
            r#"INSERT INTO {{clients}} (client_id, allowed_grant_types, allowed_scopes)
                 VALUES ('reports', '["client_credentials"]', '["api1"]');
               INSERT INTO {{client_secrets}} (client_id, position, type, value)
                 VALUES ('reports', 0, 'sha256', {bytes});"#
        ))
        .await
        .unwrap();
    let expected = Client {
        client_id: "reports".into(),
        client_secrets: [SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60")].into(),
        allowed_grant_types: [GrantType::ClientCredentials].into(),
        allowed_scopes: ["api1"].into(),
        ..Client::default()
    };
    assert_eq!(*clients.find("reports").await.unwrap().unwrap(), expected);
}

pub async fn a_row_that_breaks_a_rule_is_refused_and_not_unknown(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    clients.create(client("zoo")).await.unwrap();
    place.hands.write(r#"UPDATE {clients} SET redirect_uris = '["/callback"]' WHERE client_id = 'web'"#).await.unwrap();
    let said = refusal(&clients, "web").await;
    assert!(said.starts_with("client \"web\": ") && said.contains("[redirect_uri_not_absolute]"), "{said}");
    assert_eq!(clients.find("unknown").await, Ok(None));
    // It costs nobody but itself, and is seen.
    let all = clients.all().await.unwrap();
    assert_eq!(all.clients.iter().map(|client| &**client).collect::<Vec<_>>(), [&client("zoo")]);
    assert_eq!((all.refused.len(), &*all.refused[0].client_id, &*all.refused[0].reason), (1, "web", &*said));
    assert_eq!(clients.list(None, 1).await.unwrap().next().map(|id| &**id), Some("web"));
    let entries = clients.entries(None, 10).await.unwrap();
    let [web, zoo] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!((&*web.client_id, web.definition.is_err(), zoo.definition.is_err()), ("web", true, false));
    // And can be put right.
    clients.update(client("web"), web.version).await.unwrap();
    assert_eq!(*clients.find("web").await.unwrap().unwrap(), client("web"));
    // Also one that is switched off: nobody behind this store in a chain is to be asked for it.
    place.hands.write(r#"UPDATE {clients} SET redirect_uris = '["/"]', enabled = FALSE"#).await.unwrap();
    assert!(refusal(&clients, "web").await.contains("[redirect_uri_not_absolute]"));
}

pub async fn what_cannot_be_read_is_refused(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    for (column, value, said) in [
        ("redirect_uris", "[1]", "`redirect_uris` is not an array of texts"),
        ("allowed_scopes", r#"[["openid"]]"#, "`allowed_scopes` is not an array of texts"),
        (
            "allowed_identity_token_signing_algorithms",
            r#"["none"]"#,
            "has the unknown name \"none\": write one of `RS256`",
        ),
        ("dpop_validation_mode", r#"["Iat"]"#, "has the unknown name \"Iat\": write one of `custom`, `iat`, `nonce`"),
        ("claims", r#"[{"claim_type": "role"}]"#, "`claims` is not an array of objects"),
        ("properties", r#"[{"key": "k", "value": "v", "extra": 1}]"#, "`properties` is not an array of objects"),
        ("levels", r#"{"alow": []}"#, "`levels` is not an object of arrays"),
        ("allowed_grant_types", r#"["authorization_code", "client credentials"]"#, "[grant_malformed]"),
        ("allowed_grant_types", r#"["authorisation_code"]"#, "[grant_unknown]"),
    ] {
        place.hands.write(&format!("UPDATE {{clients}} SET {column} = '{value}'")).await.unwrap();
        let found = refusal(&clients, "web").await;
        assert!(found.contains(said), "{column}: {found}");
        let version = clients.get("web").await.unwrap().unwrap().version;
        clients.update(client("web"), version).await.unwrap();
    }
    // A name that the schema forbids, and a later release may know.
    let unknown = "UPDATE {clients} SET refresh_token_usage = 'sometimes'";
    place.hands.write(unknown).await.unwrap_err();
    place.hands.write_without_constraints("clients_refresh_token_usage_check", unknown).await;
    let found = refusal(&clients, "web").await;
    let said = "`refresh_token_usage` has the unknown name \"sometimes\": write one of `reuse`, `one_time_only`";
    assert_eq!(found, format!("client \"web\": {said}"));
}

pub async fn the_schema_keeps_the_bounds_of_the_record(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    let insert = |id: &str| {
        format!(r#"INSERT INTO {{clients}} (client_id, allowed_grant_types) VALUES ({id}, '["client_credentials"]')"#)
    };
    let set = |assignment: &str| format!("UPDATE {{clients}} SET {assignment}");
    let secret = |values: &str| {
        format!("INSERT INTO {{client_secrets}} (client_id, position, type, value, expiration) VALUES ({values})")
    };
    let is_sqlite = place.url.starts_with("sqlite");
    let bytes = if is_sqlite { "x'00'" } else { "'\\x00'" };
    let [nul, long] = match is_sqlite {
        true => ["'a' || char(0) || 'b'", "printf('%01025d', 0)"],
        false => ["'a' || chr(0) || 'b'", "repeat('0', 1025)"],
    };
    for forbidden in [
        insert("NULL"),
        insert("''"),
        insert("'web'"),
        insert("'caf\u{e9}'"),
        insert("'a\u{7f}'"),
        insert("'a\nb'"),
        insert(nul),
        insert(long),
        r#"INSERT INTO {clients} (client_id) VALUES ('no.grants')"#.into(),
        set("allowed_grant_types = '[]'"),
        set("allowed_scopes = '{}'"),
        set("allowed_scopes = 'openid'"),
        set("claims = NULL"),
        set("access_token_lifetime = 0"),
        set("access_token_lifetime = 2147483648"),
        set("sliding_refresh_token_lifetime = -1"),
        set("dpop_clock_skew = 4294967296"),
        set("consent_lifetime = 0"),
        set("access_token_type = 'JWT'"),
        set("application_type = ''"),
        set("enabled = NULL"),
        set("levels = '[]'"),
        secret(&format!("'web', 1, 'sha256', {bytes}, NULL")),
        secret(&format!("'web', 1, 'sha512', {bytes}, NULL")),
        secret(&format!("'web', 1, 'SharedSecret', {bytes}, NULL")),
        secret(&format!("'web', 0, 'jwk', {bytes}, NULL")),
        secret(&format!("'web', 1, 'jwk', {bytes}, -1")),
        secret(&format!("'web', 1, 'jwk', {bytes}, 1900000000000")),
        secret(&format!("'nobody', 0, 'jwk', {bytes}, NULL")),
        "INSERT INTO {allowed_cors_origins} (client_id, position, origin) VALUES ('web', 1, '')".into(),
        format!("INSERT INTO {{allowed_cors_origins}} (client_id, position, origin) VALUES ('web', 1, {long})"),
    ] {
        assert!(place.hands.write(&forbidden).await.is_err(), "{forbidden}");
    }
    assert_eq!(*clients.find("web").await.unwrap().unwrap(), client("web"));
    // Ids that differ in one bit are two.
    place.hands.write(&insert("'WEB'")).await.unwrap();
}

pub async fn a_change_of_what_belongs_to_a_client_is_a_change_of_the_client(place: Place) {
    let clients = place.clients().await;
    let mut version = clients.create(client("web")).await.unwrap().version;
    clients.create(client("other")).await.unwrap();
    for change in [
        "UPDATE {clients} SET description = 'by hand' WHERE client_id = 'web'",
        "UPDATE {clients} SET version = 0 WHERE client_id = 'web'",
        "UPDATE {clients} SET enabled = FALSE, version = version + 1 WHERE client_id = 'web'",
        "UPDATE {clients} SET enabled = TRUE, version = version - 1 WHERE client_id = 'web'",
        "UPDATE {client_secrets} SET description = 'by hand' WHERE client_id = 'web'",
        "UPDATE {client_secrets} SET client_id = 'other', position = 1 WHERE client_id = 'web'",
        "UPDATE {client_secrets} SET client_id = 'web' WHERE client_id = 'other' AND position = 1",
        "DELETE FROM {client_secrets} WHERE client_id = 'web'",
        "INSERT INTO {allowed_cors_origins} (client_id, position, origin) VALUES ('web', 7, 'https://x.example.com')",
        "UPDATE {allowed_cors_origins} SET position = 8 WHERE position = 7",
        "DELETE FROM {allowed_cors_origins} WHERE position = 8",
    ] {
        place.hands.write(change).await.unwrap();
        let stored = clients.get("web").await.unwrap().unwrap();
        assert!(stored.version > version, "{change}");
        assert!(matches!(clients.update(client("web"), version).await, Err(WriteError::Conflict(_))), "{change}");
        version = stored.version;
    }
}

pub async fn nothing_of_a_deleted_client_comes_back(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    // The sqlite3 shell does not look at foreign keys, unless it is told to.
    let without_keys = match place.hands {
        Hands::Sqlite(_) => "PRAGMA foreign_keys = OFF; DELETE FROM {clients}; PRAGMA foreign_keys = ON",
        Hands::Postgres(_) => "DELETE FROM {clients}",
    };
    place.hands.write(without_keys).await.unwrap();
    place
        .hands
        .write(
            r#"INSERT INTO {clients} (client_id, allowed_grant_types, require_client_secret, redirect_uris)
                 VALUES ('web', '["authorization_code"]', FALSE, '["https://web.example.com/callback"]')"#,
        )
        .await
        .unwrap();
    let found = clients.find("web").await.unwrap().unwrap();
    assert!(found.client_secrets.is_empty() && found.allowed_cors_origins.is_empty(), "{found:?}");
}

/// In the sqlite3 shell, and as old as Debian's: with no foreign keys, and no function of a later release.
pub async fn an_older_sqlite_writes_what_is_right(place: Place) {
    let clients = place.clients().await;
    for id in ["web", "tv"] {
        clients.create(client(id)).await.unwrap();
    }
    let mut changes = clients.changes_every(std::time::Duration::from_millis(10));
    changes.next().await;
    let file = place.folder().join("clients.db");
    let shell = |sql: &str| {
        let output = std::process::Command::new("sqlite3").arg(&file).arg(sql).output().unwrap();
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
        assert_eq!(output.status.success(), said.is_empty(), "{said}");
        said
    };
    let bare = |write: &str, id: &str| {
        format!(
            "{write} INTO guestlist_clients (client_id, allowed_grant_types, require_client_secret, redirect_uris)
             VALUES ('{id}', '[\"authorization_code\"]', 0, '[\"https://x.example.com/callback\"]')"
        )
    };
    // What is long in bytes is long.
    let origin =
        |id: &str, origin: &str| format!("INSERT INTO guestlist_allowed_cors_origins VALUES ('{id}', 7, {origin})");
    assert!(shell(&origin("web", "printf('%01020d', 0) || 'ééé'")).contains("CHECK constraint failed"));
    assert_eq!(shell(&origin("web", "'https://y.example.com'")), "");
    assert_eq!(changes.next().await, Change::Everything);
    // A client that takes the place of another has nothing of it.
    assert_eq!(shell(&bare("INSERT OR REPLACE", "web")), "");
    let found = clients.find("web").await.unwrap().unwrap();
    assert!(found.client_secrets.is_empty() && found.allowed_cors_origins.is_empty(), "{found:?}");
    // One that gets another id keeps what it has, and leaves nothing behind.
    assert_eq!(shell("UPDATE guestlist_clients SET client_id = 'tv2' WHERE client_id = 'tv'"), "");
    assert_eq!(shell(&bare("INSERT", "tv")), "");
    assert!(clients.find("tv").await.unwrap().unwrap().client_secrets.is_empty());
    assert_eq!(*clients.find("tv2").await.unwrap().unwrap(), Client { client_id: "tv2".into(), ..client("tv") });
    // Nor does it get what is another's.
    let taken = shell("UPDATE OR REPLACE guestlist_clients SET client_id = 'tv2' WHERE client_id = 'web'");
    assert!(taken.contains("there are secrets or origins under the new client_id"), "{taken}");
}

pub async fn nul_is_a_character_of_its_text(place: Place) {
    let clients = place.clients().await;
    let version = clients.create(client("web")).await.unwrap().version;
    for (change, said) in [
        ("UPDATE {clients} SET client_claims_prefix = 'a' || char(0) || 'b'", None),
        (r#"UPDATE {clients} SET allowed_scopes = '["openid\u0000"]'"#, Some("[scope_charset]")),
        ("UPDATE {clients} SET allowed_scopes = '[\"openid' || char(0) || '\"]'", Some("`allowed_scopes` is not JSON")),
    ] {
        place.hands.write_without_constraints("", change).await;
        match said {
            Some(said) => assert!(refusal(&clients, "web").await.contains(said), "{change}"),
            None => assert_eq!(clients.find("web").await.unwrap().unwrap().client_claims_prefix, "a\0b"),
        }
    }
    assert!(matches!(clients.update(client("web"), version).await, Err(WriteError::Conflict(Some(_)))));
}

pub async fn bytes_that_are_no_text_in_sqlite(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    for (change, said) in [
        ("UPDATE {clients} SET client_name = CAST(x'61ff62' AS TEXT)", "`client_name` is not UTF-8"),
        ("UPDATE {clients} SET allowed_scopes = CAST(x'5b22ff225d' AS TEXT)", "`allowed_scopes` is not UTF-8"),
        ("UPDATE {allowed_cors_origins} SET origin = CAST(x'ff' AS TEXT)", "`allowed_cors_origins` is not UTF-8"),
        ("UPDATE {client_secrets} SET description = CAST(x'ff' AS TEXT)", "`client_secrets` is not UTF-8"),
        (
            "UPDATE {client_secrets} SET type = 'jwk', value = x'ff'",
            "`client_secrets` #1 is a key or certificate and not",
        ),
    ] {
        place.hands.write(change).await.unwrap();
        let found = refusal(&clients, "web").await;
        assert!(found.contains(said), "{change}: {found}");
        let version = clients.get("web").await.unwrap().unwrap().version;
        clients.update(client("web"), version).await.unwrap();
    }
    // An id that nobody can ask for is seen where clients are managed.
    let change = "UPDATE {clients} SET client_id = CAST(x'77ff' AS TEXT)";
    place.hands.write(change).await.unwrap_err();
    place.hands.write_without_constraints("", change).await;
    let entries = clients.entries(None, 10).await.unwrap();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert!(entry.definition.as_ref().unwrap_err().to_string().contains("`client_id` is not UTF-8"), "{entry:?}");
}

pub async fn bytes_that_are_no_text_in_postgres(place: Place) {
    // A database in which a text is bytes.
    let options = "ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0";
    let url = place.cluster.get().unwrap().create(options).await;
    let hands = Hands::of(Kind::Postgres, &url).await;
    let database: Database = hands.database();
    database.migrate().await.unwrap();
    let clients = SqlClients::open(database, Default::default()).await.unwrap();
    let version = clients.create(client("web")).await.unwrap().version;
    for change in [
        "UPDATE {clients} SET client_name = E'a\\xff'",
        "UPDATE {clients} SET client_name = NULL; UPDATE {client_secrets} SET description = E'\\xff'",
    ] {
        hands.write(change).await.unwrap();
        let found = refusal(&clients, "web").await;
        assert!(found.contains("a text that is not UTF-8"), "{change}: {found}");
        assert!(matches!(clients.get("web").await, Err(StoreError::Refused(_))));
        assert!(matches!(clients.entries(None, 10).await, Err(StoreError::Refused(_))));
    }
    // The other answers do not have it.
    assert_eq!(clients.find("unknown").await, Ok(None));
    assert_eq!(clients.allows_origin("https://web.example.com").await, Ok(true));
    assert!(matches!(clients.update(client("web"), version).await, Err(WriteError::Conflict(Some(_)))));
    hands.write("UPDATE {client_secrets} SET description = NULL, type = 'jwk', value = '\\xff'").await.unwrap();
    let found = refusal(&clients, "web").await;
    assert!(found.contains("`client_secrets` #1 is a key or certificate and not UTF-8"), "{found}");
    let version = clients.get("web").await.unwrap().unwrap().version;
    clients.update(client("web"), version).await.unwrap();
    assert_eq!(*clients.find("web").await.unwrap().unwrap(), client("web"));
}

pub async fn no_error_shows_a_digest(place: Place) {
    let clients = place.clients().await;
    // PostgreSQL tells which row failed, with all that is in it.
    place.hands.write("ALTER TABLE {client_secrets} ADD CONSTRAINT closed CHECK (position > 9)").await.unwrap();
    let error = clients.create(client("web")).await.unwrap_err();
    let digest = hex::encode(SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60 of web").stored());
    let SecretValue::Sha256(bytes) = client("web").client_secrets[0].value.clone() else { panic!() };
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("closed"), "{shown}");
    assert!(!shown.contains(&hex::encode(bytes)) && !shown.contains(&digest), "{shown}");
    assert!(clients.get("web").await.unwrap().is_none());
}

//! The schema is made, and known again.

use guestlist_runtime::{ClientStore, Server};
use guestlist_sqlx::{Database, OpenError, SqlClients};

use crate::clients::client;
use crate::place::{Hands, Place};

fn migrations(place: &Place) -> &'static str {
    match place.hands {
        Hands::Sqlite(_) => "_sqlx_migrations",
        Hands::Postgres(_) => "guestlist._sqlx_migrations",
    }
}

pub async fn a_database_without_a_schema_is_not_opened(place: Place) {
    let error = SqlClients::open(place.database(), Server::default()).await.unwrap_err();
    assert_eq!(error, OpenError::Old { found: 0, needed: 1 });
    assert!(error.to_string().contains("`Database::migrate`"), "{error}");
    // Nor one that was begun.
    place.database().migrate().await.unwrap();
    place.hands.write(&format!("DELETE FROM {}", migrations(&place))).await.unwrap();
    let error = SqlClients::open(place.database(), Server::default()).await.unwrap_err();
    assert_eq!(error, OpenError::Old { found: 0, needed: 1 });
}

pub async fn a_url_that_names_no_database_is_refused(_: Place) {
    for (url, said) in [
        (
            "mysql://user:hunter2@localhost/clients",
            r#""mysql" is no database of this build: write `sqlite:…` or `postgres://…`"#,
        ),
        ("clients.db", "the clients' database is not given as a URL: write `sqlite:…` or `postgres://…`"),
        ("", "is not given as a URL"),
        (":hunter2", "is not given as a URL"),
        ("host=db user=u password=hunter2", "is not given as a URL"),
        ("host=db user=u password=hunter2:x", "is not given as a URL"),
        ("SQLITE:clients.db", r#""SQLITE" is no database of this build"#),
        ("sqlite:clients.db?mode=write", "the URL of the clients' database is wrong: "),
        ("postgres://user:hunter2@localhost:high/clients", "the URL of the clients' database is wrong: "),
        ("postgres://user:hunter2@localhost/clients?sslmode=hunter2", "unknown value … for `ssl_mode`"),
        ("postgres://localhost/clients?sslmode=a\"hunter2", "the URL of the clients' database is wrong: "),
    ] {
        let error = Database::connect(url).await.unwrap_err();
        assert!(matches!(&error, OpenError::Url(what) if what.contains(said)), "{url}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
        assert_eq!(format!("{error:?}"), error.to_string(), "what `main` shows");
    }
}

pub async fn a_role_without_the_right_to_create_migrates_what_is_there(place: Place) {
    place.clients().await.create(client("web")).await.unwrap();
    let role = place.hands.read("SELECT current_database()::text || '_role'").await;
    let rights = format!(
        "CREATE ROLE {role} LOGIN;
         GRANT USAGE ON SCHEMA guestlist TO {role};
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA guestlist TO {role};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA guestlist TO {role}"
    );
    place.hands.write(&rights).await.unwrap();
    let url = place.url.replace("postgres://postgres@", &format!("postgres://{role}@"));
    let database = Database::connect(&url).await.unwrap();
    database.migrate().await.unwrap();
    let clients = SqlClients::open(database, Server::default()).await.unwrap();
    let created = clients.create(client("app")).await.unwrap();
    let updated = clients.update(client("app"), created.version).await.unwrap();
    clients.delete("app", updated.version).await.unwrap();
    assert!(clients.find("web").await.unwrap().is_some());
}

pub async fn a_schema_from_the_future_is_not_opened(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    let table = migrations(&place);
    place
        .hands
        .write(&format!(
            "INSERT INTO {table} (version, description, success, checksum, execution_time)
             SELECT 99, 'a new setting', success, checksum, 0 FROM {table}"
        ))
        .await
        .unwrap();
    let future = OpenError::New { found: 99, known: 1 };
    assert!(future.to_string().contains("version 99"), "{future}");
    assert_eq!(SqlClients::open(place.database(), Server::default()).await.unwrap_err(), future);
    assert_eq!(place.database().migrate().await.unwrap_err(), future);
    // Who has it open already goes on: a step adds, and takes nothing away.
    assert!(clients.find("web").await.unwrap().is_some());
}

pub async fn migrating_again_changes_nothing(place: Place) {
    let clients = place.clients().await;
    let version = clients.create(client("web")).await.unwrap().version;
    place.database().migrate().await.unwrap();
    assert_eq!(clients.get("web").await.unwrap().unwrap().version, version);
}

pub async fn several_migrate_at_once(place: Place) {
    let servers: Vec<_> = (0..8)
        .map(|_| {
            let database = place.database();
            tokio::spawn(async move { database.migrate().await })
        })
        .collect();
    for server in servers {
        server.await.unwrap().unwrap();
    }
    place.clients().await.create(client("web")).await.unwrap();
}

pub async fn the_migrations_of_an_application_are_left_alone(place: Place) {
    let theirs = "CREATE TABLE _sqlx_migrations (version BIGINT); INSERT INTO _sqlx_migrations VALUES (20240101)";
    place.hands.write(theirs).await.unwrap();
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    assert_eq!(place.hands.read("SELECT string_agg(version::text, ' ') FROM _sqlx_migrations").await, "20240101");
    assert_eq!(place.hands.read("SELECT string_agg(version::text, ' ') FROM guestlist._sqlx_migrations").await, "1");
    assert!(!place.hands.read("SHOW search_path").await.contains("guestlist"));
}

//! Clients that are not compiled in: from a file, and from a database.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use guestlist::rules::Definition;
use guestlist::{Client, GrantType};
use guestlist_sqlx::{Database, SqlClients};
use sqlx::{ConnectOptions, SqliteConnection};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::server::EXECUTABLE;
use crate::support::{Ask, Server};

/// `printf %s 9cd0a6b9b1f24b6c3f9c2a7e81b4d605 | sha256sum`, in base64.
const FILE: &str = r#"
[[clients]]
client_id = "reports"
client_secrets = [{ sha256 = "C4g1BYI4H/jcyz5/iZJK7SwIDNKdC3w3EDHS1cAervA=" }]
allowed_grant_types = ["client_credentials"]
allowed_scopes = ["api1"]
"#;

const SECRET: &str = "9cd0a6b9b1f24b6c3f9c2a7e81b4d605";

fn asks(server: &Server, client_id: &str) -> u16 {
    let pair = format!("{client_id}:{SECRET}");
    server.form("/token", Some(&pair), "grant_type=client_credentials&scope=api1").status()
}

/// Waits for an answer that a change brings about in its own time.
fn until(server: &Server, client_id: &str, status: u16) {
    const MINUTE: usize = 1200;
    let changed = (0..MINUTE).any(|_| {
        sleep(Duration::from_millis(50));
        asks(server, client_id) == status
    });
    assert!(changed, "{client_id} is not answered with {status}");
}

#[test]
fn a_file_brings_clients_and_is_read_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("clients.toml");
    fs::write(&path, FILE).unwrap();
    let (server, printed) = Server::start_to_be_read(&["--clients", path.to_str().unwrap()]);
    assert_eq!(asks(&server, "reports"), 200);
    assert_eq!(server.form("/token", Some("service.client:secret"), "grant_type=client_credentials").status(), 200);

    put(&path, &FILE.replace("client_credentials", "client_credential"));
    let said = printed.up_to("the clients stay as they were");
    assert!(said.contains("did you mean `client_credentials`?"), "{said}");
    assert_eq!(asks(&server, "reports"), 200);

    put(&path, &FILE.replace("reports", "audits"));
    assert_eq!(printed.up_to("identity_server"), "identity_server: the file has changed; clients in it now: 1\n");
    assert_eq!(asks(&server, "audits"), 200);
    assert_eq!(asks(&server, "reports"), 401);

    // What is compiled in goes before it, and the operator hears of that, also now.
    put(&path, &FILE.replace("reports", "service.client"));
    let said = printed.up_to("client_id_duplicate");
    assert!(said.contains("\"service.client\" is in store #1 of the chain and in store #2"), "{said}");
}

/// As editors do it: at no moment the file is a part of itself.
fn put(path: &Path, text: &str) {
    let new = path.with_extension("new");
    fs::write(&new, text).unwrap();
    fs::rename(&new, path).unwrap();
}

#[test]
fn a_file_with_an_error_is_no_start() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("clients.toml");
    fs::write(&path, FILE.replace("client_credentials", "client_credential")).unwrap();
    let output = Command::new(EXECUTABLE).args(["--port", "0", "--clients"]).arg(&path).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("clients.toml:5:24") && said.contains("did you mean `client_credentials`?"), "{said}");
}

#[test]
fn a_compiled_in_client_goes_before_one_of_a_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("clients.toml");
    fs::write(&path, FILE.replace("reports", "service.client")).unwrap();
    let server = Server::start_with(&["--clients", path.to_str().unwrap()]);
    assert_eq!(asks(&server, "service.client"), 401);
    assert_eq!(server.form("/token", Some("service.client:secret"), "grant_type=client_credentials").status(), 200);
}

#[test]
fn a_database_brings_clients_that_come_and_go() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("clients.db").display());
    let runtime = Runtime::new().unwrap();
    let clients = runtime.block_on(async {
        let database = Database::connect(&url).await.unwrap();
        database.migrate().await.unwrap();
        SqlClients::open(database, guestlist::Server::default()).await.unwrap()
    });
    let server = Server::start_with(&["--database", &url]);
    assert_eq!(asks(&server, "reports"), 401);
    let reports = Client {
        client_id: "reports".into(),
        allowed_grant_types: [GrantType::ClientCredentials].into(),
        allowed_scopes: ["api1"].into(),
        ..Client::default()
    };
    let saved = runtime.block_on(clients.create(Definition::from(reports).with_secret(SECRET, None))).unwrap();
    until(&server, "reports", 200);
    runtime.block_on(clients.delete("reports", saved.version)).unwrap();
    until(&server, "reports", 401);
}

/// A connection of somebody else's.
async fn by_hand(url: &str) -> SqliteConnection {
    let options: sqlx::sqlite::SqliteConnectOptions = url.parse().unwrap();
    options.connect().await.unwrap()
}

#[test]
fn a_database_that_goes_away_is_heard_of_and_comes_back() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("clients.db").display());
    let (server, printed) = Server::start_to_be_read(&["--database", &url]);
    let discovery = "/.well-known/openid-configuration";
    assert_eq!(server.get(discovery).status(), 200);
    let runtime = Runtime::new().unwrap();
    let mut connection = runtime.block_on(by_hand(&url));
    let mut run = |sql: &'static str| runtime.block_on(sqlx::query(sql).execute(&mut connection)).unwrap();

    run("ALTER TABLE guestlist_clients RENAME TO elsewhere");
    let authorize = "/authorize?client_id=reports&response_type=code";
    for (path, status) in [(authorize, 503), (discovery, 200)] {
        assert_eq!(server.get(path).status(), status, "{path}");
    }
    assert_eq!(asks(&server, "reports"), 503);
    printed.up_to("no such table: guestlist_clients");
    // Those that are compiled in go on.
    assert_eq!(server.form("/token", Some("service.client:secret"), "grant_type=client_credentials").status(), 200);

    run("ALTER TABLE elsewhere RENAME TO guestlist_clients");
    until(&server, "reports", 401);
}

#[test]
fn a_row_that_breaks_a_rule_is_refused_and_the_operator_hears_why() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("clients.db").display());
    let (server, printed) = Server::start_to_be_read(&["--database", &url]);
    Runtime::new().unwrap().block_on(async {
        let mut connection = by_hand(&url).await;
        let broken = r#"
            INSERT INTO guestlist_clients (client_id, require_client_secret, allowed_grant_types, allowed_scopes)
            VALUES ('broken', 0, '["authorization_code"]', '["api1"]')"#;
        sqlx::query(broken).execute(&mut connection).await.unwrap();
    });
    assert_eq!(server.form("/token", None, "client_id=broken&grant_type=authorization_code&code=x").status(), 500);
    assert_eq!(server.get("/authorize?client_id=broken&response_type=code").status(), 500);
    assert_eq!(server.get("/.well-known/openid-configuration").status(), 200);
    // By each endpoint that was asked for it, and after the change.
    for _ in 0..3 {
        printed.up_to("redirect_uri_missing");
    }
}

#[test]
fn a_database_that_is_not_there_is_no_start() {
    let folder = TempDir::new().unwrap();
    let missing = format!("sqlite:{}", folder.path().join("clients.db").display());
    for (url, message) in [
        ("mysql://localhost/clients", "\"mysql\" is no database of this build: write `sqlite:…` or `postgres://…`"),
        (&missing, "there is no such file: add `?mode=rwc` to the URL to create it"),
    ] {
        let output = Command::new(EXECUTABLE).args(["--port", "0"]).env("GUESTLIST_DATABASE", url).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(message), "{said}");
    }
}

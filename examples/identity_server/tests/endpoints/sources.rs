//! Clients that are not compiled in: from a file, and from a database.

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use guestlist::rules::Definition;
use guestlist::{Client, GrantType};
use guestlist_sqlx::{Database, SqlClients};
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
    let server = Server::start_with(&["--clients", path.to_str().unwrap()]);
    assert_eq!(asks(&server, "reports"), 200);
    assert_eq!(server.form("/token", Some("service.client:secret"), "grant_type=client_credentials").status(), 200);
    // The next edit is bad, and changes nothing; the one behind it is good.
    fs::write(&path, FILE.replace("client_credentials", "client_credential")).unwrap();
    fs::write(&path, FILE.replace("reports", "audits")).unwrap();
    until(&server, "audits", 200);
    assert_eq!(asks(&server, "reports"), 401);
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

#[test]
fn a_database_that_is_not_there_is_no_start() {
    let output = Command::new(EXECUTABLE).args(["--port", "0", "--database", "mysql://localhost/clients"]).output();
    let output = output.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("\"mysql\" is no database of this build: write `sqlite:…` or `postgres://…`"), "{said}");
}

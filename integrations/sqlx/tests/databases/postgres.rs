//! A private PostgreSQL server.

use std::env;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use sqlx::Connection;
use sqlx::postgres::PgConnection;
use tempfile::TempDir;

/// One for all tests that leave it running.
pub type SharedCluster = Arc<OnceLock<Cluster>>;

/// What there is to be done before the tests can run.
pub fn missing() -> Option<&'static str> {
    binaries().is_none().then_some("there is no `initdb`: install Debian's package `postgresql`")
}

/// Where the programs are: in PATH, or where Debian keeps them.
fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut debian: Vec<PathBuf> = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    debian.sort();
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders = env::split_paths(&path).chain(debian.into_iter().rev());
    folders.find(|folder| ["initdb", "pg_ctl"].iter().all(|program| folder.join(program).is_file()))
}

/// A server with its data in a temporary directory, on a socket there. It stops with the value.
pub struct Cluster {
    folder: TempDir,
    runs: bool,
    /// Who runs it: PostgreSQL does not run as root.
    user: Option<(u32, u32)>,
}

impl Cluster {
    pub fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let is_root = fs::metadata(folder.path()).unwrap().uid() == 0;
        let user = is_root.then(nobody);
        if let Some((user, group)) = user {
            chown(folder.path(), Some(user), Some(group)).unwrap();
        }
        let mut cluster = Self { folder, runs: false, user };
        // A collation for people: the clients must not depend on it.
        let arguments = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"];
        let collation = ["--locale-provider=icu", "--icu-locale=en-US"];
        cluster.run(cluster.program("initdb").args(arguments).args(collation).arg("-D").arg(cluster.data()));
        let settings = format!(
            "unix_socket_directories = '{}'\nlisten_addresses = ''\nlog_line_prefix = '%a '\nfsync = off\nmax_connections = 300\n",
            cluster.folder.path().display()
        );
        let mut file = fs::OpenOptions::new().append(true).open(cluster.data().join("postgresql.conf")).unwrap();
        file.write_all(settings.as_bytes()).unwrap();
        cluster.resume();
        cluster
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of PostgreSQL, as the user who runs it.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(binaries().unwrap().join(name));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }

    fn run(&self, command: &mut Command) {
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        assert!(output.status.success(), "{command:?}: {}", said.join("\n"));
    }

    /// Starts the server, and waits until it answers.
    pub fn resume(&mut self) {
        // It outlives `pg_ctl`, and must not keep its output open.
        self.run(
            self.program("pg_ctl")
                .args(["start", "-w", "-l"])
                .arg(self.folder.path().join("log"))
                .args(["-D"])
                .arg(self.data()),
        );
        self.runs = true;
    }

    /// Stops the server: `fast` closes connections and files, `immediate` is a crash.
    pub fn stop(&mut self, mode: &str) {
        if std::mem::take(&mut self.runs) {
            self.run(self.program("pg_ctl").args(["stop", "-w", "-m", mode, "-D"]).arg(self.data()));
        }
    }

    /// The URL of a database.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.path().display())
    }

    /// The socket of the server.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join(".s.PGSQL.5432")
    }

    /// What the server has written, each line behind the name of the application.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// A new database, and its URL.
    pub async fn create(&self, options: &str) -> String {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("clients{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
        sqlx::query(&format!("CREATE DATABASE {name} {options}")).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        self.url(&name)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop("immediate");
    }
}

/// The user and group with no rights.
fn nobody() -> (u32, u32) {
    let users = fs::read_to_string(Path::new("/etc/passwd")).unwrap();
    let fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let mut nobody = fields.filter(|fields| fields.first() == Some(&"nobody"));
    let fields = nobody.next().expect("there is a user `nobody`");
    (fields[2].parse().unwrap(), fields[3].parse().unwrap())
}

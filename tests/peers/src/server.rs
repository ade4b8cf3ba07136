//! The example server, as a process of its own on a free port.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// A running server; it ends with the value.
pub struct Server {
    process: Child,
    pub issuer: String,
}

impl Server {
    pub fn start() -> Self {
        let mut process = Command::new(executable()).args(["--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        // All that it prints, since it ends when nobody listens.
        let mut printed = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let [first, _, _] = [(); 3].map(|()| printed.next().unwrap_or_default());
        let issuer = first.strip_prefix("listening on ").expect(&first).to_owned();
        Self { process, issuer }
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The executable, as `cargo run --example identity_server` would build it now.
fn executable() -> &'static str {
    static EXECUTABLE: OnceLock<String> = OnceLock::new();
    EXECUTABLE.get_or_init(|| {
        let build = Command::new(env!("CARGO"))
            // As the README's test command builds it, so that nothing is built twice.
            .args(["build", "--workspace", "--all-features", "--example", "identity_server"])
            .args(["--quiet", "--message-format", "json"])
            .current_dir(repository())
            // This test's own target directory is another workspace's.
            .env_remove("CARGO_TARGET_DIR")
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(build.status.success(), "the example does not build");
        let messages = String::from_utf8(build.stdout).unwrap();
        let messages = messages.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut executables = messages
            .filter(|message| message["target"]["name"] == "identity_server")
            .filter_map(|message| message["executable"].as_str().map(str::to_owned));
        executables.next().expect("cargo names the executable")
    })
}

//! The example server, as a process of its own on a free port.
#![allow(dead_code, reason = "not each test needs all of it")]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};

/// The program, as cargo has built it for this test.
pub const EXECUTABLE: &str = env!("CARGO_BIN_EXE_identity_server");

/// A running server; it ends with the value.
pub struct Server {
    process: Child,
    pub issuer: String,
    /// The command that it printed.
    pub curl: String,
}

impl Server {
    pub fn start() -> Self {
        Self::run(&[], Stdio::inherit())
    }

    /// One with further arguments.
    pub fn start_with(arguments: &[&str]) -> Self {
        Self::run(arguments, Stdio::inherit())
    }

    /// One whose log can be read.
    pub fn start_to_be_read() -> (Self, Printed) {
        let mut server = Self::run(&[], Stdio::piped());
        let printed = Printed(BufReader::new(server.process.stderr.take().unwrap()));
        (server, printed)
    }

    fn run(arguments: &[&str], log: Stdio) -> Self {
        let mut command = Command::new(EXECUTABLE);
        command.args(["--port", "0"]).args(arguments).stdout(Stdio::piped()).stderr(log);
        let mut process = command.spawn().unwrap();
        // All that it prints, since it ends when nobody listens.
        let mut printed = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let [first, _empty, curl] = [(); 3].map(|()| printed.next().unwrap_or_default());
        let issuer = first.strip_prefix("listening on ").unwrap_or_default().to_owned();
        let server = Self { process, issuer, curl };
        assert!(server.issuer.starts_with("http://127.0.0.1:"), "{first}");
        server
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended by itself, or it ends now.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a server prints for its operator.
pub struct Printed(BufReader<ChildStderr>);

impl Printed {
    /// All of it, when the server has ended.
    pub fn read(mut self) -> String {
        let mut all = String::new();
        self.0.read_to_string(&mut all).unwrap();
        all
    }
}

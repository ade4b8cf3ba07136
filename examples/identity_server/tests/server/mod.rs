//! The example server, as a process of its own on a free port.
#![allow(dead_code, reason = "not each test needs all of it")]

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// The program, as cargo has built it for this test.
pub const EXECUTABLE: &str = env!("CARGO_BIN_EXE_identity_server");

/// A running server; it ends with the value.
pub struct Server {
    process: Child,
    pub issuer: String,
    /// The command that it printed,
    pub curl: String,
    /// and the address of a sign-in.
    pub link: String,
}

impl Server {
    pub fn start() -> Self {
        Self::run(&[], Stdio::inherit())
    }

    /// One with further arguments.
    pub fn start_with(arguments: &[&str]) -> Self {
        Self::run(arguments, Stdio::inherit())
    }

    /// One whose log can be read, with further arguments.
    pub fn start_to_be_read(arguments: &[&str]) -> (Self, Printed) {
        let mut server = Self::run(arguments, Stdio::piped());
        let printed = Printed::of(server.process.stderr.take().unwrap());
        (server, printed)
    }

    fn run(arguments: &[&str], log: Stdio) -> Self {
        let mut command = Command::new(EXECUTABLE);
        command.args(["--port", "0"]).args(arguments).stdout(Stdio::piped()).stderr(log);
        let mut process = command.spawn().unwrap();
        // All that it prints, since it ends when nobody listens.
        let mut printed = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let [first, _, curl, _, link, _] = [(); 6].map(|()| printed.next().unwrap_or_default());
        let issuer = first.strip_prefix("listening on ").unwrap_or_default().to_owned();
        let server = Self { process, issuer, curl, link };
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

/// What a server prints for its operator, line by line.
pub struct Printed(Receiver<String>);

impl Printed {
    /// Reads all of it, also what no test asks for: the server waits for nobody.
    fn of(log: ChildStderr) -> Self {
        let (lines, printed) = channel();
        thread::spawn(move || {
            for line in BufReader::new(log).lines().map_while(Result::ok) {
                let _ = lines.send(line);
            }
        });
        Self(printed)
    }

    /// What comes next, up to and with the line that has this text.
    pub fn up_to(&self, text: &str) -> String {
        let mut printed = String::new();
        while !printed.contains(text) {
            let line = self.0.recv_timeout(Duration::from_secs(60));
            printed += &line.unwrap_or_else(|why| panic!("{text:?} is not printed ({why}): {printed}"));
            printed.push('\n');
        }
        printed
    }

    /// The rest, when the server has ended.
    pub fn read(self) -> String {
        self.0.iter().fold(String::new(), |printed, line| printed + &line + "\n")
    }
}

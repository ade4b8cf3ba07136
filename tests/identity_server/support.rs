//! The example server as a process of its own, and those who send it requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::OnceLock;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, TokenData, Validation};
use serde_json::Value;
use ureq::http::{Request, Response};

pub use crate::wire::*;

/// The executable, as `cargo run --example` would build it now. `cargo test` by itself only builds the example's unit
/// tests, so a file that lies beside this one may be old.
pub fn executable() -> &'static str {
    static EXECUTABLE: OnceLock<String> = OnceLock::new();
    EXECUTABLE.get_or_init(|| {
        let build = Command::new(env!("CARGO"))
            // The features of the README's test command, so that no dependency is built twice.
            .args(["build", "--workspace", "--all-features", "--example", "identity_server"])
            .args(["--quiet", "--message-format", "json"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(build.status.success(), "the example does not build");
        String::from_utf8(build.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .find(|message| message["target"]["name"] == "identity_server" && message["executable"].is_string())
            .and_then(|message| message["executable"].as_str().map(str::to_owned))
            .expect("cargo names the executable")
    })
}

/// A running server on a free port; it ends with the value.
pub struct Server {
    process: Child,
    pub issuer: String,
    /// The command that it printed.
    pub curl: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended by itself, or it ends now.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    pub fn start() -> Self {
        Self::start_with(Stdio::inherit())
    }

    /// One whose log can be read.
    pub fn start_to_be_read() -> (Self, Printed) {
        let mut server = Self::start_with(Stdio::piped());
        let printed = Printed(BufReader::new(server.process.stderr.take().unwrap()));
        (server, printed)
    }

    fn start_with(log: Stdio) -> Self {
        let mut command = Command::new(executable());
        let mut process = command.args(["--port", "0"]).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut printed = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut line = || printed.next().unwrap_or_default();
        let (first, _empty, curl) = (line(), line(), line());
        let issuer = first.strip_prefix("listening on ").unwrap_or_default().to_owned();
        let server = Self { process, issuer, curl };
        assert!(server.issuer.starts_with("http://127.0.0.1:"), "{first}");
        server
    }

    /// Sends bytes as they are, and gives the status; 0, if there is no answer.
    pub fn raw(&self, request: &[u8]) -> u16 {
        let mut stream = TcpStream::connect(self.issuer.strip_prefix("http://").unwrap()).unwrap();
        stream.write_all(request).unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap_or_default();
        line.split(' ').nth(1).map_or(0, |status| status.parse().unwrap())
    }

    /// What an API does with a token: finds the key that it names, and checks signature, issuer, audience and time.
    pub fn verify(&self, token: &str) -> jsonwebtoken::errors::Result<TokenData<Value>> {
        let keys: JwkSet = serde_json::from_value(self.get("/jwks").json()).unwrap();
        let key_id = jsonwebtoken::decode_header(token)?.kid.unwrap();
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[format!("{}/resources", self.issuer)]);
        validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
        jsonwebtoken::decode(token, &DecodingKey::from_jwk(keys.find(&key_id).unwrap())?, &validation)
    }
}

impl Ask for Server {
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.issuer));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = match body {
            Some(body) => agent().run(request.body(body.to_owned()).unwrap()),
            None => agent().run(request.body(()).unwrap()),
        };
        let (parts, mut body) = answer.unwrap().into_parts();
        Answer(Response::from_parts(parts, body.read_to_string().unwrap()))
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

/// Errors and redirects are answers, and a proxy of the machine is none of ours.
fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
    config.max_redirects(0).max_redirects_will_error(false).build().into()
}

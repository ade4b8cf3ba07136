//! The example server as a process of its own, and those who send it requests.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, TokenData, Validation};
use serde_json::{Value, json};
use ureq::http::Response;

/// The media type of every form.
pub const FORM: &str = "application/x-www-form-urlencoded";

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
        let mut process = Command::new(executable()).args(["--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut printed = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut line = || printed.next().unwrap_or_default();
        let (first, _empty, curl) = (line(), line(), line());
        let issuer = first.strip_prefix("listening on ").unwrap_or_default().to_owned();
        let server = Self { process, issuer, curl };
        assert!(server.issuer.starts_with("http://127.0.0.1:"), "{first}");
        server
    }

    pub fn get(&self, path: &str) -> Answer {
        Answer::read(agent().get(format!("{}{path}", self.issuer)).call())
    }

    /// Sends a form to the token endpoint.
    pub fn token(&self, headers: &[(&str, &str)], body: &str) -> Answer {
        self.post("/token", FORM, headers, body)
    }

    pub fn post(&self, path: &str, content_type: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let request = agent().post(format!("{}{path}", self.issuer)).content_type(content_type);
        Answer::read(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send(body))
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

/// Errors are answers, and a proxy of the machine is none of ours.
fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into()
}

/// An answer of the server, read to its end.
pub struct Answer(Response<String>);

impl Answer {
    fn read(result: Result<Response<ureq::Body>, ureq::Error>) -> Self {
        let (parts, mut body) = result.unwrap().into_parts();
        Self(Response::from_parts(parts, body.read_to_string().unwrap()))
    }

    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub fn header(&self, name: &str) -> &str {
        self.0.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_str(self.0.body()).unwrap()
    }

    /// The access token, after a look at what must stand around it (RFC 6749 §5.1).
    #[track_caller]
    pub fn access_token(&self, scope: &str) -> String {
        let mut body = self.json();
        assert_eq!(self.status(), 200, "{body}");
        self.assert_not_stored();
        let token = body["access_token"].take();
        assert_eq!(body, json!({ "access_token": null, "token_type": "Bearer", "expires_in": 3600, "scope": scope }));
        token.as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub fn assert_not_stored(&self) {
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("pragma"), "no-cache");
    }

    /// That a client is refused by the book (RFC 6749 §5.2).
    #[track_caller]
    pub fn assert_refused(&self, what: &str, error: &str) {
        let body = self.json();
        assert_eq!(body["error"], error, "{what}: {body}");
        let description = body["error_description"].as_str().unwrap();
        let allowed = |byte| matches!(byte, b' '..=b'~') && !b"\"\\".contains(&byte);
        assert!(description.bytes().all(allowed), "{what}: {body}");
        self.assert_not_stored();
        let (status, challenge) = match error {
            "invalid_client" => (401, "Basic realm=\"clients\", charset=\"UTF-8\""),
            _ => (400, ""),
        };
        assert_eq!((self.status(), self.header("www-authenticate")), (status, challenge), "{what}");
    }
}

pub fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

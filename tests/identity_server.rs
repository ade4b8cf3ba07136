//! The example server from outside: a client gets its token, an API checks it, and everything else is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so when it cannot go on")]

use std::io::{BufRead, BufReader, ErrorKind};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, TokenData, Validation};
use serde_json::{Value, json};
use ureq::http::Response;

/// The executable, as `cargo run --example` would build it now. `cargo test` by itself only builds the example's unit
/// tests, so a file that lies beside this one may be old.
fn executable() -> &'static str {
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
struct Server {
    process: Child,
    issuer: String,
    /// The command that it printed.
    curl: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended by itself, or it ends now.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(executable()).args(["--port", "0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut printed = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut line = || printed.next().unwrap_or_default();
        let (first, _empty, curl) = (line(), line(), line());
        let issuer = first.strip_prefix("listening on ").unwrap_or_default().to_owned();
        let server = Self { process, issuer, curl };
        assert!(server.issuer.starts_with("http://127.0.0.1:"), "{first}");
        server
    }

    fn get(&self, path: &str) -> Answer {
        Answer::read(agent().get(format!("{}{path}", self.issuer)).call())
    }

    /// Sends a form to the token endpoint.
    fn token(&self, headers: &[(&str, &str)], body: &str) -> Answer {
        self.post("/token", "application/x-www-form-urlencoded", headers, body)
    }

    fn post(&self, path: &str, content_type: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let request = agent().post(format!("{}{path}", self.issuer)).content_type(content_type);
        Answer::read(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send(body))
    }

    /// What an API does with a token: finds the key that it names, and checks signature, issuer, audience and time.
    fn verify(&self, token: &str) -> jsonwebtoken::errors::Result<TokenData<Value>> {
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
struct Answer(Response<String>);

impl Answer {
    fn read(result: Result<Response<ureq::Body>, ureq::Error>) -> Self {
        let (parts, mut body) = result.unwrap().into_parts();
        Self(Response::from_parts(parts, body.read_to_string().unwrap()))
    }

    fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    fn header(&self, name: &str) -> &str {
        self.0.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_str(self.0.body()).unwrap()
    }

    /// The access token, after a look at what must stand around it (RFC 6749 §5.1).
    #[track_caller]
    fn access_token(&self, scope: &str) -> String {
        let mut body = self.json();
        assert_eq!(self.status(), 200, "{body}");
        self.assert_not_stored();
        let token = body["access_token"].take();
        assert_eq!(body, json!({ "access_token": null, "token_type": "Bearer", "expires_in": 3600, "scope": scope }));
        token.as_str().unwrap().to_owned()
    }

    #[track_caller]
    fn assert_not_stored(&self) {
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("pragma"), "no-cache");
    }
}

fn basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

#[test]
fn a_client_gets_a_token_that_an_api_can_check() {
    let server = Server::start();
    let headers = [("authorization", &*basic("service.client:secret"))];
    let token = server.token(&headers, "grant_type=client_credentials&scope=api1").access_token("api1");

    // RFC 9068 §2: explicitly typed, and for this server's APIs only.
    let TokenData { header, mut claims } = server.verify(&token).unwrap();
    assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    assert_eq!(header.alg, Algorithm::RS256);
    let issued = claims["iat"].as_u64().unwrap();
    assert_eq!(claims["exp"], issued + 3600);
    // 256 random bits.
    assert_eq!(claims["jti"].as_str().unwrap().len(), 43);
    for changing in ["iat", "exp", "jti"] {
        claims[changing].take();
    }
    assert_eq!(
        claims,
        json!({
            "iss": server.issuer,
            "sub": "service.client",
            "client_id": "service.client",
            "aud": format!("{}/resources", server.issuer),
            "scope": "api1",
            "iat": null, "exp": null, "jti": null,
        })
    );

    // One changed character in the middle of the signature.
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let middle = signature.len() / 2;
    let other = if signature.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let forged = format!("{signed}.{}{other}{}", &signature[..middle], &signature[middle + 1..]);
    assert!(server.verify(&forged).is_err());
    // Each start makes a new key.
    let restarted = Server::start();
    assert_ne!(server.get("/jwks").json(), restarted.get("/jwks").json());
}

#[test]
fn there_are_several_ways_to_ask() {
    let server = Server::start();
    let basic = |pair| vec![("authorization", basic(pair))];
    for (headers, body, scope) in [
        (basic("service.client:secret"), "grant_type=client_credentials", "api1 api2.read_only"),
        (basic("service.client:secret"), "grant_type=client_credentials&scope=", "api1 api2.read_only"),
        (basic("service%2Eclient:%73ecre%74"), "grant_type=client_credentials&scope=api1", "api1"),
        (basic("service.client:secret"), "grant_type=client_credentials&client_id=service.client&scope=api1", "api1"),
        (
            vec![],
            "grant_type=client_credentials&client_id=service.client&client_secret=secret&scope=api2.read_only+api1",
            "api2.read_only api1",
        ),
    ] {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let token = server.token(&headers, body).access_token(scope);
        assert_eq!(server.verify(&token).unwrap().claims["scope"], scope, "{body}");
    }
    let parameterized = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    let body = "grant_type=client_credentials&client_id=service.client&client_secret=secret&scope=api1";
    server.post("/token", parameterized, &[], body).access_token("api1");
}

#[test]
fn everything_else_is_refused_by_the_book() {
    const OK: Option<&str> = Some("service.client:secret");
    // What is wrong, the pair for Basic, the body, the error.
    let cases = [
        // Who asks.
        ("wrong secret", Some("service.client:Secret"), "grant_type=client_credentials", "invalid_client"),
        ("empty secret", Some("service.client:"), "grant_type=client_credentials", "invalid_client"),
        ("unknown client", Some("nobody:secret"), "grant_type=client_credentials", "invalid_client"),
        ("client id in another case", Some("Service.Client:secret"), "grant_type=client_credentials", "invalid_client"),
        ("nobody asks", None, "grant_type=client_credentials", "invalid_client"),
        (
            "wrong secret in the body",
            None,
            "grant_type=client_credentials&client_id=service.client&client_secret=wrong",
            "invalid_client",
        ),
        ("no secret", None, "grant_type=client_credentials&client_id=service.client", "invalid_client"),
        (
            "unknown client in the body",
            None,
            "grant_type=client_credentials&client_id=nobody&client_secret=secret",
            "invalid_client",
        ),
        ("Basic without a colon", Some("service.client"), "grant_type=client_credentials", "invalid_client"),
        (
            "Basic with a broken escape",
            Some("service.client:secret%"),
            "grant_type=client_credentials",
            "invalid_client",
        ),
        ("a plus is a space", Some("service.client:sec+ret"), "grant_type=client_credentials", "invalid_client"),
        // How it proves that.
        ("two methods", OK, "grant_type=client_credentials&client_secret=secret", "invalid_request"),
        (
            "two methods, both complete",
            OK,
            "grant_type=client_credentials&client_id=service.client&client_secret=secret",
            "invalid_request",
        ),
        ("a secret and an assertion", OK, "grant_type=client_credentials&client_assertion=x", "invalid_request"),
        ("two clients", OK, "grant_type=client_credentials&client_id=mvc", "invalid_request"),
        // The grant.
        ("no grant type", OK, "scope=api1", "invalid_request"),
        ("empty grant type", OK, "grant_type=&scope=api1", "invalid_request"),
        ("empty body", OK, "", "invalid_request"),
        ("unknown grant type", OK, "grant_type=magic", "unsupported_grant_type"),
        ("unknown extension grant", OK, "grant_type=urn:example:magic", "unsupported_grant_type"),
        ("implicit never comes here", OK, "grant_type=implicit", "unsupported_grant_type"),
        ("grant of others", OK, "grant_type=authorization_code&code=x", "unauthorized_client"),
        ("a grant that is not served", OK, "grant_type=password&username=a&password=b", "unsupported_grant_type"),
        (
            "the client's own grants do not have it",
            Some("mvc:secret"),
            "grant_type=client_credentials",
            "unauthorized_client",
        ),
        ("a code that was never issued", Some("mvc:secret"), "grant_type=authorization_code&code=x", "invalid_grant"),
        ("public client", None, "grant_type=client_credentials&client_id=js", "unauthorized_client"),
        (
            "public client with a secret",
            None,
            "grant_type=client_credentials&client_id=js&client_secret=secret",
            "unauthorized_client",
        ),
        // The scope.
        ("scope of nobody", OK, "grant_type=client_credentials&scope=api3", "invalid_scope"),
        ("one scope too many", OK, "grant_type=client_credentials&scope=api1+api3", "invalid_scope"),
        ("scope in another case", OK, "grant_type=client_credentials&scope=API1", "invalid_scope"),
        ("malformed scope", OK, "grant_type=client_credentials&scope=api1++api2.read_only", "invalid_scope"),
        ("identity scope", OK, "grant_type=client_credentials&scope=openid", "invalid_scope"),
        ("offline access", OK, "grant_type=client_credentials&scope=api1+offline_access", "invalid_scope"),
        ("unknown resource", OK, "grant_type=client_credentials&resource=https://other.example.com", "invalid_target"),
        // The form.
        ("repeated scope", OK, "grant_type=client_credentials&scope=api1&scope=api1", "invalid_request"),
        ("repeated grant type", OK, "grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
        ("repeated unknown parameter", OK, "grant_type=client_credentials&x=1&x=2", "invalid_request"),
        ("broken escape", OK, "grant_type=client_credentials&scope=%2", "invalid_request"),
        ("not UTF-8", OK, "grant_type=client_credentials&scope=%FF", "invalid_request"),
    ];

    let server = Server::start();
    for (what, pair, body, error) in cases {
        let header = pair.map(basic);
        let headers: Vec<_> = header.iter().map(|value| ("authorization", value.as_str())).collect();
        assert_refused(what, &server.token(&headers, body), error);
    }

    // What needs more than a pair and a body.
    let good = ("authorization", &*basic("service.client:secret"));
    let body = "grant_type=client_credentials";
    for value in ["Basic", "Basic !", "Basic c2VydmljZS5jbGllbnQ6c2VjcmV0=", "Bearer c2VydmljZS5jbGllbnQ6c2VjcmV0"] {
        assert_refused(value, &server.token(&[("authorization", value)], body), "invalid_client");
    }
    assert_refused("two headers", &server.token(&[good, good], body), "invalid_request");
    let form = "application/x-www-form-urlencoded";
    for query in ["client_id=service.client&client_secret=secret", "client_id=service.client", "%63lient_assertion=x"] {
        assert_refused(query, &server.post(&format!("/token?{query}"), form, &[good], body), "invalid_request");
    }
    let json = r#"{"grant_type":"client_credentials"}"#;
    assert_refused("JSON", &server.post("/token", "application/json", &[good], json), "invalid_request");
    // The limit, and one byte more: a server that stops reading any earlier may close the connection while we still send.
    let padded = |length| format!("{body}&x={:x>1$}", "", length - body.len() - 3);
    server.token(&[good], &padded(4 * guestlist::MAX_SECRET_LENGTH)).access_token("api1 api2.read_only");
    let long = padded(4 * guestlist::MAX_SECRET_LENGTH + 1);
    assert_refused("a long body", &server.token(&[good], &long), "invalid_request");
    let long = basic(&format!("service.client:{}", "x".repeat(5_000)));
    assert_refused("a long secret", &server.token(&[("authorization", &long)], body), "invalid_client");

    let get = server.get("/token");
    assert_eq!((get.status(), get.header("allow")), (405, "POST"));
    assert_eq!(server.get("/tokens").status(), 404);
}

/// RFC 6749 §5.2.
#[track_caller]
fn assert_refused(what: &str, answer: &Answer, error: &str) {
    let body = answer.json();
    assert_eq!(body["error"], error, "{what}: {body}");
    let description = body["error_description"].as_str().unwrap();
    assert!(description.bytes().all(|byte| matches!(byte, b' '..=b'~') && !b"\"\\".contains(&byte)), "{what}: {body}");
    answer.assert_not_stored();
    let (status, challenge) = match error {
        "invalid_client" => (401, "Basic realm=\"clients\", charset=\"UTF-8\""),
        _ => (400, ""),
    };
    assert_eq!((answer.status(), answer.header("www-authenticate")), (status, challenge), "{what}");
}

#[test]
fn the_server_says_of_itself_what_it_does() {
    let server = Server::start();
    let document = server.get("/.well-known/openid-configuration").json();
    assert_eq!(
        document,
        json!({
            "issuer": server.issuer,
            "authorization_endpoint": format!("{}/authorize", server.issuer),
            "token_endpoint": format!("{}/token", server.issuer),
            "userinfo_endpoint": format!("{}/userinfo", server.issuer),
            "jwks_uri": format!("{}/jwks", server.issuer),
            "revocation_endpoint": format!("{}/revoke", server.issuer),
            "introspection_endpoint": format!("{}/introspect", server.issuer),
            "device_authorization_endpoint": format!("{}/device_authorization", server.issuer),
            "pushed_authorization_request_endpoint": format!("{}/par", server.issuer),
            "end_session_endpoint": format!("{}/signout", server.issuer),
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "grant_types_supported": [
                "client_credentials", "implicit", "authorization_code", "refresh_token",
                "urn:ietf:params:oauth:grant-type:device_code",
            ],
            "response_types_supported": ["code", "id_token", "token", "id_token token", "code id_token"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "scopes_supported": ["openid", "api1", "api2.read_only", "email", "offline_access", "profile"],
            "claims_supported": [
                "sub", "name", "given_name", "family_name", "preferred_username", "email", "email_verified",
            ],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent", "select_account"],
            "authorization_response_iss_parameter_supported": true,
            "require_pushed_authorization_requests": false,
            "request_parameter_supported": false,
            "request_uri_parameter_supported": false,
            "frontchannel_logout_supported": true,
            "frontchannel_logout_session_supported": true,
            "backchannel_logout_supported": true,
            "backchannel_logout_session_supported": true,
        })
    );
    assert_eq!(document, server.get("/.well-known/oauth-authorization-server").json());

    // Only the public half of the key.
    let keys = server.get("/jwks").json();
    let mut names: Vec<_> = keys["keys"][0].as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["alg", "e", "kid", "kty", "n", "use"]);
}

#[test]
fn the_printed_command_gets_a_token() {
    let server = Server::start();
    let mut words = server.curl.split(' ');
    assert_eq!(words.next(), Some("curl"));
    let arguments: Vec<_> = words.collect();
    // A shell would change none of it.
    assert!(!server.curl.contains(['"', '\'', '\\', '$', '&', ';', '*', '?', '#']), "{}", server.curl);
    let token = match Command::new("curl").args(&arguments).env("NO_PROXY", "*").output() {
        Ok(output) => {
            assert!(output.status.success(), "{} failed: {output:?}", server.curl);
            let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
            answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
        }
        // Without curl, the words are read as curl would.
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let after = |flag| arguments.windows(2).filter(move |pair| pair[0] == flag).map(|pair| pair[1]);
            let headers = after("-u").map(basic).next().unwrap();
            let body = after("-d").collect::<Vec<_>>().join("&");
            assert_eq!(arguments.last(), Some(&&*format!("{}/token", server.issuer)));
            server.token(&[("authorization", &headers)], &body).access_token("api1")
        }
        Err(error) => panic!("{error}"),
    };
    assert_eq!(server.verify(&token).unwrap().claims["client_id"], "service.client");
}

#[test]
fn a_bad_argument_or_a_taken_port_ends_with_a_message() {
    let server = Server::start();
    let taken = server.issuer.rsplit(':').next().unwrap();
    for (arguments, code, message) in [
        (&["--port", "many"][..], 2, "`many`, given as --port"),
        (&["5001"], 2, "unknown argument `5001`"),
        (&["--port", taken], 1, "choose another with --port"),
    ] {
        let output = Command::new(executable()).args(arguments).output().unwrap();
        let printed = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{printed}");
        assert!(printed.contains(message), "{printed}");
    }
}

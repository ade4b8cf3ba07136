//! What is asked of a server that runs, byte for byte or by HTTP.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, TokenData, Validation};
use serde_json::Value;
use ureq::http::{Request, Response};

pub use crate::server::Server;
pub use crate::wire::*;

impl Server {
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

/// Errors and redirects are answers, and a proxy of the machine is none of ours.
fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
    config.max_redirects(0).max_redirects_will_error(false).build().into()
}

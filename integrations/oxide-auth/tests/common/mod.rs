//! The clients that the tests are about, and what their requests look like.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "shared by tests")]

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use guestlist::{Clients, clients};
use oxide_auth::frontends::simple::request::{Request, Response, Status};
use serde_json::Value;

/// The secret of every client that has one, as its SHA-256.
pub const SECRET: &str = "7c1e0a94d35f682b9e47d018c6a3f52b8d90e6417af3c25b";

#[expect(deprecated, reason = "one secret for all, and clients that are meant to be refused")]
pub static CLIENTS: Clients = clients![
    Server {
        issuer: "https://id.example.com",
        identity_scopes: ["openid", "profile"],
        api_scopes: ["api1", "api2"],
        defaults: Client { allowed_scopes: ["api1", "api2"] },
    },
    Client {
        client_id: "machine",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        allowed_grant_types: [ClientCredentials],
    },
    Client {
        client_id: "web",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://web.example.com/callback?tenant=7"],
        allow_offline_access: true,
        allowed_scopes: ["openid", "api1"],
    },
    // Both, and more than one redirect URI.
    Client {
        client_id: "both",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        allowed_grant_types: [AuthorizationCode, ClientCredentials],
        redirect_uris: ["https://both.example.com/a", "https://both.example.com/b"],
        allow_offline_access: true,
        allowed_scopes: ["openid", "profile", "api1", "api2"],
    },
    Client {
        client_id: "native",
        application_type: Native,
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["http://127.0.0.1/callback", "com.example.app:/callback"],
        allow_offline_access: true,
    },
    Client {
        client_id: "legacy",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        require_pkce: false,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://legacy.example.com/callback"],
    },
    Client {
        client_id: "plain",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        allow_plain_text_pkce: true,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://plain.example.com/callback"],
    },
    Client {
        client_id: "off",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        enabled: false,
        allowed_grant_types: [AuthorizationCode, ClientCredentials],
        redirect_uris: ["https://off.example.com/callback"],
        allow_offline_access: true,
    },
    Client {
        client_id: "bound",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        require_dpop: true,
        allowed_grant_types: [AuthorizationCode],
        redirect_uris: ["https://bound.example.com/callback"],
    },
    Client {
        client_id: "pushed",
        client_secrets: [sha256("eed760d8c0a551d9991a5d604b756b96dec20b6e52b4cd754a92fa5514ce8674")],
        require_pushed_authorization: true,
        require_dpop: true,
        allowed_grant_types: [AuthorizationCode, ClientCredentials],
        redirect_uris: ["https://pushed.example.com/callback"],
        allow_offline_access: true,
    },
];

/// RFC 7636 App. B
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub type Parameters<'a> = Vec<(&'a str, &'a str)>;

fn map(parameters: &[(&str, &str)]) -> HashMap<String, String> {
    parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A request at the authorization endpoint.
pub fn query(parameters: &[(&str, &str)]) -> Request {
    Request { query: map(parameters), ..Request::default() }
}

/// A request at the token endpoint, with `client:secret` or without.
pub fn form(pair: Option<&str>, parameters: &[(&str, &str)]) -> Request {
    let auth = pair.map(|pair| format!("Basic {}", STANDARD.encode(pair)));
    Request { urlbody: map(parameters), auth, ..Request::default() }
}

/// With its secret.
pub fn pair(client_id: &str) -> String {
    format!("{client_id}:{SECRET}")
}

/// Parameters with some changed, or added; an empty value removes one.
pub fn with<'a>(mut parameters: Parameters<'a>, changes: &[(&'a str, &'a str)]) -> Parameters<'a> {
    for (name, value) in changes {
        parameters.retain(|(known, _)| known != name);
        parameters.push((name, value));
    }
    parameters.retain(|(_, value)| !value.is_empty());
    parameters
}

/// A request for a code, as it should be.
pub fn code_request<'a>(client_id: &'a str, redirect_uri: &'a str) -> Parameters<'a> {
    vec![
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", redirect_uri),
        ("scope", "api1"),
        ("state", "xyz"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]
}

/// What an answer is.
#[derive(Debug)]
pub struct Answer {
    pub status: Status,
    pub location: String,
    pub body: Value,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        let body = response.body.map_or(Value::Null, |body| serde_json::from_str(body.as_str()).unwrap());
        Self { status: response.status, location: response.location.map(String::from).unwrap_or_default(), body }
    }
}

impl Answer {
    /// A member of the body.
    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_else(|| panic!("{name} is missing: {self:?}"))
    }

    /// The code in the redirect.
    #[track_caller]
    pub fn code(&self) -> String {
        let (_, code) = self.location.split_once("code=").unwrap_or_else(|| panic!("there is no code: {self:?}"));
        let code = code.split('&').next().unwrap();
        // As the query has base64's characters.
        code.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")
    }

    /// The scopes, in order.
    pub fn scopes(&self) -> Vec<&str> {
        let mut scopes: Vec<_> = self.text("scope").split(' ').collect();
        scopes.sort_unstable();
        scopes
    }
}

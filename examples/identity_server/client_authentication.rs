//! Which client asks, and has it proven that (RFC 6749 §2.3)?

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use guestlist::{Client, Clients, verify_secret};

use crate::error::Error;
use crate::form::{self, Form};

/// Who asks. A type and not a flag, so that no grant can forget to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Anybody may use the client's name, as there is no secret to prove it with.
    Public(&'static Client),
    /// The client has proven itself.
    Confidential(&'static Client),
}

impl Caller {
    pub const fn client(self) -> &'static Client {
        match self {
            Self::Public(client) | Self::Confidential(client) => client,
        }
    }
}

/// Finds the client of a request and checks its secret at the Unix time `now`.
pub fn authenticate(clients: &Clients, headers: &HeaderMap, form: &Form, now: u64) -> Result<Caller, Error> {
    let Credentials { client_id, secret } = credentials(headers, form)?;
    // One that is switched off is answered as one that does not exist, and so is one that speaks something else.
    let client = clients.get(&client_id).filter(|client| client.enabled && client.protocol_type == "oidc");
    // Always the same work, so that the time of the answer does not tell which clients exist.
    let proven = verify_secret(client, secret.as_deref().unwrap_or_default(), now);
    match client {
        // A client without any secret, such as one with the implicit grant alone, cannot prove itself either.
        // What a public client sends as its secret proves nothing and is ignored.
        Some(client) if client.is_public() || client.client_secrets.is_empty() => Ok(Caller::Public(client)),
        Some(client) if proven && secret.is_some() => Ok(Caller::Confidential(client)),
        _ => Err(Error::InvalidClient("client authentication failed")),
    }
}

/// What a client presents. An empty secret is none. Without `Debug`, so that none ends up in a log.
struct Credentials {
    client_id: String,
    secret: Option<String>,
}

/// The credentials in the `Authorization` header or in the body, never in both: "the client MUST NOT use more than
/// one authentication method in each request" (RFC 6749 §2.3).
fn credentials(headers: &HeaderMap, form: &Form) -> Result<Credentials, Error> {
    let mut authorization = headers.get_all(AUTHORIZATION).iter();
    let header = authorization.next();
    // RFC 7521 §4.2. The server does not take assertions yet, but one counts as a method.
    let assertion = form.has("client_assertion") || form.has("client_assertion_type");
    let methods = [header.is_some(), authorization.next().is_some(), form.has("client_secret"), assertion];
    if methods.into_iter().filter(|used| *used).count() > 1 {
        return Err(Error::InvalidRequest("more than one client authentication method is used"));
    }
    if assertion {
        return Err(Error::InvalidClient("client assertions are not supported"));
    }
    let Some(header) = header else {
        let client_id = form.get("client_id").ok_or(Error::InvalidClient("no client authentication is included"))?;
        return Ok(Credentials {
            client_id: client_id.to_owned(),
            secret: form.get("client_secret").map(str::to_owned),
        });
    };
    let credentials = basic(header).ok_or(Error::InvalidClient("the Authorization header is not well-formed Basic"))?;
    // The id may stand in the body as well, if it is the same.
    if form.get("client_id").is_some_and(|client_id| client_id != credentials.client_id) {
        return Err(Error::InvalidRequest("the Authorization header and the body name different clients"));
    }
    Ok(credentials)
}

/// HTTP Basic (RFC 7617 §2) as OAuth uses it: id and secret are form-encoded first (RFC 6749 §2.3.1), which lets an
/// id have a colon.
fn basic(header: &HeaderValue) -> Option<Credentials> {
    let (scheme, encoded) = header.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(encoded.trim_start_matches(' ')).ok()?).ok()?;
    let (client_id, secret) = pair.split_once(':')?;
    let (client_id, secret) = (form::decode(client_id)?, form::decode(secret)?);
    (!client_id.is_empty()).then(|| Credentials { client_id, secret: Some(secret).filter(|secret| !secret.is_empty()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use guestlist::clients;

    #[expect(deprecated, reason = "short secrets, and http on localhost")]
    static CLIENTS: Clients = clients![
        Client {
            client_id: "a:b",
            client_secrets: [Secret { value: "old", expiration: "2020-01-01T00:00:00Z" }, "100% p+q:r"],
            allowed_grant_types: [ClientCredentials],
            allowed_scopes: ["api1"],
        },
        Client {
            client_id: "off",
            enabled: false,
            client_secrets: ["100% p+q:r"],
            allowed_grant_types: [ClientCredentials],
            allowed_scopes: ["api1"],
        },
        Client {
            client_id: "native",
            require_client_secret: false,
            allowed_grant_types: [AuthorizationCode],
            redirect_uris: ["http://127.0.0.1/"],
            allowed_scopes: ["api1"],
        },
        Client {
            client_id: "browser",
            allowed_grant_types: [Implicit],
            allow_access_tokens_via_browser: true,
            redirect_uris: ["https://browser.example.com/"],
            allowed_scopes: ["api1"],
        },
    ];

    const NOW: u64 = 1_800_000_000;

    fn ask(authorization: &[&str], body: &str) -> Result<Caller, Error> {
        let mut headers = HeaderMap::new();
        for value in authorization {
            headers.append(AUTHORIZATION, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        authenticate(&CLIENTS, &headers, &Form::parse(body).unwrap(), NOW)
    }

    fn header(pair: &str) -> String {
        format!("Basic {}", STANDARD.encode(pair))
    }

    #[track_caller]
    fn assert_refused(result: Result<Caller, Error>, code: fn(&'static str) -> Error) {
        let error = result.unwrap_err();
        assert_eq!(std::mem::discriminant(&error), std::mem::discriminant(&code("")), "{error:?}");
    }

    #[test]
    fn basic_is_form_decoded() {
        let confidential = Ok(Caller::Confidential(CLIENTS.require("a:b")));
        assert_eq!(ask(&[&header("a%3Ab:100%25+p%2Bq%3Ar")], ""), confidential);
        assert_eq!(
            ask(&[&header("a%3ab:100%25%20p%2bq:r")], ""),
            confidential,
            "a colon after the first one is itself"
        );
        assert_eq!(ask(&[&header("a%3Ab:100%25+p%2Bq%3Ar").replace("Basic", "bASIC ")], ""), confidential);
        assert_eq!(ask(&[], "client_id=a%3Ab&client_secret=100%25+p%2Bq%3Ar"), confidential);
        assert_refused(ask(&[&header("a%3Ab:100%25+p+q%3Ar")], ""), Error::InvalidClient);
        assert_refused(ask(&[&header("a:b:100%25+p%2Bq%3Ar")], ""), Error::InvalidClient);
    }

    #[test]
    fn malformed_basic_is_a_failed_authentication() {
        for value in [
            "",
            "Basic",
            "Basic ",
            "Basic !",
            "Basic YTpi YTpi",
            "Basicly YTpi",
            "Bearer YTpi",
            "Basic YQ",
            "Basic Ye==",
            &header("no colon"),
            &header(":secret"),
            &header("a%3Ab:100% p+q:r"),
            &header("a%3Ab:%F"),
            &header("a%3Ab:%FF"),
            "Basic /zr/",
            "Basic \u{e9}",
        ] {
            assert_refused(ask(&[value], ""), Error::InvalidClient);
        }
    }

    #[test]
    fn one_method_a_request() {
        let basic = header("a%3Ab:100%25+p%2Bq%3Ar");
        assert!(ask(&[&basic], "client_id=a%3Ab&client_secret=").is_ok(), "an equal id and an empty parameter");
        assert_refused(ask(&[&basic], "client_id=off"), Error::InvalidRequest);
        assert_refused(ask(&[&basic], "client_secret=100%25+p%2Bq%3Ar"), Error::InvalidRequest);
        assert_refused(ask(&[&basic], "client_assertion=x"), Error::InvalidRequest);
        assert_refused(ask(&["Bearer x"], "client_id=a%3Ab&client_secret=x"), Error::InvalidRequest);
        assert_refused(ask(&[], "client_id=a%3Ab&client_secret=x&client_assertion_type=x"), Error::InvalidRequest);
        assert_refused(ask(&[&basic, &basic], ""), Error::InvalidRequest);
        assert_refused(ask(&[], "client_id=a%3Ab&client_assertion=x"), Error::InvalidClient);
    }

    #[test]
    fn what_does_not_prove_a_client_is_refused_alike() {
        let failed = Err(Error::InvalidClient("client authentication failed"));
        for (client_id, secret) in [
            ("a%3Ab", "wrong"),
            ("a%3Ab", ""),
            ("a%3Ab", "old"),
            ("A%3Ab", "100%25+p%2Bq%3Ar"),
            ("off", "100%25+p%2Bq%3Ar"),
            ("unknown", ""),
        ] {
            assert_eq!(ask(&[], &format!("client_id={client_id}&client_secret={secret}")), failed);
            assert_eq!(ask(&[&header(&format!("{client_id}:{secret}"))], ""), failed);
        }
        assert_refused(ask(&[], ""), Error::InvalidClient);
        assert_refused(ask(&[], "client_secret=100%25+p%2Bq%3Ar"), Error::InvalidClient);
    }

    #[test]
    fn a_client_without_a_secret_is_public_whatever_it_sends() {
        for client_id in ["native", "browser"] {
            let public = Ok(Caller::Public(CLIENTS.require(client_id)));
            assert_eq!(ask(&[], &format!("client_id={client_id}")), public);
            assert_eq!(ask(&[], &format!("client_id={client_id}&client_secret=any")), public);
            assert_eq!(ask(&[&header(&format!("{client_id}:"))], ""), public);
        }
    }
}

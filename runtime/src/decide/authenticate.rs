//! Which client asks, and has it proven that (RFC 6749 §2.3)?

use alloc::{borrow::Cow, string::String};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::assertion::{self, ASSERTION_TYPE};
use super::caller::{Assertion, AuthenticationMethod, Caller, FAILED, Proven};
use super::certificate::ClientCertificate;
use super::jwt::{JwtClaims, JwtLibrary, MAX_ASSERTION_LENGTH};
use super::parameters::{Parameters, decoded};
use super::refusal::{Refusal, invalid_client, invalid_request};
use crate::{Client, ClientRef, GrantType, Server, verify_secret};

/// Where a request may say which client it is from. Without `Debug`, so that no credential ends up in a log.
///
/// Build it with `..ClientRequest::new(…)`, since a new field is a minor release.
#[derive(Clone, Copy)]
pub struct ClientRequest<'a> {
    /// The `Authorization` header. Two of them are two methods: such a request is refused before it comes here.
    pub authorization: Option<&'a str>,
    /// The query of the address, in which no credential may stand.
    pub query: Option<&'a str>,
    /// The form-encoded body.
    pub parameters: &'a Parameters<'a>,
    /// The TLS certificate that the client connected with.
    pub certificate: Option<ClientCertificate<'a>>,
}

impl<'a> ClientRequest<'a> {
    /// A request that has a body alone.
    #[must_use]
    pub const fn new(parameters: &'a Parameters<'a>) -> Self {
        Self { authorization: None, query: None, parameters, certificate: None }
    }
}

/// What a request presents to prove its client: read first, so that the client can be looked up,
/// and proven then.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{ClientRequest, Credentials, NoJwts, Parameters};
/// use guestlist::{Client, ClientRef, GrantType, SecretValue, Server};
/// # let client = ClientRef::from(Client {
/// #     client_id: "reports".into(),
/// #     client_secrets: [SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a")].into(),
/// #     ..Client::default()
/// # });
/// # let server = Server::default();
/// let body = Parameters::parse("grant_type=client_credentials")?;
/// let request = ClientRequest {
///     authorization: Some("Basic cmVwb3J0czozZjljMmE3ZTgxYjRkNjA1M2U5ZjdjMWE="),
///     ..ClientRequest::new(&body)
/// };
/// let credentials = Credentials::read(request, &NoJwts)?;
/// assert_eq!(credentials.client_id(), "reports");
/// // Ask the store for that client, and hand on what it says, also that there is none.
/// let now = 1_800_000_000; // Unix time, in seconds
/// let caller = credentials.prove(Some(client), &server, now, &NoJwts)?.caller()?;
/// assert!(caller.is_confidential());
/// # Ok::<(), guestlist::decide::Refusal>(())
/// ```
pub struct Credentials<'a> {
    client_id: Cow<'a, str>,
    proof: Proof<'a>,
    certificate: Option<ClientCertificate<'a>>,
}

// Without `Debug`, so that none ends up in a log.
enum Proof<'a> {
    None,
    Secret(Cow<'a, str>, AuthenticationMethod),
    Assertion(&'a str, JwtClaims),
}

const MALFORMED: Refusal = invalid_client("the Authorization header is not well-formed Basic");

impl<'a> Credentials<'a> {
    /// Finds what a request presents.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](super::ErrorCode::InvalidRequest) for more than one method (RFC 6749 §2.3),
    /// credentials in the query, and repeated parameters;
    /// [`InvalidClient`](super::ErrorCode::InvalidClient), if there is no client id or what is
    /// presented is malformed.
    pub fn read(request: ClientRequest<'a>, library: &dyn JwtLibrary) -> Result<Self, Refusal> {
        let ClientRequest { authorization, query, parameters, certificate } = request;
        refuse_credentials_in(query.unwrap_or_default())?;
        let client_id = parameters.get("client_id")?;
        let secret = parameters.get("client_secret")?;
        let assertion = parameters.get("client_assertion")?;
        let assertion_type = parameters.get("client_assertion_type")?;
        let by_assertion = assertion.is_some() || assertion_type.is_some();
        let methods = [authorization.is_some(), secret.is_some(), by_assertion];
        if methods.into_iter().filter(|used| *used).count() > 1 {
            return Err(invalid_request("more than one client authentication method is used"));
        }
        if let Some(header) = authorization {
            let (basic_id, secret) = basic(header).ok_or(MALFORMED)?;
            // The id may stand in the body as well, if it is the same.
            if client_id.is_some_and(|client_id| client_id != basic_id) {
                return Err(invalid_request("the Authorization header and the body name different clients"));
            }
            let proof = match secret.is_empty() {
                true => Proof::None,
                false => Proof::Secret(secret.into(), AuthenticationMethod::ClientSecretBasic),
            };
            return Ok(Self { client_id: basic_id.into(), proof, certificate });
        }
        if by_assertion {
            let malformed = || invalid_client("the client assertion is not taken or malformed");
            let assertion = assertion
                .filter(|text| assertion_type == Some(ASSERTION_TYPE) && text.len() <= MAX_ASSERTION_LENGTH)
                .ok_or_else(malformed)?;
            let claims = library.claims(assertion).ok_or_else(malformed)?;
            let subject = claims.subject.clone().ok_or_else(malformed)?;
            // RFC 7521 §4.2: the parameter may be left out, and must fit if it is not.
            if client_id.is_some_and(|client_id| client_id != subject) {
                return Err(invalid_client("the client assertion is about another client"));
            }
            return Ok(Self { client_id: subject.into(), proof: Proof::Assertion(assertion, claims), certificate });
        }
        let client_id = client_id.ok_or(invalid_client("no client authentication is included"))?;
        let proof = match secret {
            Some(secret) => Proof::Secret(secret.into(), AuthenticationMethod::ClientSecretPost),
            None => Proof::None,
        };
        Ok(Self { client_id: client_id.into(), proof, certificate })
    }

    /// The client that the request says it is from: ask the store for it.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Whether they prove the client that the store has found, at the Unix time `now`, in seconds.
    ///
    /// A client that is unknown, [disabled](Client::enabled), or speaks another protocol than `oidc`
    /// costs the same work and has the same answer as a wrong secret. With an assertion the answer is the same as
    /// well, but not the work: a signature is checked only by a key that is there. What a public client sends as its
    /// secret or its assertion proves nothing and is ignored. A TLS certificate is a method of its own only where
    /// nothing else is presented; beside another method it only binds tokens.
    ///
    /// An assertion counts once, which takes a memory: see [`Proven`].
    ///
    /// # Errors
    ///
    /// [`InvalidClient`](super::ErrorCode::InvalidClient), if the client has not proven itself.
    pub fn prove(
        self,
        client: Option<ClientRef>,
        server: &Server,
        now: u64,
        library: &dyn JwtLibrary,
    ) -> Result<Proven, Refusal> {
        let client = client.filter(|client| client.is_usable() && client.client_id == *self.client_id);
        let method = match &self.proof {
            Proof::Secret(secret, method) => {
                verify_secret(client.as_deref(), secret.as_bytes(), now).then_some(*method)
            }
            Proof::Assertion(assertion, claims) => {
                let client = client.ok_or(FAILED)?;
                if is_public(&client) {
                    return Ok(Proven::Caller(Caller::Public(client)));
                }
                let proven = assertion::proves(&client, server, now, assertion, claims, library);
                let (jwt_id, expires_at) = proven.ok_or(FAILED)?;
                return Ok(Proven::IfFirstUse(Assertion { client, jwt_id: jwt_id.into(), expires_at }));
            }
            Proof::None => {
                // As much work as a wrong secret is.
                let _ = verify_secret(client.as_deref(), "", now);
                let certificate = self.certificate.zip(client.as_deref());
                certificate.and_then(|(certificate, client)| by_certificate(client, &certificate, now))
            }
        };
        match (client, method) {
            (Some(client), _) if is_public(&client) => Ok(Proven::Caller(Caller::Public(client))),
            (Some(client), Some(method)) => Ok(Proven::Caller(Caller::Confidential(client, method))),
            _ => Err(FAILED),
        }
    }
}

/// Whether a client has nothing to prove itself with: by its own word, or since it is only there for
/// the implicit grant, which needs no secret.
fn is_public(client: &Client) -> bool {
    let implicit_only = || client.allowed_grant_types.iter().all(|grant| *grant == GrantType::Implicit);
    client.is_public() || client.client_secrets.is_empty() && implicit_only()
}

fn by_certificate(client: &Client, certificate: &ClientCertificate<'_>, now: u64) -> Option<AuthenticationMethod> {
    let secrets = client.client_secrets.iter().filter(|secret| !secret.is_expired(now));
    let registered = secrets.map(|secret| &secret.value).find(|registered| certificate.is(registered))?;
    Some(match registered {
        crate::SecretValue::X509Name(_) => AuthenticationMethod::TlsClientAuth,
        _ => AuthenticationMethod::SelfSignedTlsClientAuth,
    })
}

/// Addresses end up in logs, so credentials "MUST NOT be included in the request URI" (RFC 6749
/// §2.3.1). Who sends them there hears of it even if they stand in the body as well.
fn refuse_credentials_in(query: &str) -> Result<(), Refusal> {
    let query = Parameters::parse(query)?;
    if ["client_id", "client_secret", "client_assertion", "client_assertion_type"].iter().any(|name| query.has(name)) {
        return Err(invalid_request("credentials stand in the query; they belong in the header or the body"));
    }
    Ok(())
}

/// HTTP Basic (RFC 7617 §2) as OAuth uses it: id and secret are form-encoded first (RFC 6749
/// §2.3.1), which lets an id have a colon.
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(encoded.trim_start_matches(' ')).ok()?).ok()?;
    let (client_id, secret) = pair.split_once(':')?;
    let (client_id, secret) = (decoded(client_id)?, decoded(secret)?);
    (!client_id.is_empty()).then(|| (client_id.into_owned(), secret.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::jwt::NoJwts;
    use super::*;
    use crate::{List, SecretValue, secret::work};

    #[test]
    fn unknown_disabled_public_and_wrong_cost_the_same_work() {
        let web = Client {
            client_id: "web".into(),
            client_secrets: [SecretValue::sha256_of("right"), SecretValue::sha256_of("next")].into(),
            ..Client::default()
        };
        let clients = [
            ("known", Some(web.clone())),
            ("unknown", None),
            ("disabled", Some(Client { enabled: false, ..web.clone() })),
            ("of another protocol", Some(Client { protocol_type: "wsfed".into(), ..web.clone() })),
            ("public", Some(Client { require_client_secret: false, ..web.clone() })),
            ("without a secret", Some(Client { client_secrets: List::EMPTY, ..web.clone() })),
            ("another", Some(Client { client_id: "other".into(), ..web })),
        ];
        for body in ["client_id=web&client_secret=right", "client_id=web&client_secret=wrong", "client_id=web"] {
            for (name, client) in &clients {
                let hashed = work::of(|| {
                    let body = Parameters::parse(body).unwrap();
                    let credentials = Credentials::read(ClientRequest::new(&body), &NoJwts).unwrap();
                    let client = client.clone().map(ClientRef::from);
                    let _ = credentials.prove(client, &Server::default(), 0, &NoJwts);
                });
                assert_eq!(hashed, 1, "{name} {body}");
            }
        }
    }
}

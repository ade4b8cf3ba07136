//! Client assertions: JWTs by which a client proves that it has its private key (RFC 7523).
//! Request objects (RFC 9101) ask the same library.

use alloc::{string::String, vec::Vec};

use super::parameters::Parameters;
use super::refusal::{Refusal, invalid_client};
use crate::{Client, Profile, SecretValue, Server, SigningAlgorithm};

/// The one type of assertion, in `client_assertion_type` (RFC 7523 §2.2).
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The longest assertion that is looked at, in bytes: checking one is work that anybody may ask for.
pub const MAX_ASSERTION_LENGTH: usize = 51_200;

/// How far ahead an assertion may expire, in seconds: one that counts for days is a password.
pub const MAX_ASSERTION_LIFETIME: u64 = 3_600;

/// How far the client's clock may be ahead of ours, in seconds.
pub const CLOCK_SKEW: u64 = 300;

/// What a JWT says, as the server's library has read it (RFC 7519 §4.1, RFC 7523 §3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JwtClaims {
    /// `iss`
    pub issuer: Option<String>,
    /// `sub`
    pub subject: Option<String>,
    /// `aud`, if it is one string. Not one of several: an assertion that also counts elsewhere could
    /// have been made for the other server (RFC 7523 §3, and its successor's remedy against audience injection).
    pub audience: Option<String>,
    /// `exp`, in Unix time.
    pub expires_at: Option<u64>,
    /// `nbf`, in Unix time.
    pub not_before: Option<u64>,
    /// `iat`, in Unix time.
    pub issued_at: Option<u64>,
    /// `jti`
    pub jwt_id: Option<String>,
}

/// What stays with the server: its JWT library, and its memory of the assertions it has seen.
///
/// With the crate `jsonwebtoken`, for instance:
///
/// ```
/// use std::{cell::RefCell, collections::HashSet};
///
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{JwtClaims, JwtLibrary};
/// use guestlist::{SecretValue, SigningAlgorithm};
/// use jsonwebtoken::{DecodingKey, Validation, dangerous::insecure_decode, decode};
/// use serde_json::Value;
///
/// struct Jwts {
///     seen: RefCell<HashSet<(String, String)>>,
/// }
///
/// impl JwtLibrary for Jwts {
///     fn claims(&self, jwt: &str) -> Option<JwtClaims> {
///         let claims = insecure_decode::<Value>(jwt).ok()?.claims;
///         let text = |name: &str| claims[name].as_str().map(String::from);
///         let time = |name: &str| claims[name].as_u64();
///         Some(JwtClaims {
///             issuer: text("iss"),
///             subject: text("sub"),
///             audience: text("aud"), // none, if it is an array
///             expires_at: time("exp"),
///             not_before: time("nbf"),
///             issued_at: time("iat"),
///             jwt_id: text("jti"),
///         })
///     }
///
///     fn is_signed(&self, jwt: &str, key: &SecretValue, algorithms: &[SigningAlgorithm]) -> bool {
///         let SecretValue::Jwk(jwk) = key else { return false };
///         let Ok(jwk) = serde_json::from_str(jwk) else { return false };
///         let Ok(key) = DecodingKey::from_jwk(&jwk) else { return false };
///         let mut validation = Validation::default();
///         validation.algorithms = algorithms.iter().filter_map(|known| known.as_str().parse().ok()).collect();
///         // The claims are for the decisions to judge.
///         validation.required_spec_claims.clear();
///         validation.validate_exp = false;
///         validation.validate_aud = false;
///         decode::<Value>(jwt, &key, &validation).is_ok()
///     }
///
///     fn is_first_use(&self, client_id: &str, jwt_id: &str, _expires_at: u64) -> bool {
///         self.seen.borrow_mut().insert((client_id.into(), jwt_id.into()))
///     }
/// }
/// ```
pub trait JwtLibrary {
    /// What a JWT says, without a look at its signature; nothing, if it is no JWT.
    fn claims(&self, jwt: &str) -> Option<JwtClaims>;

    /// All claims of a JWT that are texts or numbers, as the parameters of an authorization request
    /// (RFC 9101 §4), without a look at its signature; an array of texts is a repeated parameter.
    /// A server that takes no request objects leaves it out.
    fn parameters(&self, jwt: &str) -> Option<Parameters<'static>> {
        let _ = jwt;
        None
    }

    /// Whether a JWT is signed with this key, a JWK or a certificate, by one of these algorithms.
    /// They come from the registered key: the one in the JWT's header must be among them, and
    /// decides nothing (RFC 8725 §3.1).
    fn is_signed(&self, jwt: &str, key: &SecretValue, algorithms: &[SigningAlgorithm]) -> bool;

    /// Whether an assertion with this `jti` has not been seen of this client, and remembers it until
    /// the Unix time `expires_at` (RFC 7523 §3 item 7).
    fn is_first_use(&self, client_id: &str, jwt_id: &str, expires_at: u64) -> bool;
}

/// A server that takes no JWTs from its clients.
#[derive(Clone, Copy, Debug)]
pub struct NoJwts;

impl JwtLibrary for NoJwts {
    fn claims(&self, _: &str) -> Option<JwtClaims> {
        None
    }

    fn is_signed(&self, _: &str, _: &SecretValue, _: &[SigningAlgorithm]) -> bool {
        false
    }

    fn is_first_use(&self, _: &str, _: &str, _: u64) -> bool {
        false
    }
}

/// Whether an assertion proves this client at the Unix time `now`.
pub(super) fn proves(
    client: &Client,
    server: &Server,
    now: u64,
    assertion: &str,
    claims: &JwtClaims,
    library: &dyn JwtLibrary,
) -> Result<(), Refusal> {
    let failed = Err(invalid_client("the client assertion does not count"));
    let is_client = |claim: &Option<String>| claim.as_deref() == Some(client.client_id.as_str());
    let named = is_client(&claims.issuer) && is_client(&claims.subject);
    let meant_for_us = server.issuer.is_some() && claims.audience.as_deref() == server.issuer.as_deref();
    let (Some(expires_at), Some(jwt_id), true, true) =
        (claims.expires_at, claims.jwt_id.as_deref(), named, meant_for_us)
    else {
        return failed;
    };
    let in_time = now < expires_at
        && expires_at <= now.saturating_add(MAX_ASSERTION_LIFETIME)
        && has_begun(claims.not_before, now)
        && has_begun(claims.issued_at, now);
    // Only one that is signed is remembered: anybody may invent others.
    let counts = in_time
        && !jwt_id.is_empty()
        && is_signed_by(client, server, now, assertion, library)
        && library.is_first_use(&client.client_id, jwt_id, expires_at);
    if counts { Ok(()) } else { failed }
}

/// Whether a JWT is signed with a key of the client that counts at the Unix time `now`.
pub(super) fn is_signed_by(client: &Client, server: &Server, now: u64, jwt: &str, library: &dyn JwtLibrary) -> bool {
    client.client_secrets.iter().filter(|secret| !secret.is_expired(now)).any(|secret| {
        let algorithms = algorithms(server, &secret.value);
        !algorithms.is_empty() && library.is_signed(jwt, &secret.value, &algorithms)
    })
}

/// The algorithms that signatures by this key may use at this server.
pub(super) fn algorithms(server: &Server, key: &SecretValue) -> Vec<SigningAlgorithm> {
    let allowed = |algorithm: &SigningAlgorithm| server.profile != Profile::Fapi20 || algorithm.is_allowed_by_fapi();
    key.algorithms().into_iter().filter(allowed).collect()
}

/// Whether a time that a JWT gives as its beginning has come, by a clock that may be behind.
pub(super) fn has_begun(time: Option<u64>, now: u64) -> bool {
    time.is_none_or(|time| time <= now.saturating_add(CLOCK_SKEW))
}

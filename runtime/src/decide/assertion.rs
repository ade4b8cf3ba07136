//! Client assertions: JWTs by which a client proves that it has its private key (RFC 7523).

use alloc::string::String;

use super::jwt::{JwtClaims, JwtLibrary, has_begun, is_signed_by, is_typed};
use crate::{Client, Server};

/// The one type of assertion, in `client_assertion_type` (RFC 7523 §2.2).
pub const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How far ahead an assertion may expire, in seconds: one that counts for days is a password.
pub const MAX_ASSERTION_LIFETIME: u64 = 3_600;

/// The type of a client assertion that says what it is (draft-ietf-oauth-rfc7523bis).
const CLIENT_AUTHENTICATION: &str = "client-authentication+jwt";

/// The id of an assertion that proves this client at the Unix time `now`, and when it expires. It counts once
/// (RFC 7523 §3 item 7).
pub(super) fn proves<'c>(
    client: &Client,
    server: &Server,
    now: u64,
    assertion: &str,
    claims: &'c JwtClaims,
    library: &dyn JwtLibrary,
) -> Option<(&'c str, u64)> {
    let is_client = |claim: &Option<String>| claim.as_deref() == Some(client.client_id.as_str());
    let meant_for_us = server.issuer.is_some() && claims.audience.as_deref() == server.issuer.as_deref();
    let expires_at = claims.expires_at?;
    let jwt_id = claims.jwt_id.as_deref().filter(|jwt_id| !jwt_id.is_empty())?;
    let in_time = now < expires_at
        && expires_at <= now.saturating_add(MAX_ASSERTION_LIFETIME)
        && has_begun(claims.not_before, server, now)
        && has_begun(claims.issued_at, server, now);
    let counts = is_client(&claims.issuer)
        && is_client(&claims.subject)
        && meant_for_us
        && in_time
        && is_typed(claims, CLIENT_AUTHENTICATION)
        && is_signed_by(client, server, now, assertion, library);
    counts.then_some((jwt_id, expires_at))
}

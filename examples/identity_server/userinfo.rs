//! What may a client know of its user (OpenID Connect Core §5.3)?

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use guestlist::decide::{Binding, ErrorCode, Parameters, Refusal};
use serde_json::{Map, Value, json};

use crate::app::{App, Shared};
use crate::{resource, users};

pub async fn endpoint(State(app): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    match claims(&app, &headers, &body) {
        Ok(claims) => ([(CACHE_CONTROL, "no-store")], Json(claims)).into_response(),
        Err(refusal) => refused(&refusal),
    }
}

fn claims(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let body = Parameters::parse(str::from_utf8(body).unwrap_or_default())?;
    let invalid = Refusal::new(ErrorCode::InvalidToken, "the access token is unknown, expired or revoked");
    let issued = resource::find(app, resource::bearer(headers, &body)?).ok_or(invalid.clone())?;
    // A bound token does not count as a bearer token (RFC 9449 §7.1); this server's APIs take no proofs.
    if !issued.tokens.binding.admits(&Binding::default()) {
        return Err(invalid);
    }
    let openid = issued.tokens.scopes.iter().any(|scope| scope == "openid");
    let user = issued.grant.user.and_then(|user| users::by_subject(&user.subject)).filter(|_| openid);
    let user = user.ok_or(Refusal::new(ErrorCode::InsufficientScope, "the access token is not of a user"))?;
    let mut claims = user.claims(app.server(), &issued.tokens.scopes);
    claims.insert("sub".to_owned(), json!(user.subject));
    Ok(claims)
}

/// RFC 6750 §3.
fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let challenge = format!("Bearer error=\"{}\", error_description=\"{}\"", refusal.code, refusal.description);
    (status, [(WWW_AUTHENTICATE, challenge)]).into_response()
}

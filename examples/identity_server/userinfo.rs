//! What may a client know of its user (OpenID Connect Core §5.3)?

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use guestlist::decide::{Binding, ErrorCode, Refusal};
use guestlist_axum::{NoStore, Refused};
use serde_json::{Map, Value, json};

use crate::app::{App, Shared};
use crate::{resource, users};

pub async fn endpoint(State(app): State<Shared>, headers: HeaderMap, body: Bytes) -> Result<Response, Refused> {
    match resource::bearer(&headers, &body) {
        Ok(Some(token)) => Ok((NoStore, Json(claims(&app, &headers, &token).await?)).into_response()),
        // Who does not even try is told how, and no error (RFC 6750 §3.1).
        Ok(None) => Ok((StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")]).into_response()),
        Err(refusal) => {
            let challenge = format!("Bearer error=\"{}\", error_description=\"{}\"", refusal.code, refusal.description);
            Ok(([(WWW_AUTHENTICATE, challenge)], Refused::from(refusal)).into_response())
        }
    }
}

async fn claims(app: &App, headers: &HeaderMap, token: &str) -> Result<Map<String, Value>, Refused> {
    let invalid = Refusal::new(ErrorCode::InvalidToken, "the access token is unknown, expired or revoked");
    let (issued, client) = resource::find(app, token).await?.ok_or(invalid.clone())?;
    // The client is only known now, and its own list counts.
    app.guestlist.check_origin(&client, headers)?;
    // A bound token does not count as a bearer token (RFC 9449 §7.1); this server's APIs take no proofs.
    if !issued.binding.admits(&Binding::default()) {
        return Err(invalid.into());
    }
    let openid = issued.scopes.iter().any(|scope| scope == "openid");
    let user = issued.grant.user.as_ref().and_then(|user| users::by_subject(&user.subject)).filter(|_| openid);
    let user = user.ok_or(Refusal::new(ErrorCode::InsufficientScope, "the access token is not of a user"))?;
    let mut claims = user.claims(app.server(), &issued.scopes);
    claims.insert("sub".to_owned(), json!(users::subject_at(&client, user.subject)));
    Ok(claims)
}

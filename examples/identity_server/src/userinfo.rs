//! What may a client know of its user (OpenID Connect Core §5.3)?

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use guestlist::decide::{Binding, ErrorCode, Refusal, TokenType};
use guestlist_axum::{NoStore, Refused, RequestOrigin, token_required};
use serde_json::{Map, Value, json};

use crate::app::{App, Shared};
use crate::resource::Presented;
use crate::{proof, resource, users};

pub async fn endpoint(
    State(app): State<Shared>,
    method: Method,
    headers: HeaderMap,
    origin: RequestOrigin,
    body: Bytes,
) -> Response {
    let presented = match resource::presented(&headers, &body) {
        Ok(Some(presented)) => presented,
        // Who does not even try is told how, and no error (RFC 6750 §3.1).
        Ok(None) => return token_required(&proof::ALGORITHMS),
        Err(refusal) => return proof::refused_at_resource(&app, refusal.into(), TokenType::Bearer),
    };
    match claims(&app, method.as_str(), &headers, &origin, &presented).await {
        Ok(claims) => (NoStore, Json(claims)).into_response(),
        Err(refused) => proof::refused_at_resource(&app, refused, presented.scheme),
    }
}

async fn claims(
    app: &App,
    method: &str,
    headers: &HeaderMap,
    origin: &RequestOrigin,
    presented: &Presented,
) -> Result<Map<String, Value>, Refused> {
    let Presented { token, scheme } = presented;
    let invalid = Refusal::new(ErrorCode::InvalidToken, "the access token is unknown, expired or revoked");
    let (issued, client) = resource::find(app, token).await?.ok_or(invalid.clone())?;
    // The client is only known now, and its own list counts.
    origin.open_to(&client);
    let sender = match scheme {
        TokenType::Dpop => proof::of(app, &client, headers, (method, "/userinfo"), Some(token))?,
        _ => Binding::default(),
    };
    if !issued.binding.admits(&sender, *scheme) {
        return Err(invalid.into());
    }
    let openid = issued.scopes.iter().any(|scope| scope == "openid");
    let user = issued.grant.user.as_ref().and_then(|user| users::by_subject(&user.subject)).filter(|_| openid);
    let user = user.ok_or(Refusal::new(ErrorCode::InsufficientScope, "the access token is not of a user"))?;
    let mut claims = user.claims(app.server(), &issued.scopes);
    claims.insert("sub".to_owned(), json!(users::subject_at(&client, user.subject)));
    Ok(claims)
}

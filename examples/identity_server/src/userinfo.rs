//! What may a client know of its user (OpenID Connect Core §5.3)?

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use guestlist::decide::{Binding, ErrorCode, Refusal, TokenType};
use guestlist_axum::{NoStore, Refused, RequestOrigin, token_required};
use serde_json::{Map, Value, json};

use crate::app::{App, Shared};
use crate::resource::Presented;
use crate::{resource, users};

pub async fn endpoint(State(app): State<Shared>, parts: Parts, origin: RequestOrigin, body: Bytes) -> Response {
    let presented = match resource::presented(&parts.headers, &body) {
        Ok(Some(presented)) => presented,
        // Who does not even try is told how, and no error (RFC 6750 §3.1).
        Ok(None) => return token_required(app.guestlist.dpop_algorithms()),
        Err(refusal) => return Refused::from(refusal).at_resource(TokenType::Bearer, &[]),
    };
    match claims(&app, &parts, &origin, &presented).await {
        Ok(claims) => (NoStore, Json(claims)).into_response(),
        Err(refused) => refused.at_resource(presented.scheme, app.guestlist.dpop_algorithms()),
    }
}

async fn claims(
    app: &App,
    parts: &Parts,
    origin: &RequestOrigin,
    presented: &Presented,
) -> Result<Map<String, Value>, Refused> {
    let Presented { token, scheme } = presented;
    let invalid = Refusal::new(ErrorCode::InvalidToken, "the access token is unknown, expired or revoked");
    let (issued, client) = resource::find(app, token).await?.ok_or(invalid.clone())?;
    // The client is only known now, and its own list counts.
    origin.open_to(&client);
    // Under another scheme, a proof is none of ours, and is not used up.
    let key = match scheme {
        TokenType::Dpop => app.guestlist.proven_key(&client, parts, Some(token)).await?,
        _ => None,
    };
    if !issued.binding.admits(&Binding::of(key.as_ref(), None), *scheme) {
        return Err(invalid.into());
    }
    let openid = issued.scopes.iter().any(|scope| scope == "openid");
    let user = issued.grant.user.as_ref().and_then(|user| users::by_subject(&user.subject)).filter(|_| openid);
    let user = user.ok_or(Refusal::new(ErrorCode::InsufficientScope, "the access token is not of a user"))?;
    let mut claims = user.claims(app.server(), &issued.scopes);
    claims.insert("sub".to_owned(), json!(users::subject_at(&client, user.subject)));
    Ok(claims)
}

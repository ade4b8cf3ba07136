//! What may a client know of its user (OpenID Connect Core §5.3)?

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use guestlist::decide::{Binding, ErrorCode, Refusal};
use guestlist_axum::{NoStore, Refused};
use serde_json::{Map, Value, json};

use crate::app::{App, Shared};
use crate::resource::Presented;
use crate::{proof, resource, users};

pub async fn endpoint(State(app): State<Shared>, method: Method, headers: HeaderMap, body: Bytes) -> Response {
    let presented = match resource::presented(&headers, &body) {
        Ok(Some(presented)) => presented,
        // Who does not even try is told how, and no error (RFC 6750 §3.1).
        Ok(None) => {
            let challenges = ["Bearer".to_owned(), format!("DPoP algs=\"{}\"", proof::ALGORITHMS.join(" "))];
            let challenges = challenges.map(|challenge| (WWW_AUTHENTICATE, challenge));
            return (StatusCode::UNAUTHORIZED, AppendHeaders(challenges)).into_response();
        }
        Err(refusal) => return challenged(&app, false, refusal),
    };
    match claims(&app, method.as_str(), &headers, &presented).await {
        Ok(claims) => (NoStore, Json(claims)).into_response(),
        Err(Refused::Refusal(refusal)) if refusal.code != ErrorCode::UnauthorizedClient => {
            challenged(&app, presented.with_proof, refusal)
        }
        Err(refused) => refused.into_response(),
    }
}

/// A refusal with a challenge, whatever its status (RFC 6750 §3, RFC 9449 §7.1).
fn challenged(app: &App, with_proof: bool, refusal: Refusal) -> Response {
    let Refusal { code, description, .. } = &refusal;
    let mut challenge = format!("Bearer error=\"{code}\", error_description=\"{description}\"");
    if with_proof {
        challenge = format!("{}, algs=\"{}\"", challenge.replacen("Bearer", "DPoP", 1), proof::ALGORITHMS.join(" "));
    }
    let unproven = matches!(code, ErrorCode::InvalidDpopProof | ErrorCode::UseDpopNonce);
    let mut response = ([(WWW_AUTHENTICATE, challenge)], proof::refused(app, refusal.into())).into_response();
    if unproven {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
    }
    response
}

async fn claims(
    app: &App,
    method: &str,
    headers: &HeaderMap,
    presented: &Presented,
) -> Result<Map<String, Value>, Refused> {
    let Presented { token, with_proof } = presented;
    let invalid = Refusal::new(ErrorCode::InvalidToken, "the access token is unknown, expired or revoked");
    let (issued, client) = resource::find(app, token).await?.ok_or(invalid.clone())?;
    // The client is only known now, and its own list counts.
    app.guestlist.check_origin(&client, headers)?;
    let sender = match with_proof {
        true => proof::of(app, &client, headers, (method, "/userinfo"), Some(token))?,
        false => Binding::default(),
    };
    // A bound token does not count without its key, nor with a key one that is not bound (RFC 9449 §7.1).
    if !issued.binding.admits(&sender) || *with_proof != issued.binding.jkt.is_some() {
        return Err(invalid.into());
    }
    let openid = issued.scopes.iter().any(|scope| scope == "openid");
    let user = issued.grant.user.as_ref().and_then(|user| users::by_subject(&user.subject)).filter(|_| openid);
    let user = user.ok_or(Refusal::new(ErrorCode::InsufficientScope, "the access token is not of a user"))?;
    let mut claims = user.claims(app.server(), &issued.scopes);
    claims.insert("sub".to_owned(), json!(users::subject_at(&client, user.subject)));
    Ok(claims)
}

//! An API asks what an access token is worth (RFC 7662).

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use guestlist::decide;
use guestlist_axum::{FromClient, Refused};
use serde_json::{Value, json};

use crate::app::{App, Issued, Shared};
use crate::{issue, resource};

pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    decide::introspection(&request.caller)?;
    let token = request.parameters.require("token")?;
    let answer = resource::find(&app, token).map_or(json!({ "active": false }), |issued| described(&app, &issued));
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

fn described(app: &App, issued: &Issued) -> Value {
    let client_id = issued.grant.client_id.as_str();
    json!({
        "active": true,
        "iss": app.issuer(),
        "client_id": client_id,
        "sub": issued.grant.user.as_ref().map_or(client_id, |user| &user.subject),
        "aud": issue::audience(app.issuer(), &issued.tokens),
        "scope": issue::scope(&issued.tokens.scopes),
        "token_type": issued.tokens.binding.token_type(),
        "iat": issued.issued_at,
        "exp": issued.expires_at,
    })
}

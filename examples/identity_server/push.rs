//! A client pushes its authorization request first (RFC 9126).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use guestlist::decide::{self, NoJwts};
use guestlist_axum::{FromClient, NoStore, Refused};
use serde_json::json;

use crate::app::Shared;
use crate::random;

pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    let now = app.now();
    let (pushed, _) = decide::push(&request.caller, app.server(), &request.parameters, &NoJwts, now)?;
    let request_uri = format!("urn:ietf:params:oauth:request_uri:{}", random::token()?);
    let answer = json!({ "request_uri": request_uri, "expires_in": pushed.expires_in });
    let until = pushed.expires_at;
    app.pushed.insert(request_uri, pushed, until, now);
    Ok((StatusCode::CREATED, NoStore, Json(answer)).into_response())
}

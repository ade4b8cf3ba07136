//! A client pushes its authorization request first (RFC 9126).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use guestlist::decide::{self, ErrorCode, NoJwts, Refusal};
use guestlist_axum::{FromClient, Refused};
use serde_json::json;

use crate::app::Shared;
use crate::random;

pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    let now = app.now();
    let (pushed, _) = decide::push(&request.caller, app.server(), &request.parameters, &NoJwts, now)?;
    let id = random::token().map_err(|_| Refusal::new(ErrorCode::ServerError, "the request could not be kept"))?;
    let request_uri = format!("urn:ietf:params:oauth:request_uri:{id}");
    let answer = json!({ "request_uri": request_uri, "expires_in": pushed.expires_in });
    let until = pushed.expires_at;
    app.pushed.insert(request_uri, pushed, until, now);
    Ok((StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

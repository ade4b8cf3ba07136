//! A client pushes its authorization request first (RFC 9126).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use guestlist::decide::{self, Refusal};
use guestlist_axum::{FromClient, NoStore, Refused};
use serde_json::json;

use crate::app::Shared;
use crate::random;

pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    let FromClient { caller, parameters, sender, now, .. } = request;
    let (pushed, _) = decide::push(&caller, app.server(), &parameters, &sender, app.guestlist.jwt_library(), now)?;
    let request_uri = format!("urn:ietf:params:oauth:request_uri:{}", random::token()?);
    let answer = json!({ "request_uri": request_uri, "expires_in": pushed.expires_in });
    let until = pushed.expires_at;
    app.pushed.lock().insert_if_room(&request_uri, pushed, until, now).map_err(Refusal::from)?;
    Ok((StatusCode::CREATED, NoStore, Json(answer)).into_response())
}

//! An API asks what an access token is worth (RFC 7662).

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use guestlist::decide;
use guestlist_axum::{FromClient, NoStore, Refused};
use serde_json::json;

use crate::app::Shared;
use crate::resource;

/// What the token says, also where it is a reference that says nothing itself.
pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    decide::introspection(&request.caller)?;
    let token = request.parameters.require("token")?;
    request.parameters.get("token_type_hint")?;
    // Nothing tells why a token does not count (RFC 7662 §2.2).
    let answer = match resource::find(&app, token).await? {
        None => json!({ "active": false }),
        Some((issued, _)) => {
            let mut answer = issued.claims;
            answer.insert("active".to_owned(), json!(true));
            answer.insert("token_type".to_owned(), json!(issued.binding.token_type()));
            answer.into()
        }
    };
    Ok((NoStore, Json(answer)).into_response())
}

//! An API asks what an access token is worth (RFC 7662).

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use guestlist::Text;
use guestlist::decide::{self, IssuedToken};
use guestlist_axum::{FromClient, NoStore, Refused};
use serde_json::json;

use crate::app::Shared;
use crate::resource;

/// The APIs of a server that declares no resources: their tokens are for all of them. It is a client, too.
static APIS: [Text; 1] = [Text::Static("service.client")];

/// What the token says, also where it is a reference that says nothing itself.
pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    let token = request.parameters.require("token")?;
    request.parameters.get("token_type_hint")?;
    let found = resource::find(&app, token).await?.map(|(issued, _)| issued);
    let shown = found.as_ref().map(|issued| {
        let audience = if issued.audience.is_empty() { &APIS } else { issued.audience.as_slice() };
        IssuedToken::new(&issued.grant.client_id, audience)
    });
    let is_shown = decide::introspection(&request.caller, shown)?;
    // Nothing tells why a token does not count (RFC 7662 §2.2).
    let answer = match found.filter(|_| is_shown) {
        None => json!({ "active": false }),
        Some(issued) => {
            let mut answer = issued.claims;
            answer.insert("active".to_owned(), json!(true));
            answer.insert("token_type".to_owned(), json!(issued.binding.token_type().as_str()));
            answer.into()
        }
    };
    Ok((NoStore, Json(answer)).into_response())
}

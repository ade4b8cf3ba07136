//! A client gives a token back (RFC 7009).

use axum::extract::State;
use axum::http::StatusCode;
use guestlist::decide;
use guestlist_axum::{FromClient, Refused};

use crate::app::Shared;
use crate::resource;

/// A token that is unknown needs no revoking, and is answered as if it was (RFC 7009 §2.2).
pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<StatusCode, Refused> {
    let token = request.parameters.require("token")?;
    if let Some(refreshing) = app.refresh_tokens.get(token, app.now()) {
        decide::revocation(&request.caller, &refreshing.grant.client_id)?;
        // The access tokens go with it (RFC 7009 §2.1).
        app.revoke(&refreshing.grant.id);
    }
    if let Some(issued) = resource::find(&app, token) {
        decide::revocation(&request.caller, &issued.grant.client_id)?;
        app.access_tokens.forget(|other| other.grant.id == issued.grant.id && other.issued_at == issued.issued_at);
    }
    Ok(StatusCode::OK)
}

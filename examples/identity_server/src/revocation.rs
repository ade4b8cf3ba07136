//! A client gives a token back (RFC 7009).

use axum::extract::State;
use axum::http::StatusCode;
use guestlist::decide;
use guestlist_axum::{FromClient, NoStore, Refused};

use crate::app::Shared;

/// A token that is unknown needs no revoking, and is answered as if it was (RFC 7009 §2.2).
pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<(StatusCode, NoStore), Refused> {
    let (token, now) = (request.parameters.require("token")?, app.now());
    // What it hints at is found without it, but it may not be repeated either.
    request.parameters.get("token_type_hint")?;
    if let Some(refreshing) = app.refresh_tokens.get(token, now)
        && decide::revocation(&request.caller, &refreshing.grant.client_id)?
    {
        // The access tokens go with it (RFC 7009 §2.1).
        refreshing.grant.revoke();
    }
    if let Some(issued) = app.access_tokens.get(token, now)
        && decide::revocation(&request.caller, &issued.grant.client_id)?
    {
        app.access_tokens.take(token, now);
    }
    Ok((StatusCode::OK, NoStore))
}

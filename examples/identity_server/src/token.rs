//! Does this request get tokens (RFC 6749 §3.2)?

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use guestlist::GrantType;
use guestlist::decide::{
    self, Caller, CodeRequest, ErrorCode, NextRefreshToken, PollRequest, RefreshRequest, Refusal, TokenRequest, Tokens,
};
use guestlist_axum::{FromClient, NoStore, Refused};
use serde_json::{Map, Value, json};

use crate::app::{App, Refreshing, Shared};
use crate::grant::Grant;
use crate::{issue, random};

/// The grants that this server serves.
pub const SERVED: &[GrantType] = &[
    GrantType::AuthorizationCode,
    GrantType::ClientCredentials,
    GrantType::DeviceCode,
    // At the authorization endpoint.
    GrantType::Implicit,
    GrantType::Hybrid,
];

/// How long a lost answer may be asked for again, in seconds.
const RETRY_WINDOW: u32 = 10;

pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    let (app, FromClient { caller, parameters, sender, .. }) = (&app, &request);
    let answer = match decide::token(caller, app.server(), parameters, SERVED, sender, app.now())? {
        TokenRequest::ClientCredentials(tokens) => {
            answer(app, caller, &tokens, &Grant::of_client(&caller.client().client_id), None)
        }
        TokenRequest::AuthorizationCode(request) => code(app, caller, &request),
        TokenRequest::RefreshToken(request) => refresh(app, caller, &request),
        TokenRequest::DeviceCode(request) => device(app, caller, &request),
        _ => Err(Refusal::new(ErrorCode::UnsupportedGrantType, "the grant type is not served")),
    }?;
    Ok((NoStore, Json(answer)).into_response())
}

/// RFC 6749 §5.1, OpenID Connect Core §3.1.3.3.
fn answer(
    app: &App,
    caller: &Caller,
    tokens: &Tokens,
    grant: &Arc<Grant>,
    refresh_token: Option<String>,
) -> Result<Value, Refusal> {
    let client = caller.client();
    let access_token = issue::access_token(app, client, tokens, grant)?;
    let mut answer = Map::new();
    let mut say = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    if let Some(kind) = &tokens.id_token {
        let id_token = issue::id_token(app, client, &tokens.scopes, kind, grant, Some(&access_token), None)?;
        say("id_token", json!(id_token));
    }
    say("access_token", json!(access_token));
    say("token_type", json!(tokens.binding.token_type().as_str()));
    say("expires_in", json!(tokens.access_token_lifetime));
    say("scope", json!(issue::scope(&tokens.scopes)));
    if let Some(refresh_token) = refresh_token {
        say("refresh_token", json!(refresh_token));
    }
    Ok(Value::Object(answer))
}

fn code(app: &App, caller: &Caller, request: &CodeRequest<'_>) -> Result<Value, Refusal> {
    // In one step, so that of two requests with one code only one succeeds.
    let (tokens, grant) = {
        let mut codes = app.codes.lock();
        let found = codes.get_mut(request.code, app.now());
        let redeemed = request.redeem(found.as_ref().map(|(issued, _)| issued));
        match (redeemed, found) {
            (Ok(tokens), Some((issued, grant))) => {
                issued.redeemed = true;
                (tokens, Arc::clone(grant))
            }
            (Err(refused), found) => {
                // Its tokens may still be on their way: they go back to the same grant.
                if let Some((_, grant)) = found.filter(|_| refused.revoke_tokens) {
                    grant.revoke();
                }
                return Err(refused.refusal);
            }
            (Ok(_), None) => return Err(unknown()),
        }
    };
    let refresh_token = keep(app, &tokens, &grant)?;
    answer(app, caller, &tokens, &grant, refresh_token)
}

/// Keeps the refresh token of an answer, if it has one.
fn keep(app: &App, tokens: &Tokens, grant: &Arc<Grant>) -> Result<Option<String>, Refusal> {
    let Some(token) = tokens.refresh_token.clone() else { return Ok(None) };
    let text = random::token()?;
    let until = token.expires_at;
    let refreshing = Refreshing { token, grant: Arc::clone(grant), successor: None };
    app.refresh_tokens.insert(&text, refreshing, until, app.now());
    Ok(Some(text))
}

fn refresh(app: &App, caller: &Caller, request: &RefreshRequest<'_>) -> Result<Value, Refusal> {
    let (now, new) = (app.now(), random::token()?);
    // In one step, so that of two requests with one token only one replaces it, and the other finds its successor.
    let (refreshed, grant, text) = {
        let mut kept = app.refresh_tokens.lock();
        let found = kept.get_mut(request.refresh_token, now);
        let found = found.filter(|found| found.grant.counts(caller.client(), now)).map(|found| found.clone());
        let token = found.as_ref().map(|found| &found.token);
        let refreshed = match (request.redeem(token, RETRY_WINDOW), &found) {
            (Ok(refreshed), _) => refreshed,
            (Err(refused), found) => {
                if let Some(found) = found.as_ref().filter(|_| refused.revoke_family) {
                    found.grant.revoke();
                }
                return Err(refused.refusal);
            }
        };
        let (Some(mut used), Some(token)) = (found, refreshed.tokens.refresh_token.clone()) else {
            return Err(unknown());
        };
        let (text, grant) = (request.refresh_token.to_owned(), Arc::clone(&used.grant));
        let until = token.expires_at;
        let text = match (refreshed.next, &used.successor) {
            (NextRefreshToken::Replaced, _) => {
                used.token.used_at = Some(now);
                used.successor = Some(new.clone());
                let until_used = used.token.expires_at.max(until);
                kept.insert(&text, used, until_used, now);
                kept.insert(&new, Refreshing { token, grant: Arc::clone(&grant), successor: None }, until, now);
                new
            }
            (NextRefreshToken::SameSuccessor, Some(next)) => {
                let unused = kept.get_mut(next, now).is_some_and(|next| next.token.used_at.is_none());
                if !unused {
                    grant.revoke();
                    return Err(Refusal::new(ErrorCode::InvalidGrant, "the refresh token was used before"));
                }
                next.clone()
            }
            (NextRefreshToken::Same, _) => {
                used.token = token;
                kept.insert(&text, used, until, now);
                text
            }
            _ => return Err(unknown()),
        };
        (refreshed, grant, text)
    };
    answer(app, caller, &refreshed.tokens, &grant, Some(text))
}

fn device(app: &App, caller: &Caller, request: &PollRequest<'_>) -> Result<Value, Refusal> {
    let (tokens, grant) = {
        let mut devices = app.devices.lock();
        let mut found = devices.get_mut(request.code, app.now());
        let tokens = request.redeem(found.as_mut().map(|device| &mut device.request))?;
        (tokens, found.and_then(|device| device.grant.clone()).ok_or_else(unknown)?)
    };
    let refresh_token = keep(app, &tokens, &grant)?;
    answer(app, caller, &tokens, &grant, refresh_token)
}

/// What no decision can have said yes to.
fn unknown() -> Refusal {
    Refusal::new(ErrorCode::InvalidGrant, "the grant is unknown")
}

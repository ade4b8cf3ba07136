//! Does this request get tokens (RFC 6749 §3.2)?

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, PRAGMA};
use axum::response::{IntoResponse, Response};
use guestlist::GrantType;
use guestlist::decide::{
    self, Binding, Caller, CodeRequest, ErrorCode, NextRefreshToken, PollRequest, RefreshRequest, Refusal,
    TokenRequest, Tokens,
};
use guestlist_axum::{FromClient, Refused};
use serde_json::{Map, Value, json};

use crate::app::{App, Grant, Refreshing, Shared};
use crate::session::Failed;
use crate::{issue, random};

/// The grants that this server serves.
pub const SERVED: &[GrantType] = &[GrantType::AuthorizationCode, GrantType::ClientCredentials, GrantType::DeviceCode];

/// How long a lost answer may be asked for again, in seconds.
const RETRY_WINDOW: u32 = 10;

pub async fn endpoint(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    let FromClient { caller, parameters, sender, .. } = &request;
    let answer = match decide::token(caller, app.server(), parameters, SERVED, sender, app.now())? {
        TokenRequest::ClientCredentials(tokens) => {
            let grant = Grant::of_client(&caller.client().client_id).map_err(failed)?;
            answer(&app, caller, &tokens, &grant, None)
        }
        TokenRequest::AuthorizationCode(request) => code(&app, caller, &request, sender),
        TokenRequest::RefreshToken(request) => refresh(&app, caller, &request, sender),
        TokenRequest::DeviceCode(request) => device(&app, caller, &request, sender),
        _ => Err(Refusal::new(ErrorCode::UnsupportedGrantType, "the grant type is not served")),
    }?;
    Ok(([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(answer)).into_response())
}

fn failed(_: Failed) -> Refusal {
    Refusal::new(ErrorCode::ServerError, "the tokens could not be made")
}

/// RFC 6749 §5.1, OpenID Connect Core §3.1.3.3.
fn answer(
    app: &App,
    caller: &Caller,
    tokens: &Tokens,
    grant: &Grant,
    refresh_token: Option<String>,
) -> Result<Value, Refusal> {
    let client = caller.client();
    let access_token = issue::access_token(app, client, tokens, grant).map_err(failed)?;
    let mut answer = Map::new();
    let mut say = |name: &str, value: Value| answer.insert(name.to_owned(), value);
    if let Some(kind) = &tokens.id_token {
        let id_token = issue::id_token(app, client, tokens, kind, grant, Some(&access_token), None).map_err(failed)?;
        say("id_token", json!(id_token));
    }
    say("access_token", json!(access_token));
    say("token_type", json!(tokens.binding.token_type()));
    say("expires_in", json!(tokens.access_token_lifetime));
    say("scope", json!(issue::scope(&tokens.scopes)));
    if let Some(refresh_token) = refresh_token {
        say("refresh_token", json!(refresh_token));
    }
    Ok(Value::Object(answer))
}

fn code(app: &App, caller: &Caller, request: &CodeRequest<'_>, sender: &Binding) -> Result<Value, Refusal> {
    let (server, now) = (app.server(), app.now());
    // In one step, so that of two requests with one code only one succeeds.
    let redeemed = app.codes.with(request.code, now, |(issued, grant)| {
        let redeemed = request.redeem(caller, server, Some(issued), sender, now);
        issued.redeemed |= redeemed.is_ok();
        (redeemed, grant.clone())
    });
    let Some((redeemed, grant)) = redeemed else {
        return Err(request
            .redeem(caller, server, None, sender, now)
            .map_or_else(|refused| refused.refusal, |_| failed(Failed)));
    };
    match redeemed {
        Ok(tokens) => {
            let refresh_token = keep(app, &tokens, &grant)?;
            answer(app, caller, &tokens, &grant, refresh_token)
        }
        Err(refused) => {
            if refused.revoke_tokens {
                app.revoke(&grant.id);
            }
            Err(refused.refusal)
        }
    }
}

/// Keeps the refresh token of an answer, if it has one.
fn keep(app: &App, tokens: &Tokens, grant: &Grant) -> Result<Option<String>, Refusal> {
    let Some(token) = tokens.refresh_token.clone() else { return Ok(None) };
    let text = random::token().map_err(|_| failed(Failed))?;
    let until = token.expires_at.unwrap_or(u64::MAX);
    let refreshing = Refreshing { token, grant: grant.clone(), successor: None };
    app.refresh_tokens.insert(text.clone(), refreshing, until, app.now());
    Ok(Some(text))
}

fn refresh(app: &App, caller: &Caller, request: &RefreshRequest<'_>, sender: &Binding) -> Result<Value, Refusal> {
    let (server, now) = (app.server(), app.now());
    let text = request.refresh_token;
    let successor = random::token().map_err(|_| failed(Failed))?;
    // In one step, so that of two requests with one token only one replaces it.
    let used = app.refresh_tokens.with(text, now, |refreshing| {
        let refreshed = request.redeem(caller, server, Some(&refreshing.token), sender, RETRY_WINDOW, now);
        if refreshed.as_ref().is_ok_and(|refreshed| refreshed.next == NextRefreshToken::Replaced) {
            refreshing.token.used_at = Some(now);
            refreshing.successor = Some(successor.clone());
        }
        (refreshed, refreshing.grant.clone(), refreshing.successor.clone())
    });
    let Some((refreshed, grant, next)) = used else {
        let refused = request.redeem(caller, server, None, sender, RETRY_WINDOW, now);
        return Err(refused.map_or_else(|refused| refused.refusal, |_| failed(Failed)));
    };
    let refreshed = refreshed.map_err(|refused| {
        if refused.revoke_family {
            app.revoke(&grant.id);
        }
        refused.refusal
    })?;
    let Some(token) = refreshed.tokens.refresh_token.clone() else { return Err(failed(Failed)) };
    let until = token.expires_at.unwrap_or(u64::MAX);
    let text = match (refreshed.next, next) {
        (NextRefreshToken::Replaced, Some(next)) => {
            app.refresh_tokens.insert(
                next.clone(),
                Refreshing { token, grant: grant.clone(), successor: None },
                until,
                now,
            );
            next
        }
        (NextRefreshToken::SameSuccessor, Some(next)) => {
            let unused = app.refresh_tokens.with(&next, now, |successor| successor.token.used_at.is_none());
            if unused != Some(true) {
                app.revoke(&grant.id);
                return Err(Refusal::new(ErrorCode::InvalidGrant, "the refresh token was used before"));
            }
            next
        }
        _ => {
            app.refresh_tokens.insert(
                text.to_owned(),
                Refreshing { token, grant: grant.clone(), successor: None },
                until,
                now,
            );
            text.to_owned()
        }
    };
    answer(app, caller, &refreshed.tokens, &grant, Some(text))
}

fn device(app: &App, caller: &Caller, request: &PollRequest<'_>, sender: &Binding) -> Result<Value, Refusal> {
    let (server, now) = (app.server(), app.now());
    let polled = app.devices.with(request.code, now, |device| {
        (request.redeem(caller, server, Some(&mut device.request), sender, now), device.grant.clone())
    });
    let (tokens, grant) = match polled {
        Some((tokens, grant)) => (tokens?, grant),
        None => (request.redeem(caller, server, None, sender, now)?, None),
    };
    // Whoever takes it out is the one who gets the tokens.
    let (Some(grant), Some(_)) = (grant, app.devices.take(request.code, now)) else {
        return Err(Refusal::new(ErrorCode::InvalidGrant, "the code was used before"));
    };
    let refresh_token = keep(app, &tokens, &grant)?;
    answer(app, caller, &tokens, &grant, refresh_token)
}

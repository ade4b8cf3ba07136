//! May this client ask the user for that, and what is it answered (RFC 6749 §4.1, OpenID Connect Core §3)?

use std::sync::Arc;

use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guestlist::Client;
use guestlist::decide::{self, Authorization, AuthorizationRefusal, Interaction, Parameters, Refusal, RequestObject};
use guestlist_axum::{AuthorizationRefused, authorization_response};

use crate::app::{App, Shared};
use crate::grant::Grant;
use crate::hint::Hint;
use crate::pages::Page;
use crate::pending::{self, Task};
use crate::session::{Browser, Failed, Session};
use crate::{issue, posted, random};

/// How long a code's traces are kept after it has expired, in seconds, so that a second use is noticed.
const REPLAY_WINDOW: u64 = 3600;

pub async fn get(State(app): State<Shared>, browser: Browser, RawQuery(query): RawQuery) -> Response {
    match posted::or_in(&app, query) {
        Ok(query) => begin(&app, &browser, &query).await,
        Err(page) => page.into_response(),
    }
}

/// OpenID Connect Core §3.1.2.1: both methods.
pub async fn post(State(app): State<Shared>, RawForm(form): RawForm) -> Response {
    posted::keep(&app, "/authorize", &form)
}

/// Where the user comes back to after signing in.
pub async fn resume(State(app): State<Shared>, browser: Browser, RawQuery(query): RawQuery) -> Response {
    let id = pending::named_in(query.as_deref());
    match pending::find(&app, &browser, id.as_deref()) {
        Err(page) => page.into_response(),
        Ok(Task::Answer(authorization)) => go_on(&app, &browser, *authorization, id.as_deref()).await,
        // Not before that, whoever opens this address.
        Ok(Task::Refuse(..)) if browser.session(&app).is_none() => {
            Redirect::to(&format!("/signin?request={}", id.unwrap_or_default())).into_response()
        }
        Ok(Task::Refuse(refusal, destination)) => {
            pending::end(&app, id.as_deref());
            show(AuthorizationRefusal::RedirectNow(refusal, destination))
        }
        Ok(Task::Device(code)) => {
            pending::end(&app, id.as_deref());
            let query = code.map(|code| format!("?user_code={code}")).unwrap_or_default();
            Redirect::to(&format!("/device{query}")).into_response()
        }
    }
}

async fn begin(app: &App, browser: &Browser, text: &str) -> Response {
    match read(app, text).await {
        Ok(authorization) => go_on(app, browser, authorization, None).await,
        Err(refused) => refuse(app, browser, refused),
    }
}

async fn read(app: &App, text: &str) -> Result<Authorization, AuthorizationRefused> {
    let parameters = Parameters::parse(text).map_err(AuthorizationRefusal::Page)?;
    let client = app.store().find(decide::client_of(&parameters)?).await?;
    // A `request_uri` counts once, whoever comes with it.
    let pushed = parameters.get("request_uri").ok().flatten().and_then(|uri| app.pushed.take(uri, app.now()));
    let object = match (pushed, &client, parameters.get("request").ok().flatten()) {
        (Some(pushed), ..) => Some(RequestObject::Pushed(pushed)),
        (None, Some(client), Some(jwt)) if !parameters.has("request_uri") => {
            let object = decide::request_object(client, app.server(), app.now(), jwt, app.guestlist.jwt_library())?;
            Some(RequestObject::Signed(object))
        }
        _ => None,
    };
    let mut authorization = decide::authorize(client.as_deref(), app.server(), &parameters, object, app.now())?;
    // There are no providers but this server: a wish for one is not heard, as the client's own restrictions allow.
    authorization.identity_provider = None;
    Ok(authorization)
}

/// Asks the user for what is missing, or answers the client.
async fn go_on(app: &App, browser: &Browser, authorization: Authorization, id: Option<&str>) -> Response {
    let client = match app.store().find(&authorization.client_id).await {
        Ok(Some(client)) => client,
        Ok(None) => {
            let gone = Refusal::new(decide::ErrorCode::UnauthorizedClient, "the client is gone");
            return show(AuthorizationRefusal::Page(gone));
        }
        Err(error) => return show(error),
    };
    let session = browser.session(app);
    let answer = match (next(app, &client, &authorization, session.as_ref(), id), session) {
        (Err(refusal), _) => return refuse(app, browser, refusal),
        (Ok(Interaction::Proceed), Some(session)) => {
            if !pending::end(app, id) {
                return pending::unknown().into_response();
            }
            browser.signed_in_at(app, &client.client_id);
            respond(app, &client, &authorization, &session)
        }
        (Ok(Interaction::Consent { .. }), Some(_)) => match id {
            Some(id) => Ok(Redirect::to(&format!("/consent?request={id}")).into_response()),
            None => pending::wait(app, browser, Task::Answer(Box::new(authorization)), "/consent"),
        },
        _ if !client.allows_identity_provider(None) => {
            let text = "Its users sign in elsewhere, and this server has no way there.";
            Ok(Page::message(StatusCode::FORBIDDEN, "You cannot sign in for this application", text).into_response())
        }
        _ => match id {
            Some(id) => Ok(Redirect::to(&format!("/signin?request={id}")).into_response()),
            None => pending::wait(app, browser, Task::Answer(Box::new(authorization)), "/signin"),
        },
    };
    answer.unwrap_or_else(IntoResponse::into_response)
}

/// What the user of this session must do next, for the task with this id.
pub fn next(
    app: &App,
    client: &Client,
    authorization: &Authorization,
    session: Option<&Session>,
    id: Option<&str>,
) -> Result<Interaction, AuthorizationRefusal> {
    let hint = Hint::of(app, &authorization.parameters).map_err(AuthorizationRefusal::Page)?;
    let consent = session.and_then(|session| {
        let remembered = || app.remembered(&session.subject, &client.client_id);
        pending::allowed(app, id, session).or_else(remembered)
    });
    let session = session.map(|session| {
        let user = session.for_decisions(client);
        if pending::has_signed_in(app, id, session) { user.for_this_request() } else { user }
    });
    let hint = hint.as_ref().and_then(Hint::for_decisions);
    authorization.interaction(client, session.as_ref(), hint.as_ref(), consent.as_ref(), app.now())
}

/// Shows a refusal where it may be shown.
pub fn refuse(app: &App, browser: &Browser, refused: impl Into<AuthorizationRefused>) -> Response {
    match refused.into() {
        AuthorizationRefused::Refusal(AuthorizationRefusal::RedirectAfterSignIn(refusal, destination))
            if browser.session(app).is_none() =>
        {
            pending::wait(app, browser, Task::Refuse(refusal, destination), "/signin")
                .unwrap_or_else(IntoResponse::into_response)
        }
        other => show(other),
    }
}

/// A redirect, or a page of this server's.
fn show(refused: impl Into<AuthorizationRefused>) -> Response {
    refused.into().after_sign_in().into_response_with(|refusal| {
        let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let text = match status.is_server_error() {
            true => format!("This is neither your fault nor the application's ({refusal}). Try again later."),
            false => format!("The application asked for something that it may not have ({refusal}). Tell its makers."),
        };
        Page::message(status, "This does not work", &text)
    })
}

/// The authorization response (RFC 6749 §4.1.2, §4.2.2; OpenID Connect Core §3.3.2.5).
fn respond(app: &App, client: &Client, authorization: &Authorization, session: &Session) -> Result<Response, Failed> {
    let now = app.now();
    let grant = Grant::of_user(&client.client_id, session);
    let scopes = &authorization.scopes;
    let mut response: Vec<(&str, String)> = Vec::new();
    if let Some(issued) = authorization.code(client, scopes, now) {
        let text = random::token()?;
        let until = issued.expires_at.saturating_add(REPLAY_WINDOW);
        app.codes.insert(&text, (issued, Arc::clone(&grant)), until, now);
        response.push(("code", text));
    }
    if let Some(tokens) = authorization.access_token(client, app.server(), scopes) {
        response.extend([
            ("access_token", issue::access_token(app, client, &tokens, &grant)?),
            ("token_type", tokens.binding.token_type().to_string()),
            ("expires_in", tokens.access_token_lifetime.to_string()),
            ("scope", issue::scope(&tokens.scopes)),
        ]);
    }
    if let Some(kind) = authorization.id_token(client, scopes) {
        let said = |name| response.iter().find(|(one, _)| *one == name).map(|(_, value)| value.as_str());
        let id_token = issue::id_token(app, client, scopes, &kind, &grant, said("access_token"), said("code"))?;
        response.push(("id_token", id_token));
    }
    let response: Vec<(&str, &str)> = response.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(authorization_response(&authorization.destination, &response))
}

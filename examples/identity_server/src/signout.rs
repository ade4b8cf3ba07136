//! A user signs out, and the clients are told (OpenID Connect RP-Initiated, Front-Channel and Back-Channel Logout).

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guestlist::decide::{
    self, BrowserSession, EndSession, LOGOUT_EVENT, LOGOUT_TOKEN_TYPE, LogoutToken, NotTold, Parameters, Refusal,
};
use guestlist::{Client, ClientRef};
use minijinja::context;
use serde_json::{Map, Value, json};

use crate::app::{App, Shared};
use crate::form::Form;
use crate::hint::Hint;
use crate::pages::Page;
use crate::pending::with_cookie;
use crate::session::{Browser, Session, forget};
use crate::{posted, random, users};

pub async fn get(State(app): State<Shared>, browser: Browser, RawQuery(query): RawQuery) -> Response {
    match posted::or_in(&app, query) {
        Ok(query) => request(&app, &browser, &query, false).await,
        Err(page) => page.into_response(),
    }
}

/// From the page that asks the user, or from a client, as OpenID Connect RP-Initiated Logout §2 allows.
pub async fn post(State(app): State<Shared>, browser: Browser, RawForm(body): RawForm) -> Response {
    if let Ok(form) = Form::read(&body, &browser) {
        // What the client asked for stands in the form as it came.
        let asked = form.get("request").unwrap_or_default().to_owned();
        return request(&app, &browser, &asked, true).await;
    }
    posted::keep(&app, "/signout", &body)
}

async fn request(app: &App, browser: &Browser, asked: &str, confirmed: bool) -> Response {
    let session = browser.session(app);
    let end = match read(app, asked, session.as_ref()).await {
        Ok(end) => end,
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            return Page::message(status, "This does not work", &refusal.to_string()).into_response();
        }
    };
    match session {
        Some(session) if end.asks_user && !confirmed => ask(app, browser, &session, asked, end.redirect.as_deref()),
        _ => finish(app, browser, end.redirect).await,
    }
}

async fn read(app: &App, asked: &str, session: Option<&Session>) -> Result<EndSession, Refusal> {
    let parameters = Parameters::parse(asked)?;
    let hint = Hint::of(app, &parameters)?;
    let hint = hint.as_ref().and_then(Hint::for_decisions);
    let client = match decide::end_session_client(&parameters, hint.as_ref())? {
        // A store that does not answer must not keep a user from signing out.
        Some(client_id) => app.store().find(client_id).await.ok().flatten(),
        None => None,
    };
    // The hint has the name by which its client knows the user.
    let subject = session.map(|session| match &client {
        Some(client) => users::subject_at(client, &session.subject),
        None => session.subject.clone(),
    });
    let session = session.zip(subject.as_ref());
    let session = session.map(|(session, subject)| BrowserSession::new(subject, &session.id));
    decide::end_session(client.as_deref(), &parameters, hint.as_ref(), session.as_ref())
}

/// `next` is where the user goes on to, and the page's form may lead; only a registered address gets here.
fn ask(app: &App, browser: &Browser, session: &Session, asked: &str, next: Option<&str>) -> Response {
    match browser.form_token(app) {
        Ok((form, cookie)) => {
            let user = users::by_subject(&session.subject).map(|user| user.username);
            let page = Page::new("sign_out.html", context! { form, user, request => asked });
            let page = match next {
                Some(uri) => page.leading_to(uri),
                None => page,
            };
            with_cookie(page.into_response(), cookie)
        }
        Err(failed) => failed.into_response(),
    }
}

/// Ends the session, tells the clients, and sends the user on.
async fn finish(app: &App, browser: &Browser, redirect: Option<String>) -> Response {
    let frames = match browser.sign_out(app) {
        Some(session) => end(app, &session).await,
        None => Vec::new(),
    };
    let mut response = match redirect {
        Some(uri) if frames.is_empty() => Redirect::to(&uri).into_response(),
        next => {
            Page::new("signed_out.html", context! { next, frames => frames.clone() }).framing(&frames).into_response()
        }
    };
    forget(app, &mut response);
    response
}

/// Ends what was granted in a session that is over, and tells its clients by the back channel; gives the addresses by
/// which the browser itself tells those of the front channel.
pub async fn end(app: &App, session: &Session) -> Vec<String> {
    session.ends.store(0, Ordering::SeqCst);
    let mut frames = Vec::new();
    for client_id in &session.clients {
        if let Ok(Some(client)) = app.store().find(client_id).await {
            let told = decide::front_channel_logout(&client, app.server(), Some(&session.id));
            frames.extend(told.map_err(|why| report(&client, why)));
            tell(app, &client, session);
        }
    }
    frames
}

/// Who asks to be told, and cannot be, is for the log.
fn report(client: &Client, why: NotTold) {
    if why != NotTold::NotAsked {
        eprintln!("identity_server: {} is not told of the sign-out: {why}", client.client_id);
    }
}

/// Posts a logout token, in the background: a client that does not answer keeps nobody waiting.
fn tell(app: &App, client: &ClientRef, session: &Session) {
    let now = app.now();
    let subject = users::subject_at(client, &session.subject);
    let token = match decide::back_channel_logout(client, app.server(), &subject, Some(&session.id), now) {
        Ok(token) => token,
        Err(why) => return report(client, why),
    };
    let Some(jwt) = signed(app, client, &token) else { return };
    let (client_id, uri) = (client.client_id.clone(), token.uri);
    tokio::task::spawn_blocking(move || {
        let agent = ureq::Agent::config_builder().max_redirects(0).timeout_global(Some(Duration::from_secs(5))).build();
        if let Err(error) =
            ureq::Agent::new_with_config(agent).post(uri.as_str()).send_form([("logout_token", jwt.as_str())])
        {
            eprintln!("identity_server: {client_id} could not be told of the sign-out: {error}");
        }
    });
}

/// By the algorithm of the client's ID tokens (OpenID Connect Back-Channel Logout §2.4).
fn signed(app: &App, client: &Client, token: &LogoutToken) -> Option<String> {
    let mut claims = Map::new();
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    say("iss", json!(token.issuer.as_str()));
    say("aud", json!(token.audience.as_str()));
    say("sub", json!(token.subject.as_str()));
    if let Some(session_id) = &token.session_id {
        say("sid", json!(session_id.as_str()));
    }
    say("iat", json!(token.issued_at));
    say("exp", json!(token.expires_at));
    say("jti", json!(random::token().ok()?));
    say("events", json!({ LOGOUT_EVENT: {} }));
    app.keys.sign(LOGOUT_TOKEN_TYPE, &claims, &client.allowed_identity_token_signing_algorithms)
}

//! A user signs out, and the clients are told (OpenID Connect RP-Initiated, Front-Channel and Back-Channel Logout).

use std::time::Duration;

use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guestlist::ClientRef;
use guestlist::decide::{
    self, BrowserSession, EndSession, IdTokenHint, LOGOUT_EVENT, LOGOUT_TOKEN_TYPE, LogoutToken, Parameters, Refusal,
};
use minijinja::context;
use serde_json::{Map, Value, json};

use crate::app::{App, Shared};
use crate::form::Form;
use crate::pages::Page;
use crate::pending::with_cookie;
use crate::session::{Browser, Session, forget};
use crate::{random, users};

pub async fn get(State(app): State<Shared>, browser: Browser, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    request(&app, &browser, &query, false).await
}

/// From a client, as OpenID Connect RP-Initiated Logout §2 allows, or from the page that asks the user.
pub async fn post(State(app): State<Shared>, browser: Browser, RawForm(body): RawForm) -> Response {
    if let Ok(form) = Form::read(&body, &browser) {
        // What the client asked for stands in the form as it came.
        let asked = form.get("request").unwrap_or_default().to_owned();
        return request(&app, &browser, &asked, true).await;
    }
    match str::from_utf8(&body) {
        Ok(body) => request(&app, &browser, body, false).await,
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
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
        Some(session) if end.asks_user && !confirmed => ask(browser, &session, asked),
        _ => finish(app, browser, end.redirect).await,
    }
}

async fn read(app: &App, asked: &str, session: Option<&Session>) -> Result<EndSession, Refusal> {
    let parameters = Parameters::parse(asked)?;
    let claims = parameters.get("id_token_hint")?.and_then(|hint| app.key.verify_expired("JWT", hint));
    let text = |name: &str| claims.as_ref().and_then(|claims| claims.get(name)).and_then(Value::as_str);
    let hint = text("aud").zip(text("sub")).map(|(client_id, subject)| IdTokenHint {
        client_id,
        subject,
        session_id: text("sid"),
    });
    let client = match decide::end_session_client(&parameters, hint.as_ref())? {
        // A store that does not answer must not keep a user from signing out.
        Some(client_id) => app.store().find(client_id).await.ok().flatten(),
        None => None,
    };
    let session = session.map(|session| BrowserSession { subject: &session.subject, session_id: &session.id });
    decide::end_session(client.as_deref(), &parameters, hint.as_ref(), session.as_ref())
}

fn ask(browser: &Browser, session: &Session, asked: &str) -> Response {
    match browser.form_token() {
        Ok((form, cookie)) => {
            let user = users::by_subject(&session.subject).map(|user| user.username);
            let page = Page::new("sign_out.html", context! { form, user, request => asked });
            // Where the user goes on to is known when the answer comes.
            let page = page_leading_on(page, asked);
            with_cookie(page.into_response(), cookie)
        }
        Err(failed) => failed.into_response(),
    }
}

fn page_leading_on(page: Page, asked: &str) -> Page {
    let parameters = Parameters::parse(asked).unwrap_or_default();
    match parameters.get("post_logout_redirect_uri") {
        Ok(Some(uri)) => page.leading_to(uri),
        _ => page,
    }
}

/// Ends the session, tells the clients, and sends the user on.
async fn finish(app: &App, browser: &Browser, redirect: Option<String>) -> Response {
    let session = browser.sign_out(app);
    let mut frames = Vec::new();
    if let Some(session) = &session {
        for client_id in &session.clients {
            if let Ok(Some(client)) = app.store().find(client_id).await {
                frames.extend(decide::front_channel_logout(&client, app.server(), &session.id));
                tell(app, &client, session);
            }
        }
    }
    let mut response = match redirect {
        Some(uri) if frames.is_empty() => Redirect::to(&uri).into_response(),
        next => {
            Page::new("signed_out.html", context! { next, frames => frames.clone() }).framing(&frames).into_response()
        }
    };
    forget(&mut response);
    response
}

/// Posts a logout token, in the background: a client that does not answer keeps nobody waiting.
fn tell(app: &App, client: &ClientRef, session: &Session) {
    let now = app.now();
    let token = match decide::back_channel_logout(client, app.server(), &session.subject, Some(&session.id), now) {
        Ok(token) => token,
        Err(decide::NotTold::NotAsked) => return,
        Err(why) => return eprintln!("identity_server: {} is not told of the sign-out: {why:?}", client.client_id),
    };
    let Some(jwt) = signed(app, &token) else { return };
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

fn signed(app: &App, token: &LogoutToken) -> Option<String> {
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
    app.key.sign(LOGOUT_TOKEN_TYPE, &claims).ok()
}

//! Does the user allow that?

use axum::extract::{RawForm, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use guestlist::decide::Interaction;
use guestlist::{Client, Text};
use minijinja::{Value, context};

use crate::app::{App, Shared};
use crate::authorize::{next, refuse};
use crate::form::Form;
use crate::pages::Page;
use crate::pending::{self, Task, with_cookie};
use crate::session::{Browser, Session};
use crate::users;

pub async fn get(State(app): State<Shared>, browser: Browser, RawQuery(query): RawQuery) -> Response {
    let request = pending::named_in(query.as_deref());
    let authorization = match pending::find(&app, &browser, request.as_deref()) {
        Ok(Task::Answer(authorization)) => authorization,
        Ok(_) => return pending::unknown().into_response(),
        Err(page) => return page.into_response(),
    };
    let (Some(session), Ok(Some(client))) = (browser.session(&app), app.store().find(&authorization.client_id).await)
    else {
        return Redirect::to(&format!("/signin?request={}", request.unwrap_or_default())).into_response();
    };
    // Only who is to be asked is.
    let Ok(Interaction::Consent { may_remember }) =
        next(&app, &client, &authorization, Some(&session), request.as_deref())
    else {
        return Redirect::to(&format!("/authorize/resume?request={}", request.unwrap_or_default())).into_response();
    };
    let (scopes, request) = (&authorization.scopes, request.as_deref());
    let asked = Asked { client: &client, scopes, action: "/consent", request, may_remember };
    asked.page(&app, &browser, &session, |page| page.leading_to(&authorization.destination.redirect_uri))
}

pub async fn post(State(app): State<Shared>, browser: Browser, RawForm(form): RawForm) -> Response {
    let form = match Form::read(&form, &browser) {
        Ok(form) => form,
        Err(page) => return page.into_response(),
    };
    let request = form.get("request");
    let authorization = match pending::find(&app, &browser, request) {
        Ok(Task::Answer(authorization)) => authorization,
        Ok(_) => return pending::unknown().into_response(),
        Err(page) => return page.into_response(),
    };
    // Who has seen the page is who answers.
    let Some(session) = browser.session(&app).filter(|session| form.get("session") == Some(&session.id)) else {
        return Redirect::to(&format!("/consent?request={}", request.unwrap_or_default())).into_response();
    };
    if form.get("answer") != Some("allow") {
        if !pending::end(&app, request) {
            return pending::unknown().into_response();
        }
        return refuse(&app, &browser, authorization.deny("the user does not allow it"));
    }
    let scopes = authorization.scopes;
    if form.get("remember").is_some() {
        app.remember(&session.subject, &authorization.client_id, scopes.clone());
    }
    pending::allow(&app, request, &session, scopes);
    Redirect::to(&format!("/authorize/resume?request={}", request.unwrap_or_default())).into_response()
}

/// What a user is asked to allow: by a client in the browser, or on a device.
pub struct Asked<'a> {
    pub client: &'a Client,
    pub scopes: &'a [Text],
    /// Where the answer goes.
    pub action: &'a str,
    pub request: Option<&'a str>,
    /// Whether the answer may count for other requests, too.
    pub may_remember: bool,
}

impl Asked<'_> {
    pub fn page(&self, app: &App, browser: &Browser, session: &Session, with: impl FnOnce(Page) -> Page) -> Response {
        let (form, cookie) = match browser.form_token(app) {
            Ok(token) => token,
            Err(failed) => return failed.into_response(),
        };
        let Self { client, scopes, action, request, may_remember } = self;
        let content = context! {
            client => client.client_name.as_deref().unwrap_or(&client.client_id),
            description => client.description.as_deref(),
            uri => client.client_uri.as_deref(),
            logo => client.logo_uri.as_deref(),
            user => users::by_subject(&session.subject).map(|user| user.username),
            scopes => scopes.iter().map(|scope| described(scope)).collect::<Vec<Value>>(),
            remember => *may_remember,
            action => *action, form, request => *request, session => session.id.as_str(),
        };
        let page = Page::new("consent.html", content).showing(client.logo_uri.as_deref());
        with_cookie(with(page).into_response(), cookie)
    }
}

fn described(scope: &str) -> Value {
    let text = match scope {
        "openid" => "know who you are here",
        "profile" => "read your name",
        "email" => "read your e-mail address",
        "offline_access" => "do this also while you are away",
        _ => "use an API in your name",
    };
    context! { name => scope, text }
}

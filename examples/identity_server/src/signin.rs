//! Who is the user?

use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::context;

use crate::app::{App, Shared};
use crate::authorize::refuse;
use crate::form::Form;
use crate::pages::Page;
use crate::pending::{self, Task, with_cookie};
use crate::session::{self, Browser};
use crate::{signout, users};

pub async fn get(State(app): State<Shared>, browser: Browser, RawQuery(query): RawQuery) -> Response {
    let request = pending::named_in(query.as_deref());
    match pending::find(&app, &browser, request.as_deref()) {
        Ok(task) => page(&app, &browser, &task, request.as_deref(), None).await,
        Err(page) => page.into_response(),
    }
}

pub async fn post(State(app): State<Shared>, browser: Browser, RawForm(form): RawForm) -> Response {
    let form = match Form::read(&form, &browser) {
        Ok(form) => form,
        Err(page) => return page.into_response(),
    };
    let request = form.get("request");
    let task = match pending::find(&app, &browser, request) {
        Ok(task) => task,
        Err(page) => return page.into_response(),
    };
    if form.get("cancel").is_some() {
        pending::end(&app, request);
        return match task {
            Task::Answer(authorization) => refuse(&app, &browser, authorization.deny("the user has not signed in")),
            // The client was to be refused, and is not trusted with the browser of somebody who has not signed in.
            Task::Refuse(..) | Task::Device(_) => {
                Page::message(StatusCode::OK, "Not signed in", "You can close this page.").into_response()
            }
        };
    }
    let username = form.get("username").unwrap_or_default();
    let attempts = format!("password of {username}");
    if !app.guesses.may_try(&attempts, app.now()) {
        let error = "There were too many attempts to sign in by this name. Try again in some minutes.";
        return page(&app, &browser, &task, request, Some((StatusCode::TOO_MANY_REQUESTS, error))).await;
    }
    let Some(user) = users::sign_in(username, form.get("password").unwrap_or_default()) else {
        let error = "The user name or the password is wrong.";
        return page(&app, &browser, &task, request, Some((StatusCode::UNPROCESSABLE_ENTITY, error))).await;
    };
    app.guesses.forgive(&attempts);
    let before = browser.sign_out(&app);
    if let Some(other) = before.as_ref().filter(|before| before.subject != user.subject) {
        // Two users cannot be signed in in one browser.
        signout::end(&app, other).await;
    }
    let (session, cookie) = match session::begin(&app, user.subject, before) {
        Ok(begun) => begun,
        Err(failed) => return failed.into_response(),
    };
    pending::sign_in(&app, request, &session);
    let next = format!("/authorize/resume?request={}", request.unwrap_or_default());
    ([(SET_COOKIE, cookie)], Redirect::to(&next)).into_response()
}

async fn page(
    app: &App,
    browser: &Browser,
    task: &Task,
    request: Option<&str>,
    error: Option<(StatusCode, &str)>,
) -> Response {
    let (form, cookie) = match browser.form_token(app) {
        Ok(token) => token,
        Err(failed) => return failed.into_response(),
    };
    let (client, uri) = match task {
        Task::Answer(authorization) => {
            let client = app.store().find(&authorization.client_id).await.ok().flatten();
            let name = client.and_then(|client| client.client_name.clone()).unwrap_or(authorization.client_id.clone());
            (name.to_string(), Some(authorization.destination.redirect_uri.clone()))
        }
        Task::Refuse(_, destination) => ("the application".to_owned(), Some(destination.redirect_uri.clone())),
        Task::Device(_) => ("your device".to_owned(), None),
    };
    let content = context! { client, form, request, error => error.map(|(_, text)| text) };
    let page = Page::new("sign_in.html", content).status(error.map_or(StatusCode::OK, |(status, _)| status));
    let page = match uri {
        Some(uri) => page.leading_to(&uri),
        None => page,
    };
    with_cookie(page.into_response(), cookie)
}

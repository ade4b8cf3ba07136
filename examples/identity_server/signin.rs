//! Who is the user?

use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use guestlist::decide::Parameters;
use minijinja::context;

use crate::app::{App, Shared};
use crate::authorize::refuse;
use crate::form::Form;
use crate::pages::Page;
use crate::pending::{self, Task, with_cookie};
use crate::session::{self, Browser};
use crate::users;

pub async fn get(State(app): State<Shared>, browser: Browser, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let request =
        Parameters::parse(&query).ok().and_then(|query| query.get("request").ok().flatten().map(str::to_owned));
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
        pending::done(&app, request);
        return match task {
            Task::Answer(authorization) => refuse(&app, &browser, authorization.deny("the user has not signed in")),
            // The client was to be refused, and is not trusted with the browser of somebody who has not signed in.
            Task::Refuse(..) | Task::Device(_) => {
                Page::message(StatusCode::OK, "Not signed in", "You can close this page.").into_response()
            }
        };
    }
    let user = users::sign_in(form.get("username").unwrap_or_default(), form.get("password").unwrap_or_default());
    let Some(user) = user else {
        let wrong = "The user name or the password is wrong.";
        return page(&app, &browser, &task, request, Some(wrong)).await;
    };
    let cookie = match session::begin(&app, user.subject) {
        Ok(cookie) => cookie,
        Err(failed) => return failed.into_response(),
    };
    let next = format!("/authorize/resume?request={}", request.unwrap_or_default());
    ([(SET_COOKIE, cookie)], Redirect::to(&next)).into_response()
}

async fn page(app: &App, browser: &Browser, task: &Task, request: Option<&str>, error: Option<&str>) -> Response {
    let (form, cookie) = match browser.form_token() {
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
    let content = context! { client, form, request, error };
    let page = Page::new("sign_in.html", content);
    let page = if error.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page };
    let page = match uri {
        Some(uri) => page.leading_to(&uri),
        None => page,
    };
    with_cookie(page.into_response(), cookie)
}

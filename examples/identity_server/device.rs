//! A device without a browser asks for its user (RFC 8628).

use axum::Json;
use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use guestlist::decide::{self, Answer, ErrorCode, Parameters, Refusal};
use guestlist_axum::{FromClient, Refused};
use minijinja::context;
use serde_json::json;

use crate::app::{App, Device, Grant, Shared};
use crate::consent::Asked;
use crate::form::Form;
use crate::pages::Page;
use crate::pending::{self, Task, with_cookie};
use crate::random;
use crate::session::Browser;

/// RFC 8628 §3.1, §3.2.
pub async fn authorization(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    let now = app.now();
    let pending = decide::device_authorization(&request.caller, app.server(), &request.parameters, now)?;
    let failed = |_| Refusal::new(ErrorCode::ServerError, "the codes could not be made");
    let (device_code, user_code) = (random::token().map_err(failed)?, random::user_code().map_err(failed)?);
    let page = format!("{}/device", app.issuer());
    let answer = json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": pending.expires_in,
        "interval": pending.interval,
    });
    let until = pending.expires_at;
    app.devices.insert(device_code, Device { request: pending, user_code, grant: None }, until, now);
    Ok(([(CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

/// Where the user enters the code. A code that comes with the address is shown, not taken: the user
/// must see that it is the one on the device (RFC 8628 §5.4).
pub async fn page(State(app): State<Shared>, browser: Browser, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let code = Parameters::parse(&query).ok().and_then(|query| query.get("user_code").ok().flatten().and_then(spelt));
    if browser.session(&app).is_none() {
        return pending::wait(&app, &browser, Task::Device(code), "/signin")
            .unwrap_or_else(IntoResponse::into_response);
    }
    enter_page(&browser, code.as_deref(), None)
}

fn enter_page(browser: &Browser, code: Option<&str>, error: Option<&str>) -> Response {
    match browser.form_token() {
        Ok((form, cookie)) => {
            let page = Page::new("device.html", context! { form, code, error });
            let page = if error.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page };
            with_cookie(page.into_response(), cookie)
        }
        Err(failed) => failed.into_response(),
    }
}

/// Shows what the device asks for.
pub async fn enter(State(app): State<Shared>, browser: Browser, RawForm(form): RawForm) -> Response {
    let form = match Form::read(&form, &browser) {
        Ok(form) => form,
        Err(page) => return page.into_response(),
    };
    let code = form.get("user_code").and_then(spelt);
    let Some(session) = browser.session(&app) else {
        return pending::wait(&app, &browser, Task::Device(code), "/signin")
            .unwrap_or_else(IntoResponse::into_response);
    };
    let device = code.as_deref().and_then(|code| waiting(&app, code));
    let Some((_, device)) = device else {
        return enter_page(
            &browser,
            form.get("user_code"),
            Some("There is no device with this code. Is it still shown?"),
        );
    };
    let Ok(Some(client)) = app.store().find(&device.request.client_id).await else {
        return enter_page(&browser, None, Some("The application on this device is not known any more."));
    };
    let asked = Asked {
        client: &client,
        scopes: &device.request.scopes,
        action: "/device/allow",
        request: Some(&device.user_code),
    };
    asked.page(&browser, &session, |page| page)
}

/// The user's answer.
pub async fn allow(State(app): State<Shared>, browser: Browser, RawForm(form): RawForm) -> Response {
    let form = match Form::read(&form, &browser) {
        Ok(form) => form,
        Err(page) => return page.into_response(),
    };
    let code = form.get("request").and_then(spelt);
    let (Some(session), Some((key, device))) =
        (browser.session(&app), code.as_deref().and_then(|code| waiting(&app, code)))
    else {
        return enter_page(&browser, None, Some("That took too long. Start again on the device."));
    };
    let grant = match Grant::of_user(&device.request.client_id, &session, None) {
        Ok(grant) => grant,
        Err(failed) => return failed.into_response(),
    };
    let allowed = form.get("answer") == Some("allow");
    app.devices.with(&key, app.now(), |device| {
        device.request.answer = if allowed { Answer::Granted } else { Answer::Denied };
        device.grant = Some(grant);
    });
    browser.signed_in_at(&app, &device.request.client_id);
    let text = if allowed { "The device goes on by itself." } else { "The device gets nothing." };
    Page::message(StatusCode::OK, "Done", text).into_response()
}

/// The device that waits with this code, and nobody has answered yet.
fn waiting(app: &App, user_code: &str) -> Option<(String, Device)> {
    let key = app
        .devices
        .find(app.now(), |device| device.user_code == user_code && device.request.answer == Answer::Pending)?;
    let device = app.devices.get(&key, app.now())?;
    Some((key, device))
}

/// A code as people type it: in any case, with or without the hyphen (RFC 8628 §6.1).
fn spelt(typed: &str) -> Option<String> {
    let letters: String =
        typed.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_uppercase()).collect();
    let (first, second) = letters.split_at_checked(4)?;
    (second.len() == 4).then(|| format!("{first}-{second}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_in_any_way() {
        for typed in ["BCDF-GHJK", "bcdfghjk", " bcdf ghjk "] {
            assert_eq!(spelt(typed).as_deref(), Some("BCDF-GHJK"), "{typed}");
        }
        for typed in ["", "BCDF-GHJ", "BCDF-GHJKL", "ßßßß-ßßßß"] {
            assert_eq!(spelt(typed), None, "{typed}");
        }
    }
}

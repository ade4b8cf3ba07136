//! A device without a browser asks for its user (RFC 8628).

use axum::Json;
use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use guestlist::ClientRef;
use guestlist::decide::{self, Answer, Parameters, PendingRequest, Refusal};
use guestlist_axum::{FromClient, NoStore, Refused};
use minijinja::context;
use serde_json::json;

use crate::app::{App, Device, Shared};
use crate::consent::Asked;
use crate::expiring::Values;
use crate::form::Form;
use crate::grant::Grant;
use crate::pages::Page;
use crate::pending::{self, Task, with_cookie};
use crate::random;
use crate::session::{Browser, Session};

/// How long a code's traces are kept after it has expired, in seconds, so that the device hears of it.
const REMEMBERED: u64 = 600;

/// RFC 8628 §3.1, §3.2.
pub async fn authorization(State(app): State<Shared>, request: FromClient) -> Result<Response, Refused> {
    let now = app.now();
    let pending = decide::device_authorization(&request.caller, app.server(), &request.parameters, now)?;
    let device_code = random::token()?;
    let mut devices = app.devices.lock();
    // Short as it is, it may come twice.
    let user_code = loop {
        let code = random::user_code(request.caller.client().user_code_type.as_deref())?;
        if devices.find_mut(now, |device| device.user_code == code).is_none() {
            break code;
        }
    };
    let page = format!("{}/device", app.issuer());
    let answer = json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": pending.expires_in,
        "interval": pending.interval,
    });
    let until = pending.expires_at.saturating_add(REMEMBERED);
    let device = Device { request: pending, user_code, grant: None };
    devices.insert_if_room(&device_code, device, until, now).map_err(Refusal::from)?;
    Ok((NoStore, Json(answer)).into_response())
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
    enter_page(&app, &browser, code.as_deref(), None)
}

fn enter_page(app: &App, browser: &Browser, code: Option<&str>, error: Option<&str>) -> Response {
    match browser.form_token(app) {
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
    match find(&app, &browser, form.get("user_code")).await {
        Ok(Found { session, user_code, device, client }) => {
            let (scopes, request) = (&device.scopes, Some(user_code.as_str()));
            let asked = Asked { client: &client, scopes, action: "/device/allow", request, may_remember: false };
            asked.page(&app, &browser, &session, |page| page)
        }
        Err(response) => *response,
    }
}

/// The user's answer.
pub async fn allow(State(app): State<Shared>, browser: Browser, RawForm(form): RawForm) -> Response {
    let form = match Form::read(&form, &browser) {
        Ok(form) => form,
        Err(page) => return page.into_response(),
    };
    let Found { session, user_code, device, client } = match find(&app, &browser, form.get("request")).await {
        Ok(found) => found,
        Err(response) => return *response,
    };
    // Who has seen the page is who answers.
    if form.get("session") != Some(&session.id) {
        return enter_page(&app, &browser, Some(&user_code), None);
    }
    let allowed = form.get("answer") == Some("allow");
    let grant = Grant::of_user(&device.client_id, &session);
    if let Some(waiting) = waiting(&mut app.devices.lock(), &user_code, app.now()) {
        waiting.request.answer = if allowed { Answer::Granted } else { Answer::Denied };
        waiting.grant = Some(grant);
    }
    if allowed {
        browser.signed_in_at(&app, &client.client_id);
    }
    let text = if allowed { "The device goes on by itself." } else { "The device gets nothing." };
    Page::message(StatusCode::OK, "Done", text).into_response()
}

/// A user with the code of a device that waits.
struct Found {
    session: Session,
    user_code: String,
    device: PendingRequest,
    client: ClientRef,
}

/// The device with the code that a user has typed; or the page by which the user goes on otherwise.
async fn find(app: &App, browser: &Browser, typed: Option<&str>) -> Result<Found, Box<Response>> {
    let (code, now) = (typed.and_then(spelt), app.now());
    let sign_in = |code| {
        let waits = pending::wait(app, browser, Task::Device(code), "/signin");
        Box::new(waits.unwrap_or_else(IntoResponse::into_response))
    };
    let again = |error| Box::new(enter_page(app, browser, typed, Some(error)));
    let Some(session) = browser.session(app) else { return Err(sign_in(code)) };
    // A code is short enough to be guessed at (RFC 8628 §5.1).
    if !app.guesses.may_try(&format!("devices of {}", session.subject), now) {
        return Err(again("There were too many codes. Try again in some minutes."));
    }
    let device = code.and_then(|code| {
        let device = waiting(&mut app.devices.lock(), &code, now)?.request.clone();
        Some((code, device))
    });
    let Some((user_code, device)) = device else {
        return Err(again("There is no device with this code. Is it still shown?"));
    };
    let Ok(Some(client)) = app.store().find(&device.client_id).await else {
        return Err(again("The application on this device is not known any more."));
    };
    if !client.allows_identity_provider(None) {
        return Err(again("The users of this application sign in elsewhere, and this server has no way there."));
    }
    let age = now.saturating_sub(session.authenticated_at);
    if client.user_sso_lifetime.is_some_and(|most| age > most.into()) {
        return Err(sign_in(Some(user_code)));
    }
    Ok(Found { session, user_code, device, client })
}

/// The device that waits with this code, and nobody has answered yet.
fn waiting<'d>(devices: &'d mut Values<Device>, user_code: &str, now: u64) -> Option<&'d mut Device> {
    let is = |device: &Device| {
        let request = &device.request;
        device.user_code == user_code && now < request.expires_at && request.answer == Answer::Pending
    };
    devices.find_mut(now, is)
}

/// A code as people type it: in any case, with or without the hyphens (RFC 8628 §6.1).
fn spelt(typed: &str) -> Option<String> {
    let characters: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_uppercase()).collect();
    let group = match characters.len() {
        8 if characters.bytes().all(|byte| byte.is_ascii_uppercase()) => 4,
        9 if characters.bytes().all(|byte| byte.is_ascii_digit()) => 3,
        _ => return None,
    };
    let groups: Vec<&str> =
        (0..characters.len()).step_by(group).filter_map(|at| characters.get(at..at + group)).collect();
    Some(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_in_any_way() {
        for typed in ["BCDF-GHJK", "bcdfghjk", " bcdf ghjk "] {
            assert_eq!(spelt(typed).as_deref(), Some("BCDF-GHJK"), "{typed}");
        }
        for typed in ["019-450-730", "019450730", " 019 450 730"] {
            assert_eq!(spelt(typed).as_deref(), Some("019-450-730"), "{typed}");
        }
        for typed in ["", "BCDF-GHJ", "BCDF-GHJKL", "ßßßß-ßßßß", "BCDF-GHJ1", "01945073", "0194507301"] {
            assert_eq!(spelt(typed), None, "{typed}");
        }
    }
}

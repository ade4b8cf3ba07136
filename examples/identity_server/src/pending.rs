//! What waits for a user to sign in, to consent, or to be sent on?

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use guestlist::Text;
use guestlist::decide::{Authorization, Consent, Destination, Parameters, Refusal};

use crate::app::App;
use crate::pages::Page;
use crate::random;
use crate::session::{Browser, Failed, Session};

/// How long the user may take, in seconds.
const LIFETIME: u64 = 600;

#[derive(Clone)]
pub enum Task {
    /// A client is to be answered.
    Answer(Box<Authorization>),
    /// A client is to be refused, but not before the user has signed in (RFC 9700 §4.11.2).
    Refuse(Refusal, Destination),
    /// A device is to be connected; its code, if the user came with it.
    Device(Option<String>),
}

/// A task of one browser.
#[derive(Clone)]
pub struct Pending {
    pub task: Task,
    /// The token of the browser's forms: in another browser the task is unknown.
    browser: String,
    /// The session that a user has begun for it, by its id.
    signed_in: Option<String>,
    /// What the user has allowed for it, in the session with this id.
    allowed: Option<(String, Vec<Text>)>,
}

/// Keeps a task, and sends the user to a page that goes on with it.
pub fn wait(app: &App, browser: &Browser, task: Task, page: &str) -> Result<Response, Failed> {
    let (form, cookie) = browser.form_token(app)?;
    let id = random::token()?;
    let now = app.now();
    let pending = Pending { task, browser: form, signed_in: None, allowed: None };
    if let Err(full) = app.pending.lock().insert_if_room(&id, pending, now.saturating_add(LIFETIME), now) {
        return Ok(full.into_response());
    }
    Ok(with_cookie(Redirect::to(&format!("{page}?request={id}")).into_response(), cookie))
}

/// The task with this id, if it is this browser's: in another one, nobody goes on with what somebody else has begun.
pub fn find(app: &App, browser: &Browser, id: Option<&str>) -> Result<Task, Page> {
    let pending = id.and_then(|id| app.pending.get(id, app.now()));
    pending.filter(|pending| browser.has(&pending.browser)).map(|pending| pending.task).ok_or_else(unknown)
}

/// What is said of a task that is not there.
pub fn unknown() -> Page {
    Page::message(
        StatusCode::BAD_REQUEST,
        "That took too long",
        "This page has expired, or it belongs to another browser. Go back to the application and start again.",
    )
}

/// Of a query, the task that it names.
pub fn named_in(query: Option<&str>) -> Option<String> {
    let query = Parameters::parse(query.unwrap_or_default()).ok()?;
    query.get("request").ok().flatten().map(str::to_owned)
}

/// Notes that a user has signed in for a task: that one, and no other that waits meanwhile.
pub fn sign_in(app: &App, id: Option<&str>, session: &Session) {
    if let Some(id) = id {
        app.pending.with(id, app.now(), |pending| pending.signed_in = Some(session.id.clone()));
    }
}

/// Whether the user of this session has signed in for a task.
pub fn has_signed_in(app: &App, id: Option<&str>, session: &Session) -> bool {
    let pending = id.and_then(|id| app.pending.get(id, app.now()));
    pending.is_some_and(|pending| pending.signed_in.as_ref() == Some(&session.id))
}

/// Notes that the user of this session allows what a task asks for: that one, and no other that waits meanwhile.
pub fn allow(app: &App, id: Option<&str>, session: &Session, scopes: Vec<Text>) {
    if let Some(id) = id {
        app.pending.with(id, app.now(), |pending| pending.allowed = Some((session.id.clone(), scopes)));
    }
}

/// What the user of this session has allowed for a task.
pub fn allowed(app: &App, id: Option<&str>, session: &Session) -> Option<Consent> {
    let (session_id, scopes) = app.pending.get(id?, app.now())?.allowed?;
    (session_id == session.id).then_some(Consent::ForThisRequest { scopes })
}

/// Ends a task, if there is one, and says whether it had not ended before: of two who go on with it at once, one does.
pub fn end(app: &App, id: Option<&str>) -> bool {
    id.is_none_or(|id| app.pending.take(id, app.now()).is_some())
}

pub fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

//! What has the form of another site posted?

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guestlist::decide::Parameters;

use crate::answer::LONGEST_ADDRESS;
use crate::app::App;
use crate::pages::Page;
use crate::{pending, random};

/// How long it is kept, in seconds: a browser comes back at once.
const LIFETIME: u64 = 60;

/// Keeps what was posted, and sends the browser here again, by a `GET`. What another site's form has posted comes
/// without the cookies, which are `SameSite=Lax`: it would seem that nobody has signed in, and the answer would put new
/// cookies in the place of the old ones. It was posted so that it stands in no address, and does not stand in this one.
pub fn keep(app: &App, path: &str, body: &[u8]) -> Response {
    if body.len() > LONGEST_ADDRESS {
        let text = "What the application has sent is too long.";
        return Page::message(StatusCode::PAYLOAD_TOO_LARGE, "This does not work", text).into_response();
    }
    let Some(body) = str::from_utf8(body).ok().filter(|body| body.bytes().all(|byte| byte.is_ascii_graphic())) else {
        let text = "What the application has sent is not form-encoded.";
        return Page::message(StatusCode::BAD_REQUEST, "This does not work", text).into_response();
    };
    let (id, now) = match random::token() {
        Ok(id) => (id, app.now()),
        Err(failed) => return failed.into_response(),
    };
    match app.posted.lock().insert_if_room(&id, body.to_owned(), now.saturating_add(LIFETIME), now) {
        Ok(()) => Redirect::to(&format!("{path}?posted={id}")).into_response(),
        Err(full) => full.into_response(),
    }
}

/// What a query asks for: what was posted, if it names that, or what stands in it.
pub fn or_in(app: &App, query: Option<String>) -> Result<String, Page> {
    let query = query.unwrap_or_default();
    let named = Parameters::parse(&query).ok().and_then(|query| query.get("posted").ok().flatten().map(str::to_owned));
    match named {
        Some(id) => app.posted.take(&id, app.now()).ok_or_else(pending::unknown),
        None => Ok(query),
    }
}

//! Was a form sent from a page of this server?

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use guestlist::decide::Parameters;

use crate::pages::Page;
use crate::session::Browser;

/// The fields of a form of this server.
pub struct Form<'a> {
    fields: Parameters<'a>,
}

impl<'a> Form<'a> {
    /// Reads a form that carries its browser's token: no other site can send one.
    pub fn read(body: &'a [u8], browser: &Browser) -> Result<Self, Page> {
        let fields = str::from_utf8(body).ok().and_then(|body| Parameters::parse(body).ok());
        let own = fields.filter(|fields| browser.sent(fields.get("form").ok().flatten()));
        own.map(|fields| Self { fields }).ok_or_else(|| {
            Page::message(
                StatusCode::FORBIDDEN,
                "This form is not ours",
                "It was not sent from a page of this server, or your browser keeps no cookies. Go back and try again.",
            )
        })
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).ok().flatten()
    }
}

/// Sends a browser here again, by a `GET` with the same parameters. What another site's form has posted comes without
/// the cookies, which are `SameSite=Lax`: it would seem that nobody has signed in, and the answer would put new
/// cookies in the place of the old ones.
pub fn as_get(path: &str, body: &[u8]) -> Response {
    match str::from_utf8(body) {
        Ok(body) if body.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Redirect::to(&format!("{path}?{body}")).into_response()
        }
        _ => {
            let text = "What the application has sent is not form-encoded.";
            Page::message(StatusCode::BAD_REQUEST, "This does not work", text).into_response()
        }
    }
}

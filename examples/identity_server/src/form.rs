//! Was a form sent from a page of this server?

use axum::http::StatusCode;
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

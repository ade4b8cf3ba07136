//! What does the user see?

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use guestlist_runtime::decide::Refusal;

use crate::NoStore;

/// Submits the form. The policy names it by its hash, so that no other script runs, and no nonce has
/// to be made.
pub const SCRIPT: &str = "document.forms[0].submit()";

const NO_SCRIPT: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Without `form-action`: Chromium applies it to where the client redirects next, too, and there is but
// one form.
const ONE_SCRIPT: &str = "default-src 'none'; script-src 'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='; \
                          base-uri 'none'; frame-ancestors 'none'";

/// A page that tells what is wrong.
pub fn of_refusal(status: StatusCode, refusal: &Refusal) -> Response {
    const TITLE: &str = "This request cannot be answered";
    let body = format!("<h1>{TITLE}</h1>\n<p>{}</p>", escaped(&refusal.to_string()));
    page(status, NO_SCRIPT, TITLE, &body)
}

/// A form that the browser posts by itself (OAuth 2.0 Form Post Response Mode §2), or the user without scripts.
pub fn of_form(action: &str, fields: &[(&str, &str)]) -> Response {
    let field = |(name, value): &(&str, &str)| {
        format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escaped(name), escaped(value))
    };
    let fields: String = fields.iter().map(field).collect();
    let body = format!(
        "<form method=\"post\" action=\"{}\">\n{fields}<noscript><button>Continue</button></noscript>\n</form>\n\
         <script>{SCRIPT}</script>",
        escaped(action),
    );
    page(StatusCode::OK, ONE_SCRIPT, "Back to the application", &body)
}

fn page(status: StatusCode, policy: &'static str, title: &str, body: &str) -> Response {
    let headers: [(HeaderName, HeaderValue); 3] = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body>\n{body}\n</body>\n</html>\n"
    );
    (status, NoStore, NO_REFERRER, headers, page).into_response()
}

/// No address of the authorization endpoint leaves in `Referer`: codes and states stand in them (RFC 9700 §4.2.4).
pub const NO_REFERRER: [(HeaderName, HeaderValue); 1] = [(REFERRER_POLICY, HeaderValue::from_static("no-referrer"))];

/// A text as it stands in HTML, also in an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

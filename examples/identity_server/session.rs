//! Which browser is this, and who has signed in there?

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use cookie::{Cookie, SameSite};
use guestlist::decide::UserSession;

use crate::app::{App, Shared};
use crate::random;

/// How long a user stays signed in, in seconds.
const LIFETIME: u64 = 10 * 3600;

const SESSION: &str = "session";
const FORM: &str = "form";

/// A user's session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Names the session to clients, as `sid`; the cookie's value is another, which nobody else knows.
    pub id: String,
    pub subject: String,
    pub authenticated_at: u64,
    /// The clients that the user has signed in at, to be told when the user signs out.
    pub clients: Vec<String>,
}

impl Session {
    /// What the decisions ask of it. There are no identity providers here but the server itself.
    pub fn for_decisions(&self) -> UserSession {
        UserSession { authenticated_at: self.authenticated_at, identity_provider: None }
    }
}

/// The browser that a request comes from.
pub struct Browser {
    /// The session's cookie.
    key: Option<String>,
    /// What a form of this server has as its token, so that no other site can send it.
    form: Option<String>,
}

impl FromRequestParts<Shared> for Browser {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Self::Rejection> {
        Ok(Self { key: cookie(&parts.headers, SESSION), form: cookie(&parts.headers, FORM) })
    }
}

impl Browser {
    /// The session of the user who has signed in here.
    pub fn session(&self, app: &App) -> Option<Session> {
        app.sessions.get(self.key.as_deref()?, app.now())
    }

    /// Notes that the user has signed in at a client, by a session that is still there.
    pub fn signed_in_at(&self, app: &App, client_id: &str) {
        let Some(key) = &self.key else { return };
        app.sessions.with(key, app.now(), |session| {
            if !session.clients.iter().any(|known| known == client_id) {
                session.clients.push(client_id.to_owned());
            }
        });
    }

    /// Ends the session, and says what it was.
    pub fn sign_out(&self, app: &App) -> Option<Session> {
        app.sessions.take(self.key.as_deref()?, app.now())
    }

    /// The token for this browser's forms, and the cookie that must be set with it if it is new.
    pub fn form_token(&self) -> Result<(String, Option<HeaderValue>), Failed> {
        if let Some(form) = &self.form {
            return Ok((form.clone(), None));
        }
        let token = random::token().map_err(|_| Failed)?;
        let cookie = set_cookie(FORM, &token)?;
        Ok((token, Some(cookie)))
    }

    /// Whether a form was sent from a page of this server in this browser: the token in the form is
    /// that of the cookie, which no other site can read or set.
    pub fn sent(&self, token: Option<&str>) -> bool {
        self.form.is_some() && self.form.as_deref() == token
    }
}

/// Begins a session; never one whose cookie somebody may have planted before.
pub fn begin(app: &App, subject: &str) -> Result<HeaderValue, Failed> {
    let now = app.now();
    let (key, id) = (random::token().map_err(|_| Failed)?, random::token().map_err(|_| Failed)?);
    let session = Session { id, subject: subject.to_owned(), authenticated_at: now, clients: Vec::new() };
    app.sessions.insert(key.clone(), session, now.saturating_add(LIFETIME), now);
    set_cookie(SESSION, &key)
}

/// The header that makes the browser forget the session.
pub fn forget(response: &mut Response) {
    if let Ok(cookie) = HeaderValue::from_str(&format!("{SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut values = all
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .filter(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned());
    values.next().filter(|value| !value.is_empty())
}

/// Lax: users come to the authorization endpoint from other sites, but no form does. Behind TLS it is
/// also `Secure`, and its name begins with `__Host-`.
fn set_cookie(name: &'static str, value: &str) -> Result<HeaderValue, Failed> {
    let cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).build();
    HeaderValue::from_str(&cookie.to_string()).map_err(|_| Failed)
}

/// The server could not make what it needs.
#[derive(Clone, Copy, Debug)]
pub struct Failed;

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

//! Which browser is this, and who has signed in there?

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use cookie::{Cookie, SameSite};
use guestlist::Client;
use guestlist::decide::{ErrorCode, Refusal, UserSession};
use guestlist_axum::Refused;

use crate::app::{App, Shared};
use crate::{random, users};

/// How long a user stays signed in, in seconds.
pub const LIFETIME: u64 = 10 * 3600;

/// A user's session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Names the session to clients, as `sid`; the cookie's value is another, which nobody else knows.
    pub id: String,
    pub subject: String,
    pub authenticated_at: u64,
    /// The clients that the user has signed in at, to be told when the user signs out.
    pub clients: Vec<String>,
    /// When it ends, in Unix time, for what was granted in it.
    pub ends: Arc<AtomicU64>,
}

impl Session {
    /// What the decisions for a client ask of it. There are no identity providers here but the server itself.
    pub fn for_decisions(&self, client: &Client) -> UserSession {
        UserSession::new(users::subject_at(client, &self.subject), self.authenticated_at)
    }
}

/// The browser that a request comes from.
pub struct Browser {
    /// The session's cookie.
    key: Option<String>,
    /// What a form of this server has as its token, so that no other site can send it.
    form: Option<String>,
    /// Whether the browser says that another site has sent the request.
    from_elsewhere: bool,
}

impl FromRequestParts<Shared> for Browser {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Self::Rejection> {
        let [session, form] = cookie_names(app);
        let site = parts.headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        Ok(Self {
            key: cookie(&parts.headers, session),
            form: cookie(&parts.headers, form),
            from_elsewhere: !matches!(site, None | Some(b"same-origin" | b"none")),
        })
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

    /// Takes the session away, and says what it was.
    pub fn sign_out(&self, app: &App) -> Option<Session> {
        app.sessions.take(self.key.as_deref()?, app.now())
    }

    /// The token for this browser's forms, and the cookie that must be set with it if it is new.
    pub fn form_token(&self, app: &App) -> Result<(String, Option<HeaderValue>), Failed> {
        if let Some(form) = &self.form {
            return Ok((form.clone(), None));
        }
        let token = random::token()?;
        let [_, form] = cookie_names(app);
        let cookie = set_cookie(app, Cookie::new(form, token.clone()))?;
        Ok((token, Some(cookie)))
    }

    /// Whether this is the token of the browser's forms.
    pub fn has(&self, token: &str) -> bool {
        self.form.as_deref() == Some(token)
    }

    /// Whether a form was sent from a page of this server in this browser: the token in the form is that of the
    /// cookie, which no other site can read. That none could plant one either is for the browser to say, where it
    /// does (Fetch Metadata §2.3), and for the cookie's name behind TLS.
    pub fn sent(&self, token: Option<&str>) -> bool {
        !self.from_elsewhere && token.is_some_and(|token| self.has(token))
    }
}

/// Begins a session, by a cookie that nobody can have planted before. Where the same user has just signed in again,
/// it is the same session, with the clients that are to be told of its end.
pub fn begin(app: &App, subject: &str, before: Option<Session>) -> Result<(Session, HeaderValue), Failed> {
    let (key, now) = (random::token()?, app.now());
    let until = now.saturating_add(LIFETIME);
    let session = match before.filter(|before| before.subject == subject) {
        Some(before) => Session { authenticated_at: now, ..before },
        None => Session {
            id: random::token()?,
            subject: subject.to_owned(),
            authenticated_at: now,
            clients: Vec::new(),
            ends: Arc::default(),
        },
    };
    session.ends.store(until, Ordering::SeqCst);
    app.sessions.insert(&key, session.clone(), until, now);
    let [name, _] = cookie_names(app);
    Ok((session, set_cookie(app, Cookie::new(name, key))?))
}

/// Makes the browser forget the session.
pub fn forget(app: &App, response: &mut Response) {
    let [name, _] = cookie_names(app);
    let mut cookie = Cookie::new(name, "");
    cookie.set_max_age(cookie::time::Duration::ZERO);
    if let Ok(cookie) = set_cookie(app, cookie) {
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

/// The names of the cookies of session and forms. A browser takes one with the prefix from this very host alone, over
/// TLS (Cookies: HTTP State Management Mechanism §4.1.3.2), so that no neighbour can plant one.
fn cookie_names(app: &App) -> [&'static str; 2] {
    if app.is_behind_tls() { ["__Host-session", "__Host-form"] } else { ["session", "form"] }
}

/// Lax: users come to the authorization endpoint from other sites, but no form does.
fn set_cookie(app: &App, mut cookie: Cookie<'_>) -> Result<HeaderValue, Failed> {
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    if app.is_behind_tls() {
        cookie.set_secure(true);
    }
    HeaderValue::from_str(&cookie.to_string()).map_err(|_| Failed)
}

/// The server could not make what it needs, such as a random number.
#[derive(Clone, Copy, Debug)]
pub struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the server has failed")
    }
}

impl Error for Failed {}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

impl From<Failed> for Refusal {
    fn from(_: Failed) -> Self {
        Self::new(ErrorCode::ServerError, "the server has failed")
    }
}

impl From<Failed> for Refused {
    fn from(failed: Failed) -> Self {
        Refusal::from(failed).into()
    }
}

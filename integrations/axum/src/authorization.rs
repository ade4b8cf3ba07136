//! How does an authorization response get to the client?

use std::{error, fmt};

use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use guestlist_runtime::StoreError;
use guestlist_runtime::decide::{AuthorizationRefusal, Destination, ErrorCode, Refusal, ResponseMode};

use crate::page::{self, NO_REFERRER};
use crate::refused::{of_store, status};
use crate::{NoStore, Refused};

/// An authorization response: a redirect, or for `form_post` a page that posts it. The parameters
/// that every response has, `state` and `iss`, are added.
///
/// The redirect is a 303, so that a password that was just posted here is not posted on (RFC 9700
/// §4.12). The page has a button where scripts are off. Its policy lets one script run, by its hash, so that no nonce
/// has to be made; it has no `form-action`, which Chromium applies to where the client redirects next, too.
///
/// ```
/// use guestlist_axum::authorization_response;
/// # use guestlist::decide::{self, Parameters};
/// # use guestlist::{Client, GrantType, Server};
/// # let client = Client {
/// #     client_id: "shop".into(),
/// #     allowed_grant_types: [GrantType::AuthorizationCode].into(),
/// #     redirect_uris: ["https://shop.example.com/callback"].into(),
/// #     allowed_scopes: ["api1"].into(),
/// #     require_pkce: false,
/// #     ..Client::default()
/// # };
/// # let query = Parameters::parse("client_id=shop&response_type=code&scope=api1&state=xyz").unwrap();
/// # let authorization = decide::authorize(Some(&client), &Server::default(), &query, None, 0).unwrap();
/// let response = authorization_response(&authorization.destination, &[("code", "SplxlOBe")]);
/// assert_eq!(response.status(), 303);
/// assert_eq!(response.headers()["location"], "https://shop.example.com/callback?code=SplxlOBe&state=xyz");
/// ```
#[must_use]
pub fn authorization_response(destination: &Destination, parameters: &[(&str, &str)]) -> Response {
    if destination.mode == ResponseMode::FormPost {
        return page::of_form(&destination.location(parameters), &destination.parameters(parameters));
    }
    match HeaderValue::try_from(destination.location(parameters)) {
        Ok(location) => (StatusCode::SEE_OTHER, NoStore, NO_REFERRER, [(LOCATION, location)]).into_response(),
        // A redirect URI with a line break is in no store that keeps to the rules.
        Err(_) => Refused::from(Refusal::new(ErrorCode::ServerError, "the server has failed")).into_response(),
    }
}

/// A refusal at the authorization endpoint as an answer: a page for the user, or a redirect to the client.
///
/// A refusal that is [for after the sign-in](AuthorizationRefusal::RedirectAfterSignIn) is shown as a
/// page, since an immediate redirect would make the server an open redirector (RFC 9700 §4.11.2).
/// When the user has signed in, say so: [`after_sign_in`](Self::after_sign_in).
///
/// ```
/// use axum::extract::State;
/// use axum::response::{IntoResponse, Response};
/// use guestlist::decide::{self, AuthorizationRefusal, Interaction, UserSession};
/// use guestlist_axum::{AuthorizationRefused, FromBrowser, Guestlist, authorization_response};
/// # struct Session(Option<UserSession>);
/// # impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Session {
/// #     type Rejection = ();
/// #     async fn from_request_parts(_: &mut axum::http::request::Parts, _: &S) -> Result<Self, ()> { Ok(Self(None)) }
/// # }
/// # fn sign_in_page() -> Response { ().into_response() }
/// # fn consent_page() -> Response { ().into_response() }
/// # fn keep(_: Option<decide::IssuedCode>) -> String { String::new() }
///
/// async fn authorize(
///     State(guestlist): State<Guestlist>,
///     Session(user): Session,
///     FromBrowser { client, parameters, now, .. }: FromBrowser,
/// ) -> Result<Response, AuthorizationRefused> {
///     let authorization = match decide::authorize(Some(&*client), guestlist.server(), &parameters, None, now) {
///         Ok(authorization) => authorization,
///         Err(refusal) if user.is_some() => return Err(AuthorizationRefused::from(refusal).after_sign_in()),
///         // Which leads back to here.
///         Err(AuthorizationRefusal::RedirectAfterSignIn(..)) => return Ok(sign_in_page()),
///         Err(refusal) => return Err(refusal.into()),
///     };
///     match authorization.interaction(&client, user.as_ref(), None, None, now)? {
///         Interaction::Proceed => {
///             let code = keep(authorization.code(&client, &authorization.scopes, now));
///             Ok(authorization_response(&authorization.destination, &[("code", &code)]))
///         }
///         Interaction::Consent { .. } => Ok(consent_page()),
///         _ => Ok(sign_in_page()),
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorizationRefused {
    /// What a decision says.
    Refusal(AuthorizationRefusal),
    /// The store has no answer.
    Store(StoreError),
}

impl AuthorizationRefused {
    /// The same, when the user has signed in: what was to wait for that is sent to the client now.
    #[must_use]
    pub fn after_sign_in(self) -> Self {
        match self {
            Self::Refusal(AuthorizationRefusal::RedirectAfterSignIn(refusal, destination)) => {
                Self::Refusal(AuthorizationRefusal::RedirectNow(refusal, destination))
            }
            other => other,
        }
    }

    /// The answer with a page of the server's own, made of what is wrong; status and headers are its own, too.
    ///
    /// ```
    /// use axum::http::StatusCode;
    /// use axum::response::Html;
    /// use guestlist::decide::{AuthorizationRefusal, ErrorCode, Refusal};
    /// use guestlist_axum::AuthorizationRefused;
    ///
    /// let refusal = Refusal::new(ErrorCode::InvalidRequest, "redirect_uri is missing");
    /// let refused = AuthorizationRefused::from(AuthorizationRefusal::Page(refusal));
    /// let response = refused.into_response_with(|refusal| {
    ///     (StatusCode::BAD_REQUEST, Html(format!("<h1>Sorry</h1><p>{}", refusal.description)))
    /// });
    /// assert_eq!(response.status(), 400);
    /// ```
    #[must_use]
    pub fn into_response_with<R: IntoResponse>(self, page: impl FnOnce(&Refusal) -> R) -> Response {
        match self {
            Self::Refusal(AuthorizationRefusal::RedirectNow(refusal, destination)) => authorization_response(
                &destination,
                &[("error", refusal.code.as_str()), ("error_description", refusal.description.as_str())],
            ),
            // Not sent anywhere, or not yet.
            Self::Refusal(refusal) => page(refusal.refusal()).into_response(),
            Self::Store(error) => {
                let mut response = page(&of_store(&error)).into_response();
                response.extensions_mut().insert(error);
                response
            }
        }
    }
}

impl From<AuthorizationRefusal> for AuthorizationRefused {
    fn from(refusal: AuthorizationRefusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<StoreError> for AuthorizationRefused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for AuthorizationRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refusal(refusal) => fmt::Display::fmt(refusal, f),
            Self::Store(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl error::Error for AuthorizationRefused {}

impl IntoResponse for AuthorizationRefused {
    fn into_response(self) -> Response {
        // A user has nothing to prove.
        let status = |refusal: &Refusal| Some(status(refusal)).filter(StatusCode::is_server_error);
        self.into_response_with(|refusal| page::of_refusal(status(refusal).unwrap_or(StatusCode::BAD_REQUEST), refusal))
    }
}

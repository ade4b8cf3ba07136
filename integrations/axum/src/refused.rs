//! How is a request refused where the client itself asks (RFC 6749 §5.2)?

use std::{error, fmt};

use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use guestlist_runtime::StoreError;
use guestlist_runtime::decide::{ErrorCode, Refusal};

use crate::NoStore;

/// A refusal as a direct answer: JSON with `error` and `error_description` that no cache keeps, under
/// the status that the standards name. A 401 has its challenge (RFC 9110 §15.5.2): `Basic`, or
/// `Bearer` where an access token does not count (RFC 6750 §3); at a resource that takes DPoP as well ask
/// [`at_resource`](Self::at_resource).
///
/// A store that cannot answer is no refusal of the client, and the body tells nothing of it: that is for the operator,
/// by [`Guestlist::with_log`](crate::Guestlist::with_log). The [`StoreError`] also stands in the response's
/// [extensions](axum::http::Extensions), for a middleware.
///
/// ```
/// use axum::response::IntoResponse;
/// use guestlist_axum::Refused;
/// use guestlist::StoreError;
/// use guestlist::decide::{ErrorCode, Refusal};
///
/// let refused = Refused::from(Refusal::new(ErrorCode::InvalidGrant, "the code has expired"));
/// assert_eq!(refused.into_response().status(), 400);
/// // What a nonce is for (RFC 9449 §8).
/// let refused = Refused::from(Refusal::new(ErrorCode::UseDpopNonce, "the DPoP proof needs a nonce"));
/// let response = ([("dpop-nonce", "eyJ7S_zG")], refused).into_response();
/// assert_eq!(response.headers()["dpop-nonce"], "eyJ7S_zG");
///
/// let response = Refused::from(StoreError::unavailable("no route to db1")).into_response();
/// assert_eq!(response.status(), 503);
/// assert!(response.extensions().get::<StoreError>().is_some());
/// ```
///
/// The refusals of [`CodeRequest::redeem`](guestlist_runtime::decide::CodeRequest::redeem) and
/// [`RefreshRequest::redeem`](guestlist_runtime::decide::RefreshRequest::redeem) do not become one by
/// `?`: they say first whether tokens are to be revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// What a decision says.
    Refusal(Refusal),
    /// A DPoP proof without the nonce of the server, which is sent with the refusal (RFC 9449 §8).
    Nonce {
        /// What a decision says.
        refusal: Refusal,
        /// What stands in `DPoP-Nonce`.
        nonce: String,
    },
    /// The store has no answer.
    Store(StoreError),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refusal(refusal) | Self::Nonce { refusal, .. } => fmt::Display::fmt(refusal, f),
            Self::Store(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl error::Error for Refused {}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (refusal, nonce, error) = match self {
            Self::Refusal(refusal) => (refusal, None, None),
            Self::Nonce { refusal, nonce } => (refusal, HeaderValue::try_from(nonce).ok(), None),
            Self::Store(error) => (of_store(&error), None, Some(error)),
        };
        let description = sent(&refusal.description);
        let body = format!(r#"{{"error":"{}","error_description":"{description}"}}"#, refusal.code);
        let json = [(CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        let mut response = (status(&refusal), NoStore, json, body).into_response();
        if let Some(challenge) = challenge(refusal.code, &description) {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(nonce) = nonce {
            response.headers_mut().insert("dpop-nonce", nonce);
        }
        if let Some(error) = error {
            response.extensions_mut().insert(error);
        }
        response
    }
}

/// What is told of a store that has no answer: no more than that.
pub fn of_store(error: &StoreError) -> Refusal {
    match error {
        StoreError::Unavailable(_) => {
            Refusal::new(ErrorCode::TemporarilyUnavailable, "the server cannot answer now; try again later")
        }
        _ => Refusal::new(ErrorCode::ServerError, "the server has failed"),
    }
}

pub fn status(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST)
}

fn challenge(code: ErrorCode, description: &str) -> Option<HeaderValue> {
    match code {
        ErrorCode::InvalidClient => Some(HeaderValue::from_static(r#"Basic realm="clients", charset="UTF-8""#)),
        ErrorCode::InvalidToken | ErrorCode::InsufficientScope => {
            HeaderValue::try_from(format!(r#"Bearer error="{code}", error_description="{description}""#)).ok()
        }
        _ => None,
    }
}

/// The characters that `error_description` may have (RFC 6749 §5.2), which JSON and a header take as they are.
pub fn sent(description: &str) -> String {
    description
        .chars()
        .map(|one| if matches!(one, ' '..='~') && !matches!(one, '"' | '\\') { one } else { '?' })
        .collect()
}

//! How is a token request refused (RFC 6749 §5.2)?

use axum::Json;
use axum::http::header::{CACHE_CONTROL, PRAGMA, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// An error code with its `error_description`, which is for the client's developer: no quotes or backslashes, and
/// nothing that tells which clients exist.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    InvalidRequest(&'static str),
    InvalidClient(&'static str),
    UnauthorizedClient(&'static str),
    UnsupportedGrantType(&'static str),
    InvalidScope(&'static str),
    /// RFC 8707 §2.
    InvalidTarget(&'static str),
    /// Our fault. RFC 6749 has the code at the authorization endpoint only (§4.1.2.1), where no status can be sent.
    Internal(&'static str),
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, code, description) = match self {
            Self::InvalidRequest(description) => (StatusCode::BAD_REQUEST, "invalid_request", description),
            Self::InvalidClient(description) => (StatusCode::UNAUTHORIZED, "invalid_client", description),
            Self::UnauthorizedClient(description) => (StatusCode::BAD_REQUEST, "unauthorized_client", description),
            Self::UnsupportedGrantType(description) => (StatusCode::BAD_REQUEST, "unsupported_grant_type", description),
            Self::InvalidScope(description) => (StatusCode::BAD_REQUEST, "invalid_scope", description),
            Self::InvalidTarget(description) => (StatusCode::BAD_REQUEST, "invalid_target", description),
            Self::Internal(description) => (StatusCode::INTERNAL_SERVER_ERROR, "server_error", description),
        };
        let mut response =
            (status, no_store(json!({ "error": code, "error_description": description }))).into_response();
        if status == StatusCode::UNAUTHORIZED {
            // RFC 6749 §5.2 asks for it where Basic was used, RFC 9110 §15.5.2 with every 401.
            let challenge = HeaderValue::from_static("Basic realm=\"identity_server\", charset=\"UTF-8\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// A JSON body that no cache may keep, as every answer of the token endpoint (RFC 6749 §5.1).
pub fn no_store(body: Value) -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(body))
}

//! How is an answer kept out of caches?

use std::convert::Infallible;

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, PRAGMA};
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};

/// The headers of every answer with tokens or credentials: `Cache-Control: no-store` and
/// `Pragma: no-cache` (RFC 6749 §5.1).
///
/// ```
/// use axum::Json;
/// use axum::response::IntoResponse;
/// use guestlist_axum::NoStore;
/// use serde_json::json;
///
/// let response = (NoStore, Json(json!({ "active": false }))).into_response();
/// assert_eq!(response.headers()["cache-control"], "no-store");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoStore;

impl IntoResponseParts for NoStore {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.headers_mut().insert(PRAGMA, HeaderValue::from_static("no-cache"));
        Ok(response)
    }
}

impl IntoResponse for NoStore {
    fn into_response(self) -> Response {
        (self, ()).into_response()
    }
}

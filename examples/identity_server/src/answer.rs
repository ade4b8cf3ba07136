//! What holds for every request and every answer?

use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The longest address, in bytes. RFC 9110 §4.1 recommends to take at least 8000; much of it may be kept until the
/// user has signed in, and a client with more to say can push it (RFC 9126).
pub const LONGEST_ADDRESS: usize = 8192;

/// Bounds the address, and tells browsers what they must not do with an answer that does not say so itself: guess its
/// type, tell other sites its address, keep it, put it into a frame, run anything.
pub async fn guarded(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let mut response = match address > LONGEST_ADDRESS {
        true => StatusCode::URI_TOO_LONG.into_response(),
        false => next.run(request).await,
    };
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ] {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

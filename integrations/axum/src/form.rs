//! What stands in the body of a request?

use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use guestlist_runtime::decide::{ErrorCode, Refusal};

/// The form in a body, still encoded (RFC 6749 App. B).
pub async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<String, Refusal> {
    let refused = |description| Refusal::new(ErrorCode::InvalidRequest, description);
    if !is_form(headers) {
        return Err(refused("the content type is not application/x-www-form-urlencoded"));
    }
    let body = to_bytes(body, limit).await.map_err(|_| refused("the body is too long or broke off"))?;
    String::from_utf8(body.into()).map_err(|_| refused("the body is not UTF-8"))
}

/// A `charset` may follow, which changes nothing.
fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

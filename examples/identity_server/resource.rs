//! Which access token does a request come with (RFC 6750 §2)?

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use guestlist::decide::{ErrorCode, Parameters, Refusal};

use crate::app::{App, Issued};
use crate::issue::ACCESS_TOKEN;

/// The token in the header or in the body, never in both, and never in the address.
pub fn bearer<'a>(headers: &'a HeaderMap, body: &'a Parameters<'_>) -> Result<&'a str, Refusal> {
    let invalid = Refusal::new(ErrorCode::InvalidToken, "no access token is included");
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let header = values.next().map(|value| value.to_str().unwrap_or_default());
    let token = match (header, body.get("access_token")?) {
        (Some(_), Some(_)) => None,
        (Some(header), None) if values.next().is_none() => {
            let (scheme, token) = header.split_once(' ').unwrap_or_default();
            scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
        }
        (Some(_), None) => None,
        (None, token) => token,
    };
    token.filter(|token| !token.is_empty()).ok_or(invalid)
}

/// What was issued as this access token, if it still counts.
pub fn find(app: &App, token: &str) -> Option<Issued> {
    // A reference is its own key; of a JWT it is the `jti`.
    if let Some(issued) = app.access_tokens.get(token, app.now()).filter(is_reference) {
        return Some(issued);
    }
    let claims = app.key.verify(ACCESS_TOKEN, token, app.now())?;
    let id = claims.get("jti")?.as_str()?;
    app.access_tokens.get(id, app.now()).filter(|issued| !is_reference(issued))
}

fn is_reference(issued: &Issued) -> bool {
    issued.tokens.access_token_type == guestlist::AccessTokenType::Reference
}

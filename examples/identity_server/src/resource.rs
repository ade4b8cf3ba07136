//! Which access token does a request come with (RFC 6750 §2), and what is it worth?

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use guestlist::decide::{ErrorCode, Parameters, Refusal, TokenType};
use guestlist::{ClientRef, StoreError};

use crate::app::{App, Issued};

/// An access token as it is presented.
pub struct Presented {
    pub token: String,
    /// With the proof of a key, if it is `DPoP` (RFC 9449 §7.1).
    pub scheme: TokenType,
}

/// The token in the header or in the form of the body, never in both, and never in the address; none, if there is
/// no token at all.
pub fn presented(headers: &HeaderMap, body: &[u8]) -> Result<Option<Presented>, Refusal> {
    let malformed = |description| Refusal::new(ErrorCode::InvalidRequest, description);
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let header = values.next();
    if values.next().is_some() {
        return Err(malformed("there is more than one Authorization header"));
    }
    let body = match is_form(headers) {
        true => str::from_utf8(body).map_err(|_| malformed("the body is not UTF-8"))?,
        false => "",
    };
    let body = Parameters::parse(body)?;
    match (header, body.get("access_token")?) {
        (Some(_), Some(_)) => Err(malformed("the access token is sent in more than one way")),
        (Some(header), None) => {
            let (scheme, token) = header.to_str().ok().and_then(|header| header.split_once(' ')).unwrap_or_default();
            Ok(TokenType::of_scheme(scheme).map(|scheme| Presented { token: token.trim().to_owned(), scheme }))
        }
        (None, token) => Ok(token.map(|token| Presented { token: token.to_owned(), scheme: TokenType::Bearer })),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// What was issued as this access token, and to whom, if it still counts.
pub async fn find(app: &App, token: &str) -> Result<Option<(Issued, ClientRef)>, StoreError> {
    let now = app.now();
    let Some(issued) = app.access_tokens.get(token, now) else { return Ok(None) };
    let client = app.store().find(&issued.grant.client_id).await?;
    let client = client.filter(|client| client.enabled && issued.grant.counts(client, now));
    Ok(client.map(|client| (issued, client)))
}

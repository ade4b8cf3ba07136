//! How does a resource of the server's own refuse, such as the userinfo endpoint (RFC 6750 §3, RFC 9449 §7.1)?

use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use guestlist_runtime::SigningAlgorithm;
use guestlist_runtime::decide::{ErrorCode, Refusal, TokenType};

use crate::refused::sent;
use crate::{NoStore, Refused};

impl Refused {
    /// The same at a resource, where it is a challenge in the scheme that the access token came under. A DPoP proof
    /// that does not count is a 401 there, with the algorithms that are taken.
    ///
    /// ```
    /// use guestlist::SigningAlgorithm;
    /// use guestlist::decide::{ErrorCode, Refusal, TokenType};
    /// use guestlist_axum::Refused;
    ///
    /// let refused = Refused::from(Refusal::new(ErrorCode::UseDpopNonce, "the DPoP proof needs a nonce"));
    /// let response = refused.at_resource(TokenType::Dpop, &[SigningAlgorithm::ES256]);
    /// assert_eq!(response.status(), 401);
    /// assert_eq!(
    ///     response.headers()["www-authenticate"],
    ///     r#"DPoP error="use_dpop_nonce", error_description="the DPoP proof needs a nonce", algs="ES256""#,
    /// );
    /// ```
    pub fn at_resource(self, scheme: TokenType, dpop_algorithms: &[SigningAlgorithm]) -> Response {
        let refusal = match &self {
            Self::Refusal(refusal) | Self::Nonce { refusal, .. } => Some(refusal),
            Self::Store(_) => None,
        };
        let challenge = refusal.and_then(|refusal| challenge(refusal, scheme, dpop_algorithms));
        let unproven = refusal.is_some_and(|refusal| is_of_proof(refusal.code));
        let mut response = self.into_response();
        if unproven {
            *response.status_mut() = StatusCode::UNAUTHORIZED;
        }
        if let Some(challenge) = challenge {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// The answer of a resource to a request without an access token: how one is sent, and no error (RFC 6750 §3.1). With
/// no algorithms, there is no DPoP.
///
/// ```
/// use guestlist::SigningAlgorithm;
///
/// let response = guestlist_axum::token_required(&[SigningAlgorithm::ES256, SigningAlgorithm::PS256]);
/// assert_eq!(response.status(), 401);
/// let challenges: Vec<_> = response.headers().get_all("www-authenticate").iter().collect();
/// assert_eq!(challenges, ["Bearer", r#"DPoP algs="ES256 PS256""#]);
/// ```
pub fn token_required(dpop_algorithms: &[SigningAlgorithm]) -> Response {
    let dpop = (!dpop_algorithms.is_empty()).then(|| format!(r#"DPoP algs="{}""#, names(dpop_algorithms)));
    let challenges = ["Bearer".to_owned()].into_iter().chain(dpop).map(|challenge| (WWW_AUTHENTICATE, challenge));
    (StatusCode::UNAUTHORIZED, NoStore, AppendHeaders(challenges)).into_response()
}

fn challenge(refusal: &Refusal, scheme: TokenType, dpop_algorithms: &[SigningAlgorithm]) -> Option<HeaderValue> {
    let code = refusal.code;
    let is_of_token =
        matches!(code, ErrorCode::InvalidRequest | ErrorCode::InvalidToken | ErrorCode::InsufficientScope);
    if !is_of_token && !is_of_proof(code) {
        return None;
    }
    let mut challenge = format!(r#"{scheme} error="{code}", error_description="{}""#, sent(&refusal.description));
    if scheme == TokenType::Dpop && !dpop_algorithms.is_empty() {
        challenge.push_str(&format!(r#", algs="{}""#, names(dpop_algorithms)));
    }
    HeaderValue::try_from(challenge).ok()
}

const fn is_of_proof(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::InvalidDpopProof | ErrorCode::UseDpopNonce)
}

fn names(algorithms: &[SigningAlgorithm]) -> String {
    algorithms.iter().map(SigningAlgorithm::as_str).collect::<Vec<_>>().join(" ")
}

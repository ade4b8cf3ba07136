//! Authorization requests that are pushed first (RFC 9126).

use super::assertion::JwtLibrary;
use super::authenticate::Caller;
use super::authorize::{Authorization, AuthorizationRefusal, RequestObject, authorize, client_of, request_object};
use super::parameters::Parameters;
use super::refusal::{ErrorCode, Refusal, invalid_request};
use crate::{Server, Text};

/// How long a pushed request counts where neither client nor server says, in seconds: Duende's default.
pub const PUSHED_LIFETIME: u32 = 600;

/// A pushed request: keep it, under a `request_uri` that nobody can guess, until it is used or expires.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PushedRequest {
    /// The client that it is bound to.
    pub client_id: Text,
    /// What was pushed.
    pub parameters: Parameters<'static>,
    /// Whether it came as a signed request object.
    pub signed: bool,
    /// The Unix time from which on it no longer counts.
    pub expires_at: u64,
    /// What stands in `expires_in`, in seconds.
    pub expires_in: u32,
}

/// Whether a client may push this request, at the Unix time `now`, in seconds: authenticated as at
/// the token endpoint, and judged as at the authorization endpoint (RFC 9126 §2.1), where it is
/// judged again.
///
/// # Errors
///
/// What is wrong, for a direct answer: nothing is redirected here.
pub fn push(
    caller: &Caller,
    server: &Server,
    parameters: &Parameters<'_>,
    library: &dyn JwtLibrary,
    now: u64,
) -> Result<(PushedRequest, Authorization), Refusal> {
    let client = caller.client();
    if parameters.has("request_uri") {
        return Err(invalid_request("request_uri has no place in a pushed request"));
    }
    let client_id = ("client_id", client.client_id.as_str());
    let (pushed, signed) = match parameters.get("request")? {
        // Only what the object says counts.
        Some(jwt) => {
            let inner = request_object(client, server, now, jwt, library).map_err(direct)?;
            if inner.has("request") || inner.has("request_uri") || client_of(&inner).map_err(direct)? != client_id.1 {
                return Err(Refusal::new(
                    ErrorCode::InvalidRequestObject,
                    "the request object is of another client, or holds one itself",
                ));
            }
            (inner, true)
        }
        None => {
            let parameters = parameters.clone().without_credentials();
            // It may be named by its authentication alone.
            let named = if parameters.has("client_id") { parameters } else { parameters.with(client_id) };
            (named.into_owned(), false)
        }
    };
    let expires_in = client.pushed_authorization_lifetime.unwrap_or(PUSHED_LIFETIME);
    let pushed = PushedRequest {
        client_id: client.client_id.clone(),
        parameters: pushed,
        signed,
        expires_at: now.saturating_add(expires_in.into()),
        expires_in,
    };
    let outer: Parameters<'_> = [client_id, ("request_uri", "pushed")].into_iter().collect();
    let authorization = authorize(Some(client), server, &outer, Some(RequestObject::Pushed(&pushed)), now);
    authorization.map(|authorization| (pushed.clone(), authorization)).map_err(direct)
}

/// A refusal of the authorization endpoint, here.
fn direct(refusal: AuthorizationRefusal) -> Refusal {
    refusal.refusal().clone()
}

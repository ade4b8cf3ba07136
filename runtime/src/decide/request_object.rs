//! Which parameters of an authorization request count: those of its query, of a signed request object (RFC 9101), or
//! those that were pushed before (RFC 9126)?

use alloc::vec::Vec;

use super::authorize::AuthorizationRefusal;
use super::jwt::{JwtLibrary, MAX_ASSERTION_LENGTH, has_begun, is_signed_by, is_typed};
use super::parameters::Parameters;
use super::push::PushedRequest;
use super::refusal::{ErrorCode, Refusal};
use crate::{Client, Server, Text};

/// What an authorization request consists of when that is not its query alone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestObject {
    /// The JWT in `request` (RFC 9101).
    Signed(SignedRequest),
    /// What the client has pushed before, found by `request_uri` and taken out with that: a
    /// `request_uri` is for one use (RFC 9126 §4, §7.3).
    Pushed(PushedRequest),
}

/// What a JWT in `request` asks for. Only [`request_object`] makes one, so that none is taken that was not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedRequest {
    /// Who has signed it.
    client_id: Text,
    pub(super) parameters: Parameters<'static>,
}

/// The type of a request object that says what it is (RFC 9101 §10.8).
const REQUEST_OBJECT: &str = "oauth-authz-req+jwt";

/// Checks the JWT in `request` (RFC 9101): signed by a key of the client, meant for this server,
/// and in time at the Unix time `now`. Hand it to [`authorize`](super::authorize()) as [`RequestObject::Signed`].
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{self, AuthorizationRefusal, NoJwts, Parameters, RequestObject};
/// use guestlist::{Client, Server};
/// # let client = Client { client_id: "shop".into(), ..Client::default() };
/// # let (server, library, now) = (Server::default(), NoJwts, 1_800_000_000);
/// let query = Parameters::parse("client_id=shop&request=eyJhbGciOiJub25lIn0.e30.")?;
/// let answer = match query.get("request")? {
///     Some(jwt) => decide::request_object(&client, &server, now, jwt, &library).and_then(|object| {
///         decide::authorize(Some(&client), &server, &query, Some(RequestObject::Signed(object)), now)
///     }),
///     None => decide::authorize(Some(&client), &server, &query, None, now),
/// };
/// assert!(matches!(answer, Err(AuthorizationRefusal::Page(_))), "it is not signed");
/// # Ok::<(), decide::Refusal>(())
/// ```
///
/// # Errors
///
/// A [page](AuthorizationRefusal::Page): the redirect URI in a bad object is not proven.
pub fn request_object(
    client: &Client,
    server: &Server,
    now: u64,
    jwt: &str,
    library: &dyn JwtLibrary,
) -> Result<SignedRequest, AuthorizationRefusal> {
    let refused = AuthorizationRefusal::Page(Refusal::new(
        ErrorCode::InvalidRequestObject,
        "the request object is malformed, not signed by the client, not for this server, or expired",
    ));
    let Some(claims) = Some(jwt).filter(|jwt| jwt.len() <= MAX_ASSERTION_LENGTH).and_then(|jwt| library.claims(jwt))
    else {
        return Err(refused);
    };
    let by_client = claims.issuer.as_deref().is_none_or(|issuer| client.client_id == issuer);
    let in_time = claims.expires_at.is_none_or(|end| now < end)
        && has_begun(claims.not_before, server, now)
        && has_begun(claims.issued_at, server, now);
    let counts =
        by_client && in_time && is_typed(&claims, REQUEST_OBJECT) && is_signed_by(client, server, now, jwt, library);
    // Only now, since anybody may invent what is not signed, and it takes room.
    let Some(parameters) = counts.then(|| library.parameters(jwt)).flatten() else { return Err(refused) };
    // RFC 9101 §4: `aud` may be left out. Several are in no `audience`, and one must be ours.
    let audiences: Vec<&str> = claims.audience.as_deref().into_iter().chain(parameters.all("aud")).collect();
    let for_us = audiences.is_empty() || audiences.iter().any(|audience| server.issuer.as_deref() == Some(audience));
    if for_us {
        // What a JWT says of itself (RFC 7519 §4.1) is no parameter.
        let parameters = parameters.without(&["iss", "sub", "aud", "exp", "nbf", "iat", "jti"]);
        Ok(SignedRequest { client_id: client.client_id.clone(), parameters })
    } else {
        Err(refused)
    }
}

/// The parameters that count.
pub(super) struct Request<'a> {
    pub(super) parameters: Parameters<'a>,
    pub(super) pushed: bool,
    pub(super) signed: bool,
}

impl<'a> Request<'a> {
    pub(super) fn of(
        client: &Client,
        outer: &Parameters<'a>,
        object: Option<RequestObject>,
        now: u64,
    ) -> Result<Self, AuthorizationRefusal> {
        let page = |code, description| Err(AuthorizationRefusal::Page(Refusal::new(code, description)));
        let by_uri = outer.get("request_uri").map_err(AuthorizationRefusal::Page)?.is_some();
        let by_value = outer.get("request").map_err(AuthorizationRefusal::Page)?.is_some();
        let (parameters, pushed, signed) = match object {
            _ if by_uri && by_value => {
                return page(ErrorCode::InvalidRequest, "request and request_uri exclude each other");
            }
            Some(RequestObject::Pushed(pushed)) if by_uri => {
                if client.client_id != pushed.client_id || now >= pushed.expires_at {
                    return page(ErrorCode::InvalidRequestUri, "the request_uri is of another client or has expired");
                }
                (pushed.parameters, true, pushed.signed)
            }
            Some(RequestObject::Signed(signed)) if by_value => {
                if client.client_id != signed.client_id {
                    return page(ErrorCode::InvalidRequestObject, "the request object is of another client");
                }
                (signed.parameters, false, true)
            }
            _ if by_uri => return page(ErrorCode::InvalidRequestUri, "the request_uri is unknown or was used"),
            _ if by_value => return page(ErrorCode::RequestNotSupported, "request objects are not taken"),
            _ => return Ok(Self { parameters: outer.clone(), pushed: false, signed: false }),
        };
        // RFC 9101 §4, §6.3: the id inside is that outside, once, and an object holds no other.
        let of_client = matches!(parameters.get("client_id"), Ok(Some(inner)) if client.client_id == inner);
        if !of_client || parameters.has("request") || parameters.has("request_uri") {
            return page(
                ErrorCode::InvalidRequestObject,
                "the request object is of another client, or holds one itself",
            );
        }
        Ok(Self { parameters, pushed, signed })
    }
}

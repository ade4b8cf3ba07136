//! Authorization requests that are pushed first (RFC 9126).

use alloc::string::String;

use super::authorize::{Authorization, AuthorizationRefusal, authorize};
use super::caller::Caller;
use super::jwt::JwtLibrary;
use super::parameters::{CREDENTIALS, Parameters};
use super::refusal::{Refusal, invalid_request};
use super::request_object::{RequestObject, request_object};
use super::sender::Binding;
use crate::{Server, Text};

/// How long a pushed request counts where neither client nor server says, in seconds: Duende's default.
pub const PUSHED_LIFETIME: u32 = 600;

/// A pushed request: keep it, under a `request_uri` that nobody can guess, until it is used or expires. It is plain
/// data, so that it can be kept anywhere; build it again with `..PushedRequest::default()`, since a new field is a
/// minor release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
/// judged again. `sender` is what the request proves to hold: the key of a DPoP proof binds the code, as if
/// `dpop_jkt` had said so (RFC 9449 §10.1).
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{self, Binding, NoJwts, Parameters, RequestObject};
/// use guestlist::{Client, ClientRef, GrantType, Server};
/// # let client = ClientRef::from(Client {
/// #     client_id: "notes".into(),
/// #     require_client_secret: false,
/// #     allowed_grant_types: [GrantType::AuthorizationCode].into(),
/// #     redirect_uris: ["com.example.notes:/callback"].into(),
/// #     allowed_scopes: ["api1"].into(),
/// #     ..Client::default()
/// # });
/// # let (server, now) = (Server::default(), 1_800_000_000);
/// # let caller = decide::Caller::Public(client.clone());
/// let body = Parameters::parse(
///     "client_id=notes&response_type=code&scope=api1&redirect_uri=com.example.notes%3A%2Fcallback\
///      &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
/// )?;
/// let (pushed, _) = decide::push(&caller, &server, &body, &Binding::default(), &NoJwts, now)?;
/// // Keep it. Then the user's browser comes, with what was given for it.
/// let query = Parameters::parse("client_id=notes&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A6esc_11A")?;
/// let object = RequestObject::Pushed(pushed);
/// let authorization = decide::authorize(Some(&client), &server, &query, Some(object), now)?;
/// assert_eq!(authorization.scopes, ["api1"]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
///
/// What is wrong, for a direct answer: nothing is redirected here.
pub fn push(
    caller: &Caller,
    server: &Server,
    parameters: &Parameters<'_>,
    sender: &Binding,
    library: &dyn JwtLibrary,
    now: u64,
) -> Result<(PushedRequest, Authorization), Refusal> {
    let client = caller.client();
    parameters.refuse_repeated(&["resource"])?;
    if parameters.has("request_uri") {
        return Err(invalid_request("request_uri has no place in a pushed request"));
    }
    let client_id = client.client_id.as_str();
    let (pushed, signed) = match parameters.get("request")? {
        // Only what the object says counts.
        Some(jwt) => (request_object(client, server, now, jwt, library).map_err(direct)?.parameters, true),
        None => {
            if parameters.get("client_id")?.is_some_and(|named| named != client_id) {
                return Err(invalid_request("client_id is of another client"));
            }
            // Without what proves the client, which may be named by that alone.
            let others = parameters.clone().without(&CREDENTIALS).without(&["client_id"]);
            (others.with("client_id", client_id).into_owned(), false)
        }
    };
    let expires_in = client.pushed_authorization_lifetime.unwrap_or(PUSHED_LIFETIME);
    let pushed = PushedRequest {
        client_id: client.client_id.clone(),
        parameters: bound(pushed, sender)?,
        signed,
        expires_at: now.saturating_add(expires_in.into()),
        expires_in,
    };
    let outer = Parameters::default().with("client_id", client_id).with("request_uri", "pushed");
    let authorization = authorize(Some(client), server, &outer, Some(RequestObject::Pushed(pushed.clone())), now);
    authorization.map(|authorization| (pushed, authorization)).map_err(direct)
}

/// The parameters, bound to the key of the DPoP proof that they came with.
fn bound(parameters: Parameters<'static>, sender: &Binding) -> Result<Parameters<'static>, Refusal> {
    let Some(jkt) = &sender.jkt else { return Ok(parameters) };
    if parameters.get("dpop_jkt")?.is_some_and(|sent| *jkt != *sent) {
        return Err(invalid_request("dpop_jkt is not the key of the DPoP proof"));
    }
    Ok(parameters.without(&["dpop_jkt"]).with("dpop_jkt", String::from(jkt.as_str())))
}

/// A refusal of the authorization endpoint, here.
fn direct(refusal: AuthorizationRefusal) -> Refusal {
    refusal.refusal().clone()
}

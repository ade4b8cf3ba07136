//! What does a client's record say to the questions of a registrar?

use std::borrow::Cow;

use guestlist_runtime::decide::{ClientRequest, Credentials, NoJwts, Parameters, client_scopes};
use guestlist_runtime::{Client, ClientRef, GrantType, Server};
use oxide_auth::primitives::registrar::{BoundClient, ClientUrl, ExactUrl, PreGrant, RegisteredUrl, RegistrarError};
use oxide_auth::primitives::scope::Scope;

use crate::Flow;

/// The redirect URI of a client that acts for itself. The flow asks for one, and follows none.
const NOWHERE: &str = "about:invalid";

/// Where the response goes.
pub fn bound<'a>(flow: Flow, client: Option<&Client>, asked: ClientUrl<'a>) -> Result<BoundClient<'a>, RegistrarError> {
    let client = usable(client, &asked.client_id)?;
    let url = match (flow, asked.redirect_uri) {
        (Flow::Authorization, redirect_uri) => authorization_url(client, redirect_uri.as_deref())?,
        (Flow::ClientCredentials, None) => exact(NOWHERE)?,
        _ => return Err(RegistrarError::Unspecified),
    };
    Ok(BoundClient { client_id: asked.client_id, redirect_uri: Cow::Owned(RegisteredUrl::Exact(url)) })
}

/// The redirect URI that is used: the asked one, not the one registered, since the port of a loopback
/// address may differ (RFC 8252 §7.3).
fn authorization_url(client: &Client, asked: Option<&ExactUrl>) -> Result<ExactUrl, RegistrarError> {
    // oxide-auth has no pushed requests, no request objects and no DPoP, which must not be replaced by less.
    let more = client.require_pushed_authorization || client.require_request_object || client.require_dpop;
    if more || !client.allows_grant(&GrantType::AuthorizationCode) {
        return Err(RegistrarError::Unspecified);
    }
    match (asked, &*client.redirect_uris) {
        (Some(asked), _) if client.allows_redirect_uri(asked.as_str()) => Ok(asked.clone()),
        // RFC 6749 §3.1.2.3
        (None, [only]) => exact(only),
        _ => Err(RegistrarError::Unspecified),
    }
}

fn exact(url: &str) -> Result<ExactUrl, RegistrarError> {
    url.parse().map_err(|_| RegistrarError::PrimitiveError)
}

/// Which scopes the client may have. Nothing but its id counts: the flow has rewritten the redirect URI.
pub fn negotiated(
    flow: Flow,
    client: Option<&Client>,
    server: &Server,
    bound: BoundClient<'_>,
    asked: Option<Scope>,
) -> Result<PreGrant, RegistrarError> {
    let client = usable(client, &bound.client_id)?;
    let asked = asked.filter(|scope| scope.iter().next().is_some());
    let scope = match (flow, asked) {
        (Flow::Authorization, Some(asked)) if asked.iter().all(|scope| client.allows_scope(scope)) => asked,
        (Flow::ClientCredentials, asked) => {
            let asked = asked.map(|scope| scope.to_string());
            let scopes =
                client_scopes(client, server, asked.as_deref()).map_err(|_| RegistrarError::Unspecified)?.join(" ");
            scopes.parse().map_err(|_| RegistrarError::PrimitiveError)?
        }
        _ => return Err(RegistrarError::Unspecified),
    };
    Ok(PreGrant { client_id: bound.client_id.into_owned(), redirect_uri: bound.redirect_uri.into_owned(), scope })
}

/// Whether the client has proven itself and may use the flow. An unknown one costs the same work.
pub fn checked(
    flow: Flow,
    client: Option<ClientRef>,
    server: &Server,
    client_id: &str,
    passphrase: Option<&[u8]>,
    now: u64,
) -> Result<(), RegistrarError> {
    // One that is no text is no secret either.
    let secret = passphrase.and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default();
    let refused = |_| RegistrarError::Unspecified;
    let parameters = [("client_id", client_id), ("client_secret", secret)];
    let parameters = Parameters::from_pairs(parameters).map_err(refused)?;
    let credentials = Credentials::read(ClientRequest::new(&parameters), &NoJwts).map_err(refused)?;
    let proven = credentials.prove(client, server, now, &NoJwts).map_err(refused)?;
    let caller = proven.caller().map_err(refused)?;
    let client = caller.client();
    let allowed = match flow {
        // It authenticates nobody.
        Flow::Authorization => false,
        Flow::AccessToken => client.allows_grant(&GrantType::AuthorizationCode),
        Flow::Refresh => client.allow_offline_access,
        Flow::ClientCredentials => caller.is_confidential() && client.allows_grant(&GrantType::ClientCredentials),
    };
    // oxide-auth binds no tokens to keys.
    if allowed && !client.require_dpop { Ok(()) } else { Err(RegistrarError::Unspecified) }
}

/// The client, if it may be used at all.
pub fn usable<'c>(client: Option<&'c Client>, client_id: &str) -> Result<&'c Client, RegistrarError> {
    client.filter(|client| client.is_usable() && client.client_id == client_id).ok_or(RegistrarError::Unspecified)
}

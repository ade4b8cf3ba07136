//! Does this request get a token (RFC 6749 §3.2)?

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use guestlist::{AccessTokenType, Client, GrantType};
use serde_json::json;

use crate::app::App;
use crate::client_authentication::{Caller, authenticate};
use crate::clients::CLIENTS;
use crate::error::{Error, no_store};
use crate::form::Form;
use crate::{access_token, scopes};

/// The grants that this endpoint serves so far.
pub const SERVED: &[GrantType] = &[GrantType::ClientCredentials];

pub async fn endpoint(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<impl IntoResponse, Error> {
    refuse_credentials_in(query.as_deref().unwrap_or_default())?;
    let form = Form::from_body(&headers, body)?;
    let now =
        SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| Error::Internal("the clock is wrong"))?.as_secs();
    let caller = authenticate(&CLIENTS, &headers, &form, now)?;
    match grant_type(caller.client(), form.get("grant_type"))? {
        GrantType::ClientCredentials => client_credentials(&app, caller, &form, now),
        _ => Err(Error::UnsupportedGrantType("this server does not serve the grant type yet")),
    }
}

/// Addresses end up in logs, so credentials "MUST NOT be included in the request URI" (RFC 6749 §2.3.1). Who sends
/// them there hears of it even if they stand in the body as well.
fn refuse_credentials_in(query: &str) -> Result<(), Error> {
    let query = Form::parse(query)?;
    if ["client_id", "client_secret", "client_assertion", "client_assertion_type"].iter().any(|name| query.has(name)) {
        return Err(Error::InvalidRequest("credentials stand in the query; they belong in the header or the body"));
    }
    Ok(())
}

/// The grant that is asked for, if the client may use it.
fn grant_type(client: &Client, name: Option<&str>) -> Result<GrantType, Error> {
    let name = name.ok_or(Error::InvalidRequest("grant_type is missing"))?;
    let grant = name.parse().ok().filter(is_known).ok_or(Error::UnsupportedGrantType("the grant type is not known"))?;
    // A client with the hybrid flow redeems its codes as any other.
    let redeems_codes = || client.allowed_grant_types.iter().any(GrantType::issues_code);
    if client.allows_grant(&grant) || grant == GrantType::AuthorizationCode && redeems_codes() {
        Ok(grant)
    } else {
        Err(Error::UnauthorizedClient("the client may not use this grant type"))
    }
}

/// Whether a grant can be asked for at the token endpoint. Implicit never comes here, and hybrid is no grant on the
/// wire; any absolute URI could name an extension, but it is known only if some client may use it.
fn is_known(grant: &GrantType) -> bool {
    match grant {
        GrantType::Implicit | GrantType::Hybrid => false,
        GrantType::Extension(_) => CLIENTS.grant_types().contains(grant),
        _ => true,
    }
}

/// RFC 6749 §4.4: the client acts for itself.
fn client_credentials(app: &App, caller: Caller, form: &Form, now: u64) -> Result<impl IntoResponse + use<>, Error> {
    let Caller::Confidential(client) = caller else {
        return Err(Error::UnauthorizedClient("a public client has nothing to act for itself with"));
    };
    // What this server cannot do yet it must not replace by something weaker.
    if client.require_dpop || client.access_token_type != AccessTokenType::Jwt {
        return Err(Error::Internal("this server issues neither bound tokens nor reference tokens yet"));
    }
    let scopes = scopes::granted(client, form.get("scope"))?;
    let audience = narrowed(access_token::audience(CLIENTS.server(), &app.issuer, &scopes), form.get_all("resource"))?;
    let token = access_token::claims(&app.issuer, client, &scopes, audience, now)
        .ok()
        .and_then(|claims| app.key.sign(access_token::TYPE, &claims).ok())
        .ok_or(Error::Internal("the token could not be made"))?;
    Ok(no_store(json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": client.access_token_lifetime,
        "scope": scopes.join(" "),
    })))
}

/// The audience that the client wishes for, if it is part of what its scopes allow (RFC 8707 §2.2).
fn narrowed(audience: Vec<String>, wished: &[String]) -> Result<Vec<String>, Error> {
    if wished.iter().any(|resource| !audience.contains(resource)) {
        return Err(Error::InvalidTarget("a resource is unknown or not one of the scopes"));
    }
    Ok(if wished.is_empty() { audience } else { audience.into_iter().filter(|known| wished.contains(known)).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_uses_the_grants_of_its_record() {
        let [service, mvc] = ["service.client", "mvc"].map(|client_id| CLIENTS.require(client_id));
        assert_eq!(grant_type(service, Some("client_credentials")), Ok(GrantType::ClientCredentials));
        assert_eq!(grant_type(mvc, Some("authorization_code")), Ok(GrantType::AuthorizationCode));
        assert!(matches!(grant_type(mvc, Some("client_credentials")), Err(Error::UnauthorizedClient(_))));
        assert!(matches!(grant_type(service, Some("authorization_code")), Err(Error::UnauthorizedClient(_))));
        assert!(matches!(grant_type(service, None), Err(Error::InvalidRequest(_))));
        for unknown in ["implicit", "hybrid", "Client_Credentials", "urn:example:grant", "client_credentials "] {
            assert!(matches!(grant_type(mvc, Some(unknown)), Err(Error::UnsupportedGrantType(_))), "{unknown}");
        }
    }

    #[test]
    fn a_resource_narrows_the_audience() {
        let strings = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let audience = || strings(&["a", "b"]);
        assert_eq!(narrowed(audience(), &[]), Ok(audience()));
        assert_eq!(narrowed(audience(), &strings(&["b", "b"])), Ok(strings(&["b"])));
        assert!(matches!(narrowed(audience(), &strings(&["b", "c"])), Err(Error::InvalidTarget(_))));
    }

    #[test]
    fn credentials_in_the_query_are_refused() {
        assert_eq!(refuse_credentials_in(""), Ok(()));
        assert_eq!(refuse_credentials_in("tenant=1&client_secret="), Ok(()));
        for query in ["client_secret=x", "a=1&client%5Fid=x", "client_assertion=x", "%"] {
            assert!(refuse_credentials_in(query).is_err(), "{query}");
        }
    }
}

//! Which client does the browser come from (RFC 6749 §4.1.1)?

use axum::RequestExt;
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::Method;
use guestlist_runtime::ClientRef;
use guestlist_runtime::decide::{AuthorizationRefusal, ErrorCode, Parameters, Refusal, client_of};

use crate::origin::Withheld;
use crate::{AuthorizationRefused, Guestlist, form};

/// A request at the authorization endpoint, with its client looked up: what
/// [`decide::authorize`](guestlist_runtime::decide::authorize) asks for. One that cannot be read, or
/// names no client that the store knows, is answered with a page.
///
/// It is the query of a `GET`, or the form in a `POST` (OpenID Connect Core §3.1.2.1); neither is longer
/// than [`Guestlist::with_body_limit`] says. No script reads the answer, also where the layer for
/// [CORS](Guestlist::cors) is around it (RFC 9700 §2.6). See [`AuthorizationRefused`] for a whole handler.
///
/// A handler that takes `Result<FromBrowser, AuthorizationRefused>` answers what cannot be read with a page of its own,
/// by [`AuthorizationRefused::into_response_with`]. And a refusal that waits for the user to sign in is shown as a page,
/// until the handler says that one has: without a sign-in, nothing is redirected.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FromBrowser {
    /// The client that the request names; nothing proves yet that it is from there.
    pub client: ClientRef,
    /// The parameters.
    pub parameters: Parameters<'static>,
    /// The Unix time of the request, for the decisions that follow.
    pub now: u64,
}

impl<S> FromRequest<S> for FromBrowser
where
    Guestlist: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = AuthorizationRefused;

    async fn from_request(request: Request, state: &S) -> Result<Self, AuthorizationRefused> {
        Withheld::from_scripts(request.extensions());
        let guestlist = Guestlist::from_ref(state);
        let parameters = parameters(request, guestlist.body_limit()).await.map_err(AuthorizationRefusal::Page)?;
        let unknown = Refusal::new(ErrorCode::UnauthorizedClient, "the client is unknown or not enabled");
        let client = guestlist.store().find(client_of(&parameters)?).await?;
        let client = client.ok_or(AuthorizationRefusal::Page(unknown))?;
        Ok(Self { client, parameters, now: guestlist.now() })
    }
}

async fn parameters(request: Request, limit: usize) -> Result<Parameters<'static>, Refusal> {
    if request.method() == Method::POST {
        let (parts, body) = request.with_limited_body().into_parts();
        return Ok(Parameters::parse(&form::read(&parts.headers, body, limit).await?)?.into_owned());
    }
    let query = request.uri().query().unwrap_or_default();
    if query.len() > limit {
        return Err(Refusal::new(ErrorCode::InvalidRequest, "the query is too long"));
    }
    Ok(Parameters::parse(query)?.into_owned())
}

//! Which client asks, and has it proven that (RFC 6749 §2.3)?

use axum::RequestExt;
use axum::extract::{FromRef, FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use guestlist_runtime::decide::{Binding, Caller, ClientRequest, Credentials, ErrorCode, Parameters, Proven, Refusal};

use crate::{Guestlist, JwtId, Refused, RequestOrigin, TlsCertificate, form};

/// The request of a client at the token, revocation, introspection, device or pushed authorization
/// request endpoint, with its client authenticated. Whatever is wrong with it is answered before the
/// handler runs, see [`Refused`].
///
/// It takes the form in the body, and the credentials from there or from the `Authorization` header,
/// never from both nor from the query; also a client assertion, where the [`Guestlist`] has a
/// JWT library, and a TLS certificate, where the request has a [`TlsCertificate`].
///
/// A request with an `Origin` comes from a script. Unless that origin is in the list of this very client, or is the
/// server's own, the script cannot read the answer, whatever it is; and in the name of a public client, which anybody
/// may use, nothing is done for it. See [`Guestlist::cors`] and [`RequestOrigin`].
///
/// ```
/// use axum::extract::State;
/// use axum::response::IntoResponse;
/// use axum::{Json, Router, routing::post};
/// use guestlist::{GrantType, decide};
/// use guestlist_axum::{FromClient, Guestlist, NoStore, Refused};
/// use serde_json::json;
/// # use guestlist::{Clients, clients};
/// # static CLIENTS: Clients = clients![];
/// # fn issue(_: &decide::Tokens) -> String { String::new() }
///
/// async fn token(
///     State(guestlist): State<Guestlist>,
///     FromClient { caller, parameters, sender, now, .. }: FromClient,
/// ) -> Result<impl IntoResponse, Refused> {
///     let grants = [GrantType::ClientCredentials];
///     match decide::token(&caller, guestlist.server(), &parameters, &grants, &sender, now)? {
///         decide::TokenRequest::ClientCredentials(tokens) => Ok((
///             NoStore,
///             Json(json!({
///                 "access_token": issue(&tokens),
///                 "token_type": tokens.binding.token_type().as_str(),
///                 "expires_in": tokens.access_token_lifetime,
///                 "scope": tokens.scopes.join(" "),
///             })),
///         )),
///         _ => Err(decide::Refusal::new(decide::ErrorCode::UnsupportedGrantType, "not yet").into()),
///     }
/// }
///
/// let router: Router = Router::new().route("/token", post(token)).with_state(Guestlist::new(&CLIENTS));
/// ```
///
/// The caller may be [public](Caller::Public), which each decision looks at itself; an endpoint that is
/// for clients that have proven themselves asks [`Caller::is_confidential`], and that for introspection
/// [`decide::introspection`](guestlist_runtime::decide::introspection).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FromClient {
    /// The client, and how it has proven itself.
    pub caller: Caller,
    /// The parameters in the body. The credentials are still among them; `Debug` shows no value.
    pub parameters: Parameters<'static>,
    /// What the request proves to hold: the key of its DPoP proof, where the [`Guestlist`] takes
    /// [DPoP](Guestlist::with_dpop), and the TLS certificate, if there is one.
    pub sender: Binding,
    /// The Unix time at which the client was authenticated, for the decisions that follow.
    pub now: u64,
}

impl<S> FromRequest<S> for FromClient
where
    Guestlist: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let guestlist = Guestlist::from_ref(state);
        let (parts, body) = request.with_limited_body().into_parts();
        let origin = RequestOrigin::of(guestlist.server(), &parts);
        let form = form::read(&parts.headers, body, guestlist.body_limit()).await?;
        let parameters = Parameters::parse(&form)?;
        let certificate = parts.extensions.get::<TlsCertificate>().map(TlsCertificate::as_client_certificate);
        let credentials = ClientRequest {
            authorization: authorization(&parts.headers)?,
            query: parts.uri.query(),
            parameters: &parameters,
            certificate,
        };
        let credentials = Credentials::read(credentials, guestlist.jwt_library())?;
        let client = guestlist.store().find(credentials.client_id()).await?;
        let now = guestlist.now();
        let caller = match credentials.prove(client, guestlist.server(), now, guestlist.jwt_library())? {
            Proven::Caller(caller) => caller,
            Proven::IfFirstUse(assertion) => {
                let id = JwtId::assertion(assertion.client_id(), assertion.jwt_id());
                let is_first = guestlist.is_first_use(guestlist.jwt_memory(), id, assertion.expires_at(), now).await?;
                assertion.caller(is_first)?
            }
        };
        // Only now, since before it the answer would tell which clients exist.
        if !origin.open_to(caller.client()) && !caller.is_confidential() {
            let description = "scripts of this origin may not act for the client";
            return Err(Refusal::new(ErrorCode::UnauthorizedClient, description).into());
        }
        let key = guestlist.proven_key(caller.client(), &parts, None).await?;
        let sender = Binding::of(key.as_ref(), certificate.as_ref());
        Ok(Self { caller, parameters: parameters.into_owned(), sender, now })
    }
}

/// The `Authorization` header. One that is no text is malformed like any other.
fn authorization(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let first = values.next().map(|value| value.to_str().unwrap_or_default());
    match values.next() {
        None => Ok(first),
        Some(_) => Err(Refusal::new(ErrorCode::InvalidRequest, "there is more than one Authorization header")),
    }
}

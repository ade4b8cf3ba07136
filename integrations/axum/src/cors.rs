//! Which scripts may read the answers?

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS};
use axum::http::request::Parts;
use axum::response::Response;
use guestlist_runtime::decide::{CORS_METHODS, CORS_REQUEST_HEADERS, CORS_RESPONSE_HEADERS};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_layer::Layer;
use tower_service::Service;

use crate::Guestlist;
use crate::origin::Withheld;

impl Guestlist {
    /// The layer that answers preflights and lets scripts read answers: those of the origins that any
    /// enabled client allows, since a preflight says nothing of its client. One origin is echoed, with
    /// `Vary: Origin`, and no cookies are taken. A store that cannot answer allows none.
    ///
    /// It is for the endpoints that scripts call: token, revocation, userinfo, discovery, keys. **Never
    /// put it on the authorization endpoint**, where a browser goes itself (RFC 9700 §2.6): add routes
    /// to the router after the layer, or merge two routers. Where it happens nevertheless, no script reads the answer of
    /// a handler that takes a [`FromBrowser`](crate::FromBrowser), though a preflight is still answered.
    ///
    /// The answer to the request itself is for the scripts of its own client alone, as soon as there is one: where a
    /// handler takes a [`FromClient`](crate::FromClient) or a [`RequestOrigin`](crate::RequestOrigin).
    ///
    /// ```
    /// use axum::Router;
    /// use axum::routing::{get, post};
    /// use guestlist_axum::Guestlist;
    /// # use guestlist::{Clients, clients};
    /// # static CLIENTS: Clients = clients![];
    /// # async fn token() {}
    /// # async fn authorize() {}
    ///
    /// let guestlist = Guestlist::new(&CLIENTS);
    /// let router: Router = Router::new()
    ///     .route("/token", post(token))
    ///     .layer(guestlist.cors())
    ///     // Not reached by the layer above.
    ///     .route("/authorize", get(authorize).post(authorize))
    ///     .with_state(guestlist);
    /// ```
    #[must_use = "a layer does nothing until it is put on a router"]
    pub fn cors(&self) -> Cors {
        let store = self.shared_store();
        let allows = |origin: HeaderValue, _: &Parts| async move {
            match origin.to_str() {
                Ok(origin) => store.allows_origin(origin).await.unwrap_or(false),
                Err(_) => false,
            }
        };
        let of_all_clients = CorsLayer::new()
            .allow_origin(AllowOrigin::async_predicate(allows))
            .allow_methods(parsed(CORS_METHODS))
            .allow_headers(parsed(CORS_REQUEST_HEADERS))
            .expose_headers(parsed(CORS_RESPONSE_HEADERS));
        Cors(of_all_clients)
    }
}

/// The names as the layer wants them; a test sees that each is one.
fn parsed<T: std::str::FromStr, const N: usize>(names: [&str; N]) -> Vec<T> {
    names.into_iter().filter_map(|name| name.parse().ok()).collect()
}

/// The layer that [`Guestlist::cors`] makes.
#[derive(Clone, Debug)]
pub struct Cors(CorsLayer);

impl<S> Layer<S> for Cors {
    type Service = OfItsClient<tower_http::cors::Cors<S>>;

    fn layer(&self, inner: S) -> Self::Service {
        OfItsClient(self.0.layer(inner))
    }
}

/// A service whose answers are for the scripts of all clients, made one for those of the request's own client.
#[derive(Clone, Debug)]
pub struct OfItsClient<S>(S);

impl<S> Service<Request> for OfItsClient<S>
where
    S: Service<Request, Response = Response>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let withheld = Withheld::default();
        request.extensions_mut().insert(withheld.clone());
        let answer = self.0.call(request);
        Box::pin(async move {
            let mut answer = answer.await?;
            if withheld.is_set() {
                for name in [ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS] {
                    answer.headers_mut().remove(name);
                }
            }
            Ok(answer)
        })
    }
}

//! Which scripts may read the answers?

use axum::http::HeaderValue;
use axum::http::request::Parts;
use guestlist_runtime::decide::{CORS_METHODS, CORS_REQUEST_HEADERS, CORS_RESPONSE_HEADERS};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::Guestlist;

impl Guestlist {
    /// The layer that answers preflights and lets scripts read answers: those of the origins that any
    /// enabled client allows, since a preflight says nothing of its client. One origin is echoed, with
    /// `Vary: Origin`, and no cookies are taken. A store that cannot answer allows none.
    ///
    /// It is for the endpoints that scripts call: token, revocation, userinfo, discovery, keys. **Never
    /// put it on the authorization endpoint**, where a browser goes itself (RFC 9700 §2.6): add routes
    /// to the router after the layer, or merge two routers.
    ///
    /// The request itself is held to its own client's list, by [`FromClient`](crate::FromClient) or by
    /// [`check_origin`](Self::check_origin).
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
    pub fn cors(&self) -> CorsLayer {
        let store = self.shared_store();
        let allows = |origin: HeaderValue, _: &Parts| async move {
            match origin.to_str() {
                Ok(origin) => store.allows_origin(origin).await.unwrap_or(false),
                Err(_) => false,
            }
        };
        CorsLayer::new()
            .allow_origin(AllowOrigin::async_predicate(allows))
            .allow_methods(parsed(CORS_METHODS))
            .allow_headers(parsed(CORS_REQUEST_HEADERS))
            .expose_headers(parsed(CORS_RESPONSE_HEADERS))
    }
}

/// The names as the layer wants them; a test sees that each is one.
fn parsed<T: std::str::FromStr, const N: usize>(names: [&str; N]) -> Vec<T> {
    names.into_iter().filter_map(|name| name.parse().ok()).collect()
}

//! May a script of this origin act for the client?

use axum::http::HeaderMap;
use axum::http::header::ORIGIN;
use guestlist_runtime::decide::{ErrorCode, Refusal};
use guestlist_runtime::uri::Uri;
use guestlist_runtime::{Client, Server};

use crate::{Guestlist, Refused};

impl Guestlist {
    /// Whether a request with these headers may be answered for this client: it has no `Origin`, or
    /// one that is in the client's own list, or the server's own, which is that of its issuer.
    ///
    /// [`FromClient`](crate::FromClient) asks this by itself. It is for endpoints that know their
    /// client otherwise, as the userinfo endpoint does by the access token: behind
    /// [`cors`](Self::cors) their answers would be readable to the scripts of every client.
    ///
    /// ```
    /// use axum::http::HeaderMap;
    /// use guestlist_axum::Guestlist;
    /// # use guestlist::{Clients, clients};
    /// # static CLIENTS: Clients = clients![
    /// #     Client {
    /// #         client_id: "shop",
    /// #         require_client_secret: false,
    /// #         allowed_grant_types: [AuthorizationCode],
    /// #         redirect_uris: ["https://shop.example.com/callback"],
    /// #         allowed_cors_origins: ["https://shop.example.com"],
    /// #         allowed_scopes: ["openid"],
    /// #     },
    /// # ];
    ///
    /// let guestlist = Guestlist::new(&CLIENTS);
    /// let mut headers = HeaderMap::new();
    /// headers.insert("origin", "https://shop.example.com".parse()?);
    /// assert!(guestlist.check_origin(CLIENTS.require("shop"), &headers).is_ok());
    /// headers.insert("origin", "https://other.example.com".parse()?);
    /// assert!(guestlist.check_origin(CLIENTS.require("shop"), &headers).is_err());
    /// # Ok::<(), axum::http::header::InvalidHeaderValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnauthorizedClient`](ErrorCode::UnauthorizedClient).
    pub fn check_origin(&self, client: &Client, headers: &HeaderMap) -> Result<(), Refused> {
        let mut origins = headers.get_all(ORIGIN).iter();
        let allowed = match (origins.next(), origins.next()) {
            (None, _) => true,
            (Some(origin), None) => {
                origin.to_str().is_ok_and(|origin| client.allows_origin(origin) || is_own(self.server(), origin))
            }
            // Browsers send one.
            (Some(_), Some(_)) => false,
        };
        let refusal = Refusal::new(ErrorCode::UnauthorizedClient, "scripts of this origin may not act for the client");
        if allowed { Ok(()) } else { Err(refusal.into()) }
    }
}

/// Browsers send an `Origin` with a `POST` to the very origin that a page is from (Fetch §3.2).
fn is_own(server: &Server, origin: &str) -> bool {
    let issuer = server.issuer.as_deref().and_then(|issuer| Uri::parse(issuer).ok());
    issuer.and_then(|issuer| issuer.origin()).is_some_and(|own| own.to_string() == origin)
}

//! Which endpoints are there, and what do they share?

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::keys::{self, SigningKey};
use crate::{discovery, token};

/// What every endpoint may read.
pub struct App {
    /// The server's name in its tokens, and the start of its addresses.
    pub issuer: String,
    pub key: SigningKey,
}

/// Room for the longest secret that `guestlist` looks at with each byte escaped, and for the other parameters.
const BODY_LIMIT: usize = 4 * guestlist::MAX_SECRET_LENGTH;

pub fn router(app: App) -> Router {
    Router::new()
        // OpenID Connect Discovery §4 and RFC 8414 §3 look at different places for the same document.
        .route("/.well-known/openid-configuration", get(discovery::document))
        .route("/.well-known/oauth-authorization-server", get(discovery::document))
        .route("/jwks", get(keys::document))
        .route("/token", post(token::endpoint))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(Arc::new(app))
}

//! What does the server say about itself?

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::app::App;
use crate::clients::CLIENTS;
use crate::{scopes, token};

/// The metadata of RFC 8414 §2, with nothing in it that the server does not do yet: no authorization endpoint,
/// hence no response types, and no ID tokens.
pub async fn document(State(app): State<Arc<App>>) -> Json<Value> {
    let issuer = &app.issuer;
    let scopes: Vec<_> =
        CLIENTS.scopes().iter().filter(|scope| scopes::is_api_scope(scope)).map(|s| s.as_str()).collect();
    let grants: Vec<_> =
        CLIENTS.grant_types().iter().filter(|g| token::SERVED.contains(g)).map(|g| g.as_str()).collect();
    Json(json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/jwks"),
        "token_endpoint": format!("{issuer}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "grant_types_supported": grants,
        "response_types_supported": [],
        "scopes_supported": scopes,
    }))
}

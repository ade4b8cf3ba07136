//! What does the server say about itself (OpenID Connect Discovery §3, RFC 8414 §2)?

use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use guestlist::decide::Metadata;
use guestlist::{ClientRef, StoreError};
use guestlist_axum::Refused;
use serde_json::{Map, Value, json};

use crate::app::{App, Shared};
use crate::token::SERVED;

/// How long others may keep it, in seconds.
const MAX_AGE: u64 = 300;

/// How long this server itself does, in seconds: to make it takes a look at all clients.
const KEPT: u64 = 5;

/// The document that was made last, and when.
#[derive(Default)]
pub struct Kept(Mutex<Option<(Value, u64)>>);

impl Kept {
    fn get(&self) -> Option<(Value, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, document: Value, now: u64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((document, now));
    }
}

pub async fn document(State(app): State<Shared>) -> Result<Response, Refused> {
    let document = current(&app).await?;
    Ok(([(CACHE_CONTROL, format!("max-age={MAX_AGE}"))], Json(document)).into_response())
}

async fn current(app: &App) -> Result<Value, StoreError> {
    let (now, kept) = (app.now(), app.metadata.get());
    if let Some((document, made_at)) = &kept
        && now < made_at.saturating_add(KEPT)
    {
        return Ok(document.clone());
    }
    match (app.store().all().await, kept) {
        // What is refused is told when it is asked for, and at start; it costs nobody but itself.
        (Ok(all), _) => {
            let document = metadata(app, &all.clients);
            app.metadata.set(document.clone(), now);
            Ok(document)
        }
        // While a store is down, those whose clients are at hand go on by the last one.
        (Err(_), Some((document, _))) => Ok(document),
        (Err(error), None) => Err(error),
    }
}

/// What follows from the clients, and the addresses.
fn metadata(app: &App, clients: &[ClientRef]) -> Value {
    let issuer = app.issuer();
    let metadata = Metadata::of(app.server(), SERVED, clients.iter().map(|client| &**client));
    // Whoever gets tokens may revoke them; only who has proven itself may ask about them.
    let may_revoke = metadata.token_endpoint_auth_methods_supported.clone();
    let may_ask: Vec<&str> = may_revoke.iter().copied().filter(|method| *method != "none").collect();
    // The keys that sign assertions sign request objects, too.
    let by_key = metadata.token_endpoint_auth_signing_alg_values_supported.clone();
    let is_pairwise = clients.iter().any(|client| client.pair_wise_subject_salt.is_some());
    let algorithms: Vec<_> = app.keys.algorithms().map(|algorithm| algorithm.as_str()).collect();
    let mut document = match serde_json::to_value(metadata) {
        Ok(Value::Object(document)) => document,
        _ => Map::new(),
    };
    for (name, path) in [
        ("authorization_endpoint", "/authorize"),
        ("token_endpoint", "/token"),
        ("userinfo_endpoint", "/userinfo"),
        ("jwks_uri", "/jwks"),
        ("revocation_endpoint", "/revoke"),
        ("introspection_endpoint", "/introspect"),
        ("device_authorization_endpoint", "/device_authorization"),
        ("pushed_authorization_request_endpoint", "/par"),
        ("end_session_endpoint", "/signout"),
    ] {
        document.insert(name.to_owned(), json!(format!("{issuer}{path}")));
    }
    for (name, value) in [
        ("revocation_endpoint_auth_methods_supported", json!(may_revoke)),
        ("introspection_endpoint_auth_methods_supported", json!(may_ask)),
        ("subject_types_supported", if is_pairwise { json!(["public", "pairwise"]) } else { json!(["public"]) }),
        ("id_token_signing_alg_values_supported", json!(algorithms)),
        (
            "claims_supported",
            json!(["sub", "name", "given_name", "family_name", "preferred_username", "email", "email_verified"]),
        ),
        ("prompt_values_supported", json!(["none", "login", "consent", "select_account"])),
        ("frontchannel_logout_supported", json!(true)),
        ("frontchannel_logout_session_supported", json!(true)),
        ("backchannel_logout_supported", json!(true)),
        ("backchannel_logout_session_supported", json!(true)),
        ("dpop_signing_alg_values_supported", json!(app.guestlist.dpop_algorithms())),
        ("request_parameter_supported", json!(!by_key.is_empty())),
    ] {
        document.insert(name.to_owned(), value);
    }
    for of in ["revocation_endpoint_auth", "introspection_endpoint_auth", "request_object"] {
        if !by_key.is_empty() {
            document.insert(format!("{of}_signing_alg_values_supported"), json!(by_key));
        }
    }
    Value::Object(document)
}

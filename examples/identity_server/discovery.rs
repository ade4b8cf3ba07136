//! What does the server say about itself (OpenID Connect Discovery §3, RFC 8414 §2)?

use axum::Json;
use axum::extract::State;
use guestlist::decide::Metadata;
use serde_json::{Map, Value, json};

use crate::app::Shared;
use crate::clients::CLIENTS;

/// What follows from the clients, and the addresses.
pub async fn document(State(app): State<Shared>) -> Json<Map<String, Value>> {
    let issuer = app.issuer();
    let mut document = match serde_json::to_value(Metadata::of(app.server(), &CLIENTS)) {
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
        ("subject_types_supported", json!(["public"])),
        ("id_token_signing_alg_values_supported", json!(["RS256"])),
        (
            "claims_supported",
            json!(["sub", "name", "given_name", "family_name", "preferred_username", "email", "email_verified"]),
        ),
        ("prompt_values_supported", json!(["none", "login", "consent", "select_account"])),
        ("frontchannel_logout_supported", json!(true)),
        ("frontchannel_logout_session_supported", json!(true)),
        ("backchannel_logout_supported", json!(true)),
        ("backchannel_logout_session_supported", json!(true)),
        ("request_parameter_supported", json!(false)),
        ("request_uri_parameter_supported", json!(false)),
    ] {
        document.insert(name.to_owned(), value);
    }
    Json(document)
}

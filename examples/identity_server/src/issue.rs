//! What do tokens say (RFC 9068, OpenID Connect Core §2)?

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use guestlist::decide::{IdToken, Tokens};
use guestlist::{AccessTokenType, Client, ClientClaim, Text};
use serde_json::{Map, Value, json};

use crate::app::{App, Issued};
use crate::grant::Grant;
use crate::session::Failed;
use crate::{random, users};

/// The type in an access token's header (RFC 9068 §2.1).
const ACCESS_TOKEN: &str = "at+jwt";

/// The type in an ID token's header. No standard gives it one of its own.
pub const ID_TOKEN: &str = "JWT";

/// The scopes as they stand in a response (RFC 6749 §3.3).
pub fn scope(scopes: &[Text]) -> String {
    scopes.iter().map(Text::as_str).collect::<Vec<_>>().join(" ")
}

/// An access token, by the client's record a JWT or a reference. What it says is kept in both cases, so that it can
/// be asked about, and revoked.
pub fn access_token(app: &App, client: &Client, tokens: &Tokens, grant: &Arc<Grant>) -> Result<String, Failed> {
    let (id, now) = (random::token()?, app.now());
    let expires_at = now.saturating_add(tokens.access_token_lifetime.into());
    let is_jwt = tokens.access_token_type == AccessTokenType::Jwt;
    let jwt_id = (is_jwt && tokens.include_jwt_id).then_some(id.as_str());
    let claims = access_token_claims(app.issuer(), client, tokens, grant, jwt_id, now);
    let token = match is_jwt {
        // APIs, and not the client, check it: by the algorithm that all of them know.
        true => app.keys.sign(ACCESS_TOKEN, &claims, &[]).ok_or(Failed)?,
        false => id,
    };
    let (scopes, audience, binding) = (tokens.scopes.clone(), tokens.audience.clone(), tokens.binding.clone());
    let issued = Issued { claims, scopes, audience, binding, grant: Arc::clone(grant) };
    app.access_tokens.insert(&token, issued, expires_at, now);
    Ok(token)
}

fn access_token_claims(
    issuer: &str,
    client: &Client,
    tokens: &Tokens,
    grant: &Grant,
    jwt_id: Option<&str>,
    now: u64,
) -> Map<String, Value> {
    // What the record says comes first, so that none of it can pass for what the server says.
    let mut claims = client_claims(&tokens.client_claims);
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    let client_id = client.client_id.as_str();
    say("iss", json!(issuer));
    say("client_id", json!(client_id));
    say("aud", one_or_all(audience(issuer, tokens)));
    say("iat", json!(now));
    say("exp", json!(now.saturating_add(tokens.access_token_lifetime.into())));
    say("scope", json!(scope(&tokens.scopes)));
    match &grant.user {
        Some(user) => {
            say("sub", json!(users::subject_at(client, &user.subject)));
            say("auth_time", json!(user.authenticated_at));
        }
        None => {
            say("sub", json!(client_id));
        }
    }
    if let Some(id) = jwt_id {
        say("jti", json!(id));
    }
    let binding = &tokens.binding;
    if binding.is_bound() {
        let mut confirmation = Map::new();
        confirmation.extend(binding.jkt.as_ref().map(|jkt| ("jkt".to_owned(), json!(jkt.as_str()))));
        confirmation.extend(binding.x5t_s256.as_ref().map(|x5t| ("x5t#S256".to_owned(), json!(x5t.as_str()))));
        say("cnf", Value::Object(confirmation));
    }
    claims
}

/// The resources of the scopes; a server that declares none has one for all its APIs, by the name
/// that IdentityServer gave it.
fn audience(issuer: &str, tokens: &Tokens) -> Vec<Value> {
    match tokens.audience.as_slice() {
        [] => vec![json!(format!("{issuer}/resources"))],
        resources => resources.iter().map(|resource| json!(resource.as_str())).collect(),
    }
}

/// An ID token, signed by an algorithm that the client allows, with the hashes of what is issued beside it.
pub fn id_token(
    app: &App,
    client: &Client,
    scopes: &[Text],
    kind: &IdToken,
    grant: &Grant,
    access_token: Option<&str>,
    code: Option<&str>,
) -> Result<String, Failed> {
    let (Some(user), now) = (&grant.user, app.now()) else { return Err(Failed) };
    let mut claims = Map::new();
    if kind.includes_user_claims
        && let Some(user) = users::by_subject(&user.subject)
    {
        claims = user.claims(app.server(), scopes);
    }
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    say("iss", json!(app.issuer()));
    say("sub", json!(users::subject_at(client, &user.subject)));
    say("aud", json!(client.client_id.as_str()));
    say("iat", json!(now));
    say("exp", json!(now.saturating_add(kind.lifetime.into())));
    say("auth_time", json!(user.authenticated_at));
    say("sid", json!(user.session_id));
    if let Some(nonce) = &kind.nonce {
        say("nonce", json!(nonce.as_str()));
    }
    if let Some(access_token) = access_token {
        say("at_hash", json!(half_hash(access_token)));
    }
    if let Some(code) = code {
        say("c_hash", json!(half_hash(code)));
    }
    app.keys.sign(ID_TOKEN, &claims, &kind.algorithms).ok_or(Failed)
}

/// The left half of the SHA-256, which goes with RS256 and ES256 (OpenID Connect Core §3.3.2.11).
fn half_hash(text: &str) -> String {
    let hash = digest(&SHA256, text.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.as_ref().get(..16).unwrap_or_default())
}

/// The claims in the client's record. Several of one type become an array.
fn client_claims(claims: &[ClientClaim]) -> Map<String, Value> {
    let mut names: Vec<&str> = Vec::new();
    for claim in claims {
        if !names.contains(&claim.claim_type.as_str()) {
            names.push(&claim.claim_type);
        }
    }
    let values = |name| claims.iter().filter(move |claim| claim.claim_type == name).map(typed).collect();
    names.into_iter().map(|name| (name.to_owned(), one_or_all(values(name)))).collect()
}

/// The value as the type says, or as a string where it is of another type.
fn typed(claim: &ClientClaim) -> Value {
    let text = claim.value.as_str();
    match claim.value_type.as_deref() {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        Some("json") => serde_json::from_str(text).ok(),
        _ => None,
    }
    .unwrap_or_else(|| text.into())
}

/// A single value stands by itself (RFC 7519 §4.1.3 on `aud`).
fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

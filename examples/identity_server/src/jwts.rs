//! What does a JWT of a client say, and has the client signed it (RFC 7523, RFC 9101)?

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use guestlist::decide::{JwtClaims, JwtLibrary, Parameters};
use guestlist::{Lookup, SecretValue, SigningAlgorithm};
use guestlist_axum::{JwtId, JwtMemory};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::{Map, Value};

use crate::expiring::Expiring;

/// What decisions ask about JWTs.
pub struct Jwts;

impl JwtLibrary for Jwts {
    fn claims(&self, jwt: &str) -> Option<JwtClaims> {
        let claims = read(jwt)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        // A time may have a fraction (RFC 7519 §2), which does not count here.
        let time = |name: &str| match claims.get(name) {
            None => Some(None),
            Some(time) => time.as_u64().or_else(|| seconds(time.as_f64()?)).map(Some),
        };
        Some(JwtClaims {
            typ: jsonwebtoken::decode_header(jwt).ok()?.typ,
            issuer: text("iss"),
            subject: text("sub"),
            audience: text("aud"),
            expires_at: time("exp")?,
            not_before: time("nbf")?,
            issued_at: time("iat")?,
            jwt_id: text("jti"),
        })
    }

    fn parameters(&self, jwt: &str) -> Option<Parameters<'static>> {
        let mut parameters: Vec<(String, String)> = Vec::new();
        for (name, value) in read(jwt)? {
            match value {
                Value::String(text) => parameters.push((name, text)),
                Value::Number(number) => parameters.push((name, number.to_string())),
                Value::Array(texts) => {
                    let texts = texts.into_iter().filter_map(|text| Some(text.as_str()?.to_owned()));
                    parameters.extend(texts.map(|text| (name.clone(), text)));
                }
                // No parameter that this server knows is anything else.
                _ => {}
            }
        }
        Parameters::from_pairs(parameters).ok()
    }

    fn is_signed(&self, jwt: &str, key: &SecretValue, algorithms: &[SigningAlgorithm]) -> bool {
        let SecretValue::Jwk(jwk) = key else { return false };
        let key = serde_json::from_str::<Jwk>(jwk).ok().and_then(|jwk| DecodingKey::from_jwk(&jwk).ok());
        let Ok(header) = jsonwebtoken::decode_header(jwt) else { return false };
        let mut validation = Validation::default();
        validation.algorithms = algorithms.iter().filter_map(|algorithm| algorithm.as_str().parse().ok()).collect();
        // Whether the claims count is what decisions are for.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        // Of what must be understood, nothing is (RFC 7515 §4.1.11).
        header.crit.is_none()
            && key.is_some_and(|key| jsonwebtoken::decode::<Map<String, Value>>(jwt, &key, &validation).is_ok())
    }
}

/// Which assertions, or which DPoP proofs, have been seen.
pub struct Seen(Expiring<()>);

impl Seen {
    pub fn new(capacity: usize) -> Self {
        Self(Expiring::new(capacity))
    }
}

impl JwtMemory for Seen {
    fn is_first_use<'a>(&'a self, JwtId { issuer, jwt_id, .. }: JwtId<'a>, until: u64, now: u64) -> Lookup<'a, bool> {
        Lookup::ready(Ok(self.0.lock().insert_new(&format!("{issuer}\n{jwt_id}"), (), until, now)))
    }
}

/// The claims, without a look at the signature.
fn read(jwt: &str) -> Option<Map<String, Value>> {
    let mut parts = jwt.split('.');
    let (_, claims, _, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else { return None };
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what does not fit is no time of ours")]
fn seconds(time: f64) -> Option<u64> {
    (0.0..1e15).contains(&time).then_some(time as u64)
}

//! Is a DPoP proof signed by the key that it names (RFC 9449)? And which nonces does this server give?

use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use guestlist::SigningAlgorithm;
use guestlist::decide::DpopProof;
use guestlist_axum::{DpopLibrary, DpopNonce};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value};

use crate::random;
use crate::session::Failed;

/// The algorithms of the proofs that are taken.
const ALGORITHMS: [SigningAlgorithm; 3] = [SigningAlgorithm::ES256, SigningAlgorithm::PS256, SigningAlgorithm::RS256];

/// How long a nonce counts at least, in seconds; the one before still counts as long.
const NONCE_LIFETIME: u64 = 300;

/// What reads proofs, and what nonces are made of.
pub struct Proofs {
    secret: String,
}

impl Proofs {
    pub fn new() -> Result<Self, Failed> {
        Ok(Self { secret: random::token()? })
    }

    /// The nonce of a window of time. None is kept, since each follows from the secret.
    fn nonce(&self, window: u64) -> DpopNonce {
        let mut hash = Context::new(&SHA256);
        hash.update(self.secret.as_bytes());
        hash.update(&window.to_be_bytes());
        let expires_at = window.saturating_add(2).saturating_mul(NONCE_LIFETIME);
        DpopNonce { value: URL_SAFE_NO_PAD.encode(hash.finish()), expires_at }
    }
}

impl DpopLibrary for Proofs {
    fn proof(&self, jwt: &str) -> Option<DpopProof> {
        read(jwt)
    }

    fn algorithms(&self) -> &[SigningAlgorithm] {
        &ALGORITHMS
    }

    fn nonces(&self, now: u64) -> Vec<DpopNonce> {
        let window = now / NONCE_LIFETIME;
        vec![self.nonce(window), self.nonce(window.saturating_sub(1))]
    }
}

/// A proof that is signed by the key that it names (RFC 9449 §4.3 items 2 to 7).
fn read(jwt: &str) -> Option<DpopProof> {
    let header = jsonwebtoken::decode_header(jwt).ok()?;
    // What the library's type of a key leaves out: a private one must not be sent to anybody.
    let raw: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').next()?).ok()?).ok()?;
    let is_private =
        ["d", "p", "q", "k", "oth"].iter().any(|name| raw.get("jwk").is_some_and(|key| key.get(name).is_some()));
    if header.typ.as_deref() != Some("dpop+jwt") || header.crit.is_some() || is_private {
        return None;
    }
    let jwk = header.jwk?;
    // The key decides, and what is not listed here is not taken: no secret, and no key whose thumbprint the library
    // cannot make.
    match (&jwk.algorithm, header.alg) {
        (AlgorithmParameters::EllipticCurve(key), Algorithm::ES256) if key.curve == EllipticCurve::P256 => {}
        (AlgorithmParameters::RSA(_), Algorithm::PS256 | Algorithm::RS256) => {}
        _ => return None,
    }
    let mut validation = Validation::new(header.alg);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    let claims = jsonwebtoken::decode::<Map<String, Value>>(jwt, &key, &validation).ok()?.claims;
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(DpopProof {
        jkt: jwk.thumbprint(ThumbprintHash::SHA256),
        method: text("htm").unwrap_or_default(),
        uri: text("htu").unwrap_or_default(),
        issued_at: claims.get("iat").and_then(Value::as_u64),
        jwt_id: text("jti").unwrap_or_default(),
        nonce: text("nonce"),
        access_token_hash: text("ath"),
    })
}

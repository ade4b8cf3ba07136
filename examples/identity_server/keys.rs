//! Which key signs the tokens, and how does an API check them?

use std::error::Error;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use axum::Json;
use axum::extract::State;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Map, Value};

use crate::app::Shared;

/// RS256 is what every OpenID Connect client understands (OpenID Connect Core §15.1).
const ALGORITHM: Algorithm = Algorithm::RS256;

/// The server's key. It is made at each start, so tokens end with the process.
pub struct SigningKey {
    private: EncodingKey,
    public: Jwk,
    check: DecodingKey,
}

impl SigningKey {
    pub fn generate() -> Result<Self, Box<dyn Error>> {
        let pkcs8: Pkcs8V1Der = KeyPair::generate(KeySize::Rsa2048)?.as_der()?;
        let private = EncodingKey::from_rsa_der(pkcs1(pkcs8.as_ref()).ok_or("the new key has an unknown form")?);
        let mut public = Jwk::from_encoding_key(&private, ALGORITHM)?;
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        // A name that follows from the key (RFC 7638), so that no two keys share one.
        public.common.key_id = Some(public.thumbprint(ThumbprintHash::SHA256));
        let check = DecodingKey::from_jwk(&public)?;
        Ok(Self { private, public, check })
    }

    /// A JWT of the given type, as a compact JWS (RFC 7515 §7.1).
    pub fn sign(&self, typ: &str, claims: &Map<String, Value>) -> Result<String, jsonwebtoken::errors::Error> {
        let mut header = Header::new(ALGORITHM);
        // Explicit typing keeps one kind of token from passing for another (RFC 8725 §3.11).
        header.typ = Some(typ.to_owned());
        header.kid.clone_from(&self.public.common.key_id);
        jsonwebtoken::encode(&header, claims, &self.private)
    }

    /// The claims of a JWT of the given type that this key has signed, and that counts at the Unix time `now`.
    pub fn verify(&self, typ: &str, jwt: &str, now: u64) -> Option<Map<String, Value>> {
        let claims = self.verify_expired(typ, jwt)?;
        let expires_at = claims.get("exp")?.as_u64()?;
        (now < expires_at).then_some(claims)
    }

    /// The same, though it may have expired.
    pub fn verify_expired(&self, typ: &str, jwt: &str) -> Option<Map<String, Value>> {
        let mut validation = Validation::new(ALGORITHM);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let data = jsonwebtoken::decode::<Map<String, Value>>(jwt, &self.check, &validation).ok()?;
        (data.header.typ.as_deref() == Some(typ)).then_some(data.claims)
    }
}

/// The public half, as a JWK set (RFC 7517 §5).
pub async fn document(State(app): State<Shared>) -> Json<JwkSet> {
    Json(JwkSet { keys: vec![app.key.public.clone()] })
}

/// The `RSAPrivateKey` (RFC 8017 App. A.1.2), which jsonwebtoken wants, inside the `PrivateKeyInfo` (RFC 5208 §5),
/// which aws-lc-rs gives. A tag and a length of three bytes stand before the outer content and before the key;
/// were that ever different, no key could be read from the rest, and the server would not start.
fn pkcs1(pkcs8: &[u8]) -> Option<&[u8]> {
    /// Version 0; the algorithm `rsaEncryption`, without parameters.
    const RSA: &[u8] = b"\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
    pkcs8.get(4..)?.strip_prefix(RSA)?.get(4..)
}

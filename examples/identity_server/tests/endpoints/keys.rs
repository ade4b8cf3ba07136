//! Clients with keys: what they sign, and what others would have them sign.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

pub struct Key {
    private: EncodingKey,
    /// The public half.
    pub jwk: Value,
}

impl Key {
    pub fn new() -> Self {
        Self::of(&EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    /// The key of the client `ledger`: the sample of RFC 7517 App. A.
    pub fn of_ledger() -> Self {
        let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let x = decoded("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4");
        let y = decoded("4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM");
        let d = decoded("870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE");
        let public = [&[4][..], &x, &y].concat();
        let pair = EcdsaKeyPair::from_private_key_and_public_key(&ECDSA_P256_SHA256_FIXED_SIGNING, &d, &public);
        Self::of(&pair.unwrap())
    }

    fn of(pair: &EcdsaKeyPair) -> Self {
        let private = EncodingKey::from_ec_der(pair.to_pkcs8v1().unwrap().as_ref());
        let jwk = serde_json::to_value(Jwk::from_encoding_key(&private, Algorithm::ES256).unwrap()).unwrap();
        Self { private, jwk }
    }

    /// A JWT with just this header and these claims.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encoded(header), encoded(claims));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.private, Algorithm::ES256).unwrap();
        format!("{message}.{signature}")
    }

    /// One of the usual kind.
    pub fn jwt(&self, claims: &Value) -> String {
        self.sign(&json!({ "alg": "ES256" }), claims)
    }
}

/// A JWT that is not signed, by whatever its header says.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.{}.", encoded(header), encoded(claims))
}

/// A JWT whose signature is made with the public key, as if that was a secret.
pub fn by_public_key(key: &Key, claims: &Value) -> String {
    let message = format!("{}.{}", encoded(&json!({ "alg": "HS256" })), encoded(claims));
    let secret = EncodingKey::from_secret(key.jwk.to_string().as_bytes());
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &secret, Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}

fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

/// Some claims changed: to a value, or away where it is null.
pub fn with(claims: &Value, changes: &[(&str, Value)]) -> Value {
    let mut claims = claims.clone();
    for (name, value) in changes {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(*name)),
            value => claims[*name] = value.clone(),
        }
    }
    claims
}

pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A name that nothing else has.
pub fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("test-{}", COUNT.fetch_add(1, Ordering::SeqCst))
}

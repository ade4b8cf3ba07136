//! Which keys sign the tokens, and how does an API check them?

use std::error::Error;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use guestlist::SigningAlgorithm;
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Map, Value};

use crate::app::Shared;

/// The server's keys, one for each algorithm. They are made at each start, so tokens end with the process.
#[derive(Clone)]
pub struct SigningKeys([Key; 2]);

#[derive(Clone)]
struct Key {
    name: SigningAlgorithm,
    algorithm: Algorithm,
    private: EncodingKey,
    public: Jwk,
    check: DecodingKey,
}

impl SigningKeys {
    pub fn generate() -> Result<Self, Box<dyn Error>> {
        let rsa: Pkcs8V1Der = KeyPair::generate(KeySize::Rsa2048)?.as_der()?;
        let rsa = EncodingKey::from_rsa_der(pkcs1(rsa.as_ref()).ok_or("the new key has an unknown form")?);
        let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?.to_pkcs8v1()?;
        let ec = EncodingKey::from_ec_der(ec.as_ref());
        Ok(Self([
            // What every OpenID Connect client understands (OpenID Connect Core §15.1).
            Key::new(SigningAlgorithm::RS256, Algorithm::RS256, rsa)?,
            Key::new(SigningAlgorithm::ES256, Algorithm::ES256, ec)?,
        ]))
    }

    /// The algorithms, the preferred one first.
    pub fn algorithms(&self) -> impl Iterator<Item = SigningAlgorithm> {
        self.0.iter().map(|key| key.name)
    }

    /// A JWT of the given type, as a compact JWS (RFC 7515 §7.1), by one of the allowed algorithms; none of them
    /// leaves it to the server. Nothing, if it has no such key.
    pub fn sign(&self, typ: &str, claims: &Map<String, Value>, allowed: &[SigningAlgorithm]) -> Option<String> {
        let key = self.0.iter().find(|key| allowed.is_empty() || allowed.contains(&key.name))?;
        let mut header = Header::new(key.algorithm);
        // Explicit typing keeps one kind of token from passing for another (RFC 8725 §3.11).
        header.typ = Some(typ.to_owned());
        header.kid.clone_from(&key.public.common.key_id);
        jsonwebtoken::encode(&header, claims, &key.private).ok()
    }

    /// The claims of a JWT of the given type that one of the keys has signed, though it may have expired. The
    /// algorithm is the key's, whatever the header says (RFC 8725 §3.1).
    pub fn verify_expired(&self, typ: &str, jwt: &str) -> Option<Map<String, Value>> {
        let header = jsonwebtoken::decode_header(jwt).ok().filter(|header| header.typ.as_deref() == Some(typ))?;
        let key = self.0.iter().find(|key| key.public.common.key_id == header.kid)?;
        let mut validation = Validation::new(key.algorithm);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        Some(jsonwebtoken::decode::<Map<String, Value>>(jwt, &key.check, &validation).ok()?.claims)
    }
}

impl Key {
    fn new(name: SigningAlgorithm, algorithm: Algorithm, private: EncodingKey) -> Result<Self, Box<dyn Error>> {
        let mut public = Jwk::from_encoding_key(&private, algorithm)?;
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        // A name that follows from the key (RFC 7638), so that no two keys share one.
        public.common.key_id = Some(public.thumbprint(ThumbprintHash::SHA256));
        let check = DecodingKey::from_jwk(&public)?;
        Ok(Self { name, algorithm, private, public, check })
    }
}

/// The public halves, as a JWK set (RFC 7517 §5).
pub async fn document(State(app): State<Shared>) -> Response {
    let keys = app.keys.0.iter().map(|key| key.public.clone()).collect();
    ([(CACHE_CONTROL, "max-age=300")], Json(JwkSet { keys })).into_response()
}

/// The `RSAPrivateKey` (RFC 8017 App. A.1.2), which jsonwebtoken wants, inside the `PrivateKeyInfo` (RFC 5208 §5),
/// which aws-lc-rs gives. A tag and a length of three bytes stand before the outer content and before the key;
/// were that ever different, no key could be read from the rest, and the server would not start.
fn pkcs1(pkcs8: &[u8]) -> Option<&[u8]> {
    /// Version 0; the algorithm `rsaEncryption`, without parameters.
    const RSA: &[u8] = b"\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00";
    pkcs8.get(4..)?.strip_prefix(RSA)?.get(4..)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_jwt_counts_by_its_signature_type_key_and_algorithm() {
        let keys = SigningKeys::generate().unwrap();
        let others = SigningKeys::generate().unwrap();
        let claims = Map::from_iter([("sub".to_owned(), json!("818727")), ("exp".to_owned(), json!(1))]);
        for (allowed, name) in [
            (&[][..], "RS256"),
            (&[SigningAlgorithm::ES256], "ES256"),
            (&[SigningAlgorithm::PS256, SigningAlgorithm::ES256], "ES256"),
        ] {
            let jwt = keys.sign("JWT", &claims, allowed).unwrap();
            assert_eq!(format!("{:?}", jsonwebtoken::decode_header(&jwt).unwrap().alg), name);
            assert_eq!(keys.verify_expired("JWT", &jwt), Some(claims.clone()), "it may have expired");
            assert_eq!(keys.verify_expired("at+jwt", &jwt), None, "another type");
            assert_eq!(others.verify_expired("JWT", &jwt), None, "another server's key");
            let (head, rest) = jwt.split_once('.').unwrap();
            let (body, signature) = rest.split_once('.').unwrap();
            let header = String::from_utf8(URL_SAFE_NO_PAD.decode(head).unwrap()).unwrap();
            for (what, header, signature) in [
                ("unsigned", header.replace(name, "none"), ""),
                ("by the public key as a secret", header.replace(name, "HS256"), signature),
                (
                    "by the other algorithm",
                    header.replace(name, if name == "RS256" { "ES256" } else { "RS256" }),
                    signature,
                ),
                ("without a key", header.replace("kid", "kid2"), signature),
                ("without a signature", header, ""),
            ] {
                let forged = format!("{}.{body}.{signature}", URL_SAFE_NO_PAD.encode(header));
                assert_eq!(keys.verify_expired("JWT", &forged), None, "{name} {what}");
            }
        }
        assert_eq!(keys.sign("JWT", &claims, &[SigningAlgorithm::PS256]), None, "there is no such key");
    }
}

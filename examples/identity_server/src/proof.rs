//! Which key does a request prove to hold (RFC 9449)?

use aws_lc_rs::digest::{Context, SHA256};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use guestlist::decide::{Binding, DpopProof, ErrorCode, ProvenRequest, Refusal, TokenType};
use guestlist::{Client, DpopValidationMode, SigningAlgorithm};
use guestlist_axum::Refused;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value};

use crate::app::App;
use crate::expiring::Expiring;
use crate::random;
use crate::session::Failed;

/// The algorithms of the proofs that are taken, as metadata and challenges name them.
pub const ALGORITHMS: [SigningAlgorithm; 3] =
    [SigningAlgorithm::ES256, SigningAlgorithm::PS256, SigningAlgorithm::RS256];

/// How long a nonce counts at least, in seconds; the one before still counts as long.
const NONCE_LIFETIME: u64 = 300;

/// The proofs that have been seen, and what nonces are made of.
pub struct Proofs {
    seen: Expiring<()>,
    secret: String,
}

impl Proofs {
    pub fn new(capacity: usize) -> Result<Self, Failed> {
        Ok(Self { seen: Expiring::new(capacity), secret: random::token()? })
    }

    /// The nonce of a window of time. None is kept, since each follows from the secret.
    fn nonce(&self, window: u64) -> String {
        let mut hash = Context::new(&SHA256);
        hash.update(self.secret.as_bytes());
        hash.update(&window.to_be_bytes());
        URL_SAFE_NO_PAD.encode(hash.finish())
    }
}

/// What a request at a path of this server proves to hold: the key of its proof, if it has one.
pub fn of(
    app: &App,
    client: &Client,
    headers: &HeaderMap,
    (method, path): (&str, &str),
    access_token: Option<&str>,
) -> Result<Binding, Refusal> {
    let invalid = |description| Refusal::new(ErrorCode::InvalidDpopProof, description);
    let mut proofs = headers.get_all("dpop").iter();
    let Some(jwt) = proofs.next() else { return Ok(Binding::default()) };
    if proofs.next().is_some() {
        return Err(invalid("there is more than one DPoP proof"));
    }
    let proof = jwt
        .to_str()
        .ok()
        .and_then(read)
        .ok_or_else(|| invalid("the DPoP proof is malformed, or not signed by the key that it names"))?;
    let now = app.now();
    let window = now / NONCE_LIFETIME;
    let [current, before] = [window, window.saturating_sub(1)].map(|window| app.proofs.nonce(window));
    let nonce = if proof.nonce.as_ref() == Some(&before) { before } else { current };
    let uri = format!("{}{path}", app.issuer());
    let mut request = ProvenRequest::new(method, &uri);
    request.access_token = access_token;
    request.nonce = client.dpop_validation_mode.contains(&DpopValidationMode::Nonce).then_some(&nonce);
    let key = proof.check(client, app.server(), &request, now)?;
    // As long as it could come again, by its age or its nonce.
    let until = key.remember_until().unwrap_or(now.saturating_add(2 * NONCE_LIFETIME));
    let id = format!("{}\n{}", key.jkt(), key.jwt_id());
    if !app.proofs.seen.lock().insert_new(&id, (), until, now) {
        return Err(invalid("the DPoP proof was used before"));
    }
    Ok(Binding::of(Some(&key), None))
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

/// A refusal of a client.
pub fn refused(app: &App, refused: Refused) -> Response {
    with_nonce(app, refused, Refused::into_response)
}

/// A refusal of a request with an access token, which came under this scheme.
pub fn refused_at_resource(app: &App, refused: Refused, scheme: TokenType) -> Response {
    with_nonce(app, refused, |refused| refused.at_resource(scheme, &ALGORITHMS))
}

/// An answer with the nonce where that is what is missing (RFC 9449 §8).
fn with_nonce(app: &App, refused: Refused, answer: impl FnOnce(Refused) -> Response) -> Response {
    let needs_nonce = matches!(&refused, Refused::Refusal(refusal) if refusal.code == ErrorCode::UseDpopNonce);
    let mut response = answer(refused);
    let nonce = app.proofs.nonce(app.now() / NONCE_LIFETIME);
    if needs_nonce && let Ok(nonce) = HeaderValue::try_from(nonce) {
        response.headers_mut().insert("dpop-nonce", nonce);
    }
    response
}

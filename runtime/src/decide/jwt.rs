//! What does a JWT of a client say, and has the client signed it? Client assertions (RFC 7523) and request objects
//! (RFC 9101) ask alike.

use alloc::string::String;

use super::parameters::Parameters;
use crate::{Client, Profile, SecretValue, Server, SigningAlgorithm};

/// The longest JWT that is looked at, in bytes: checking one is work that anybody may ask for.
pub const MAX_ASSERTION_LENGTH: usize = 51_200;

/// How far the client's clock may be ahead of ours, in seconds; under FAPI 2.0 at most 60 (§5.3.2.1 item 13).
pub const CLOCK_SKEW: u64 = 300;

/// What a JWT says, as the server's library has read it (RFC 7519 §4.1, RFC 7523 §3). Build it with
/// `..JwtClaims::default()`, since a new field is a minor release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JwtClaims {
    /// `typ` in the header: what the JWT is for (RFC 7515 §4.1.9). One that is for something else, such as a request
    /// object, is no client assertion (RFC 8725 §3.11).
    pub typ: Option<String>,
    /// `iss`
    pub issuer: Option<String>,
    /// `sub`
    pub subject: Option<String>,
    /// `aud`, if it is one string. Not one of several: an assertion that also counts elsewhere could
    /// have been made for the other server (RFC 7523 §3, and its successor's remedy against audience injection).
    pub audience: Option<String>,
    /// `exp`, in Unix time.
    pub expires_at: Option<u64>,
    /// `nbf`, in Unix time.
    pub not_before: Option<u64>,
    /// `iat`, in Unix time.
    pub issued_at: Option<u64>,
    /// `jti`
    pub jwt_id: Option<String>,
}

/// What stays with the server: its JWT library.
///
/// With the crate `jsonwebtoken`, for instance:
///
/// ```
/// use base64::Engine;
/// use base64::engine::general_purpose::URL_SAFE_NO_PAD;
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{JwtClaims, JwtLibrary};
/// use guestlist::{SecretValue, SigningAlgorithm};
/// use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
/// use serde_json::{Map, Value};
///
/// struct Jwts;
///
/// impl JwtLibrary for Jwts {
///     fn claims(&self, jwt: &str) -> Option<JwtClaims> {
///         let [_, claims, _] = jwt.split('.').collect::<Vec<_>>().try_into().ok()?;
///         let claims: Map<String, Value> = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
///         let text = |name: &str| claims.get(name).and_then(Value::as_str).map(String::from);
///         // A time that cannot be read is not one that is left out.
///         let time = |name: &str| claims.get(name).map_or(Some(None), |time| time.as_u64().map(Some));
///         Some(JwtClaims {
///             typ: decode_header(jwt).ok()?.typ,
///             issuer: text("iss"),
///             subject: text("sub"),
///             audience: text("aud"), // none, if it is an array
///             expires_at: time("exp")?,
///             not_before: time("nbf")?,
///             issued_at: time("iat")?,
///             jwt_id: text("jti"),
///         })
///     }
///
///     fn is_signed(&self, jwt: &str, key: &SecretValue, algorithms: &[SigningAlgorithm]) -> bool {
///         // Of certificates `jsonwebtoken` knows nothing: a client that registers one is refused here.
///         let SecretValue::Jwk(jwk) = key else { return false };
///         let Ok(jwk) = serde_json::from_str(jwk) else { return false };
///         let Ok(key) = DecodingKey::from_jwk(&jwk) else { return false };
///         let mut validation = Validation::default();
///         validation.algorithms = algorithms.iter().filter_map(|known| known.as_str().parse().ok()).collect();
///         // The claims are for the decisions to judge.
///         validation.required_spec_claims.clear();
///         validation.validate_exp = false;
///         validation.validate_aud = false;
///         // Of what must be understood, nothing is (RFC 7515 §4.1.11).
///         let is_understood = decode_header(jwt).is_ok_and(|header| header.crit.is_none());
///         is_understood && decode::<Value>(jwt, &key, &validation).is_ok()
///     }
/// }
/// # let key = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
/// #     "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
/// # // RFC 7515 App. A.3
/// # let jwt = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
/// # assert_eq!(Jwts.claims(jwt).unwrap().issuer.as_deref(), Some("joe"));
/// # assert!(Jwts.is_signed(jwt, &SecretValue::Jwk(key.into()), &[SigningAlgorithm::ES256]));
/// # assert!(!Jwts.is_signed(jwt, &SecretValue::Jwk(key.into()), &[SigningAlgorithm::RS256]));
/// ```
pub trait JwtLibrary {
    /// What a JWT says, without a look at its signature; nothing, if it is no JWT.
    fn claims(&self, jwt: &str) -> Option<JwtClaims>;

    /// All claims of a JWT that are texts or numbers, as the parameters of an authorization request
    /// (RFC 9101 §4), without a look at its signature; an array of texts is a repeated parameter.
    /// A server that takes no request objects leaves it out.
    fn parameters(&self, jwt: &str) -> Option<Parameters<'static>> {
        let _ = jwt;
        None
    }

    /// Whether a JWT is signed with this key, a JWK or a certificate, by one of these algorithms.
    /// They come from the registered key: the one in the JWT's header must be among them, and
    /// decides nothing (RFC 8725 §3.1).
    fn is_signed(&self, jwt: &str, key: &SecretValue, algorithms: &[SigningAlgorithm]) -> bool;
}

/// A server that takes no JWTs from its clients.
#[derive(Clone, Copy, Debug)]
pub struct NoJwts;

impl JwtLibrary for NoJwts {
    fn claims(&self, _: &str) -> Option<JwtClaims> {
        None
    }

    fn is_signed(&self, _: &str, _: &SecretValue, _: &[SigningAlgorithm]) -> bool {
        false
    }
}

/// Whether a JWT is what it is taken for. One without a type may be anything, and so may a mere `JWT`.
pub(super) fn is_typed(claims: &JwtClaims, expected: &str) -> bool {
    let is = |name: &str, typ: &str| typ.eq_ignore_ascii_case(name);
    claims.typ.as_deref().is_none_or(|typ| {
        // RFC 7515 §4.1.9: it may be left out.
        let short = typ.split_once('/').filter(|(kind, _)| is("application", kind)).map_or(typ, |(_, short)| short);
        is("JWT", short) || is(expected, short)
    })
}

/// Whether a JWT is signed with a key of the client that counts at the Unix time `now`.
pub(super) fn is_signed_by(client: &Client, server: &Server, now: u64, jwt: &str, library: &dyn JwtLibrary) -> bool {
    client.client_secrets.iter().filter(|secret| !secret.is_expired(now)).any(|secret| {
        let algorithms = secret.value.algorithms_under(server.profile);
        !algorithms.is_empty() && library.is_signed(jwt, &secret.value, &algorithms)
    })
}

/// Whether a time that a JWT gives as its beginning has come, by a clock that may be behind.
pub(super) fn has_begun(time: Option<u64>, server: &Server, now: u64) -> bool {
    time.is_none_or(|time| time <= now.saturating_add(clock_skew(server, CLOCK_SKEW)))
}

/// How far a client's clock may be ahead of ours. FAPI 2.0 takes 10 seconds, and no more than 60 (§5.3.2.1 item 13).
pub(super) fn clock_skew(server: &Server, usual: u64) -> u64 {
    if server.profile == Profile::Fapi20 { usual.clamp(10, 60) } else { usual }
}

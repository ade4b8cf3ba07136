//! What a client's public key is for: read from the record without a JSON parser.

use alloc::{string::String, vec::Vec};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{Profile, SecretValue, SigningAlgorithm};

impl SecretValue {
    /// The algorithms that signatures by this key may use, the one that a JWK names or those that
    /// fit its type (RFC 7517 §4.4, RFC 7518 §3.1): never one that the signature itself claims
    /// (RFC 8725 §3.1). None, if it is no key that a signature can be checked with.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::{SecretValue, SigningAlgorithm};
    /// let key = SecretValue::Jwk(r#"{"kty":"EC","crv":"P-256","x":"…","y":"…"}"#.into());
    /// assert_eq!(key.algorithms(), [SigningAlgorithm::ES256]);
    /// assert_eq!(SecretValue::sha256_of("secret").algorithms(), []);
    /// ```
    #[must_use]
    pub fn algorithms(&self) -> Vec<SigningAlgorithm> {
        let named = match self {
            Self::Jwk(jwk) => member(jwk, "alg").unwrap_or_default(),
            _ => "",
        };
        let is_meant = |algorithm: &SigningAlgorithm| named.is_empty() || algorithm.as_str() == named;
        self.fitting().iter().copied().filter(is_meant).collect()
    }

    /// Those of the [`algorithms`](Self::algorithms) that a server of this profile takes: under FAPI 2.0 the ones that
    /// [it allows](SigningAlgorithm::is_allowed_by_fapi), and none on the curve Ed448 (§5.4.1 item 1).
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::{Profile, SecretValue, SigningAlgorithm};
    /// let key = SecretValue::Jwk(r#"{"kty":"RSA","n":"…","e":"AQAB"}"#.into());
    /// assert_eq!(key.algorithms_under(Profile::Fapi20), [SigningAlgorithm::PS256]);
    /// ```
    #[must_use]
    pub fn algorithms_under(&self, profile: Profile) -> Vec<SigningAlgorithm> {
        let fitting = self.fitting();
        let is_taken =
            |algorithm: &SigningAlgorithm| profile != Profile::Fapi20 || is_fit_for_fapi(*algorithm, fitting);
        self.algorithms().into_iter().filter(is_taken).collect()
    }

    /// The algorithms with which a key of this type and curve signs.
    fn fitting(&self) -> &'static [SigningAlgorithm] {
        match self {
            Self::Jwk(jwk) => {
                let member = |name| member(jwk, name).unwrap_or_default();
                fitting(member("kty"), member("crv"))
            }
            Self::X509Certificate(text) => certificate(text).and_then(|der| of_certificate(&der)).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Whether FAPI 2.0 takes signatures by an algorithm of a key that has these: `EdDSA` stands for both its curves.
pub(crate) fn is_fit_for_fapi(algorithm: SigningAlgorithm, fitting: &[SigningAlgorithm]) -> bool {
    algorithm.is_allowed_by_fapi() && !fitting.contains(&SigningAlgorithm::Ed448)
}

/// The algorithms with which a key of this type and curve signs; none, if there is no such key.
pub(crate) fn fitting(kty: &str, crv: &str) -> &'static [SigningAlgorithm] {
    use SigningAlgorithm::*;
    match (kty, crv) {
        ("RSA", _) => &[PS256, PS384, PS512, RS256, RS384, RS512],
        ("EC", "P-256") => &[ES256],
        ("EC", "P-384") => &[ES384],
        ("EC", "P-521") => &[ES512],
        ("EC", "secp256k1") => &[ES256K],
        ("OKP", "Ed25519") => &[EdDSA, Ed25519],
        ("OKP", "Ed448") => &[EdDSA, Ed448],
        _ => &[],
    }
}

/// A member of a JSON object whose value is a text without escapes, as those of a JWK are. The
/// rulebook has seen that it is JSON.
fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = object.trim_start().strip_prefix('{')?;
    let mut depth = 0_usize;
    let mut key = None;
    loop {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        if first == '"' {
            let (text, behind) = text(rest)?;
            match (depth, key.take()) {
                (0, None) if behind.trim_start().starts_with(':') => key = Some(text),
                (0, Some(key)) if key == name => return Some(text),
                _ => {}
            }
            rest = behind;
            continue;
        }
        match first {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => key = None,
            _ => {}
        }
        rest = rest.get(first.len_utf8()..)?;
    }
}

/// The text in quotes at the beginning, and what comes behind it.
fn text(quoted: &str) -> Option<(&str, &str)> {
    let inner = quoted.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some((inner.get(..end)?, inner.get(end + 1..)?))
}

/// The DER of a certificate, if the text can be one: base64 of a `SEQUENCE` with a key in it, and nothing else.
pub(crate) fn certificate(text: &str) -> Option<Vec<u8>> {
    let text: String = text.split_ascii_whitespace().collect();
    let der = STANDARD.decode(text).ok()?;
    let is_sequence = matches!(element(&der), Some((0x30, _, [])));
    (is_sequence && key_info(&der).is_some()).then_some(der)
}

/// The algorithms that the key of a certificate signs with.
fn of_certificate(der: &[u8]) -> Option<&'static [SigningAlgorithm]> {
    let (algorithm, _) = key_info(der)?;
    let (_, identifier, parameters) = element(algorithm)?;
    let kind = match identifier {
        RSA_ENCRYPTION => ("RSA", ""),
        // 1.2.840.10045.2.1, id-ecPublicKey: the curve is its parameter (RFC 5480 §2.1.1).
        [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01] => match element(parameters)?.1 {
            [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07] => ("EC", "P-256"),
            [0x2B, 0x81, 0x04, 0x00, 0x22] => ("EC", "P-384"),
            [0x2B, 0x81, 0x04, 0x00, 0x23] => ("EC", "P-521"),
            [0x2B, 0x81, 0x04, 0x00, 0x0A] => ("EC", "secp256k1"),
            _ => return None,
        },
        // RFC 8410 §3.
        [0x2B, 0x65, 0x70] => ("OKP", "Ed25519"),
        [0x2B, 0x65, 0x71] => ("OKP", "Ed448"),
        _ => return None,
    };
    Some(fitting(kind.0, kind.1))
}

/// Modulus and public exponent of the RSA key in a certificate (RFC 8017 App. A.1.1).
#[cfg(feature = "rules")]
pub(crate) fn rsa_key(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (algorithm, key) = key_info(der)?;
    let (_, identifier, _) = element(algorithm)?;
    if identifier != RSA_ENCRYPTION {
        return None;
    }
    // A bit string begins with the number of unused bits.
    let (_, [0, key @ ..], _) = element(key)? else { return None };
    let (_, numbers, _) = element(key)?;
    let (_, modulus, exponent) = element(numbers)?;
    let (_, exponent, _) = element(exponent)?;
    Some((modulus, exponent))
}

/// 1.2.840.113549.1.1.1
const RSA_ENCRYPTION: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

/// The algorithm of the key in a certificate, and what comes behind it: the key (RFC 5280 §4.1).
fn key_info(certificate: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, certificate, _) = element(certificate)?;
    let (_, mut to_be_signed, _) = element(certificate)?;
    // The version, which may be missing.
    if let (0xA0, _, rest) = element(to_be_signed)? {
        to_be_signed = rest;
    }
    // Serial number, signature algorithm, issuer, validity, subject.
    for _ in 0..5 {
        (_, _, to_be_signed) = element(to_be_signed)?;
    }
    let (_, key_info, _) = element(to_be_signed)?;
    let (_, algorithm, key) = element(key_info)?;
    Some((algorithm, key))
}

/// The first element of some DER: its tag, its content, and what comes behind it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7F => (usize::from(first), rest),
        0x81..=0x84 => {
            let (length, rest) = rest.split_at_checked(usize::from(first - 0x80))?;
            (length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_found_at_the_top_alone() {
        let object =
            r#" { "x" : {"kty": "no", "l": [{"kty": "no"}]}, "n": 1, "a\"b": "c\\", "kty" :"RSA" , "z": "kty" } "#;
        assert_eq!(member(object, "kty"), Some("RSA"));
        assert_eq!(member(object, "z"), Some("kty"));
        assert_eq!(member(object, "l"), None);
        assert_eq!(member(object, "n"), None);
        for broken in ["", "{", "[]", "{\"kty\"", "{\"kty\":", "{\"kty\": \"RSA", "{]}"] {
            assert_eq!(member(broken, "kty"), None, "{broken}");
        }
    }

    #[test]
    fn algorithms_of_a_jwk() {
        use SigningAlgorithm::*;
        for (jwk, expected) in [
            (r#"{"kty":"RSA","n":"","e":""}"#, &[PS256, PS384, PS512, RS256, RS384, RS512][..]),
            (r#"{"alg":"PS256","kty":"RSA"}"#, &[PS256]),
            (r#"{"kty":"OKP","crv":"Ed25519"}"#, &[EdDSA, Ed25519]),
            (r#"{"kty":"EC","crv":"P-256","alg":"RS256"}"#, &[]),
            (r#"{"kty":"oct","k":"","alg":"HS256"}"#, &[]),
            (r#"{"kty":"RSA","alg":"none"}"#, &[]),
        ] {
            assert_eq!(SecretValue::Jwk(jwk.into()).algorithms(), expected, "{jwk}");
        }
    }

    #[test]
    fn algorithms_of_a_certificate() {
        // `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=a`
        let p256 = "MIIBbTCCAROgAwIBAgIUUfJcvRYcsNFicx/Q5MREWkKQtOIwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjUxNjE0NTRaFw0zNjExMjIxNjE0NTRaMAwxCjAIBgNVBAMMAWEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASPLywm7RKe5cbZ/UOW5yXJVBdcS12FmyooYxwHM70dJ8OFrsjJslPVGBgKU4k88f83FGLVWkRPxczuOTCuvafro1MwUTAdBgNVHQ4EFgQUQf1UuCecRAYPg5gK/SGsm83uBK4wHwYDVR0jBBgwFoAUQf1UuCecRAYPg5gK/SGsm83uBK4wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAsaW7s9SnFBmNqaIUB1nEAgVMtLi2NcPJFDX3p6oyCBoCIDxd8+tPPJjkNe/hgQKK2vqVL8HSeCCkLePN/MeIiO6x";
        // `openssl req -x509 -newkey ed25519 -nodes -subj /CN=a`
        let ed25519 = "MIIBLDCB36ADAgECAhRnRp0xtTDW8tzWJJWIp5mZOpgMQTAFBgMrZXAwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjUxNjE0NTRaFw0zNjExMjIxNjE0NTRaMAwxCjAIBgNVBAMMAWEwKjAFBgMrZXADIQDRUr0PCkw7UPCmokJYPmnRoav0+ruInELPkI8Pf0WDtqNTMFEwHQYDVR0OBBYEFJV8mr6w/iSfxMYFWCEbzC6mkyDeMB8GA1UdIwQYMBaAFJV8mr6w/iSfxMYFWCEbzC6mkyDeMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EAqydb5Rml1PW4oH9CFW1JvsLpOI3U4W390z9H7wziLw+3ljNFOPWJ08Sv3E57JwFH1TMn3rTvMDxhl/+fwaEdAA==";
        use SigningAlgorithm::*;
        assert_eq!(SecretValue::X509Certificate(p256.into()).algorithms(), [ES256]);
        assert_eq!(SecretValue::X509Certificate(ed25519.into()).algorithms(), [EdDSA, Ed25519]);
        assert_eq!(SecretValue::X509Certificate(p256.get(..64).unwrap().into()).algorithms(), [], "cut off");
        assert_eq!(SecretValue::X509Name("CN=a".into()).algorithms(), []);
    }
}

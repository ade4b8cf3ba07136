//! What a text is that was written where a secret belongs.

use super::key;

/// What the text of a secret looks like that is something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lookalike {
    /// A SHA-256 or SHA-512 digest in hex or base64, perhaps behind `sha256:`.
    Digest,
    /// The hash of a password: `$2b$…`, `$argon2id$…`, `pbkdf2_sha256$…`.
    PasswordHash,
    /// A text with an encoder before it, as Spring Security has it: `{noop}…`, `{bcrypt}…`.
    Encoded,
    /// A certificate, a public key in PEM, or a JWK.
    PublicKey,
    /// A private key in PEM or as a JWK.
    PrivateKey,
}

impl Lookalike {
    /// What a secret in clear looks like, if it is not like a secret.
    #[must_use]
    pub fn of(secret: &str) -> Option<Self> {
        if let Some(key) = key_text(secret) {
            return Some(key);
        }
        let text = secret.trim();
        let bare = ["sha256:", "sha512:", "sha-256:", "sha-512:", "sha256-", "sha512-"]
            .into_iter()
            .find_map(|prefix| text.get(..prefix.len())?.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..]));
        if is_digest(bare.unwrap_or(text)) {
            Some(Self::Digest)
        } else if is_password_hash(text) {
            Some(Self::PasswordHash)
        } else if is_encoded(text) {
            Some(Self::Encoded)
        } else {
            None
        }
    }

    /// Whether it is a key, which proves a client in another way.
    #[must_use]
    pub const fn is_key(self) -> bool {
        matches!(self, Self::PublicKey | Self::PrivateKey)
    }
}

fn key_text(text: &str) -> Option<Lookalike> {
    if text.contains("PRIVATE KEY-----") {
        return Some(Lookalike::PrivateKey);
    }
    if text.contains("-----BEGIN ") {
        return Some(Lookalike::PublicKey);
    }
    match key::is_private(text) {
        Some(true) => Some(Lookalike::PrivateKey),
        Some(false) => Some(Lookalike::PublicKey),
        // No secret is as long as a certificate in base64.
        None => (text.len() > 128 && crate::key::certificate(text).is_some()).then_some(Lookalike::PublicKey),
    }
}

/// SHA-256 or SHA-512 in hex or base64.
fn is_digest(text: &str) -> bool {
    let base64 = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    match text.len() {
        64 | 128 if text.bytes().all(|byte| byte.is_ascii_hexdigit()) => true,
        44 => text.strip_suffix('=').is_some_and(base64),
        88 => text.strip_suffix("==").is_some_and(base64),
        _ => false,
    }
}

/// The modular crypt format of `crypt(3)`, the PHC format, and Django's.
fn is_password_hash(text: &str) -> bool {
    let crypt =
        ["1", "2a", "2b", "2x", "2y", "5", "6", "7", "y", "argon2", "pbkdf2", "scrypt", "bcrypt", "sha1", "md5"];
    let django = ["pbkdf2_sha", "bcrypt_sha256$", "bcrypt$", "argon2$", "scrypt$", "md5$"];
    let inner = text.strip_prefix('$').and_then(|rest| rest.split_once('$'));
    inner.is_some_and(|(name, rest)| {
        rest.len() > 8
            && crypt.iter().any(|crypt| if crypt.len() > 2 { name.starts_with(crypt) } else { name == *crypt })
    }) || text.contains('$') && django.iter().any(|prefix| text.starts_with(prefix))
}

/// The prefixes of Spring Security's `DelegatingPasswordEncoder`.
fn is_encoded(text: &str) -> bool {
    let name = text.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
    let encoders = ["noop", "bcrypt", "scrypt", "pbkdf2", "argon2", "sha256", "SHA-256", "SHA-1", "MD5", "MD4", "ldap"];
    name.is_some_and(|name| {
        encoders
            .iter()
            .any(|encoder| name == *encoder || name.split_once('@').is_some_and(|(name, _)| name == *encoder))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_where_a_secret_belongs() {
        use Lookalike::*;
        for (text, expected) in [
            ("3f9c2a7e81b4d6053e9f7c1a2b8d4e60f5a7c9b1d3e2f480", None),
            ("tulip-47-Delft-under-the-bridge", None),
            ("$ecret$with$dollars", None),
            ("{braces} around", None),
            ("sha256: a hash function", None),
            ("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef", Some(Digest)),
            ("sha256:d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef", Some(Digest)),
            ("K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=", Some(Digest)),
            ("sha256-K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=", Some(Digest)),
            ("$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW", Some(PasswordHash)),
            ("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWQ", Some(PasswordHash)),
            ("$pbkdf2-sha512$25000$LyWE0HrP2RsjZCxlDGFMKQ$1vC5Ohk2mCS9b6akqsEfgeb4l74SF8XjH", Some(PasswordHash)),
            ("$6$rounds=5000$usesomesillystri$D4IrlXatmP7rx3P3InaxBeoomnAihCKRVQUr", Some(PasswordHash)),
            ("pbkdf2_sha256$720000$salt$nj7wB8xK1bZ1QfA=", Some(PasswordHash)),
            ("{noop}secret", Some(Encoded)),
            ("{bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG", Some(Encoded)),
            ("{pbkdf2@SpringSecurity_v5_8}5d923b44a6d129f3ddf3e3c8d29412723dcbde72445e8ef6", Some(Encoded)),
            ("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", Some(PublicKey)),
            ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", Some(PublicKey)),
            ("-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----", Some(PrivateKey)),
            (r#"{"kty":"OKP","crv":"Ed25519","x":"11qY"}"#, Some(PublicKey)),
            (r#"{"kty":"OKP","crv":"Ed25519","x":"11qY","d":"nWGx"}"#, Some(PrivateKey)),
            (r#"{"kty":"oct","k":"AyM1"}"#, Some(PrivateKey)),
            (r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qY"}]}"#, Some(PublicKey)),
            (r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qY","d":"nWGx"}]}"#, Some(PrivateKey)),
            (r#"{"colour":"blue"}"#, None),
        ] {
            assert_eq!(Lookalike::of(text), expected, "{text}");
        }
    }
}

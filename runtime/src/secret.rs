//! Client secrets: digests, and the public halves of keys.

use alloc::string::String;
use core::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

use crate::{Client, Text};

/// The longest secret that is looked at, in bytes: hashing is work that anybody may ask for.
pub const MAX_SECRET_LENGTH: usize = 4096;

/// A credential of a client. Several live side by side, so that one can be rotated.
///
/// A shared secret is kept as a digest only; the text is nowhere. `Debug` shows not even that,
/// since a weak secret can be guessed from the beginning of its digest.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Secret, SecretValue};
/// let secret = Secret {
///     expiration: Some(1_900_000_000),
///     ..Secret::from(SecretValue::sha256_of("correct horse battery staple"))
/// };
/// assert!(secret.verify("correct horse battery staple", 1_800_000_000));
/// assert!(!secret.verify("correct horse", 1_800_000_000));
/// assert!(!secret.verify("correct horse battery staple", 1_900_000_000), "expired");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Secret {
    /// What proves the client.
    pub value: SecretValue,
    /// A note for people; nothing reads it.
    pub description: Option<Text>,
    /// The Unix time, in seconds, from which on the secret no longer counts (RFC 7591 §3.2.1). Never, if unset. In
    /// `clients!` an RFC 3339 time: `"2027-06-30T00:00:00Z"`.
    pub expiration: Option<u64>,
}

impl Secret {
    /// Whether the secret no longer counts at the Unix time `now`, in seconds.
    #[must_use]
    pub fn is_expired(&self, now: u64) -> bool {
        self.expiration.is_some_and(|end| now >= end)
    }

    /// Whether `presented` is this shared secret and it counts at the Unix time `now`, in seconds.
    ///
    /// The comparison takes the same time wherever two digests differ. An expired secret never
    /// verifies, nor does a key or certificate, whose proof is not a text. Of a client with
    /// several secrets ask [`verify_secret`].
    #[must_use]
    pub fn verify(&self, presented: impl AsRef<[u8]>, now: u64) -> bool {
        Presented::new(presented.as_ref()).proves(core::slice::from_ref(self), now)
    }
}

impl From<SecretValue> for Secret {
    fn from(value: SecretValue) -> Self {
        Self { value, description: None, expiration: None }
    }
}

/// Whether `presented` is a shared secret of `client` that counts at the Unix time `now`, in seconds.
///
/// An unknown client (`None`), a client without secrets and a wrong secret cost the same work, one
/// SHA-256, so that the time of the answer does not tell which clients exist. The exception is a
/// client with a SHA-512 secret, which costs that hash as well, whatever is presented: prefer SHA-256.
/// One malformed or expired secret never hides a good one.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, Secret, SecretValue, verify_secret};
/// let client = Client {
///     client_id: "service".into(),
///     client_secrets: [SecretValue::sha256_of("old"), SecretValue::sha256_of("new")].into(),
///     ..Client::default()
/// };
/// assert!(verify_secret(Some(&client), "new", 0));
/// assert!(!verify_secret(Some(&client), "wrong", 0));
/// assert!(!verify_secret(None, "new", 0));
/// ```
#[must_use]
pub fn verify_secret(client: Option<&Client>, presented: impl AsRef<[u8]>, now: u64) -> bool {
    let secrets = client.map_or(&[][..], |client| &client.client_secrets);
    Presented::new(presented.as_ref()).proves(secrets, now)
}

/// A presented secret, hashed.
struct Presented<'a> {
    text: &'a [u8],
    sha256: [u8; 32],
    too_long: bool,
}

impl<'a> Presented<'a> {
    #[inline]
    fn new(text: &'a [u8]) -> Self {
        #[cfg(test)]
        work::count();
        let too_long = text.len() > MAX_SECRET_LENGTH;
        let text = text.get(..MAX_SECRET_LENGTH).unwrap_or(text);
        Self { text, sha256: Sha256::digest(text).into(), too_long }
    }

    /// Every obstacle is a bit of one word, so that a secret costs one constant-time test.
    #[inline]
    fn proves(&self, secrets: &[Secret], now: u64) -> bool {
        let mut proven = 0;
        let mut sha512 = None;
        for secret in secrets {
            let difference = match &secret.value {
                SecretValue::Sha256(digest) => difference(&self.sha256, digest),
                SecretValue::Sha512(digest) => {
                    difference(sha512.get_or_insert_with(|| Sha512::digest(self.text).into()), digest)
                }
                _ => continue,
            };
            let obstacles = difference | u64::from(secret.is_expired(now)) | u64::from(self.too_long);
            proven |= obstacles.ct_eq(&0).unwrap_u8();
        }
        proven != 0
    }
}

/// Folds the differences of two digests into one word, without a branch: comparing byte by byte
/// costs two thirds of a hash.
#[inline]
fn difference<const N: usize>(a: &[u8; N], b: &[u8; N]) -> u64 {
    let (a, _) = a.as_chunks::<8>();
    let (b, _) = b.as_chunks::<8>();
    a.iter().zip(b).fold(0, |folded, (a, b)| folded | (u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b)))
}

/// What proves a client: the digest of a shared secret, or the public half of a key.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SecretValue {
    /// SHA-256 of the UTF-8 bytes of a shared secret, unsalted, as IdentityServer's `Sha256()`.
    Sha256([u8; 32]),
    /// SHA-512 of the UTF-8 bytes of a shared secret, unsalted, as IdentityServer's `Sha512()`.
    Sha512([u8; 64]),
    /// The thumbprint of a client certificate, in hex: SHA-1 (40 digits) or SHA-256 (64 digits).
    X509Thumbprint(Text),
    /// The full subject distinguished name of a client certificate (RFC 8705 §2.1.2).
    X509Name(Text),
    /// A client certificate: DER in base64 (RFC 8705 §2.2).
    X509Certificate(Text),
    /// A public key as a JSON Web Key (RFC 7517), for client assertions (RFC 7523) and request objects (RFC 9101).
    Jwk(Text),
}

impl SecretValue {
    /// The SHA-256 digest of a shared secret.
    #[must_use]
    pub fn sha256_of(secret: impl AsRef<[u8]>) -> Self {
        Self::Sha256(Sha256::digest(secret).into())
    }

    /// The SHA-512 digest of a shared secret.
    #[must_use]
    pub fn sha512_of(secret: impl AsRef<[u8]>) -> Self {
        Self::Sha512(Sha512::digest(secret).into())
    }

    /// Whether it is the digest of a shared secret.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Sha256(_) | Self::Sha512(_))
    }

    /// Whether it is a key that a signature can be checked with: a JWK or a whole certificate.
    #[must_use]
    pub const fn is_key(&self) -> bool {
        matches!(self, Self::Jwk(_) | Self::X509Certificate(_))
    }

    /// The name of its form in `clients!` and in files.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// assert_eq!(guestlist::SecretValue::Jwk("{}".into()).form_name(), "jwk");
    /// ```
    #[must_use]
    pub const fn form_name(&self) -> &'static str {
        match self {
            Self::Sha256(_) => "sha256",
            Self::Sha512(_) => "sha512",
            Self::X509Thumbprint(_) => "x509_thumbprint",
            Self::X509Name(_) => "x509_name",
            Self::X509Certificate(_) => "x509_certificate",
            Self::Jwk(_) => "jwk",
        }
    }

    /// IdentityServer's name of the kind, as in its `Secret.Type`.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Sha256(_) | Self::Sha512(_) => "SharedSecret",
            Self::X509Thumbprint(_) => "X509Thumbprint",
            Self::X509Name(_) => "X509Name",
            Self::X509Certificate(_) => "X509CertificateBase64",
            Self::Jwk(_) => "JWK",
        }
    }

    /// The value as IdentityServer stores it in `Secret.Value`: a digest in base64 with padding,
    /// anything else as it is.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::SecretValue;
    /// assert_eq!(SecretValue::sha256_of("secret").stored(), "K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=");
    /// ```
    #[must_use]
    pub fn stored(&self) -> String {
        match self {
            Self::Sha256(digest) => STANDARD.encode(digest),
            Self::Sha512(digest) => STANDARD.encode(digest),
            Self::X509Thumbprint(text) | Self::X509Name(text) | Self::X509Certificate(text) | Self::Jwk(text) => {
                String::from(text.as_str())
            }
        }
    }
}

impl fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sha256(_) => f.write_str("Sha256(…)"),
            Self::Sha512(_) => f.write_str("Sha512(…)"),
            Self::X509Thumbprint(text) | Self::X509Name(text) | Self::X509Certificate(text) | Self::Jwk(text) => {
                f.debug_tuple(self.type_name()).field(text).finish()
            }
        }
    }
}

/// Never the value of a shared secret, not even its digest: a weak one can be guessed from it.
#[cfg(feature = "serde")]
impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let public = !self.value.is_shared();
        let mut out = serializer.serialize_struct("Secret", 3 + usize::from(public))?;
        out.serialize_field("type", self.value.type_name())?;
        if public {
            out.serialize_field("value", &self.value.stored())?;
        }
        out.serialize_field("description", &self.description)?;
        out.serialize_field("expiration", &self.expiration)?;
        out.end()
    }
}

/// How many secrets a thread has hashed, so that tests can compare the work behind two answers.
#[cfg(test)]
pub(crate) mod work {
    extern crate std;

    use core::cell::Cell;

    std::thread_local! {
        static HASHED: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        HASHED.set(HASHED.get() + 1);
    }

    /// How many secrets are hashed meanwhile.
    pub(crate) fn of(work: impl FnOnce()) -> usize {
        let before = HASHED.get();
        work();
        HASHED.get() - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, vec};

    #[test]
    fn stores_the_digests_that_identityserver_stores() {
        // `"secret".Sha256()` and `"secret".Sha512()` in IdentityServer's documentation and samples.
        assert_eq!(SecretValue::sha256_of("secret").stored(), "K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=");
        assert_eq!(
            SecretValue::sha512_of("").stored(),
            "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
        );
    }

    #[test]
    fn every_secret_of_a_client_counts_and_a_key_hides_none() {
        let client = Client {
            client_secrets: vec![
                Secret::from(SecretValue::Jwk("not json".into())),
                Secret { expiration: Some(10), ..SecretValue::sha256_of("old").into() },
                SecretValue::sha512_of("new").into(),
            ]
            .into(),
            ..Client::default()
        };
        assert!(verify_secret(Some(&client), "old", 9));
        assert!(!verify_secret(Some(&client), "old", 10));
        assert!(verify_secret(Some(&client), "new", 10));
        assert!(!verify_secret(Some(&client), "not json", 10));
        assert!(!verify_secret(Some(&client), "", 10));
        assert!(!verify_secret(Some(&Client::default()), "", 10));
    }

    #[test]
    fn a_difference_in_any_byte_counts() {
        let Some(SecretValue::Sha256(digest)) = Some(SecretValue::sha256_of("x")) else { return };
        for byte in 0..32 {
            let mut other = digest;
            if let Some(byte) = other.get_mut(byte) {
                *byte ^= 0x80;
            }
            assert_ne!(difference(&digest, &other), 0, "byte {byte}");
        }
        assert_eq!(difference(&digest, &digest), 0);
    }

    #[test]
    fn an_oversized_secret_never_proves() {
        let long = vec![b'a'; MAX_SECRET_LENGTH + 1];
        let stored = Secret::from(SecretValue::sha256_of(&long[..MAX_SECRET_LENGTH]));
        assert!(stored.verify(&long[..MAX_SECRET_LENGTH], 0));
        assert!(!stored.verify(&long, 0));
    }

    #[test]
    fn debug_shows_no_part_of_a_digest() {
        let shown = format!("{:?}", Secret::from(SecretValue::sha256_of("secret")));
        assert!(shown.contains("Sha256(…)") && !shown.contains("K7g"), "{shown}");
    }
}

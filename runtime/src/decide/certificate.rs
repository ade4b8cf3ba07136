//! The certificate of a TLS client (RFC 8705).

use alloc::string::String;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use sha2::{Digest, Sha256};

use crate::SecretValue;

/// What the TLS library says of the certificate that a client connected with. The handshake has
/// proven that the client holds its key.
///
/// Build it with `..ClientCertificate::self_signed(…)`, since a new field is a minor release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientCertificate<'a> {
    /// The certificate, in DER.
    pub der: &'a [u8],
    /// The subject's distinguished name as a text, if the certificate's chain leads to an authority
    /// that the server trusts for clients. It is compared byte for byte (RFC 8705 §2.1).
    pub subject: Option<&'a str>,
    /// The SHA-1 of the DER, which IdentityServer's thumbprints are; this crate computes SHA-256 alone.
    pub sha1: Option<[u8; 20]>,
}

impl<'a> ClientCertificate<'a> {
    /// A certificate that is known by itself, not by who issued it (RFC 8705 §2.2).
    #[must_use]
    pub const fn self_signed(der: &'a [u8]) -> Self {
        Self { der, subject: None, sha1: None }
    }

    /// What `x5t#S256` in the `cnf` of a token bound to this certificate is (RFC 8705 §3.1).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.der))
    }

    /// Whether this certificate is what a client has registered.
    pub(super) fn is(&self, registered: &SecretValue) -> bool {
        match registered {
            SecretValue::X509Name(name) => self.subject == Some(name),
            SecretValue::X509Thumbprint(text) => match text.len() {
                40 => self.sha1.is_some_and(|digest| is_hex_of(text, &digest)),
                64 => is_hex_of(text, &Sha256::digest(self.der)),
                _ => false,
            },
            SecretValue::X509Certificate(text) => {
                let text: String = text.split_ascii_whitespace().collect();
                STANDARD.decode(text).is_ok_and(|der| der == self.der)
            }
            _ => false,
        }
    }
}

fn is_hex_of(text: &str, digest: &[u8]) -> bool {
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    text.len() == 2 * digest.len()
        && text.chars().zip(digits).all(|(character, digit)| character.to_digit(16) == Some(digit.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registered_in_each_form() {
        let certificate = ClientCertificate { der: b"der", subject: Some("CN=a"), sha1: Some([0xAB; 20]) };
        // `printf der | sha256sum`
        let sha256 = "5050d80d22ecd471ea55df7034042c1e041341ff4066e7f6ff38e20b720df8ea";
        for (registered, expected) in [
            (SecretValue::X509Name("CN=a".into()), true),
            (SecretValue::X509Name("cn=a".into()), false),
            (SecretValue::X509Thumbprint("AB".repeat(20).into()), true),
            (SecretValue::X509Thumbprint("ab".repeat(20).into()), true),
            (SecretValue::X509Thumbprint("ac".repeat(20).into()), false),
            (SecretValue::X509Thumbprint(sha256.into()), true),
            (SecretValue::X509Thumbprint("".into()), false),
            (SecretValue::X509Certificate("ZGVy".into()), true),
            (SecretValue::X509Certificate("ZG\nVy".into()), true),
            (SecretValue::X509Certificate("ZGVz".into()), false),
            (SecretValue::sha256_of("der"), false),
        ] {
            assert_eq!(certificate.is(&registered), expected, "{registered:?}");
        }
        assert!(!ClientCertificate::self_signed(b"der").is(&SecretValue::X509Name("CN=a".into())));
    }
}

//! Digests of shared secrets as definitions write them.

use alloc::{format, string::String, vec::Vec};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Message, SecretSyntax, message};
use crate::SecretValue;

/// A SHA-256 digest in hex, or in base64 with padding as IdentityServer stores it.
///
/// # Errors
///
/// What to write instead, for a text that is no such digest. It says nothing of the text, not even how long it is: it
/// may be the secret, put there by mistake.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{SecretValue, rules};
/// let digest = rules::parse_sha256("K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=");
/// assert_eq!(digest, Ok(SecretValue::sha256_of("secret")));
/// ```
pub fn parse_sha256(text: &str) -> Result<SecretValue, Message> {
    digest(text).map(SecretValue::Sha256).ok_or_else(|| instead(text, 256, SecretSyntax::Sha256, SecretSyntax::Sha512))
}

/// A SHA-512 digest, as [`parse_sha256`] reads one of SHA-256.
///
/// # Errors
///
/// What to write instead, as [`parse_sha256`] says it.
pub fn parse_sha512(text: &str) -> Result<SecretValue, Message> {
    digest(text).map(SecretValue::Sha512).ok_or_else(|| instead(text, 512, SecretSyntax::Sha512, SecretSyntax::Sha256))
}

fn instead(text: &str, bits: usize, syntax: SecretSyntax, other: SecretSyntax) -> Message {
    let is_any = |text: &str| digest::<32>(text).is_some() || digest::<64>(text).is_some();
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hex = bits / 4;
    if is_any(text) {
        message!["it is a digest of the other kind: write ", other]
    } else if text.len() == hex && !is_hex {
        message!["one of its characters is no hex digit: paste it anew"]
    } else if is_any(&from_url(text)) && !text.contains(['-', '_']) {
        message!["the `=` at its end is missing"]
    } else if is_any(&from_url(text)) {
        message!["it is in base64url: write `+` for `-` and `/` for `_`, and the `=` at its end"]
    } else if is_hex && matches!(text.len(), 32 | 40) {
        message![format!("it may be an MD5 or SHA-1 digest: hash the secret with SHA-{bits}")]
    } else {
        let base64 = (bits / 8).div_ceil(3) * 4;
        let paste = format!("paste the {hex} hex digits or {base64} base64 characters of the digest; ");
        message![paste, "a secret in clear is written without ", syntax]
    }
}

fn digest<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes = if text.len() == 2 * N { from_hex(text)? } else { STANDARD.decode(text).ok()? };
    bytes.try_into().ok()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs
        .iter()
        .map(|[high, low]| {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
        })
        .collect()
}

/// Base64url as base64.
fn from_url(text: &str) -> String {
    let mut text = text.replace('-', "+").replace('_', "/");
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// A certificate without the lines around it (RFC 7468 §5.1), as it stands in a file.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::rules::without_armor;
/// assert_eq!(without_armor("-----BEGIN CERTIFICATE-----\nMIIB\nkDCC\n-----END CERTIFICATE-----\n"), "MIIBkDCC");
/// ```
#[must_use]
pub fn without_armor(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("-----")).collect()
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    const SHA256: &str = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    #[test]
    fn hex_and_base64_are_read() {
        assert_eq!(parse_sha256(SHA256), Ok(SecretValue::sha256_of("secret")));
        assert_eq!(parse_sha256(&SHA256.to_uppercase()), Ok(SecretValue::sha256_of("secret")));
        assert_eq!(parse_sha512(&SecretValue::sha512_of("secret").stored()), Ok(SecretValue::sha512_of("secret")));
    }

    #[test]
    fn what_is_no_digest_is_told_without_a_part_of_it() {
        for (text, expected) in [
            (SecretValue::sha512_of("x").stored().as_str(), "it is a digest of the other kind: write `sha512(\"…\")`"),
            (&SHA256.replace('2', "z"), "one of its characters is no hex digit: paste it anew"),
            (
                "K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols",
                "it is in base64url: write `+` for `-` and `/` for `_`, and the `=` at its end",
            ),
            ("K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols", "the `=` at its end is missing"),
            (&SHA256[..40], "it may be an MD5 or SHA-1 digest: hash the secret with SHA-256"),
            (
                "hunter2",
                "paste the 64 hex digits or 44 base64 characters of the digest; a secret in clear is written without \
                 `sha256(\"…\")`",
            ),
        ] {
            assert_eq!(parse_sha256(text).unwrap_err().to_string(), expected);
        }
        assert!(parse_sha512("").unwrap_err().to_string().starts_with("paste the 128 hex digits or 88 base64"));
    }
}

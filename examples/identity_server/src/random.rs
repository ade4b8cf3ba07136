//! A text that nobody can guess.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::session::Failed;

/// 256 random bits: more than "a probability of 2^(-160)" asks for (RFC 6749 §10.10).
pub fn token() -> Result<String, Failed> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Failed)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A code that a user reads off a device and types (RFC 8628 §6.1): eight consonants, so that no word comes of it,
/// some 34 bits; or nine digits, some 30, where the client's `user_code_type` is `Numeric`, as IdentityServer calls it.
pub fn user_code(kind: Option<&str>) -> Result<String, Failed> {
    match kind {
        Some("Numeric") => grouped(b"0123456789", 3, 3),
        _ => grouped(b"BCDFGHJKLMNPQRSTVWXZ", 4, 2),
    }
}

/// Groups of random characters with a hyphen between them.
fn grouped(alphabet: &[u8], length: usize, groups: usize) -> Result<String, Failed> {
    let mut code = String::new();
    while code.len() < length * groups + groups - 1 {
        if code.len() % (length + 1) == length {
            code.push('-');
            continue;
        }
        let mut byte = [0];
        aws_lc_rs::rand::fill(&mut byte).map_err(|_| Failed)?;
        let at = usize::from(byte[0]);
        // Beyond the last multiple of the alphabet's length some characters would be more likely than others.
        if at < 256 / alphabet.len() * alphabet.len() {
            code.extend(alphabet.get(at % alphabet.len()).copied().map(char::from));
        }
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_user_codes_can_be_read() {
        assert_ne!(token().unwrap(), token().unwrap());
        assert_eq!(token().unwrap().len(), 43);
        for (kind, groups, length, is) in [
            (None, 2, 4, u8::is_ascii_uppercase as fn(&u8) -> bool),
            (Some("other"), 2, 4, u8::is_ascii_uppercase),
            (Some("Numeric"), 3, 3, u8::is_ascii_digit),
        ] {
            let code = user_code(kind).unwrap();
            let parts: Vec<&str> = code.split('-').collect();
            assert_eq!(parts.len(), groups, "{code}");
            assert!(parts.iter().all(|part| part.len() == length && part.bytes().all(|byte| is(&byte))), "{code}");
        }
    }
}

//! A text that nobody can guess.

use aws_lc_rs::error::Unspecified;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 256 random bits: more than "a probability of 2^(-160)" asks for (RFC 6749 §10.10).
pub fn token() -> Result<String, Unspecified> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A code that a user reads off a device and types: eight consonants, so that no word comes of it
/// (RFC 8628 §6.1), some 34 bits.
pub fn user_code() -> Result<String, Unspecified> {
    const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
    let mut code = String::new();
    while code.len() < 9 {
        let mut byte = [0];
        aws_lc_rs::rand::fill(&mut byte)?;
        let [byte] = byte;
        // Beyond the last multiple of 20 some letters would be more likely than others.
        if byte < 240 {
            if code.len() == 4 {
                code.push('-');
            }
            code.extend(LETTERS.get(usize::from(byte % 20)).copied().map(char::from));
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
        let code = user_code().unwrap();
        assert_eq!(code.len(), 9);
        assert!(
            code.chars().enumerate().all(|(at, c)| if at == 4 { c == '-' } else { c.is_ascii_uppercase() }),
            "{code}"
        );
    }
}

//! Proof keys for codes (RFC 7636): the code is worth nothing to whoever did not ask for it.

use core::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::parameters::Parameters;
use super::refusal::{Refusal, invalid_grant, invalid_request};
use crate::{Client, Text, wire::wire_enum};

wire_enum! {
    /// How a challenge is made of its verifier (RFC 7636 §4.2).
    ChallengeMethod is "code challenge method" {
        /// It is the verifier.
        Plain = "plain",
        /// It is the SHA-256 of the verifier, in base64url.
        S256 = "S256",
    }
}

/// The challenge that an authorization request came with: keep it with the code. `Debug` shows the method alone, since
/// a plain challenge is its verifier. RFC 7636 knows these two fields: a third would be a major release.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeChallenge {
    /// How it is made.
    pub method: ChallengeMethod,
    /// What stands in `code_challenge`.
    pub value: Text,
}

impl fmt::Debug for CodeChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeChallenge").field("method", &self.method).finish_non_exhaustive()
    }
}

impl CodeChallenge {
    /// The challenge of an authorization request for a code, as the client's record wants it. One that was sent binds,
    /// required or not; [`authorize`](super::authorize) has asked this already.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{ChallengeMethod, CodeChallenge, Parameters};
    /// use guestlist::Client;
    /// let client = Client { require_client_secret: false, ..Client::default() };
    /// let query = Parameters::parse(
    ///     "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
    /// )?;
    /// let challenge = CodeChallenge::read(&client, &query)?;
    /// assert_eq!(challenge.map(|challenge| challenge.method), Some(ChallengeMethod::S256));
    /// assert!(CodeChallenge::read(&client, &Parameters::parse("")?).is_err(), "a public client must");
    /// # Ok::<(), guestlist::decide::Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](super::ErrorCode::InvalidRequest) for one that is missing where it is needed, malformed, or of
    /// a method that the client may not use.
    pub fn read(client: &Client, parameters: &Parameters<'_>) -> Result<Option<Self>, Refusal> {
        let challenge = parameters.get("code_challenge")?;
        let method = parameters.get("code_challenge_method")?;
        let Some(value) = challenge else {
            return if method.is_some() {
                Err(invalid_request("code_challenge_method without code_challenge"))
            } else if is_required(client) {
                Err(invalid_request("code_challenge is missing"))
            } else {
                Ok(None)
            };
        };
        let method = match method.map(str::parse) {
            // RFC 7636 §4.3
            None => ChallengeMethod::Plain,
            Some(Ok(method)) => method,
            Some(Err(_)) => return Err(invalid_request("code_challenge_method is not known")),
        };
        if method == ChallengeMethod::Plain && !client.allow_plain_text_pkce {
            return Err(invalid_request("code_challenge_method must be S256"));
        }
        let fits = match method {
            ChallengeMethod::Plain => Self::is_verifier(value),
            ChallengeMethod::S256 => value.len() == 43 && value.bytes().all(is_base64url),
        };
        if !fits {
            return Err(invalid_request("code_challenge is malformed"));
        }
        Ok(Some(Self { method, value: value.into() }))
    }

    /// Whether a text may be a `code_verifier`: 43 to 128 unreserved characters (RFC 7636 §4.1).
    #[must_use]
    pub fn is_verifier(text: &str) -> bool {
        (43..=128).contains(&text.len()) && text.bytes().all(|byte| is_base64url(byte) || matches!(byte, b'.' | b'~'))
    }

    fn is_answered_by(&self, verifier: &str) -> bool {
        let answer = match self.method {
            ChallengeMethod::Plain => verifier.into(),
            ChallengeMethod::S256 => URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        };
        answer.as_bytes().ct_eq(self.value.as_bytes()).into()
    }
}

/// A public client must, whatever its record says (RFC 9700 §2.1.1).
const fn is_required(client: &Client) -> bool {
    client.require_pkce || client.is_public()
}

/// Whether a token request has the verifier of the code's challenge. A verifier without a challenge
/// is a downgrade (RFC 9700 §4.8.2).
pub(super) fn verify(
    client: &Client,
    challenge: Option<&CodeChallenge>,
    verifier: Option<&str>,
) -> Result<(), Refusal> {
    match (challenge, verifier) {
        // The code is older than the record's word.
        (None, None) if is_required(client) => Err(invalid_grant("the code has no code_challenge")),
        (None, None) => Ok(()),
        (None, Some(_)) => Err(invalid_grant("code_verifier without a code_challenge")),
        (Some(_), None) => Err(invalid_grant("code_verifier is missing")),
        (Some(challenge), Some(verifier))
            if CodeChallenge::is_verifier(verifier) && challenge.is_answered_by(verifier) =>
        {
            Ok(())
        }
        (Some(_), Some(_)) => Err(invalid_grant("code_verifier does not fit code_challenge")),
    }
}

pub(super) fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

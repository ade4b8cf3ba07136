//! Does a DPoP proof count (RFC 9449)?

use alloc::string::String;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::jwt::clock_skew;
use super::refusal::{ErrorCode, Refusal, invalid_dpop_proof};
use crate::{Client, DpopValidationMode, Server, Text};

/// A DPoP proof whose signature the server's JWT library has checked, by the `jwk` in its header and
/// an asymmetric algorithm, with `typ` `dpop+jwt` and no private key (RFC 9449 §4.3 items 3 to 7).
///
/// A claim that is missing stays as it is by default, and then the proof does not count. Build it with
/// `..DpopProof::default()`, since a new field is a minor release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DpopProof {
    /// The RFC 7638 thumbprint of the `jwk`, in base64url.
    pub jkt: String,
    /// `htm`
    pub method: String,
    /// `htu`
    pub uri: String,
    /// `iat`, in Unix time.
    pub issued_at: Option<u64>,
    /// `jti`
    pub jwt_id: String,
    /// `nonce`
    pub nonce: Option<String>,
    /// `ath`
    pub access_token_hash: Option<String>,
}

/// The request that a proof comes with. Without `Debug`, so that no access token ends up in a log.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProvenRequest<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The address, as the client sees it; its query and fragment do not count.
    pub uri: &'a str,
    /// The access token that the request uses, at a resource.
    pub access_token: Option<&'a str>,
    /// The nonce that the server has given, if it gives any. Then the proof must have it, whatever the client's
    /// `dpop_validation_mode` says (RFC 9449 §4.3 item 10).
    pub nonce: Option<&'a str>,
}

impl<'a> ProvenRequest<'a> {
    /// A request without an access token, of a server that gives no nonces.
    #[must_use]
    pub const fn new(method: &'a str, uri: &'a str) -> Self {
        Self { method, uri, access_token: None, nonce: None }
    }

    /// The same with an access token, at a resource.
    #[must_use]
    pub const fn with_access_token(self, access_token: &'a str) -> Self {
        Self { access_token: Some(access_token), ..self }
    }

    /// The same at a server that has given this nonce.
    #[must_use]
    pub const fn with_nonce(self, nonce: &'a str) -> Self {
        Self { nonce: Some(nonce), ..self }
    }
}

/// The key that a request proves to hold: only [`DpopProof::check`] makes one.
///
/// So that nobody uses the proof again, remember its id where the key is used: the two of them, as the `jti` is the
/// client's own choice (RFC 9449 §11.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenKey {
    jkt: Text,
    jwt_id: String,
    remember_until: Option<u64>,
}

impl ProvenKey {
    /// The RFC 7638 thumbprint of the key, in base64url.
    #[must_use]
    pub fn jkt(&self) -> &str {
        &self.jkt
    }

    /// `jti` of the proof. It is as long as the client likes.
    #[must_use]
    pub fn jwt_id(&self) -> &str {
        &self.jwt_id
    }

    /// The Unix time until which the proof could come again, and its id is to be remembered. None, if its age was not
    /// judged, by a `dpop_validation_mode` without `Iat`: then until the nonce that it has no longer counts.
    #[must_use]
    pub const fn remember_until(&self) -> Option<u64> {
        self.remember_until
    }
}

impl DpopProof {
    /// Whether the proof is of this request, its address compared by bytes without the normalization that RFC 9449
    /// §4.3 suggests, and fresh by the client's `dpop_validation_mode` and
    /// `dpop_clock_skew` at the Unix time `now`, in seconds (RFC 9449 §4.3 items 8 to 11). Under FAPI 2.0 its `iat` is
    /// no more than 60 seconds ahead (§5.3.2.1 item 13).
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::Server;
    /// use guestlist::decide::{Binding, DpopProof, ProvenRequest};
    /// # let client = guestlist::Client::default();
    /// let proof = DpopProof {
    ///     jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I".into(),
    ///     method: "POST".into(),
    ///     uri: "https://id.example.com/token".into(),
    ///     issued_at: Some(1_800_000_000),
    ///     jwt_id: "-BwC3ESc6acc2lTc".into(),
    ///     ..DpopProof::default()
    /// };
    /// let (request, server) = (ProvenRequest::new("POST", "https://id.example.com/token"), Server::default());
    /// let key = proof.check(&client, &server, &request, 1_800_000_010)?;
    /// // An hour later it is too old.
    /// assert!(proof.check(&client, &server, &request, 1_800_003_600).is_err());
    /// // What tokens are bound to, once the id was looked up and remembered.
    /// assert_eq!(key.remember_until(), Some(1_800_000_301));
    /// let sender = Binding::of(Some(&key), None);
    /// # assert_eq!(sender.jkt.as_deref(), Some(key.jkt()));
    /// # Ok::<(), guestlist::decide::Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidDpopProof`](ErrorCode::InvalidDpopProof), or [`UseDpopNonce`](ErrorCode::UseDpopNonce) with which
    /// the server sends a nonce in `DPoP-Nonce`.
    pub fn check(
        &self,
        client: &Client,
        server: &Server,
        request: &ProvenRequest<'_>,
        now: u64,
    ) -> Result<ProvenKey, Refusal> {
        let texts = [&self.jkt, &self.method, &self.uri, &self.jwt_id];
        let issued_at = self
            .issued_at
            .filter(|_| !texts.into_iter().any(String::is_empty))
            .ok_or(invalid_dpop_proof("the DPoP proof lacks a claim"))?;
        let without_query = |uri: &str| uri.split(['?', '#']).next().map(String::from);
        if self.method != request.method || without_query(&self.uri) != without_query(request.uri) {
            return Err(invalid_dpop_proof("the DPoP proof is of another request"));
        }
        let by = |mode| client.dpop_validation_mode.contains(&mode);
        let skew = u64::from(client.dpop_clock_skew);
        let is_old = now.saturating_sub(issued_at) > skew;
        let is_ahead = issued_at.saturating_sub(now) > clock_skew(server, skew);
        if by(DpopValidationMode::Iat) && (is_old || is_ahead) {
            return Err(invalid_dpop_proof("the DPoP proof is too old or from the future"));
        }
        let needs_nonce = by(DpopValidationMode::Nonce) || request.nonce.is_some();
        if needs_nonce && (self.nonce.is_none() || self.nonce.as_deref() != request.nonce) {
            return Err(Refusal::new(ErrorCode::UseDpopNonce, "the DPoP proof needs the nonce of the server"));
        }
        let hash = request.access_token.map(|token| URL_SAFE_NO_PAD.encode(Sha256::digest(token)));
        if hash.is_some() && hash != self.access_token_hash {
            return Err(invalid_dpop_proof("the DPoP proof is of another access token"));
        }
        Ok(ProvenKey {
            jkt: self.jkt.as_str().into(),
            jwt_id: self.jwt_id.clone(),
            // At that age it counts for the last time.
            remember_until: by(DpopValidationMode::Iat).then(|| issued_at.saturating_add(skew).saturating_add(1)),
        })
    }
}

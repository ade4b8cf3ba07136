//! Tokens that count only for who can prove a key: DPoP (RFC 9449) and TLS certificates (RFC 8705).

use alloc::string::String;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::assertion::clock_skew;
use super::certificate::ClientCertificate;
use super::refusal::{ErrorCode, Refusal, invalid_dpop_proof};
use crate::{Client, DpopValidationMode, Server, Text, wire::wire_enum};

/// What a token is bound to, as in its `cnf` (RFC 7800 §3.1): by default to nothing. It is plain data, so that it can
/// be kept anywhere. Name both fields when it is built again: a new one is a major release, on purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binding {
    /// `jkt`: the thumbprint of a DPoP key (RFC 9449 §6.1).
    pub jkt: Option<Text>,
    /// `x5t#S256`: the thumbprint of a TLS certificate (RFC 8705 §3.1).
    pub x5t_s256: Option<Text>,
}

impl Binding {
    /// What a request proves to hold: the key of its DPoP proof and the certificate that it was sent with.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{Binding, ClientCertificate, TokenType};
    /// let certificate = ClientCertificate::self_signed(b"the certificate, in DER");
    /// let sender = Binding::of(None, Some(&certificate));
    /// assert_eq!(sender.x5t_s256.as_deref(), Some(certificate.thumbprint().as_str()));
    /// assert_eq!(sender.token_type(), TokenType::Bearer);
    /// // A token bound to it is worth nothing without it.
    /// assert!(sender.admits(&sender, TokenType::Bearer) && !sender.admits(&Binding::default(), TokenType::Bearer));
    /// ```
    #[must_use]
    pub fn of(key: Option<&ProvenKey>, certificate: Option<&ClientCertificate<'_>>) -> Self {
        Self {
            jkt: key.map(|key| key.jkt.clone()),
            x5t_s256: certificate.map(|certificate| certificate.thumbprint().into()),
        }
    }

    /// Whether a token is bound at all.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.jkt.is_none() && self.x5t_s256.is_none()
    }

    /// What stands in `token_type` (RFC 9449 §5): a certificate does not show there.
    #[must_use]
    pub const fn token_type(&self) -> TokenType {
        if self.jkt.is_some() { TokenType::Dpop } else { TokenType::Bearer }
    }

    /// Whether a request that proves `presented`, under this scheme of its `Authorization` header, may use an access
    /// token that is bound to this. One that is bound to a key does not count as a `Bearer` token, nor one that is
    /// not as `DPoP`, whatever is proven (RFC 9449 §7.1, §7.2).
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{Binding, TokenType};
    /// let bound = Binding { jkt: Some("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I".into()), x5t_s256: None };
    /// assert!(bound.admits(&bound, TokenType::Dpop));
    /// assert!(!bound.admits(&bound, TokenType::Bearer), "a thief would send it so");
    /// assert_eq!(TokenType::of_scheme("dpop"), Some(TokenType::Dpop));
    /// ```
    #[must_use]
    pub fn admits(&self, presented: &Self, scheme: TokenType) -> bool {
        scheme == self.token_type() && self.is_proven_by(presented)
    }

    /// Whether a request that proves `presented` proves all that this is.
    pub(super) fn is_proven_by(&self, presented: &Self) -> bool {
        let fits = |bound: &Option<Text>, presented: &Option<Text>| bound.is_none() || bound == presented;
        fits(&self.jkt, &presented.jkt) && fits(&self.x5t_s256, &presented.x5t_s256)
    }
}

wire_enum! {
    /// The type of an access token, which is also the scheme that it is presented under (RFC 6749 §7.1).
    TokenType is "token type" {
        /// It counts for whoever has it (RFC 6750), or with the certificate that it is bound to (RFC 8705 §3).
        Bearer = "Bearer",
        /// It counts with a proof of the key that it is bound to (RFC 9449 §7.1).
        Dpop = "DPoP",
    }
}

impl TokenType {
    /// The type by the scheme in an `Authorization` header, whose name has no case (RFC 9110 §11.1).
    #[must_use]
    pub fn of_scheme(scheme: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.as_str().eq_ignore_ascii_case(scheme))
    }
}

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
    /// Whether the proof is of this request, and fresh by the client's `dpop_validation_mode` and
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

//! Tokens that count only for who can prove a key: DPoP (RFC 9449) and TLS certificates (RFC 8705).

use alloc::string::String;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::certificate::ClientCertificate;
use super::refusal::{ErrorCode, Refusal, invalid_dpop_proof};
use crate::{Client, DpopValidationMode, Text};

/// What a token is bound to, as in its `cnf` (RFC 7800 §3.1). It is plain data: build it again with
/// `..Binding::default()`, since a new field is a minor release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Binding {
    /// `jkt`: the thumbprint of a DPoP key (RFC 9449 §6.1).
    pub jkt: Option<Text>,
    /// `x5t#S256`: the thumbprint of a TLS certificate (RFC 8705 §3.1).
    pub x5t_s256: Option<Text>,
}

impl Binding {
    /// What a request proves to hold: the key of its DPoP proof, once [`check`](DpopProof::check)ed, and
    /// the certificate that it was sent with.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{Binding, ClientCertificate};
    /// let certificate = ClientCertificate::self_signed(b"the certificate, in DER");
    /// let sender = Binding::of(None, Some(&certificate));
    /// assert_eq!(sender.x5t_s256.as_deref(), Some(certificate.thumbprint().as_str()));
    /// assert_eq!(sender.token_type(), "Bearer");
    /// // A token bound to it is worth nothing without it.
    /// assert!(sender.admits(&sender) && !sender.admits(&Binding::default()));
    /// ```
    #[must_use]
    pub fn of(proof: Option<&DpopProof<'_>>, certificate: Option<&ClientCertificate<'_>>) -> Self {
        Self {
            jkt: proof.map(|proof| proof.jkt.into()),
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
    pub const fn token_type(&self) -> &'static str {
        if self.jkt.is_some() { "DPoP" } else { "Bearer" }
    }

    /// Whether a request that proves `presented` may use what is bound to this.
    #[must_use]
    pub fn admits(&self, presented: &Self) -> bool {
        let fits = |bound: &Option<Text>, presented: &Option<Text>| bound.is_none() || bound == presented;
        fits(&self.jkt, &presented.jkt) && fits(&self.x5t_s256, &presented.x5t_s256)
    }
}

/// A DPoP proof whose signature the server's JWT library has checked, by the `jwk` in its header and
/// an asymmetric algorithm, with `typ` `dpop+jwt` and no private key (RFC 9449 §4.3 items 3 to 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DpopProof<'a> {
    /// The RFC 7638 thumbprint of the `jwk`, in base64url.
    pub jkt: &'a str,
    /// `htm`
    pub method: &'a str,
    /// `htu`
    pub uri: &'a str,
    /// `iat`, in Unix time.
    pub issued_at: u64,
    /// `jti`
    pub jwt_id: &'a str,
    /// `nonce`
    pub nonce: Option<&'a str>,
    /// `ath`
    pub access_token_hash: Option<&'a str>,
}

/// The request that a proof comes with. Without `Debug`, so that no access token ends up in a log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ProvenRequest<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The address, as the client sees it; its query and fragment do not count.
    pub uri: &'a str,
    /// The access token that the request uses, at a resource.
    pub access_token: Option<&'a str>,
    /// The nonce that the server has given, if it gives any.
    pub nonce: Option<&'a str>,
}

impl DpopProof<'_> {
    /// Whether the proof is of this request, and fresh by the client's `dpop_validation_mode` and
    /// `dpop_clock_skew` at the Unix time `now`, in seconds (RFC 9449 §4.3 items 8 to 11). Remember its `jti`
    /// as long as it could come again: until `issued_at` and twice the skew.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{DpopProof, ProvenRequest};
    /// # let client = guestlist::Client::default();
    /// # let jkt = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    /// let proof = DpopProof {
    ///     jkt,
    ///     method: "POST",
    ///     uri: "https://id.example.com/token",
    ///     issued_at: 1_800_000_000,
    ///     jwt_id: "-BwC3ESc6acc2lTc",
    ///     nonce: None,
    ///     access_token_hash: None,
    /// };
    /// let request =
    ///     ProvenRequest { method: "POST", uri: "https://id.example.com/token", access_token: None, nonce: None };
    /// assert!(proof.check(&client, &request, 1_800_000_010).is_ok());
    /// assert!(proof.check(&client, &request, 1_800_003_600).is_err(), "an hour later");
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidDpopProof`](ErrorCode::InvalidDpopProof), or [`UseDpopNonce`](ErrorCode::UseDpopNonce) with which
    /// the server sends a nonce in `DPoP-Nonce`.
    pub fn check(&self, client: &Client, request: &ProvenRequest<'_>, now: u64) -> Result<(), Refusal> {
        let without_query = |uri: &str| uri.split(['?', '#']).next().map(String::from);
        if self.method != request.method || without_query(self.uri) != without_query(request.uri) {
            return Err(invalid_dpop_proof("the DPoP proof is of another request"));
        }
        if self.jwt_id.is_empty() {
            return Err(invalid_dpop_proof("the DPoP proof has no jti"));
        }
        let by = |mode| client.dpop_validation_mode.contains(&mode);
        if by(DpopValidationMode::Iat) && now.abs_diff(self.issued_at) > client.dpop_clock_skew.into() {
            return Err(invalid_dpop_proof("the DPoP proof is too old or from the future"));
        }
        if by(DpopValidationMode::Nonce) && (self.nonce.is_none() || self.nonce != request.nonce) {
            return Err(Refusal::new(ErrorCode::UseDpopNonce, "the DPoP proof needs the nonce of the server"));
        }
        let hash = request.access_token.map(|token| URL_SAFE_NO_PAD.encode(Sha256::digest(token)));
        if hash.is_some() && hash.as_deref() != self.access_token_hash {
            return Err(invalid_dpop_proof("the DPoP proof is of another access token"));
        }
        Ok(())
    }
}

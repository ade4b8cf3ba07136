//! Tokens that count only for who can prove a key: DPoP (RFC 9449) and TLS certificates (RFC 8705).

use super::certificate::ClientCertificate;
use super::dpop::ProvenKey;
use crate::{Text, wire::wire_enum};

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
    /// A certificate binds the tokens of every client that connects with one, since a record has no
    /// `tls_client_certificate_bound_access_tokens` (RFC 8705 §3.4): hand none in, where a client is not to be bound.
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
            jkt: key.map(|key| key.jkt().into()),
            x5t_s256: certificate.map(|certificate| certificate.thumbprint().into()),
        }
    }

    /// Whether a token is bound at all, so that it has a `cnf`.
    #[must_use]
    pub const fn is_bound(&self) -> bool {
        self.jkt.is_some() || self.x5t_s256.is_some()
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

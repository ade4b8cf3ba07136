//! Which certificate did the client connect with?

use std::sync::Arc;

use guestlist_runtime::decide::ClientCertificate;

/// The certificate of a TLS client (RFC 8705), as an extension of the request: whatever ends TLS puts
/// it there.
///
/// Behind a proxy it comes in a header. Take that header from the proxy alone, and have the proxy drop
/// it where a client sends it: who can write it is every client with a certificate.
///
/// ```
/// use axum::extract::Request;
/// use axum::middleware::Next;
/// use axum::response::Response;
/// use guestlist_axum::TlsCertificate;
/// # fn peer_certificate(request: &Request) -> Option<Vec<u8>> { None }
///
/// async fn tls(mut request: Request, next: Next) -> Response {
///     if let Some(der) = peer_certificate(&request) {
///         request.extensions_mut().insert(TlsCertificate::self_signed(der));
///     }
///     next.run(request).await
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsCertificate {
    /// The certificate, in DER.
    pub der: Arc<[u8]>,
    /// The subject's distinguished name as a text, if the certificate's chain leads to an authority
    /// that the server trusts for clients.
    pub subject: Option<Arc<str>>,
    /// The SHA-1 of the DER, if clients are registered by that.
    pub sha1: Option<[u8; 20]>,
}

impl TlsCertificate {
    /// A certificate that is known by itself, not by who issued it (RFC 8705 §2.2).
    #[must_use]
    pub fn self_signed(der: impl Into<Arc<[u8]>>) -> Self {
        Self { der: der.into(), subject: None, sha1: None }
    }

    pub(crate) fn as_client_certificate(&self) -> ClientCertificate<'_> {
        ClientCertificate { der: &self.der, subject: self.subject.as_deref(), sha1: self.sha1 }
    }
}

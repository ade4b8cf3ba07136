//! Which key does a request prove to hold (RFC 9449)?

use axum::extract::OriginalUri;
use axum::http::request::Parts;
use guestlist_runtime::decide::{DpopProof, ErrorCode, ProvenKey, ProvenRequest, Refusal};
use guestlist_runtime::uri::Uri;
use guestlist_runtime::{Client, DpopValidationMode, Server, SigningAlgorithm};

use crate::{Guestlist, JwtId, Refused};

/// What stays with the server where it takes DPoP: its JWT library, and the nonces that it gives. With
/// [`Guestlist::with_dpop`].
pub trait DpopLibrary: Send + Sync {
    /// What a proof says whose signature is good, by the key in its header and by one of the
    /// [`algorithms`](Self::algorithms) (RFC 9449 §4.3 items 2 to 7); nothing, if it is no such proof.
    fn proof(&self, jwt: &str) -> Option<DpopProof>;

    /// The algorithms of the proofs that it takes.
    fn algorithms(&self) -> &[SigningAlgorithm];

    /// The nonces that count at the Unix time `now`, in seconds, with the one to be sent first (RFC 9449 §8). They are
    /// for clients whose `dpop_validation_mode` has `Nonce`; a server that gives none refuses these.
    fn nonces(&self, now: u64) -> Vec<DpopNonce> {
        let _ = now;
        Vec::new()
    }
}

/// A nonce of the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DpopNonce {
    /// What stands in `DPoP-Nonce`.
    pub value: String,
    /// The Unix time from which on it no longer counts.
    pub expires_at: u64,
}

impl Guestlist {
    /// The key that a request of this client proves to hold by its `DPoP` header; none, if there is no such header or
    /// the server takes no DPoP. A proof is for the method and the address of the request, which is its whole path at
    /// the origin of the server's issuer, and counts once.
    ///
    /// [`FromClient`](crate::FromClient) asks this by itself. It is for resources of the server's own, such as the
    /// userinfo endpoint, which have an access token: then the proof is for that as well.
    ///
    /// ```
    /// use axum::extract::State;
    /// use axum::http::request::Parts;
    /// use axum::response::{IntoResponse, Response};
    /// use guestlist::decide::{Binding, ErrorCode, Refusal, TokenType};
    /// use guestlist_axum::{Guestlist, Refused};
    /// # use guestlist::ClientRef;
    /// # fn presented(_: &Parts) -> (TokenType, &str) { (TokenType::Dpop, "token") }
    /// # fn issued(_: &str) -> (ClientRef, Binding) { (guestlist::Client::default().into(), Binding::default()) }
    ///
    /// async fn userinfo(State(guestlist): State<Guestlist>, parts: Parts) -> Response {
    ///     let (scheme, token) = presented(&parts);
    ///     let (client, binding) = issued(token);
    ///     let admitted = async {
    ///         let key = match scheme {
    ///             TokenType::Dpop => guestlist.proven_key(&client, &parts, Some(token)).await?,
    ///             _ => None,
    ///         };
    ///         match binding.admits(&Binding::of(key.as_ref(), None), scheme) {
    ///             true => Ok(()),
    ///             false => Err(Refused::from(Refusal::new(ErrorCode::InvalidToken, "the token does not count"))),
    ///         }
    ///     };
    ///     match admitted.await {
    ///         Ok(()) => ().into_response(),
    ///         Err(refused) => refused.at_resource(scheme, guestlist.dpop_algorithms()),
    ///     }
    /// }
    /// # let _ = userinfo;
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidDpopProof`](ErrorCode::InvalidDpopProof), [`UseDpopNonce`](ErrorCode::UseDpopNonce) with the nonce, and
    /// a memory without an answer.
    pub async fn proven_key(
        &self,
        client: &Client,
        parts: &Parts,
        access_token: Option<&str>,
    ) -> Result<Option<ProvenKey>, Refused> {
        let Some(dpop) = self.dpop() else { return Ok(None) };
        let mut proofs = parts.headers.get_all("dpop").iter();
        let Some(jwt) = proofs.next() else { return Ok(None) };
        if proofs.next().is_some() {
            return Err(invalid("there is more than one DPoP proof").into());
        }
        let malformed = invalid("the DPoP proof is malformed, or not signed by the key that it names");
        let proof = jwt.to_str().ok().and_then(|jwt| dpop.library.proof(jwt)).ok_or(malformed)?;
        let address = address(self.server(), parts).ok_or(invalid("the server has no address to prove a key at"))?;
        let now = self.now();
        let nonces = match client.dpop_validation_mode.contains(&DpopValidationMode::Nonce) {
            true => dpop.library.nonces(now),
            false => Vec::new(),
        };
        let sent = nonces.iter().find(|nonce| proof.nonce.as_ref() == Some(&nonce.value));
        let nonce = sent.or(nonces.first());
        let mut request = ProvenRequest::new(parts.method.as_str(), &address);
        request.access_token = access_token;
        request.nonce = nonce.map(|nonce| nonce.value.as_str());
        let key = proof.check(client, self.server(), &request, now).map_err(|refusal| match nonce {
            Some(nonce) if refusal.code == ErrorCode::UseDpopNonce => {
                Refused::Nonce { refusal, nonce: nonce.value.clone() }
            }
            _ => refusal.into(),
        })?;
        // One whose age nobody judges could come again at any time.
        let until = key.remember_until().or(nonce.map(|nonce| nonce.expires_at)).unwrap_or(u64::MAX);
        if !self.is_first_use(&*dpop.memory, JwtId::proof(&key), until, now).await? {
            return Err(invalid("the DPoP proof was used before").into());
        }
        Ok(Some(key))
    }

    /// The algorithms of the DPoP proofs that are taken, for metadata and challenges; none without
    /// [`with_dpop`](Self::with_dpop).
    #[must_use]
    pub fn dpop_algorithms(&self) -> &[SigningAlgorithm] {
        self.dpop().map_or(&[], |dpop| dpop.library.algorithms())
    }
}

const fn invalid(description: &'static str) -> Refusal {
    Refusal::new(ErrorCode::InvalidDpopProof, description)
}

/// The address of a request as its client sees it. A router within a router has taken the beginning of the path away.
fn address(server: &Server, parts: &Parts) -> Option<String> {
    let issuer = Uri::parse(server.issuer.as_deref()?).ok()?;
    let path = parts.extensions.get::<OriginalUri>().map_or(parts.uri.path(), |original| original.path());
    Some(format!("{}{path}", issuer.origin()?))
}

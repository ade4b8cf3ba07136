//! May a script of this origin act for the client, and read the answer?

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::ORIGIN;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use guestlist_runtime::uri::Uri;
use guestlist_runtime::{Client, Server};

use crate::Guestlist;

/// The origin of a request whose client the handler learns by itself, as the userinfo endpoint does by the access
/// token. [`FromClient`](crate::FromClient) asks this by itself.
///
/// A preflight says nothing of its client, so [`Guestlist::cors`] lets the scripts of every client through. With this,
/// the answer is kept from them all until the client is known, and then readable to the scripts of that one alone.
///
/// ```
/// use axum::response::{IntoResponse, Response};
/// use guestlist_axum::RequestOrigin;
/// # use guestlist::Client;
/// # static CLIENT: Client = Client::DEFAULT;
/// # fn client_of_token() -> &'static Client { &CLIENT }
///
/// async fn userinfo(origin: RequestOrigin) -> Response {
///     let client = client_of_token();
///     // What goes wrong before here, no script reads.
///     origin.open_to(client);
///     ().into_response()
/// }
/// # let _ = userinfo;
/// ```
#[derive(Clone, Debug)]
pub struct RequestOrigin {
    sent: Sent,
    withheld: Withheld,
}

#[derive(Clone, Debug)]
enum Sent {
    /// None, or the server's own: browsers send one with a `POST` to the very origin that a page is from (Fetch §3.2).
    NoOther,
    Other(String),
    /// Several, or one that is no text: browsers send none of these.
    Malformed,
}

impl RequestOrigin {
    /// Lets scripts of the origin read the answer, if it is in the client's own list. Whether the request may be the
    /// client's by its origin: also if it is from no script, or from a page of the server itself.
    pub fn open_to(&self, client: &Client) -> bool {
        let allowed = match &self.sent {
            Sent::NoOther => true,
            Sent::Other(origin) => client.allows_origin(origin),
            Sent::Malformed => false,
        };
        self.withheld.set(!allowed);
        allowed
    }

    /// From here on, no script reads the answer.
    pub(crate) fn of(server: &Server, parts: &Parts) -> Self {
        Self { sent: sent(server, &parts.headers), withheld: Withheld::from_scripts(&parts.extensions) }
    }
}

impl<S> FromRequestParts<S> for RequestOrigin
where
    Guestlist: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(Guestlist::from_ref(state).server(), parts))
    }
}

fn sent(server: &Server, headers: &HeaderMap) -> Sent {
    let mut origins = headers.get_all(ORIGIN).iter();
    match (origins.next().map(|origin| origin.to_str()), origins.next()) {
        (None, _) => Sent::NoOther,
        (Some(Ok(origin)), None) if is_own(server, origin) => Sent::NoOther,
        (Some(Ok(origin)), None) => Sent::Other(origin.to_owned()),
        _ => Sent::Malformed,
    }
}

fn is_own(server: &Server, origin: &str) -> bool {
    let issuer = server.issuer.as_deref().and_then(|issuer| Uri::parse(issuer).ok());
    issuer.and_then(|issuer| issuer.origin()).is_some_and(|own| own.to_string() == origin)
}

/// Whether an answer is kept from scripts: an extension of the request, by which the layer around the handler hears it.
#[derive(Clone, Debug, Default)]
pub struct Withheld(Arc<AtomicBool>);

impl Withheld {
    /// Keeps the answer from scripts, until somebody says otherwise.
    pub fn from_scripts(request: &Extensions) -> Self {
        let withheld = request.get::<Self>().cloned().unwrap_or_default();
        withheld.set(true);
        withheld
    }

    fn set(&self, withheld: bool) {
        self.0.store(withheld, Ordering::SeqCst);
    }

    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

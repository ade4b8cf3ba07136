//! Does a client prove that it is the one that asked for the code (RFC 7636)?

use guestlist_runtime::decide::{CodeChallenge, Parameters};
use guestlist_runtime::{Client, ClientStore};
use oxide_auth::code_grant::accesstoken::Authorization;
use oxide_auth::frontends::simple::extensions::{
    AccessTokenAddon, AccessTokenRequest, AddonResult, AuthorizationAddon, AuthorizationRequest, Pkce,
};
use oxide_auth::primitives::grant::{GrantExtension, Value};

use crate::answer::usable;
use crate::registrar::at_hand;

/// oxide-auth's [`Pkce`] by each client's record, in place of one setting for all: a challenge is
/// needed where the record says `require_pkce`, and of every public client; `plain` counts only
/// where it says `allow_plain_text_pkce`.
///
/// A challenge that was sent binds the code, needed or not, and a verifier without a challenge is
/// refused, since somebody has taken the challenge away (RFC 9700 §4.8.2).
///
/// ```
/// use guestlist_oxide_auth::ClientPkce;
/// use oxide_auth::frontends::simple::extensions::AddonList;
/// # use guestlist::{Clients, clients};
/// # static CLIENTS: Clients = clients![];
///
/// let mut addons = AddonList::new();
/// addons.push_code(ClientPkce::new(&CLIENTS));
/// ```
///
/// A request of a client that a store does not answer for at once is refused. With the feature
/// `async`, this is oxide-auth-async's `Extension` as well, and waits.
#[derive(Clone, Copy, Debug)]
pub struct ClientPkce<S> {
    store: S,
}

impl<S> ClientPkce<S> {
    /// For the clients of this store.
    #[must_use]
    pub const fn new(store: S) -> Self {
        Self { store }
    }

    #[cfg(feature = "async")]
    pub(crate) const fn store(&self) -> &S {
        &self.store
    }
}

impl<S> GrantExtension for ClientPkce<S> {
    /// The same as of [`Pkce`], so that codes survive the change from it.
    fn identifier(&self) -> &'static str {
        "pkce"
    }
}

impl<S: ClientStore> AuthorizationAddon for ClientPkce<S> {
    fn execute(&self, request: &dyn AuthorizationRequest) -> AddonResult {
        let Some(client_id) = request.client_id() else { return AddonResult::Err };
        match at_hand(self.store.find(&client_id)) {
            Ok(client) => asked(client.as_deref(), &client_id, request),
            Err(_) => AddonResult::Err,
        }
    }
}

impl<S: ClientStore> AccessTokenAddon for ClientPkce<S> {
    fn execute(&self, request: &dyn AccessTokenRequest, code_data: Option<Value>) -> AddonResult {
        let Some(client_id) = client_of(request) else { return AddonResult::Err };
        match at_hand(self.store.find(&client_id)) {
            Ok(client) => redeemed(client.as_deref(), &client_id, request, code_data),
            Err(_) => AddonResult::Err,
        }
    }
}

/// The client of a token request, which the flow has authenticated.
pub(crate) fn client_of(request: &dyn AccessTokenRequest) -> Option<String> {
    match request.authorization() {
        Authorization::Username(client_id) | Authorization::UsernamePassword(client_id, _) => {
            Some(client_id.into_owned())
        }
        _ => request.client_id().map(Into::into),
    }
}

/// At the authorization endpoint: the challenge that is kept with the code.
pub(crate) fn asked(client: Option<&Client>, client_id: &str, request: &dyn AuthorizationRequest) -> AddonResult {
    let Ok(client) = usable(client, client_id) else { return AddonResult::Err };
    let method = request.extension("code_challenge_method").filter(|method| !method.is_empty());
    let challenge = request.extension("code_challenge").filter(|challenge| !challenge.is_empty());
    let sent = [("code_challenge", challenge.as_deref()), ("code_challenge_method", method.as_deref())];
    let sent: Vec<(&str, &str)> = sent.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let fits = Parameters::from_pairs(sent).and_then(|sent| CodeChallenge::read(client, &sent));
    if fits.is_err() {
        return AddonResult::Err;
    }
    match of(client).challenge(method, challenge) {
        Ok(None) => AddonResult::Ok,
        Ok(Some(kept)) => AddonResult::Data(kept),
        Err(()) => AddonResult::Err,
    }
}

/// At the token endpoint: whether the verifier answers what was kept.
pub(crate) fn redeemed(
    client: Option<&Client>,
    client_id: &str,
    request: &dyn AccessTokenRequest,
    kept: Option<Value>,
) -> AddonResult {
    let Ok(client) = usable(client, client_id) else { return AddonResult::Err };
    let verifier = request.extension("code_verifier").filter(|verifier| !verifier.is_empty());
    if verifier.as_deref().is_some_and(|verifier| kept.is_none() || !CodeChallenge::is_verifier(verifier)) {
        return AddonResult::Err;
    }
    match of(client).verify(kept, verifier) {
        Ok(()) => AddonResult::Ok,
        Err(()) => AddonResult::Err,
    }
}

fn of(client: &Client) -> Pkce {
    // RFC 9700 §2.1.1: a public client must, whatever its record says.
    let mut pkce = if client.require_pkce || client.is_public() { Pkce::required() } else { Pkce::optional() };
    if client.allow_plain_text_pkce {
        pkce.allow_plain();
    }
    pkce
}

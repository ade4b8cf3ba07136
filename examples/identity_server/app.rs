//! Which endpoints are there, and what do they share?

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::routing::{get, post};
use guestlist::decide::{Consent, IssuedCode, PendingRequest, PushedRequest, RefreshToken, Tokens};
use guestlist::{ClientStore, Server, Text};
use guestlist_axum::Guestlist;

use crate::expiring::Expiring;
use crate::keys::{self, SigningKey};
use crate::pending::Pending;
use crate::session::{Failed, Session};
use crate::store::Store;
use crate::{
    authorize, consent, device, discovery, introspection, pages, push, random, revocation, signin, signout, token,
    userinfo,
};

/// What every endpoint may read.
pub struct App {
    pub key: SigningKey,
    pub guestlist: Guestlist,
    pub sessions: Expiring<Session>,
    pub pending: Expiring<Pending>,
    pub pushed: Expiring<PushedRequest>,
    pub codes: Expiring<(IssuedCode, Grant)>,
    pub refresh_tokens: Expiring<Refreshing>,
    pub access_tokens: Expiring<Issued>,
    pub devices: Expiring<Device>,
    consents: Expiring<Consent>,
}

/// [`App`], as axum hands it out.
#[derive(Clone)]
pub struct Shared(Arc<App>);

impl Shared {
    pub fn new(app: App) -> Self {
        Self(Arc::new(app))
    }
}

impl Deref for Shared {
    type Target = App;

    fn deref(&self) -> &App {
        &self.0
    }
}

impl FromRef<Shared> for Guestlist {
    fn from_ref(app: &Shared) -> Self {
        app.guestlist.clone()
    }
}

/// What tokens go back to: what is granted once is revoked as one.
#[derive(Clone, Debug)]
pub struct Grant {
    pub id: String,
    pub client_id: Text,
    /// None, if the client acts for itself.
    pub user: Option<User>,
    /// What ID tokens repeat.
    pub nonce: Option<Text>,
}

/// The user who has granted something.
#[derive(Clone, Debug)]
pub struct User {
    pub subject: String,
    pub session_id: String,
    pub authenticated_at: u64,
}

impl Grant {
    pub fn of_client(client_id: &Text) -> Result<Self, Failed> {
        Ok(Self { id: random::token().map_err(|_| Failed)?, client_id: client_id.clone(), user: None, nonce: None })
    }

    pub fn of_user(client_id: &Text, session: &Session, nonce: Option<Text>) -> Result<Self, Failed> {
        let user = User {
            subject: session.subject.clone(),
            session_id: session.id.clone(),
            authenticated_at: session.authenticated_at,
        };
        Ok(Self { user: Some(user), nonce, ..Self::of_client(client_id)? })
    }
}

/// A refresh token, and what has replaced it.
#[derive(Clone)]
pub struct Refreshing {
    pub token: RefreshToken,
    pub grant: Grant,
    pub successor: Option<String>,
}

/// An access token that may be asked about.
#[derive(Clone)]
pub struct Issued {
    pub tokens: Tokens,
    pub grant: Grant,
    pub issued_at: u64,
    pub expires_at: u64,
}

/// A device that waits for its user.
#[derive(Clone)]
pub struct Device {
    pub request: PendingRequest,
    pub user_code: String,
    pub grant: Option<Grant>,
}

/// Bounds of what is remembered, so that nobody fills the memory.
const MANY: usize = 100_000;
const FEW: usize = 10_000;

impl App {
    pub fn new(issuer: String, key: SigningKey) -> Self {
        Self {
            key,
            guestlist: Guestlist::new(Store::new(issuer)),
            sessions: Expiring::new(FEW),
            pending: Expiring::new(FEW),
            pushed: Expiring::new(FEW),
            codes: Expiring::new(FEW),
            refresh_tokens: Expiring::new(MANY),
            access_tokens: Expiring::new(MANY),
            devices: Expiring::new(FEW),
            consents: Expiring::new(MANY),
        }
    }

    /// The clients.
    pub fn store(&self) -> &dyn ClientStore {
        self.guestlist.store()
    }

    pub fn server(&self) -> &Server {
        self.guestlist.server()
    }

    pub fn issuer(&self) -> &str {
        self.server().issuer.as_deref().unwrap_or_default()
    }

    /// The Unix time, in seconds.
    pub fn now(&self) -> u64 {
        self.guestlist.now()
    }

    /// What a user has allowed to a client.
    pub fn consent(&self, subject: &str, client_id: &str) -> Option<Consent> {
        self.consents.get(&format!("{subject} {client_id}"), self.now())
    }

    pub fn allow(&self, subject: &str, client_id: &str, consent: Consent) {
        // Longer than any client asks for; how long it counts is the decision's to say.
        const FOREVER: u64 = 100 * 365 * 86_400;
        let now = self.now();
        self.consents.insert(format!("{subject} {client_id}"), consent, now.saturating_add(FOREVER), now);
    }

    /// Revokes all that goes back to a grant.
    pub fn revoke(&self, grant: &str) {
        self.access_tokens.forget(|issued| issued.grant.id == grant);
        self.refresh_tokens.forget(|refreshing| refreshing.grant.id == grant);
    }
}

/// Room for the longest secret that `guestlist` looks at with each byte escaped, and for the other parameters.
const BODY_LIMIT: usize = 4 * guestlist::MAX_SECRET_LENGTH;

pub fn router(app: Shared) -> Router {
    // Scripts call these; a browser goes to the others itself, so no other site's script may read them.
    let for_scripts = Router::new()
        // OpenID Connect Discovery §4 and RFC 8414 §3 look at different places for the same document.
        .route("/.well-known/openid-configuration", get(discovery::document))
        .route("/.well-known/oauth-authorization-server", get(discovery::document))
        .route("/jwks", get(keys::document))
        .route("/token", post(token::endpoint))
        .route("/revoke", post(revocation::endpoint))
        .route("/userinfo", get(userinfo::endpoint).post(userinfo::endpoint))
        .layer(app.guestlist.cors());
    let for_servers = Router::new()
        .route("/introspect", post(introspection::endpoint))
        .route("/par", post(push::endpoint))
        .route("/device_authorization", post(device::authorization));
    let for_users = Router::new()
        .route("/authorize", get(authorize::get).post(authorize::post))
        .route("/authorize/resume", get(authorize::resume))
        .route("/signin", get(signin::get).post(signin::post))
        .route("/consent", get(consent::get).post(consent::post))
        .route("/device", get(device::page).post(device::enter))
        .route("/device/allow", post(device::allow))
        .route("/signout", get(signout::get).post(signout::post))
        .route("/style.css", get(pages::style));
    for_scripts.merge(for_servers).merge(for_users).layer(DefaultBodyLimit::max(BODY_LIMIT)).with_state(app)
}

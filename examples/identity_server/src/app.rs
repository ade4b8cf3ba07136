//! Which endpoints are there, and what do they share?

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::middleware::from_fn;
use axum::routing::{get, post};
use guestlist::decide::{Binding, Consent, IssuedCode, PendingRequest, PushedRequest, RefreshToken};
use guestlist::{ClientStore, Server, Text};
use guestlist_axum::Guestlist;
use serde_json::{Map, Value};

use crate::expiring::Expiring;
use crate::grant::Grant;
use crate::guesses::Guesses;
use crate::jwts::{Jwts, Seen};
use crate::keys::{self, SigningKeys};
use crate::pending::Pending;
use crate::proof::Proofs;
use crate::session::{Failed, Session};
use crate::store::Store;
use crate::{
    answer, authorize, consent, device, discovery, introspection, pages, push, revocation, signin, signout, token,
    userinfo,
};

/// What every endpoint may read.
pub struct App {
    pub keys: SigningKeys,
    pub guestlist: Guestlist,
    /// What the server says about itself, as JSON.
    pub metadata: discovery::Kept,
    pub sessions: Expiring<Session>,
    pub pending: Expiring<Pending>,
    pub posted: Expiring<String>,
    pub pushed: Expiring<PushedRequest>,
    pub codes: Expiring<(IssuedCode, Arc<Grant>)>,
    pub refresh_tokens: Expiring<Refreshing>,
    pub access_tokens: Expiring<Issued>,
    pub devices: Expiring<Device>,
    pub guesses: Guesses,
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

/// A refresh token, and what has replaced it.
#[derive(Clone)]
pub struct Refreshing {
    pub token: RefreshToken,
    pub grant: Arc<Grant>,
    /// The token itself, since it is told again to who has not got the answer.
    pub successor: Option<String>,
}

/// What an access token says, and what it is worth at this server itself.
#[derive(Clone)]
pub struct Issued {
    pub claims: Map<String, Value>,
    pub scopes: Vec<Text>,
    /// The resources that it is for, if the server declares any.
    pub audience: Vec<Text>,
    pub binding: Binding,
    pub grant: Arc<Grant>,
}

/// A device that waits for its user.
#[derive(Clone)]
pub struct Device {
    pub request: PendingRequest,
    pub user_code: String,
    pub grant: Option<Arc<Grant>>,
}

/// Bounds of what is remembered, so that nobody fills the memory.
const MANY: usize = 100_000;
const FEW: usize = 10_000;

impl App {
    pub fn new(issuer: String, clients: impl ClientStore + 'static, keys: SigningKeys) -> Result<Self, Failed> {
        Ok(Self {
            keys,
            guestlist: Guestlist::new(Store::new(issuer, clients))
                .with_log(|error| eprintln!("identity_server: {error}"))
                .with_jwt_library(Jwts, Seen::new(MANY))
                .with_dpop(Proofs::new()?, Seen::new(MANY)),
            metadata: discovery::Kept::default(),
            sessions: Expiring::new(FEW),
            pending: Expiring::new(FEW),
            posted: Expiring::new(FEW),
            pushed: Expiring::new(FEW),
            codes: Expiring::new(FEW),
            refresh_tokens: Expiring::new(MANY),
            access_tokens: Expiring::new(MANY),
            devices: Expiring::new(FEW),
            guesses: Guesses::new(FEW),
            consents: Expiring::new(MANY),
        })
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

    /// Whether browsers come here over TLS.
    pub fn is_behind_tls(&self) -> bool {
        self.issuer().starts_with("https:")
    }

    /// The Unix time, in seconds.
    pub fn now(&self) -> u64 {
        self.guestlist.now()
    }

    /// What a user wants to be remembered as allowed to a client; whether it counts is the decision's to say.
    pub fn remembered(&self, subject: &str, client_id: &str) -> Option<Consent> {
        self.consents.get(&format!("{subject} {client_id}"), self.now())
    }

    pub fn remember(&self, subject: &str, client_id: &str, scopes: Vec<Text>) {
        // Longer than any client asks for.
        const FOREVER: u64 = 100 * 365 * 86_400;
        let now = self.now();
        let consent = Consent::Remembered { scopes, granted_at: now };
        self.consents.insert(&format!("{subject} {client_id}"), consent, now.saturating_add(FOREVER), now);
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
    let all = for_scripts.merge(for_servers).merge(for_users);
    all.layer(DefaultBodyLimit::max(BODY_LIMIT)).layer(from_fn(answer::guarded)).with_state(app)
}

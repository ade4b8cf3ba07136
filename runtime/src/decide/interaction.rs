//! What must the user do before the client is answered (OpenID Connect Core §3.1.2.3, §3.1.2.4)?

use alloc::vec::Vec;

use super::authorize::{Authorization, AuthorizationRefusal};
use super::id_token_hint::IdTokenHint;
use super::refusal::{ErrorCode, Refusal};
use super::scope;
use crate::server::OFFLINE_ACCESS;
use crate::uri::{Uri, is_loopback_host};
use crate::{Client, Text};

/// The user's session at the server, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserSession {
    /// The user, by the name that the client is told: `sub`.
    pub subject: Text,
    /// When the user signed in, in Unix time: `auth_time`.
    pub authenticated_at: u64,
    /// The identity provider that vouches for the user; none for the server's own accounts.
    pub identity_provider: Option<Text>,
    /// Whether the user has signed in for this very request, on the page that it led to. That is for the server to
    /// know: the time does not tell, since another request may have led to a sign-in meanwhile.
    pub for_this_request: bool,
}

impl UserSession {
    /// A session that is there already, of one of the server's own accounts.
    #[must_use]
    pub fn new(subject: impl Into<Text>, authenticated_at: u64) -> Self {
        Self { subject: subject.into(), authenticated_at, identity_provider: None, for_this_request: false }
    }

    /// The same, of a user for whom this identity provider vouches.
    #[must_use]
    pub fn by(self, identity_provider: impl Into<Text>) -> Self {
        Self { identity_provider: Some(identity_provider.into()), ..self }
    }

    /// The same, of a user who has signed in for this very request.
    #[must_use]
    pub fn for_this_request(self) -> Self {
        Self { for_this_request: true, ..self }
    }
}

/// What a user has consented to for a client. A user may leave scopes out: then these go to
/// [`Authorization::code`], [`Authorization::access_token`] and [`Authorization::id_token`], and not all that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consent {
    /// On the page of this very request: keep it with the request, since it is no answer to another one that waits
    /// meanwhile. It counts for what it has, also if that is less than was asked for.
    ForThisRequest {
        /// The scopes.
        scopes: Vec<Text>,
    },
    /// For an earlier request, and the user asked that it be remembered. It counts if it has all that is asked for.
    Remembered {
        /// The scopes.
        scopes: Vec<Text>,
        /// When, in Unix time.
        granted_at: u64,
    },
}

/// What is to happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interaction {
    /// The client is answered.
    Proceed,
    /// The user signs in.
    SignIn,
    /// The user consents.
    Consent {
        /// Whether the page may offer to remember it.
        may_remember: bool,
    },
}

impl Authorization {
    /// What the user must do next, at the Unix time `now`, in seconds. Ask again after each step,
    /// with what it has changed.
    ///
    /// Read of the client: `enable_local_login`, `identity_provider_restrictions`,
    /// `user_sso_lifetime`, `require_consent`, `allow_remember_consent` and `consent_lifetime`; of
    /// the request: `prompt`, `max_age` and `idp:` in `acr_values`. `hint` is what `id_token_hint` says, if
    /// that is an ID token of ours: the client is answered for that user alone (OpenID Connect Core §3.1.2.1).
    ///
    /// A remembered consent is none where `offline_access` is asked for (§11), nor for a public client at a
    /// loopback address or a private-use scheme, which may be somebody else's application (RFC 8252 §8.6).
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{Consent, Interaction, UserSession};
    /// use guestlist::{Client, GrantType, Server, decide};
    /// # let client = Client {
    /// #     client_id: "shop".into(),
    /// #     require_consent: true,
    /// #     require_pkce: false,
    /// #     allowed_grant_types: [GrantType::AuthorizationCode].into(),
    /// #     redirect_uris: ["https://shop.example.com/callback"].into(),
    /// #     allowed_scopes: ["api1"].into(),
    /// #     ..Client::default()
    /// # };
    /// # let now = 1_800_000_000;
    /// # let query = decide::Parameters::parse("client_id=shop&response_type=code&scope=api1").unwrap();
    /// # let authorization = decide::authorize(Some(&client), &Server::default(), &query, None, now).unwrap();
    /// assert_eq!(authorization.interaction(&client, None, None, None, now), Ok(Interaction::SignIn));
    /// let session = UserSession::new("alice", now + 20).for_this_request();
    /// let next = authorization.interaction(&client, Some(&session), None, None, now + 20);
    /// assert_eq!(next, Ok(Interaction::Consent { may_remember: true }));
    /// let consent = Consent::ForThisRequest { scopes: vec!["api1".into()] };
    /// let next = authorization.interaction(&client, Some(&session), None, Some(&consent), now + 40);
    /// assert_eq!(next, Ok(Interaction::Proceed));
    /// ```
    ///
    /// # Errors
    ///
    /// With `prompt=none`, that the user would have to do something; and that another user has signed in than the
    /// one of `hint`. Both are sent to the client at once.
    pub fn interaction(
        &self,
        client: &Client,
        session: Option<&UserSession>,
        hint: Option<&IdTokenHint<'_>>,
        consent: Option<&Consent>,
        now: u64,
    ) -> Result<Interaction, AuthorizationRefusal> {
        let is_meant = |session: &&UserSession| hint.is_none_or(|hint| session.subject == hint.subject);
        let (session, other) = match session {
            Some(session) if !is_meant(&session) => (None, Some(session)),
            session => (session, None),
        };
        if other.is_some_and(|other| other.for_this_request) {
            return Err(self.refuse(ErrorCode::LoginRequired, "another user has signed in than the client meant"));
        }
        if !session.is_some_and(|session| self.suffices(client, session, now)) {
            return if self.prompt.none {
                Err(self.refuse(ErrorCode::LoginRequired, "the user would have to sign in"))
            } else {
                Ok(Interaction::SignIn)
            };
        }
        let needs_consent = client.require_consent || self.prompt.consent;
        if needs_consent && !consent.is_some_and(|consent| self.is_covered_by(client, consent, now)) {
            return if self.prompt.none {
                Err(self.refuse(ErrorCode::ConsentRequired, "the user would have to consent"))
            } else {
                Ok(Interaction::Consent { may_remember: self.may_remember(client) })
            };
        }
        Ok(Interaction::Proceed)
    }

    /// The answer to the client if the user, or the server on its behalf, says no.
    #[must_use]
    pub fn deny(&self, description: &'static str) -> AuthorizationRefusal {
        self.refuse(ErrorCode::AccessDenied, description)
    }

    fn refuse(&self, code: ErrorCode, description: &'static str) -> AuthorizationRefusal {
        AuthorizationRefusal::RedirectNow(Refusal::new(code, description), self.destination.clone())
    }

    /// Whether the session is good enough for this client and this request.
    fn suffices(&self, client: &Client, session: &UserSession, now: u64) -> bool {
        let age = now.saturating_sub(session.authenticated_at);
        let is_young = |most: Option<u32>| most.is_none_or(|most| age <= most.into());
        let wished = self.identity_provider.as_ref();
        client.allows_identity_provider(session.identity_provider.as_deref())
            && wished.is_none_or(|wished| session.identity_provider.as_ref() == Some(wished))
            && (session.for_this_request
                || !self.prompt.login
                    && !self.prompt.select_account
                    && is_young(self.max_age)
                    && is_young(client.user_sso_lifetime))
    }

    fn is_covered_by(&self, client: &Client, consent: &Consent, now: u64) -> bool {
        match consent {
            Consent::ForThisRequest { scopes } => {
                let granted = self.granted(scopes);
                granted.iter().any(|scope| scope != OFFLINE_ACCESS)
                    && (!scope::has_openid(&self.scopes) || scope::has_openid(&granted))
            }
            Consent::Remembered { scopes, granted_at } => {
                let age = now.saturating_sub(*granted_at);
                self.may_remember(client)
                    && !self.prompt.consent
                    && client.consent_lifetime.is_none_or(|most| age <= most.into())
                    && self.scopes.iter().all(|scope| scopes.contains(scope))
            }
        }
    }

    /// Whether a consent to what is asked may count for another request.
    fn may_remember(&self, client: &Client) -> bool {
        let is_offline = self.scopes.iter().any(|scope| scope == OFFLINE_ACCESS);
        client.allow_remember_consent && !is_offline && !self.may_reach_another(client)
    }

    /// Whether the response may reach another application than the one that is registered, which nothing tells
    /// apart: a private-use scheme and a port of the device are anybody's (RFC 8252 §8.6).
    fn may_reach_another(&self, client: &Client) -> bool {
        let uri = Uri::parse(&self.destination.redirect_uri);
        let is_owned = uri.is_ok_and(|uri| uri.is_web() && !uri.host().is_some_and(is_loopback_host));
        client.is_public() && !is_owned
    }
}

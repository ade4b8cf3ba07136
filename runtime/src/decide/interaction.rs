//! What must the user do before the client is answered (OpenID Connect Core §3.1.2.3, §3.1.2.4)?

use alloc::vec::Vec;

use super::authorize::{Authorization, AuthorizationRefusal};
use super::refusal::{ErrorCode, Refusal};
use crate::{Client, Text};

/// The user's session at the server, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserSession {
    /// When the user signed in, in Unix time: `auth_time`.
    pub authenticated_at: u64,
    /// The identity provider that vouches for the user; none for the server's own accounts.
    pub identity_provider: Option<Text>,
}

/// What a user has consented to for a client.
///
/// One that was given after the request counts whether it is to be remembered or not. So keep one that is not with
/// the request whose page the user has seen: it is no answer to another one that waits meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The scopes.
    pub scopes: Vec<Text>,
    /// When, in Unix time.
    pub granted_at: u64,
    /// Whether the user asked that it be remembered.
    pub remembered: bool,
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
    /// the request: `prompt`, `max_age` and `idp:` in `acr_values`.
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
    /// assert_eq!(authorization.interaction(&client, None, None, now), Ok(Interaction::SignIn));
    /// let session = UserSession { authenticated_at: now + 20, identity_provider: None };
    /// let next = authorization.interaction(&client, Some(&session), None, now + 20);
    /// assert_eq!(next, Ok(Interaction::Consent { may_remember: true }));
    /// let consent = Consent { scopes: vec!["api1".into()], granted_at: now + 40, remembered: false };
    /// let next = authorization.interaction(&client, Some(&session), Some(&consent), now + 40);
    /// assert_eq!(next, Ok(Interaction::Proceed));
    /// ```
    ///
    /// # Errors
    ///
    /// With `prompt=none`, that the user would have to do something: sent to the client at once.
    pub fn interaction(
        &self,
        client: &Client,
        session: Option<&UserSession>,
        consent: Option<&Consent>,
        now: u64,
    ) -> Result<Interaction, AuthorizationRefusal> {
        let next = if !session.is_some_and(|session| self.suffices(client, session, now)) {
            Interaction::SignIn
        } else if !consent.is_some_and(|consent| self.is_covered_by(client, consent, now)) && self.needs_consent(client)
        {
            Interaction::Consent { may_remember: client.allow_remember_consent }
        } else {
            Interaction::Proceed
        };
        let refusal = match next {
            Interaction::SignIn if self.prompt.none => {
                Refusal::new(ErrorCode::LoginRequired, "the user would have to sign in")
            }
            Interaction::Consent { .. } if self.prompt.none => {
                Refusal::new(ErrorCode::ConsentRequired, "the user would have to consent")
            }
            next => return Ok(next),
        };
        Err(AuthorizationRefusal::RedirectNow(refusal, self.destination.clone()))
    }

    /// The answer to the client if the user, or the server on its behalf, says no.
    #[must_use]
    pub fn deny(&self, description: &'static str) -> AuthorizationRefusal {
        let refusal = Refusal::new(ErrorCode::AccessDenied, description);
        AuthorizationRefusal::RedirectNow(refusal, self.destination.clone())
    }

    /// Whether the session is good enough for this client and this request.
    fn suffices(&self, client: &Client, session: &UserSession, now: u64) -> bool {
        let age = now.saturating_sub(session.authenticated_at);
        // Signed in for this very request.
        let is_fresh = session.authenticated_at >= self.requested_at;
        let is_young = |most: Option<u32>| most.is_none_or(|most| age <= most.into());
        let wished = self.identity_provider.as_ref();
        client.allows_identity_provider(session.identity_provider.as_deref())
            && wished.is_none_or(|wished| session.identity_provider.as_ref() == Some(wished))
            && (is_fresh
                || !self.prompt.login
                    && !self.prompt.select_account
                    && is_young(self.max_age)
                    && is_young(client.user_sso_lifetime))
    }

    fn needs_consent(&self, client: &Client) -> bool {
        client.require_consent || self.prompt.consent
    }

    /// Whether what was consented to is all that is asked now.
    fn is_covered_by(&self, client: &Client, consent: &Consent, now: u64) -> bool {
        let is_fresh = consent.granted_at >= self.requested_at;
        let age = now.saturating_sub(consent.granted_at);
        let counts = consent.remembered
            && client.allow_remember_consent
            && !self.prompt.consent
            && client.consent_lifetime.is_none_or(|most| age <= most.into());
        (is_fresh || counts) && self.scopes.iter().all(|scope| consent.scopes.contains(scope))
    }
}

//! Refresh tokens: what is kept with one, and what becomes of it when it is used (RFC 6749 §6,
//! RFC 9700 §4.14).

use alloc::vec::Vec;
use core::{error, fmt};

use super::caller::Caller;
use super::refusal::{Refusal, invalid_grant, invalid_scope};
use super::scope;
use super::sender::Binding;
use super::token::Asked;
use super::tokens::Tokens;
use crate::{Client, RefreshTokenExpiration, RefreshTokenUsage, Text};

/// What is kept with a refresh token, beside the user and whatever else the server needs.
///
/// All that descend from one first token are a family. Keep a used one until its family ends: if it
/// comes again, it was stolen, and the family is to be revoked. It is plain data, so that it can be kept anywhere, and
/// has no `Default`: what a database has no column for would be forgotten, and the token count without it. A new field
/// is a major release, on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The client that it was issued to.
    pub client_id: Text,
    /// What the user has granted.
    pub scopes: Vec<Text>,
    /// The resources that were granted (RFC 8707 §2.2); empty, if none was declared.
    pub audience: Vec<Text>,
    /// When the first token of its family was issued, in Unix time.
    pub first_issued_at: u64,
    /// The Unix time from which on it no longer counts. It may end earlier, if the record says so by then.
    pub expires_at: u64,
    /// What it is bound to. Only that of a public client is: another proves itself with its own key
    /// (RFC 9449 §5, RFC 8705 §4).
    pub binding: Binding,
    /// When it was used and replaced, in Unix time.
    pub used_at: Option<u64>,
}

impl RefreshToken {
    /// The first of a family; none, if it would not count for a second.
    pub(super) fn first(
        caller: &Caller,
        scopes: &[Text],
        audience: &[Text],
        sender: &Binding,
        now: u64,
    ) -> Option<Self> {
        let client = caller.client();
        let binding = if caller.is_confidential() { Binding::default() } else { sender.clone() };
        let expires_at = expires_at(client, now, now);
        (now < expires_at).then(|| Self {
            client_id: client.client_id.clone(),
            scopes: scopes.to_vec(),
            audience: audience.to_vec(),
            first_issued_at: now,
            expires_at,
            binding,
            used_at: None,
        })
    }
}

/// When a refresh token that was used at the Unix time `now` ends. The absolute age counts from the
/// first token of its family, not from the last rotation; 0 is no bound under sliding expiration.
fn expires_at(client: &Client, first_issued_at: u64, now: u64) -> u64 {
    let absolute = first_issued_at.saturating_add(client.absolute_refresh_token_lifetime.into());
    match client.refresh_token_expiration {
        RefreshTokenExpiration::Absolute => absolute,
        RefreshTokenExpiration::Sliding => {
            let sliding = now.saturating_add(client.sliding_refresh_token_lifetime.into());
            let capped = client.absolute_refresh_token_lifetime > 0;
            if capped { sliding.min(absolute) } else { sliding }
        }
    }
}

/// A token request with a refresh token. `Debug` shows nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefreshRequest<'a> {
    /// The refresh token: find what is kept with it.
    pub refresh_token: &'a str,
    scope: Option<&'a str>,
    asked: Asked<'a>,
}

/// What a refresh token gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refreshed {
    /// What is to be issued. Its [`refresh_token`](Tokens::refresh_token) is what is to be kept with the successor,
    /// or in place of what was kept.
    pub tokens: Tokens,
    /// What becomes of the refresh token itself.
    pub next: NextRefreshToken,
    /// Whether the user's claims are to be looked up again.
    pub updates_claims: bool,
}

/// What becomes of a refresh token that was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextRefreshToken {
    /// It stays good: answer with the same one.
    Same,
    /// It is replaced: mark it as used at this time, and answer with a new one.
    Replaced,
    /// It was replaced a moment ago, and the answer may have been lost: answer with the same
    /// successor as then, if that was not used itself; otherwise revoke the family.
    SameSuccessor,
}

/// Why a refresh token does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefreshRefusal {
    /// The answer.
    pub refusal: Refusal,
    /// Whether a used token came again, so that its family is to be revoked (RFC 9700 §4.14.2).
    pub revoke_family: bool,
}

impl From<Refusal> for RefreshRefusal {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, revoke_family: false }
    }
}

impl fmt::Display for RefreshRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.refusal, f)
    }
}

impl error::Error for RefreshRefusal {}

impl fmt::Debug for RefreshRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshRequest").finish_non_exhaustive()
    }
}

impl<'a> RefreshRequest<'a> {
    pub(super) fn read(asked: Asked<'a>) -> Result<Self, Refusal> {
        let parameters = asked.parameters;
        Ok(Self { refresh_token: parameters.require("refresh_token")?, scope: parameters.get("scope")?, asked })
    }

    /// Whether the refresh token counts; `issued` is what was found for it. Find it and keep what follows in one step,
    /// so that of two requests with one token only one replaces it.
    ///
    /// For `retry_window` seconds after a one-time token was used it gives the same successor again,
    /// as the first answer may have been lost on the way; 0 is strict.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{
    ///     self, Binding, ErrorCode, NextRefreshToken, Parameters, Refusal, RefreshToken, TokenRequest,
    /// };
    /// use guestlist::{Client, ClientRef, GrantType, Server};
    /// # let caller = decide::Caller::Public(ClientRef::from(Client {
    /// #     client_id: "notes".into(),
    /// #     require_client_secret: false,
    /// #     allow_offline_access: true,
    /// #     allowed_scopes: ["api1"].into(),
    /// #     ..Client::default()
    /// # }));
    /// # let (server, sender, now) = (Server::default(), Binding::default(), 1_800_000_000);
    /// let body = Parameters::parse("grant_type=refresh_token&refresh_token=tGzv3JOk")?;
    /// let request = |now| match decide::token(&caller, &server, &body, &[GrantType::AuthorizationCode], &sender, now)? {
    ///     TokenRequest::RefreshToken(request) => Ok(request),
    ///     _ => Err(Refusal::new(ErrorCode::UnsupportedGrantType, "there is no code for it yet")),
    /// };
    /// // What was kept with `request.refresh_token`: that of `Tokens`, or the same from a database.
    /// let issued = RefreshToken {
    ///     client_id: "notes".into(),
    ///     scopes: vec!["api1".into(), "offline_access".into()],
    ///     audience: vec![],
    ///     first_issued_at: now - 60,
    ///     expires_at: now + 2_592_000,
    ///     binding: Binding::default(),
    ///     used_at: None,
    /// };
    /// let refreshed = request(now)?.redeem(Some(&issued), 10).unwrap();
    /// assert_eq!(refreshed.next, NextRefreshToken::Replaced);
    /// // A minute later, the used one comes again: it was stolen.
    /// let used = RefreshToken { used_at: Some(now), ..issued };
    /// assert!(request(now + 60)?.redeem(Some(&used), 10).unwrap_err().revoke_family);
    /// # Ok::<(), Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidGrant`](super::ErrorCode::InvalidGrant) for a token that is unknown, of another
    /// client, expired, used, bound to another key, or of a client that may no longer refresh;
    /// [`InvalidScope`](super::ErrorCode::InvalidScope) for more than was granted, or than is allowed
    /// now; [`InvalidTarget`](super::ErrorCode::InvalidTarget).
    pub fn redeem(&self, issued: Option<&RefreshToken>, retry_window: u32) -> Result<Refreshed, RefreshRefusal> {
        let (client, now) = (self.asked.client(), self.asked.now);
        let unknown = invalid_grant("the refresh token is unknown, of another client, expired, or was revoked");
        let Some(issued) = issued.filter(|issued| issued.client_id == client.client_id) else {
            return Err(unknown.into());
        };
        if !issued.binding.is_proven_by(self.asked.sender) {
            return Err(invalid_grant("the refresh token is bound to another key").into());
        }
        // Before its end, which a successor may outlive. Only a one-time token is ever marked as used, whatever the
        // record says by now.
        let next = match issued.used_at {
            Some(used_at) if now.saturating_sub(used_at) > u64::from(retry_window) || retry_window == 0 => {
                let refusal = invalid_grant("the refresh token was used before");
                return Err(RefreshRefusal { refusal, revoke_family: true });
            }
            Some(_) => NextRefreshToken::SameSuccessor,
            None if client.refresh_token_usage == RefreshTokenUsage::ReUse => NextRefreshToken::Same,
            None => NextRefreshToken::Replaced,
        };
        // By the record of then and by that of now, which also says when a successor ends.
        let expires_at = expires_at(client, issued.first_issued_at, now);
        let is_over = now >= issued.expires_at.min(expires_at);
        if is_over || !client.enabled || !client.allow_offline_access {
            return Err(unknown.into());
        }
        let granted = self.scopes(client, issued)?;
        let mut tokens = self.asked.tokens(&granted, &issued.audience)?;
        tokens.refresh_token = Some(RefreshToken { expires_at, used_at: None, ..issued.clone() });
        Ok(Refreshed { tokens, next, updates_claims: client.update_access_token_claims_on_refresh })
    }

    /// What is asked for, within what was granted and what is allowed now; all of that, if nothing is.
    fn scopes(&self, client: &Client, issued: &RefreshToken) -> Result<Vec<Text>, Refusal> {
        let granted = scope::left(client, &issued.scopes)?;
        let Some(asked) = self.scope else { return Ok(granted) };
        let asked = scope::asked(asked)?;
        match asked.iter().all(|scope| granted.iter().any(|granted| granted == scope)) {
            true => Ok(asked.into_iter().map(Text::from).collect()),
            false => Err(invalid_scope("a scope was not granted or is no longer allowed")),
        }
    }
}

//! Has the user answered? In the device flow (RFC 8628) and in client-initiated backchannel authentication (CIBA), the
//! client asks again and again.

use core::fmt;

use super::pending::{Answer, POLLING_INTERVAL, PendingRequest};
use super::refusal::{ErrorCode, Refusal, invalid_grant};
use super::scope;
use super::token::Asked;
use super::tokens::Tokens;
use crate::GrantType;

/// A token request with a device code or a backchannel request's id. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollRequest<'a> {
    /// The device code or the `auth_req_id`: find what is kept with it.
    pub code: &'a str,
    grant: GrantType,
    asked: Asked<'a>,
}

impl fmt::Debug for PollRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollRequest").finish_non_exhaustive()
    }
}

impl<'a> PollRequest<'a> {
    pub(super) fn read(asked: Asked<'a>, grant: GrantType, name: &str) -> Result<Self, Refusal> {
        Ok(Self { code: asked.parameters.require(name)?, grant, asked })
    }

    /// Whether the user has answered; `pending` is what was found for the code, and is changed, also where the answer
    /// is no: keep it again, in the same step as it was found.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{self, Answer, Binding, ErrorCode, Parameters, PendingRequest, Refusal, TokenRequest};
    /// use guestlist::{Client, ClientRef, GrantType, Server};
    /// # let caller = decide::Caller::Public(ClientRef::from(Client {
    /// #     client_id: "tv".into(),
    /// #     require_client_secret: false,
    /// #     allowed_grant_types: [GrantType::DeviceCode].into(),
    /// #     allowed_scopes: ["api1"].into(),
    /// #     ..Client::default()
    /// # }));
    /// # let (server, sender, now) = (Server::default(), Binding::default(), 1_800_000_000);
    /// # let asked = Parameters::parse("client_id=tv")?;
    /// # let mut pending = decide::device_authorization(&caller, &server, &asked, now)?;
    /// let body = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=GmRh";
    /// let (body, grants) = (Parameters::parse(body)?, [GrantType::DeviceCode]);
    /// let poll = |pending: &mut PendingRequest, now| {
    ///     match decide::token(&caller, &server, &body, &grants, &sender, now)? {
    ///         TokenRequest::DeviceCode(request) => request.redeem(Some(pending)),
    ///         _ => Err(Refusal::new(ErrorCode::UnsupportedGrantType, "there is no code for it yet")),
    ///     }
    /// };
    /// assert_eq!(poll(&mut pending, now).unwrap_err().code, ErrorCode::AuthorizationPending);
    /// // The user says yes.
    /// pending.answer = Answer::Granted;
    /// assert_eq!(poll(&mut pending, now + 5)?.scopes, ["api1"]);
    /// assert_eq!(poll(&mut pending, now + 10).unwrap_err().code, ErrorCode::InvalidGrant, "it counts once");
    /// # Ok::<(), Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`AuthorizationPending`](ErrorCode::AuthorizationPending), [`SlowDown`](ErrorCode::SlowDown),
    /// [`AccessDenied`](ErrorCode::AccessDenied), [`ExpiredToken`](ErrorCode::ExpiredToken)
    /// (RFC 8628 §3.5), and [`InvalidGrant`](ErrorCode::InvalidGrant) for a code that is unknown, of another client or another grant, or
    /// was redeemed before.
    pub fn redeem(&self, pending: Option<&mut PendingRequest>) -> Result<Tokens, Refusal> {
        let (client, now) = (self.asked.client(), self.asked.now);
        let pending = pending
            .filter(|pending| pending.client_id == client.client_id && pending.grant == self.grant)
            .ok_or(invalid_grant("the code is unknown or of another client"))?;
        if pending.redeemed {
            return Err(invalid_grant("the code was used before"));
        }
        if now >= pending.expires_at {
            return Err(Refusal::new(ErrorCode::ExpiredToken, "the code has expired"));
        }
        let too_early = pending.polled_at.is_some_and(|last| now.saturating_sub(last) < pending.interval.into());
        pending.polled_at = Some(now);
        if too_early {
            // For this and all subsequent requests.
            pending.interval = pending.interval.saturating_add(POLLING_INTERVAL);
            return Err(Refusal::new(ErrorCode::SlowDown, "the client polls too often"));
        }
        match pending.answer {
            Answer::Pending => {
                return Err(Refusal::new(ErrorCode::AuthorizationPending, "the user has not answered yet"));
            }
            Answer::Denied => return Err(Refusal::new(ErrorCode::AccessDenied, "the user has said no")),
            Answer::Granted => {}
        }
        let granted = scope::left(client, &pending.scopes)?;
        let tokens = self.asked.first_tokens(&granted, &pending.audience)?;
        pending.redeemed = true;
        Ok(tokens)
    }
}

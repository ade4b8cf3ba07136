//! Grants for which the client asks again and again until the user has answered: the device flow
//! (RFC 8628) and client-initiated backchannel authentication (CIBA).

use alloc::vec::Vec;
use core::fmt;

use super::caller::Caller;
use super::parameters::{Parameters, seconds};
use super::refusal::{ErrorCode, Refusal, invalid_grant, invalid_request, invalid_scope, unauthorized_client};
use super::scope;
use super::token::Asked;
use super::tokens::Tokens;
use crate::{GrantType, Server, Text, wire::wire_enum};

/// How often a client may ask where its record does not say, in seconds (RFC 8628 §3.2).
pub const POLLING_INTERVAL: u32 = 5;

/// How long a backchannel authentication request counts where the record does not say, in seconds.
pub const CIBA_LIFETIME: u32 = 300;

/// What is kept with a device code or a backchannel request, beside the user code and the user.
///
/// Keep it until it expires even when tokens were issued for it: they are issued once. It is plain data, so that it
/// can be kept anywhere, and has no `Default`: what a database has no column for would be forgotten. A new field is a
/// major release, on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRequest {
    /// By which grant the client asks: a device code is no `auth_req_id`.
    pub grant: GrantType,
    /// The client that asks.
    pub client_id: Text,
    /// The scopes that the user is asked for; narrow them to what is granted.
    pub scopes: Vec<Text>,
    /// The resources that access tokens are for.
    pub audience: Vec<Text>,
    /// How long it counts, in seconds: `expires_in`.
    pub expires_in: u32,
    /// The Unix time from which on it no longer counts.
    pub expires_at: u64,
    /// How many seconds lie between two polls at least: `interval`.
    pub interval: u32,
    /// When the client has polled last, in Unix time.
    pub polled_at: Option<u64>,
    /// What the user has said.
    pub answer: Answer,
    /// Whether tokens were issued for it.
    pub redeemed: bool,
}

wire_enum! {
    /// What a user has said to a pending request. The names are this crate's own, to keep it by.
    Answer is "answer" {
        /// Nothing yet.
        Pending = "pending",
        /// Yes.
        Granted = "granted",
        /// No.
        Denied = "denied",
    }
}

/// Whether a device may ask for its user's consent (RFC 8628 §3.1), at the Unix time `now`, in
/// seconds. Where no scope is asked for, all but `offline_access` are.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{self, Parameters};
/// use guestlist::{Client, ClientRef, GrantType, Server};
/// # let caller = decide::Caller::Public(ClientRef::from(Client {
/// #     client_id: "tv".into(),
/// #     require_client_secret: false,
/// #     allowed_grant_types: [GrantType::DeviceCode].into(),
/// #     allowed_scopes: ["api1", "api2"].into(),
/// #     ..Client::default()
/// # }));
/// # let (server, now) = (Server::default(), 1_800_000_000);
/// let body = Parameters::parse("client_id=tv&scope=api1")?;
/// let pending = decide::device_authorization(&caller, &server, &body, now)?;
/// assert_eq!((pending.expires_in, pending.interval), (300, 5));
/// # Ok::<(), decide::Refusal>(())
/// ```
///
/// # Errors
///
/// [`UnauthorizedClient`](ErrorCode::UnauthorizedClient), [`InvalidScope`](ErrorCode::InvalidScope),
/// [`InvalidTarget`](ErrorCode::InvalidTarget), [`InvalidRequest`](ErrorCode::InvalidRequest).
pub fn device_authorization(
    caller: &Caller,
    server: &Server,
    parameters: &Parameters<'_>,
    now: u64,
) -> Result<PendingRequest, Refusal> {
    if !caller.client().allows_grant(&GrantType::DeviceCode) {
        return Err(unauthorized_client("the client may not use the device flow"));
    }
    let lifetime = caller.client().device_code_lifetime;
    pending(GrantType::DeviceCode, caller, server, parameters, lifetime, now)
}

/// Whether a client may ask that a user whom it names be asked (CIBA Core §7.1), at the Unix time
/// `now`, in seconds. Who the user is, the server tells from the one hint.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{self, Parameters};
/// use guestlist::{Client, ClientRef, GrantType, Server};
/// # let client = Client {
/// #     client_id: "terminal".into(),
/// #     allowed_grant_types: [GrantType::Ciba].into(),
/// #     allowed_scopes: ["openid", "api1"].into(),
/// #     ..Client::default()
/// # };
/// # let proven = decide::AuthenticationMethod::PrivateKeyJwt;
/// # let caller = decide::Caller::Confidential(ClientRef::from(client), proven);
/// # let (server, now) = (Server::default(), 1_800_000_000);
/// let body = Parameters::parse("scope=openid+api1&login_hint=alice&requested_expiry=120")?;
/// let pending = decide::backchannel_authentication(&caller, &server, &body, now)?;
/// assert_eq!(pending.expires_in, 120);
/// # Ok::<(), decide::Refusal>(())
/// ```
///
/// # Errors
///
/// As [`device_authorization`]; also for a public client, for no hint or several, and without the scope `openid`.
pub fn backchannel_authentication(
    caller: &Caller,
    server: &Server,
    parameters: &Parameters<'_>,
    now: u64,
) -> Result<PendingRequest, Refusal> {
    if !caller.client().allows_grant(&GrantType::Ciba) || !caller.is_confidential() {
        return Err(unauthorized_client("the client may not use backchannel authentication"));
    }
    let hints = ["login_hint", "login_hint_token", "id_token_hint"];
    if parameters.has("request") {
        // CIBA Core §7.1.1: were it there, only what it says would count.
        return Err(invalid_request("signed authentication requests are not taken"));
    }
    if hints.iter().filter(|hint| parameters.has(hint)).count() != 1 {
        return Err(invalid_request("exactly one of login_hint, login_hint_token and id_token_hint is needed"));
    }
    let most = caller.client().ciba_lifetime.unwrap_or(CIBA_LIFETIME);
    let lifetime = match parameters.get("requested_expiry")?.map(seconds) {
        None => most,
        Some(Some(asked)) if asked > 0 => asked.min(most),
        Some(_) => return Err(invalid_request("requested_expiry is not a number of seconds")),
    };
    // Here, `scope` is required.
    if parameters.get("scope")?.is_none() {
        return Err(invalid_scope("scope is missing"));
    }
    let pending = pending(GrantType::Ciba, caller, server, parameters, lifetime, now)?;
    if !scope::has_openid(&pending.scopes) {
        return Err(invalid_scope("the scope openid is missing"));
    }
    Ok(pending)
}

fn pending(
    grant: GrantType,
    caller: &Caller,
    server: &Server,
    parameters: &Parameters<'_>,
    lifetime: u32,
    now: u64,
) -> Result<PendingRequest, Refusal> {
    parameters.refuse_repeated(&["resource"])?;
    let client = caller.client();
    let scopes = scope::of_user_or_all(client, server, parameters.get("scope")?)?;
    let audience = scope::audience(server, &scopes, &parameters.all("resource").collect::<Vec<_>>())?;
    Ok(PendingRequest {
        grant,
        client_id: client.client_id.clone(),
        scopes,
        audience,
        expires_in: lifetime,
        expires_at: now.saturating_add(lifetime.into()),
        interval: client.polling_interval.unwrap_or(POLLING_INTERVAL),
        polled_at: None,
        answer: Answer::Pending,
        redeemed: false,
    })
}

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

//! May a device ask for its user (RFC 8628 §3.1)? May a client ask for a user whom it names (CIBA Core §7)? And what is
//! kept until the user has answered.

use alloc::vec::Vec;

use super::caller::Caller;
use super::parameters::{Parameters, seconds};
use super::refusal::{Refusal, invalid_request, invalid_scope, unauthorized_client};
use super::scope;
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
/// [`UnauthorizedClient`](super::ErrorCode::UnauthorizedClient), [`InvalidScope`](super::ErrorCode::InvalidScope),
/// [`InvalidTarget`](super::ErrorCode::InvalidTarget), [`InvalidRequest`](super::ErrorCode::InvalidRequest).
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

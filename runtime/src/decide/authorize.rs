//! May this client ask the user for that (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1)?

use alloc::vec::Vec;
use core::{error, fmt};

use super::parameters::{CREDENTIALS, Parameters, seconds};
use super::pkce::{CodeChallenge, is_base64url};
use super::refusal::{ErrorCode, Refusal, invalid_request, invalid_scope, unauthorized_client};
use super::request_object::{Request, RequestObject};
use super::response::{Destination, ResponseMode, ResponseType};
use super::scope;
use crate::server::{OFFLINE_ACCESS, OPENID};
use crate::{Client, Server, Text};

/// An authorization request that is as it should be: what the user may now be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Authorization {
    /// The client's id.
    pub client_id: Text,
    /// Where the response goes.
    pub destination: Destination,
    /// Whether the request named its redirect URI, so that the token request must name it too (RFC 6749 §4.1.3).
    pub redirect_uri_sent: bool,
    /// What the response has.
    pub response_type: ResponseType,
    /// The scopes that the user is asked for, each allowed to the client. `offline_access` is not among
    /// them where no code is issued (OpenID Connect Core §11).
    pub scopes: Vec<Text>,
    /// The resources that access tokens are for (RFC 8707 §2.1); empty, if none is declared.
    pub audience: Vec<Text>,
    /// What the ID token must repeat.
    pub nonce: Option<Text>,
    /// What the token request must answer.
    pub code_challenge: Option<CodeChallenge>,
    /// The thumbprint of the key that the code is bound to (RFC 9449 §10).
    pub dpop_jkt: Option<Text>,
    /// How the user is to be asked.
    pub prompt: Prompt,
    /// How many seconds ago the user may have signed in at most.
    pub max_age: Option<u32>,
    /// The identity provider that the client wishes for, by `idp:` in `acr_values`, if it may have that one.
    pub identity_provider: Option<Text>,
    /// When the request came, in Unix time.
    pub requested_at: u64,
    /// All that was asked, such as `login_hint` or `ui_locales`.
    pub parameters: Parameters<'static>,
}

/// How the user is to be asked, as in `prompt` (OpenID Connect Core §3.1.2.1). Words that are not
/// known are ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prompt {
    /// Not at all.
    pub none: bool,
    /// To sign in again.
    pub login: bool,
    /// To consent again.
    pub consent: bool,
    /// To choose an account. It counts as done once the user has signed in again, or when this is set to `false`.
    pub select_account: bool,
}

/// How an authorization request is refused: three outcomes, since a browser must not be sent to a
/// place that is not trusted, nor off this server before its user has been asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorizationRefusal {
    /// Shown to the user on a page of the server's own: where the response would go, or the client or
    /// the request object itself, is not trusted (RFC 6749 §4.1.2.1).
    Page(Refusal),
    /// Sent to the client at once, since it asked that the user see nothing, or the user has just
    /// refused.
    RedirectNow(Refusal, Destination),
    /// Sent to the client when the user has signed in. At once, it would make the server an open
    /// redirector for whoever registers a client (RFC 9700 §4.11.2); a server that knows the client's
    /// owner may do so all the same.
    RedirectAfterSignIn(Refusal, Destination),
}

impl AuthorizationRefusal {
    /// What is wrong.
    #[must_use]
    pub const fn refusal(&self) -> &Refusal {
        match self {
            Self::Page(refusal) | Self::RedirectNow(refusal, _) | Self::RedirectAfterSignIn(refusal, _) => refusal,
        }
    }
}

impl fmt::Display for AuthorizationRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.refusal(), f)
    }
}

impl error::Error for AuthorizationRefusal {}

/// The client that an authorization request is from: ask the store for it.
///
/// # Errors
///
/// A [page](AuthorizationRefusal::Page), if there is no client id or more than one.
pub fn client_of<'a>(parameters: &'a Parameters<'_>) -> Result<&'a str, AuthorizationRefusal> {
    parameters.require("client_id").map_err(AuthorizationRefusal::Page)
}

/// Whether a client may ask for this, at the Unix time `now`, in seconds.
///
/// `client` is what the store has found for [`client_of`] the parameters; one that is unknown or
/// disabled is refused here. `object` is there if the request has `request` or `request_uri`; then
/// the parameters inside alone count (RFC 9101 §6.3).
///
/// While the user signs in, keep what the browser came with and not what is decided of it: the query, the JWT in
/// `request`, the [`PushedRequest`](super::PushedRequest), and [`requested_at`](Authorization::requested_at). Each
/// is plain data, which another node finds in a database. With that time as `now` the same request is decided anew
/// by the client's record of then: also if what was pushed or signed has expired meanwhile, since it has come in time.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{self, AuthorizationRefusal, Parameters};
/// use guestlist::{Client, GrantType, Server};
/// # let client = Client {
/// #     client_id: "shop".into(),
/// #     allowed_grant_types: [GrantType::AuthorizationCode].into(),
/// #     redirect_uris: ["https://shop.example.com/callback"].into(),
/// #     allowed_scopes: ["openid", "api1"].into(),
/// #     ..Client::default()
/// # };
/// let server = Server { issuer: Some("https://id.example.com".into()), ..Server::default() };
/// let query = Parameters::parse(
///     "client_id=shop&response_type=code&scope=openid+api1&state=af0ifjsldkj\
///      &redirect_uri=https%3A%2F%2Fshop.example.com%2Fcallback\
///      &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
/// )?;
/// let now = 1_800_000_000; // Unix time, in seconds
/// let authorization = decide::authorize(Some(&client), &server, &query, None, now)?;
/// assert_eq!(authorization.scopes, ["openid", "api1"]);
///
/// // Somebody asks that the code be sent elsewhere.
/// let query = Parameters::parse("client_id=shop&response_type=code&redirect_uri=https%3A%2F%2Fevil.example")?;
/// let refusal = decide::authorize(Some(&client), &server, &query, None, now).unwrap_err();
/// assert!(matches!(refusal, AuthorizationRefusal::Page(_)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
///
/// What is wrong, and where it may be shown.
pub fn authorize(
    client: Option<&Client>,
    server: &Server,
    parameters: &Parameters<'_>,
    object: Option<RequestObject>,
    now: u64,
) -> Result<Authorization, AuthorizationRefusal> {
    let client_id = client_of(parameters)?;
    let client = client
        .filter(|client| client.is_usable() && client.client_id == client_id)
        .ok_or(AuthorizationRefusal::Page(unauthorized_client("the client is unknown or not enabled")))?;
    refuse_credentials(parameters).map_err(AuthorizationRefusal::Page)?;
    let request = Request::of(client, parameters, object, now)?;
    let (redirect_uri, redirect_uri_sent) =
        redirect_uri(client, &request.parameters).map_err(AuthorizationRefusal::Page)?;
    let mut destination =
        Destination { redirect_uri, mode: ResponseMode::Query, state: None, issuer: server.issuer.clone() };
    let prompt = prompt(&request.parameters);
    let checked = check(client, server, &request, prompt.as_ref().copied(), &mut destination);
    match checked {
        Ok(checked) => Ok(Authorization {
            client_id: client.client_id.clone(),
            destination,
            redirect_uri_sent,
            response_type: checked.response_type,
            scopes: checked.scopes,
            audience: checked.audience,
            nonce: checked.nonce,
            code_challenge: checked.code_challenge,
            dpop_jkt: checked.dpop_jkt,
            prompt: checked.prompt,
            max_age: checked.max_age,
            identity_provider: identity_provider(client, &request.parameters),
            requested_at: now,
            parameters: request.parameters.into_owned(),
        }),
        Err(refusal) if prompt.is_ok_and(|prompt| prompt.none) => {
            Err(AuthorizationRefusal::RedirectNow(refusal, destination))
        }
        Err(refusal) => Err(AuthorizationRefusal::RedirectAfterSignIn(refusal, destination)),
    }
}

/// They would be seen by the user's browser and by whoever reads its history (RFC 6749 §2.3.1). Who sends them must
/// hear of it before a secret is out everywhere.
fn refuse_credentials(parameters: &Parameters<'_>) -> Result<(), Refusal> {
    if CREDENTIALS.iter().any(|name| parameters.has(name)) {
        return Err(invalid_request("credentials have no place in an authorization request"));
    }
    Ok(())
}

/// The redirect URI to use, and whether the request has named it.
fn redirect_uri(client: &Client, parameters: &Parameters<'_>) -> Result<(Text, bool), Refusal> {
    if let Some(asked) = parameters.get("redirect_uri")? {
        return if client.allows_redirect_uri(asked) {
            Ok((asked.into(), true))
        } else {
            Err(invalid_request("redirect_uri is not registered for this client"))
        };
    }
    // OpenID Connect Core §3.1.2.1 requires it; RFC 6749 §3.1.2.3 does where several are registered.
    let openid = parameters.all("scope").any(|scopes| scopes.split(' ').any(|scope| scope == OPENID));
    match &*client.redirect_uris {
        [only] if !openid => Ok((only.clone(), false)),
        _ => Err(invalid_request("redirect_uri is missing")),
    }
}

fn prompt(parameters: &Parameters<'_>) -> Result<Prompt, Refusal> {
    let mut prompt = Prompt::default();
    let words = parameters.get("prompt")?.unwrap_or_default();
    for word in words.split(' ') {
        match word {
            "none" => prompt.none = true,
            "login" => prompt.login = true,
            "consent" => prompt.consent = true,
            "select_account" => prompt.select_account = true,
            _ => {}
        }
    }
    if prompt.none && words != "none" {
        return Err(invalid_request("prompt=none excludes every other prompt"));
    }
    Ok(prompt)
}

/// The provider in `acr_values`, unless the client may not have it (IdentityServer drops such a wish).
fn identity_provider(client: &Client, parameters: &Parameters<'_>) -> Option<Text> {
    let values = parameters.get("acr_values").ok().flatten()?;
    let wished = values.split(' ').find_map(|value| value.strip_prefix("idp:"))?;
    client.allows_identity_provider(Some(wished)).then(|| wished.into())
}

struct Checked {
    response_type: ResponseType,
    scopes: Vec<Text>,
    audience: Vec<Text>,
    nonce: Option<Text>,
    code_challenge: Option<CodeChallenge>,
    dpop_jkt: Option<Text>,
    prompt: Prompt,
    max_age: Option<u32>,
}

/// What is checked once the destination is trusted; the destination learns how it is answered on the way.
fn check(
    client: &Client,
    server: &Server,
    request: &Request<'_>,
    prompt: Result<Prompt, &Refusal>,
    destination: &mut Destination,
) -> Result<Checked, Refusal> {
    let parameters = &request.parameters;
    let response_type = parameters.get("response_type");
    // An error, too, must stay out of the query where the client looks for tokens in the fragment.
    let text = response_type.as_ref().ok().copied().flatten().unwrap_or_default();
    let known = text.parse::<ResponseType>();
    let fragment = text.split(' ').any(|part| matches!(part, "token" | "id_token"));
    destination.mode = if fragment { ResponseMode::Fragment } else { ResponseMode::Query };
    // A repeated `state` is not echoed.
    let state = parameters.get("state");
    destination.state = state.as_ref().ok().copied().flatten().map(Text::from);
    let mode = parameters.get("response_mode")?.map(str::parse::<ResponseMode>);
    if let Some(Ok(mode)) = mode
        && !(mode == ResponseMode::Query && fragment)
    {
        destination.mode = mode;
    }
    state?;
    let response_type = match (response_type?, known) {
        (None, _) => return Err(invalid_request("response_type is missing")),
        (Some(_), Err(_)) => {
            return Err(Refusal::new(ErrorCode::UnsupportedResponseType, "the response type is not known"));
        }
        (Some(_), Ok(known)) => known,
    };
    match mode {
        Some(Err(_)) => return Err(invalid_request("response_mode is not known")),
        Some(Ok(ResponseMode::Query)) if fragment => {
            return Err(invalid_request("response_mode=query would put tokens into the address"));
        }
        _ => {}
    }
    if client.require_pushed_authorization && !request.pushed {
        return Err(invalid_request("the client must push its authorization requests"));
    }
    if client.require_request_object && !request.signed {
        return Err(invalid_request("the client must send a signed request object"));
    }
    if !client.allows_grant(&response_type.grant()) {
        return Err(unauthorized_client("the client may not use this response type"));
    }
    if response_type.token && !client.allow_access_tokens_via_browser {
        return Err(unauthorized_client("the client may not get access tokens through the browser"));
    }
    if response_type.token && client.require_dpop {
        // No proof comes with an authorization request.
        return Err(unauthorized_client("a token through the browser cannot be bound to the key of the client"));
    }
    let code_challenge = if response_type.code { CodeChallenge::read(client, parameters)? } else { None };
    let scopes = scopes(client, server, response_type, parameters.get("scope")?)?;
    let audience = scope::audience(server, &scopes, &parameters.all("resource").collect::<Vec<_>>())?;
    let nonce = parameters.get("nonce")?.map(Text::from);
    if response_type.id_token && nonce.is_none() {
        // OpenID Connect Core §3.2.2.1, §3.3.2.11
        return Err(invalid_request("nonce is missing"));
    }
    let max_age = parameters.get("max_age")?;
    let max_age = match max_age.map(seconds) {
        Some(None) => return Err(invalid_request("max_age is not a number of seconds")),
        max_age => max_age.flatten(),
    };
    let dpop_jkt = parameters.get("dpop_jkt")?;
    if dpop_jkt.is_some_and(|jkt| jkt.len() != 43 || !jkt.bytes().all(is_base64url)) {
        return Err(invalid_request("dpop_jkt is not a thumbprint"));
    }
    let prompt = prompt.map_err(Clone::clone)?;
    parameters.refuse_repeated(&["resource"])?;
    let dpop_jkt = dpop_jkt.map(Text::from);
    Ok(Checked { response_type, scopes, audience, nonce, code_challenge, dpop_jkt, prompt, max_age })
}

/// The scopes to ask the user for.
fn scopes(
    client: &Client,
    server: &Server,
    response_type: ResponseType,
    asked: Option<&str>,
) -> Result<Vec<Text>, Refusal> {
    let mut asked = match asked {
        Some(text) => scope::asked(text)?,
        None => scope::by_default(client, server)?,
    };
    if !response_type.code {
        asked.retain(|scope| *scope != OFFLINE_ACCESS);
    }
    let openid = scope::has_openid(&asked);
    // Without it, this is no OpenID Connect request, and only those have an ID token (OpenID Connect Core §3.1.2.1).
    if response_type.id_token && !openid {
        return Err(invalid_request("an ID token needs the scope openid"));
    }
    let scopes = scope::of_user(client, server, &asked)?;
    let is_identity = |scope: &&str| server.is_identity_scope(scope);
    let has_api = scopes.iter().any(|scope| !is_identity(scope) && *scope != OFFLINE_ACCESS);
    match response_type {
        // Without a code and an access token nothing reaches an API.
        ResponseType { code: false, token: false, .. } if has_api => {
            Err(invalid_scope("a scope of an API needs an access token"))
        }
        // Without a code and an ID token nothing tells who the user is.
        ResponseType { code: false, id_token: false, .. } if openid || !has_api => {
            Err(invalid_scope("an access token alone is for scopes of APIs"))
        }
        _ => Ok(scopes.into_iter().map(Text::from).collect()),
    }
}

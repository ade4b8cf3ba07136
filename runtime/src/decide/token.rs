//! May this client have tokens for that grant (RFC 6749 §3.2)?

use alloc::vec::Vec;
use core::fmt;

use super::caller::Caller;
use super::code::CodeRequest;
use super::parameters::Parameters;
use super::poll::PollRequest;
use super::refresh::RefreshRequest;
use super::refusal::{ErrorCode, Refusal, invalid_dpop_proof, unauthorized_client};
use super::scope;
use super::sender::Binding;
use super::tokens::Tokens;
use crate::{Client, GrantType, Server, Text};

/// What a token request asks for, once the client may ask for it. `Debug` shows the grant alone.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenRequest<'a> {
    /// A code is to be redeemed: find it, and ask [`CodeRequest::redeem`].
    AuthorizationCode(CodeRequest<'a>),
    /// A refresh token is to be used: find it, and ask [`RefreshRequest::redeem`].
    RefreshToken(RefreshRequest<'a>),
    /// The client acts for itself, and may have these.
    ClientCredentials(Tokens),
    /// A device asks whether its user has answered: find its code, and ask [`PollRequest::redeem`].
    DeviceCode(PollRequest<'a>),
    /// A client asks whether the user whom it named has answered: find the request, and ask [`PollRequest::redeem`].
    Ciba(PollRequest<'a>),
    /// A user's password is presented (RFC 6749 §4.3). If it is right, the client may have these.
    Password {
        /// The user's name.
        username: &'a str,
        /// The password. Never log it.
        password: &'a str,
        /// What the client may have.
        tokens: Tokens,
    },
    /// An extension grant (RFC 6749 §4.5), which the server's own code judges by the other parameters.
    Extension {
        /// The grant, by its absolute URI.
        name: &'a str,
        /// What the client may have at most, as if a user had granted it: [narrow](Tokens::narrowed_to) it to what is
        /// granted here, and take out the ID token and the refresh token, if the grant gives none.
        tokens: Tokens,
    },
}

impl fmt::Debug for TokenRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AuthorizationCode(_) => "AuthorizationCode",
            Self::RefreshToken(_) => "RefreshToken",
            Self::ClientCredentials(_) => "ClientCredentials",
            Self::DeviceCode(_) => "DeviceCode",
            Self::Ciba(_) => "Ciba",
            Self::Password { .. } => "Password",
            Self::Extension { name, .. } => name,
        })
    }
}

/// A token request of a client that may use its grant: what each grant is judged by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked<'a> {
    pub(super) caller: &'a Caller,
    pub(super) server: &'a Server,
    pub(super) parameters: &'a Parameters<'a>,
    pub(super) sender: &'a Binding,
    pub(super) now: u64,
}

impl<'a> Asked<'a> {
    pub(super) fn client(&self) -> &'a Client {
        self.caller.client()
    }

    /// The tokens for what a user has granted and the client may still have, within the resources that were granted
    /// and those that it asks for now.
    pub(super) fn tokens(&self, scopes: &[Text], audience: &[Text]) -> Result<Tokens, Refusal> {
        let resources: Vec<&str> = self.parameters.all("resource").collect();
        let (scopes, audience) = scope::of_grant(self.server, scopes, audience, &resources)?;
        Ok(Tokens::of_user(self.client(), scopes, audience, self.sender.clone()))
    }

    /// The same for the first time, so with a refresh token, if that is granted.
    pub(super) fn first_tokens(&self, scopes: &[Text], audience: &[Text]) -> Result<Tokens, Refusal> {
        Ok(self.tokens(scopes, audience)?.with_refresh_token(self.caller, scopes, audience, self.now))
    }
}

/// Whether a client may have tokens for the grant it names.
///
/// What the request is judged by stays with the answer: a code, a refresh token or a device code is redeemed for this
/// caller and this key at this time, and for no others.
///
/// `grants` are the grants that the server has code for. A refresh token is used where one of them gives refresh
/// tokens, which is every one but `client_credentials`. `sender` is what the request proves to hold: the key of a DPoP proof that was checked, the TLS certificate. `now`
/// is the Unix time, in seconds.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::decide::{self, Binding, ErrorCode, Parameters, Refusal, TokenRequest};
/// use guestlist::decide::{ClientRequest, Credentials, NoJwts};
/// use guestlist::{Client, ClientRef, GrantType, SecretValue, Server};
/// # let client = ClientRef::from(Client {
/// #     client_id: "reports".into(),
/// #     client_secrets: [SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a")].into(),
/// #     allowed_grant_types: [GrantType::ClientCredentials].into(),
/// #     allowed_scopes: ["api1", "api2"].into(),
/// #     ..Client::default()
/// # });
/// # let server = Server::default();
/// # let now = 0;
/// let body = Parameters::parse("grant_type=client_credentials&scope=api1")?;
/// # let proven = Parameters::parse("client_id=reports&client_secret=3f9c2a7e81b4d6053e9f7c1a")?;
/// # let caller = Credentials::read(ClientRequest::new(&proven), &NoJwts)?.prove(Some(client), &server, now, &NoJwts)?.caller()?;
/// let grants = [GrantType::AuthorizationCode, GrantType::ClientCredentials];
/// let tokens = match decide::token(&caller, &server, &body, &grants, &Binding::default(), now)? {
///     TokenRequest::ClientCredentials(tokens) => tokens,
///     // A code is looked up and redeemed, and so on.
///     _ => return Err(Refusal::new(ErrorCode::UnsupportedGrantType, "there is no code for it yet")),
/// };
/// assert_eq!(tokens.scopes, ["api1"]);
/// # Ok::<(), Refusal>(())
/// ```
///
/// # Errors
///
/// [`InvalidRequest`](ErrorCode::InvalidRequest) for parameters that are missing or repeated,
/// [`UnsupportedGrantType`](ErrorCode::UnsupportedGrantType) for a grant that the server does not
/// know, [`UnauthorizedClient`](ErrorCode::UnauthorizedClient) for one that the client may not use,
/// [`InvalidScope`](ErrorCode::InvalidScope), [`InvalidTarget`](ErrorCode::InvalidTarget) and
/// [`InvalidDpopProof`](ErrorCode::InvalidDpopProof).
pub fn token<'a>(
    caller: &'a Caller,
    server: &'a Server,
    parameters: &'a Parameters<'_>,
    grants: &[GrantType],
    sender: &'a Binding,
    now: u64,
) -> Result<TokenRequest<'a>, Refusal> {
    let client = caller.client();
    let asked = Asked { caller, server, parameters, sender, now };
    let name = parameters.require("grant_type")?;
    // Targets may be several (RFC 8707 §2, RFC 8693 §2.1).
    let is_exchange = name == GrantType::TOKEN_EXCHANGE.as_str();
    parameters.refuse_repeated(if is_exchange { &["resource", "audience"] } else { &["resource"] })?;
    let unsupported = Refusal::new(ErrorCode::UnsupportedGrantType, "the grant type is not known");
    let not_allowed = unauthorized_client("the client may not use this grant type");
    // `implicit` never comes here, and `hybrid` is no grant on the wire.
    let mut grants = grants.iter().filter(|grant| !matches!(grant, GrantType::Implicit | GrantType::Hybrid));
    if name == "refresh_token" && grants.any(|grant| *grant != GrantType::ClientCredentials) {
        require_proof(client, sender)?;
        return Ok(TokenRequest::RefreshToken(RefreshRequest::read(asked)?));
    }
    let grant = grants.find(|grant| grant.as_str() == name).ok_or(unsupported)?;
    // A client with the hybrid flow redeems its codes as any other.
    let redeems_codes = || *grant == GrantType::AuthorizationCode && client.allows_grant(&GrantType::Hybrid);
    if !client.allows_grant(grant) && !redeems_codes() {
        return Err(not_allowed);
    }
    if needs_proof_of_client(grant) && !caller.is_confidential() {
        return Err(unauthorized_client("a public client may not use this grant type"));
    }
    require_proof(client, sender)?;
    let scope = parameters.get("scope")?;
    let resources: Vec<&str> = parameters.all("resource").collect();
    let all_of_user = || {
        let granted = scope::of_user_or_all(client, server, scope)?;
        asked.first_tokens(&granted, &scope::audience(server, &granted, &resources)?)
    };
    Ok(match grant {
        GrantType::AuthorizationCode => TokenRequest::AuthorizationCode(CodeRequest::read(asked)?),
        GrantType::DeviceCode => {
            TokenRequest::DeviceCode(PollRequest::read(asked, GrantType::DeviceCode, "device_code")?)
        }
        GrantType::Ciba => TokenRequest::Ciba(PollRequest::read(asked, GrantType::Ciba, "auth_req_id")?),
        GrantType::ClientCredentials => {
            let scopes: Vec<Text> = scope::client_scopes(client, server, scope)?.into_iter().map(Text::from).collect();
            let audience = scope::audience(server, &scopes, &resources)?;
            let scopes = scope::within(server, &scopes, &audience);
            TokenRequest::ClientCredentials(Tokens::of_client(client, scopes, audience, sender.clone()))
        }
        GrantType::Password => {
            let (username, password) = (parameters.require("username")?, parameters.require("password")?);
            TokenRequest::Password { username, password, tokens: all_of_user()? }
        }
        _ => TokenRequest::Extension { name, tokens: all_of_user()? },
    })
}

/// RFC 6749 §4.4, CIBA Core §7.1, RFC 8693 §2.1: whose name anybody may use gets nothing for itself,
/// nor for another's token.
fn needs_proof_of_client(grant: &GrantType) -> bool {
    matches!(grant, GrantType::ClientCredentials | GrantType::Ciba) || *grant == GrantType::TOKEN_EXCHANGE
}

/// RFC 9449 §5.2: a client that must use DPoP does.
fn require_proof(client: &Client, sender: &Binding) -> Result<(), Refusal> {
    if client.require_dpop && sender.jkt.is_none() {
        return Err(invalid_dpop_proof("the client must send a DPoP proof"));
    }
    Ok(())
}

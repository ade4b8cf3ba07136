//! May this client have tokens for that grant (RFC 6749 §3.2)? And what do the tokens look like?

use alloc::vec::Vec;
use core::fmt;

use super::authorize::Authorization;
use super::caller::Caller;
use super::code::CodeRequest;
use super::parameters::Parameters;
use super::poll::PollRequest;
use super::refresh::{RefreshRequest, RefreshToken};
use super::refusal::{ErrorCode, Refusal, invalid_dpop_proof, unauthorized_client};
use super::scope;
use super::sender::Binding;
use crate::server::OFFLINE_ACCESS;
use crate::{AccessTokenType, Client, ClientClaim, GrantType, Server, SigningAlgorithm, Text};

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
    Extension(&'a str),
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
            Self::Extension(name) => name,
        })
    }
}

/// What is to be issued, by the client's record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokens {
    /// The scopes, as they stand in `scope`.
    pub scopes: Vec<Text>,
    /// The resources that the access token is for, in `aud`; empty, if none is declared.
    pub audience: Vec<Text>,
    /// What the access token is bound to.
    pub binding: Binding,
    /// How long the access token counts, in seconds: `expires_in`.
    pub access_token_lifetime: u32,
    /// The form of the access token.
    pub access_token_type: AccessTokenType,
    /// Whether the access token has a `jti`.
    pub include_jwt_id: bool,
    /// The claims about the client in the access token, with their prefix.
    pub client_claims: Vec<ClientClaim>,
    /// The ID token, if there is one.
    pub id_token: Option<IdToken>,
    /// The refresh token, if there is one: keep it, under a text that nobody can guess.
    pub refresh_token: Option<RefreshToken>,
}

/// What an ID token is like.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdToken {
    /// How long it counts, in seconds.
    pub lifetime: u32,
    /// The algorithms it may be signed with; none leaves it to the server.
    pub algorithms: Vec<SigningAlgorithm>,
    /// Whether the user's claims stand in it: because the client says so, or because no access token
    /// is issued with which it could ask for them (OpenID Connect Core §5.4).
    pub includes_user_claims: bool,
}

impl Tokens {
    /// What a user has granted to a client.
    pub(super) fn of_user(client: &Client, scopes: Vec<Text>, audience: Vec<Text>, binding: Binding) -> Self {
        let id_token = scope::has_openid(&scopes).then(|| IdToken {
            lifetime: client.identity_token_lifetime,
            algorithms: client.allowed_identity_token_signing_algorithms.to_vec(),
            includes_user_claims: client.always_include_user_claims_in_id_token,
        });
        let client_claims = if client.always_send_client_claims { claims(client) } else { Vec::new() };
        Self { id_token, client_claims, ..Self::of_client(client, scopes, audience, binding) }
    }

    /// What a client has for itself.
    fn of_client(client: &Client, scopes: Vec<Text>, audience: Vec<Text>, binding: Binding) -> Self {
        Self {
            scopes,
            audience,
            binding,
            access_token_lifetime: client.access_token_lifetime,
            access_token_type: client.access_token_type,
            include_jwt_id: client.include_jwt_id,
            client_claims: claims(client),
            id_token: None,
            refresh_token: None,
        }
    }

    /// With a refresh token, if `offline_access` is granted: it never is by itself.
    pub(super) fn with_refresh_token(mut self, caller: &Caller, granted: &[Text], audience: &[Text], now: u64) -> Self {
        let client = caller.client();
        if client.allow_offline_access && granted.iter().any(|scope| scope == OFFLINE_ACCESS) {
            let first = RefreshToken::first(caller, granted.to_vec(), audience.to_vec(), &self.binding, now);
            self.refresh_token = Some(first);
        }
        self
    }
}

impl Authorization {
    /// The tokens that stand in the authorization response itself. `scopes` is what the user has granted; what
    /// was not asked for is not among it. An access token is only issued if the
    /// [`response_type`](Self::response_type) has `token`.
    #[must_use]
    pub fn tokens(&self, client: &Client, server: &Server, scopes: Vec<Text>) -> Tokens {
        let granted = self.granted(scopes);
        let audience = scope::still_granted(server, &granted, &self.audience);
        let scopes = scope::within(server, &granted, &audience);
        let tokens = Tokens::of_user(client, scopes, audience, Binding::default());
        let without_access = !self.response_type.token && !self.response_type.code;
        let id_token = tokens.id_token.filter(|_| self.response_type.id_token).map(|id_token| IdToken {
            includes_user_claims: id_token.includes_user_claims || without_access,
            ..id_token
        });
        Tokens { id_token, ..tokens }
    }
}

/// The client's claims with their prefix.
fn claims(client: &Client) -> Vec<ClientClaim> {
    let prefixed = |claim: &ClientClaim| ClientClaim {
        claim_type: alloc::format!("{}{}", client.client_claims_prefix, claim.claim_type).into(),
        ..claim.clone()
    };
    client.claims.iter().map(prefixed).collect()
}

/// Whether a client may have tokens for the grant it names.
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
    caller: &Caller,
    server: &Server,
    parameters: &'a Parameters<'_>,
    grants: &[GrantType],
    sender: &Binding,
    now: u64,
) -> Result<TokenRequest<'a>, Refusal> {
    let client = caller.client();
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
        return Ok(TokenRequest::RefreshToken(RefreshRequest::read(parameters)?));
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
    Ok(match grant {
        GrantType::AuthorizationCode => TokenRequest::AuthorizationCode(CodeRequest::read(parameters)?),
        GrantType::DeviceCode => TokenRequest::DeviceCode(PollRequest::read(parameters, "device_code")?),
        GrantType::Ciba => TokenRequest::Ciba(PollRequest::read(parameters, "auth_req_id")?),
        GrantType::ClientCredentials => {
            let scopes: Vec<Text> = scope::of_client(client, server, scope)?.into_iter().map(Text::from).collect();
            let audience = scope::audience(server, &scopes, &resources)?;
            let scopes = scope::within(server, &scopes, &audience);
            TokenRequest::ClientCredentials(Tokens::of_client(client, scopes, audience, sender.clone()))
        }
        GrantType::Password => {
            let (username, password) = (parameters.require("username")?, parameters.require("password")?);
            let granted = scope::of_user_or_all(client, server, scope)?;
            let audience = scope::audience(server, &granted, &resources)?;
            let scopes = scope::within(server, &granted, &audience);
            let tokens = Tokens::of_user(client, scopes, audience.clone(), sender.clone());
            let tokens = tokens.with_refresh_token(caller, &granted, &audience, now);
            TokenRequest::Password { username, password, tokens }
        }
        _ => TokenRequest::Extension(name),
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

//! What do the tokens look like that a client gets?

use alloc::vec::Vec;

use super::authorize::Authorization;
use super::caller::Caller;
use super::refresh::RefreshToken;
use super::refusal::{Refusal, invalid_scope};
use super::scope;
use super::sender::Binding;
use crate::server::OFFLINE_ACCESS;
use crate::{AccessTokenType, Client, ClientClaim, Server, SigningAlgorithm, Text};

/// What is to be issued, by the client's record: an access token, and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokens {
    /// The scopes, as they stand in `scope`.
    pub scopes: Vec<Text>,
    /// The resources that the access token is for, in `aud`; empty, if none is declared. A JWT must have one all the
    /// same (RFC 9068 §2.2): then put in one name for all the APIs of this server, as IdentityServer does with
    /// `https://id.example.com/resources`, and have the APIs check it. Without `aud`, a token of one counts at another.
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
    /// What it repeats of the authorization request. One that comes with a refreshed token has none (OpenID Connect
    /// Core §12.2).
    pub nonce: Option<Text>,
    /// Whether the user's claims stand in it: because the client says so, or because no access token
    /// is issued with which it could ask for them (OpenID Connect Core §5.4).
    pub includes_user_claims: bool,
}

impl Tokens {
    /// What a user has granted to a client.
    pub(super) fn of_user(client: &Client, scopes: Vec<Text>, audience: Vec<Text>, binding: Binding) -> Self {
        let id_token = scope::has_openid(&scopes).then(|| IdToken::of(client));
        let client_claims = if client.always_send_client_claims { claims(client) } else { Vec::new() };
        Self { id_token, client_claims, ..Self::of_client(client, scopes, audience, binding) }
    }

    /// What a client has for itself.
    pub(super) fn of_client(client: &Client, scopes: Vec<Text>, audience: Vec<Text>, binding: Binding) -> Self {
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
        if caller.client().allow_offline_access && granted.iter().any(|scope| scope == OFFLINE_ACCESS) {
            self.refresh_token = RefreshToken::first(caller, granted, audience, &self.binding, now);
        }
        self
    }

    /// The same with those alone of these scopes, such as the ones that a user has granted, or those of the token
    /// that is exchanged: also without the resources that no scope is left for, and without an ID token or a refresh
    /// token, if the scope for that is not among them.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{self, Binding, Parameters, TokenRequest};
    /// use guestlist::{Client, ClientRef, GrantType, Server};
    /// # let client = Client {
    /// #     client_id: "gateway".into(),
    /// #     allowed_grant_types: [GrantType::TOKEN_EXCHANGE].into(),
    /// #     allowed_scopes: ["api1", "api2"].into(),
    /// #     ..Client::default()
    /// # };
    /// # let proven = decide::AuthenticationMethod::PrivateKeyJwt;
    /// # let caller = decide::Caller::Confidential(ClientRef::from(client), proven);
    /// # let (server, sender, now) = (Server::default(), Binding::default(), 1_800_000_000);
    /// let body = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token=accVkjcJyb4";
    /// let (body, grants) = (Parameters::parse(body)?, [GrantType::TOKEN_EXCHANGE]);
    /// if let TokenRequest::Extension { tokens, .. } =
    ///     decide::token(&caller, &server, &body, &grants, &sender, now)?
    /// {
    ///     assert_eq!(tokens.scopes, ["api1", "api2"]);
    ///     // The server knows what the `subject_token` is good for.
    ///     let tokens = tokens.narrowed_to(&["api2".into(), "api3".into()], &server)?;
    ///     assert_eq!(tokens.scopes, ["api2"]);
    /// }
    /// # Ok::<(), decide::Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidScope`](super::ErrorCode::InvalidScope), if nothing is left.
    pub fn narrowed_to(mut self, scopes: &[Text], server: &Server) -> Result<Self, Refusal> {
        let narrow = |list: &mut Vec<Text>, audience: &mut Vec<Text>| {
            list.retain(|scope| scopes.contains(scope));
            *audience = scope::still_granted(server, list, audience);
        };
        narrow(&mut self.scopes, &mut self.audience);
        if self.scopes.iter().all(|scope| scope == OFFLINE_ACCESS) {
            return Err(invalid_scope("no scope is left"));
        }
        self.id_token = self.id_token.filter(|_| scope::has_openid(&self.scopes));
        if let Some(token) = &mut self.refresh_token {
            narrow(&mut token.scopes, &mut token.audience);
        }
        self.refresh_token =
            self.refresh_token.filter(|token| token.scopes.iter().any(|scope| scope == OFFLINE_ACCESS));
        Ok(self)
    }
}

impl IdToken {
    fn of(client: &Client) -> Self {
        Self {
            lifetime: client.identity_token_lifetime,
            algorithms: client.allowed_identity_token_signing_algorithms.to_vec(),
            nonce: None,
            includes_user_claims: client.always_include_user_claims_in_id_token,
        }
    }
}

impl Authorization {
    /// The access token that stands in the authorization response itself; none, unless the
    /// [`response_type`](Self::response_type) has `token`. `scopes` is what the user has granted; what
    /// was not asked for is not among it. No key is proven there, so it is bound to none.
    #[must_use]
    pub fn access_token(&self, client: &Client, server: &Server, scopes: &[Text]) -> Option<Tokens> {
        if !self.response_type.token {
            return None;
        }
        let granted = self.granted(scopes);
        let audience = scope::still_granted(server, &granted, &self.audience);
        let scopes = scope::within(server, &granted, &audience);
        Some(Tokens { id_token: None, ..Tokens::of_user(client, scopes, audience, Binding::default()) })
    }

    /// The ID token that stands in the authorization response itself; none, unless the
    /// [`response_type`](Self::response_type) has `id_token` and the user has granted `openid`.
    #[must_use]
    pub fn id_token(&self, client: &Client, scopes: &[Text]) -> Option<IdToken> {
        let is_issued = self.response_type.id_token && scope::has_openid(&self.granted(scopes));
        let nothing_else = !self.response_type.token && !self.response_type.code;
        let usual = is_issued.then(|| IdToken::of(client))?;
        Some(IdToken {
            nonce: self.nonce.clone(),
            includes_user_claims: usual.includes_user_claims || nothing_else,
            ..usual
        })
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

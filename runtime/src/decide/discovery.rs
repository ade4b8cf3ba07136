//! What a server's metadata says of its clients (RFC 8414 §2, OpenID Connect Discovery §3).

use alloc::{
    string::{String, ToString},
    vec,
    vec::Vec,
};

use super::caller::AuthenticationMethod;
use super::pkce::ChallengeMethod;
use super::response::{ResponseMode, ResponseType};
use crate::server::{OFFLINE_ACCESS, OPENID};
use crate::{Client, GrantType, SecretValue, Server, SigningAlgorithm, Text};

/// The part of a metadata document that follows from the clients: what any enabled one may use, and the server
/// has code for. The addresses of the endpoints and the keys are the server's to add. With the feature `serde`, it
/// is serialised with the registered names, and without what is empty (RFC 8414 §3.2).
///
/// It costs a look at every client: make it once, and again when a client has changed, not at each request.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, GrantType, Server, decide::Metadata};
/// let mvc = Client { allowed_grant_types: [GrantType::Hybrid].into(), ..Client::default() };
/// let metadata = Metadata::of(&Server::default(), &[GrantType::AuthorizationCode, GrantType::Hybrid], [&mvc]);
/// // `hybrid` is IdentityServer's word, not the wire's.
/// assert_eq!(metadata.grant_types_supported, ["authorization_code", "implicit"]);
/// assert_eq!(metadata.response_types_supported, ["code id_token"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Metadata {
    /// The server's issuer identifier.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub issuer: Option<Text>,
    /// The scopes.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub scopes_supported: Vec<Text>,
    /// The grants, by their names on the wire.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub grant_types_supported: Vec<String>,
    /// The response types, also where there are none, since it is required (RFC 8414 §2).
    pub response_types_supported: Vec<String>,
    /// The response modes.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub response_modes_supported: Vec<ResponseMode>,
    /// The ways in which clients prove themselves; `none` for public ones.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub token_endpoint_auth_methods_supported: Vec<&'static str>,
    /// The algorithms of client assertions.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub token_endpoint_auth_signing_alg_values_supported: Vec<SigningAlgorithm>,
    /// The methods of proof keys for codes.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub code_challenge_methods_supported: Vec<ChallengeMethod>,
    /// Whether the server fetches request objects from addresses of its clients, which it does not: the default would
    /// be that it does (OpenID Connect Discovery §3).
    pub request_uri_parameter_supported: bool,
    /// Whether every client must push its requests (RFC 9126 §5).
    pub require_pushed_authorization_requests: bool,
    /// Whether responses say who answers, which they do (RFC 9207 §3).
    pub authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// What the enabled ones of these clients may use. `grants` are those that the server has code for, as
    /// [`token`](super::token) takes them, with [`Implicit`](GrantType::Implicit) and [`Hybrid`](GrantType::Hybrid),
    /// which are served at the authorization endpoint alone.
    #[must_use]
    pub fn of<'c>(server: &Server, grants: &[GrantType], clients: impl IntoIterator<Item = &'c Client>) -> Self {
        let clients: Vec<&Client> = clients.into_iter().filter(|client| client.is_usable()).collect();
        let response_types: Vec<ResponseType> = ResponseType::ALL
            .iter()
            .copied()
            .filter(|kind| grants.contains(&kind.grant()) && clients.iter().any(|client| may_use(client, *kind)))
            .collect();
        let mut modes = Vec::new();
        if !response_types.is_empty() {
            modes.extend(
                ResponseMode::ALL.iter().copied().filter(|mode| {
                    *mode != ResponseMode::Query || response_types.iter().any(|kind| !kind.has_tokens())
                }),
            );
        }
        let mut challenges = Vec::new();
        if response_types.iter().any(|kind| kind.code) {
            challenges.push(ChallengeMethod::S256);
            if clients.iter().any(|client| client.allow_plain_text_pkce) {
                challenges.push(ChallengeMethod::Plain);
            }
        }
        let comes_by_browser = |client: &&&Client| client.allowed_grant_types.iter().any(GrantType::is_interactive);
        let interactive: Vec<&&Client> = clients.iter().filter(comes_by_browser).collect();
        Self {
            issuer: server.issuer.clone(),
            scopes_supported: scopes(&clients),
            grant_types_supported: names(grants, &clients),
            response_types_supported: response_types.iter().map(ToString::to_string).collect(),
            response_modes_supported: modes,
            token_endpoint_auth_methods_supported: methods(&clients),
            token_endpoint_auth_signing_alg_values_supported: algorithms(server, &clients),
            code_challenge_methods_supported: challenges,
            request_uri_parameter_supported: false,
            require_pushed_authorization_requests: !interactive.is_empty()
                && interactive.iter().all(|client| client.require_pushed_authorization),
            authorization_response_iss_parameter_supported: server.issuer.is_some(),
        }
    }
}

fn may_use(client: &Client, kind: ResponseType) -> bool {
    client.allows_grant(&kind.grant()) && (!kind.token || client.allow_access_tokens_via_browser)
}

/// Sorted, `openid` first as the one that every reader looks for.
fn scopes(clients: &[&Client]) -> Vec<Text> {
    let mut scopes: Vec<Text> = clients.iter().flat_map(|client| client.allowed_scopes.iter().cloned()).collect();
    if clients.iter().any(|client| client.allow_offline_access) {
        scopes.push(OFFLINE_ACCESS.into());
    }
    scopes.sort_by(|a, b| (a != OPENID, a).cmp(&(b != OPENID, b)));
    scopes.dedup();
    scopes
}

/// `hybrid` is IdentityServer's word for two grants, and refreshing is a setting of ours.
fn names(served: &[GrantType], clients: &[&Client]) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |name: &str| {
        if !names.iter().any(|known| known == name) {
            names.push(String::from(name));
        }
    };
    for client in clients {
        let usable = client.allowed_grant_types.iter().filter(|grant| served.contains(grant));
        for grant in usable.clone() {
            match grant {
                GrantType::Hybrid => {
                    add(GrantType::AuthorizationCode.as_str());
                    add(GrantType::Implicit.as_str());
                }
                other => add(other.as_str()),
            }
        }
        if client.allow_offline_access && usable.clone().any(gives_refresh_tokens) {
            add("refresh_token");
        }
    }
    names
}

/// Neither the browser nor who acts for itself gets one (RFC 6749 §4.2.2, §4.4.3).
fn gives_refresh_tokens(grant: &GrantType) -> bool {
    !matches!(grant, GrantType::Implicit | GrantType::ClientCredentials)
}

fn methods(clients: &[&Client]) -> Vec<&'static str> {
    let has = |kind: fn(&SecretValue) -> bool| {
        let mut confidential = clients.iter().filter(|client| !client.is_public());
        confidential.any(|client| client.client_secrets.iter().any(|secret| kind(&secret.value)))
    };
    let methods = [
        (has(SecretValue::is_shared), AuthenticationMethod::ClientSecretBasic.as_str()),
        (has(SecretValue::is_shared), AuthenticationMethod::ClientSecretPost.as_str()),
        (has(SecretValue::is_key), AuthenticationMethod::PrivateKeyJwt.as_str()),
        (has(|value| matches!(value, SecretValue::X509Name(_))), AuthenticationMethod::TlsClientAuth.as_str()),
        (
            has(|value| matches!(value, SecretValue::X509Thumbprint(_) | SecretValue::X509Certificate(_))),
            AuthenticationMethod::SelfSignedTlsClientAuth.as_str(),
        ),
        (clients.iter().any(|client| client.is_public()), "none"),
    ];
    methods.into_iter().filter(|(used, _)| *used).map(|(_, method)| method).collect()
}

fn algorithms(server: &Server, clients: &[&Client]) -> Vec<SigningAlgorithm> {
    let mut algorithms = vec![];
    let confidential = clients.iter().filter(|client| !client.is_public());
    for secret in confidential.flat_map(|client| &client.client_secrets) {
        for algorithm in secret.value.algorithms_under(server.profile) {
            if !algorithms.contains(&algorithm) {
                algorithms.push(algorithm);
            }
        }
    }
    algorithms.sort_unstable();
    algorithms
}

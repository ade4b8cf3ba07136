//! Which scopes are granted, and which APIs the token is for.

use alloc::{collections::BTreeSet, vec::Vec};

use super::refusal::{Refusal, invalid_grant, invalid_scope, invalid_target};
use crate::server::{OFFLINE_ACCESS, OPENID};
use crate::uri::Uri;
use crate::{Client, Server, Text};

/// The scopes in a `scope` parameter, each once (RFC 6749 §3.3).
pub(super) fn asked(text: &str) -> Result<Vec<&str>, Refusal> {
    let (mut scopes, mut seen) = (Vec::new(), BTreeSet::new());
    for scope in text.split(' ') {
        let malformed = |byte: u8| !byte.is_ascii_graphic() || matches!(byte, b'"' | b'\\');
        if scope.is_empty() || scope.bytes().any(malformed) {
            return Err(invalid_scope("scope is malformed"));
        }
        // By a set, since there may be as many as the request has room for.
        if seen.insert(scope) {
            scopes.push(scope);
        }
    }
    Ok(scopes)
}

/// The scopes of an authorization request that names none (RFC 6749 §3.3).
pub(super) fn by_default<'s>(client: &Client, server: &'s Server) -> Result<Vec<&'s str>, Refusal> {
    let allowed = server.default_scopes.iter().map(Text::as_str).filter(|scope| client.allows_scope(scope));
    let scopes: Vec<&str> = allowed.collect();
    if scopes.is_empty() { Err(invalid_scope("scope is missing")) } else { Ok(scopes) }
}

/// The scopes that a user is asked for, all of them allowed to the client. A user's claims are for who asks who the
/// user is (OpenID Connect Core §5.4), and `offline_access` is for the time when something else is to be reached (§11).
pub(super) fn of_user<'a>(client: &Client, server: &Server, asked: &[&'a str]) -> Result<Vec<&'a str>, Refusal> {
    let scopes = allowed(client, asked)?;
    if scopes.iter().all(|scope| *scope == OFFLINE_ACCESS) {
        return Err(invalid_scope("there is no scope beside offline_access"));
    }
    if scopes.iter().any(|scope| server.is_identity_scope(scope)) && !has_openid(&scopes) {
        return Err(invalid_scope("the scope openid is missing"));
    }
    Ok(scopes)
}

/// The same of a `scope` parameter that may be left out: then all but `offline_access`, which is never added by
/// itself.
pub(super) fn of_user_or_all(client: &Client, server: &Server, text: Option<&str>) -> Result<Vec<Text>, Refusal> {
    let scopes = match text {
        Some(text) => of_user(client, server, &asked(text)?)?,
        None => of_user(client, server, &all_of_user(client)?)?,
    };
    Ok(scopes.into_iter().map(Text::from).collect())
}

fn all_of_user(client: &Client) -> Result<Vec<&str>, Refusal> {
    let all: Vec<&str> =
        client.allowed_scopes.iter().map(Text::as_str).filter(|scope| *scope != OFFLINE_ACCESS).collect();
    if all.is_empty() { Err(invalid_scope("the client has no scope")) } else { Ok(all) }
}

fn allowed<'a>(client: &Client, asked: &[&'a str]) -> Result<Vec<&'a str>, Refusal> {
    match asked.iter().all(|scope| client.allows_scope(scope)) {
        true => Ok(asked.to_vec()),
        false => Err(invalid_scope("a scope is unknown or not allowed to this client")),
    }
}

/// The scopes that a client gets for itself, as [`token`](super::token) answers for `client_credentials`. No user takes
/// part, so there is nobody to identify, and nobody to be offline (RFC 6749 §4.4.3). `asked` is what stands in `scope`;
/// where that is missing, all API scopes of the client.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{Client, Server, decide::client_scopes};
/// let client = Client { allowed_scopes: ["openid", "api1", "api2"].into(), ..Client::default() };
/// assert_eq!(client_scopes(&client, &Server::default(), None)?, ["api1", "api2"]);
/// assert_eq!(client_scopes(&client, &Server::default(), Some("api2"))?, ["api2"]);
/// assert!(client_scopes(&client, &Server::default(), Some("openid")).is_err());
/// # Ok::<(), guestlist::decide::Refusal>(())
/// ```
///
/// # Errors
///
/// [`InvalidScope`](super::ErrorCode::InvalidScope) for one that the client may not have, is not of an API or is
/// malformed, and if there is none.
pub fn client_scopes<'a>(client: &'a Client, server: &Server, asked: Option<&'a str>) -> Result<Vec<&'a str>, Refusal> {
    let is_api = |scope: &&str| !server.is_identity_scope(scope) && *scope != OFFLINE_ACCESS;
    let Some(text) = asked else {
        let all: Vec<&str> = client.allowed_scopes.iter().map(Text::as_str).filter(is_api).collect();
        return if all.is_empty() { Err(invalid_scope("the client has no API scope")) } else { Ok(all) };
    };
    let scopes = allowed(client, &self::asked(text)?)?;
    match scopes.iter().all(is_api) {
        true => Ok(scopes),
        false => Err(invalid_scope("a scope needs a user, and there is none")),
    }
}

/// The resources that tokens with these scopes are for, in `aud` (RFC 9068 §3, RFC 8707 §2.2): those
/// that the server declares for the scopes, narrowed to the ones asked for.
pub(super) fn audience(server: &Server, scopes: &[Text], asked: &[&str]) -> Result<Vec<Text>, Refusal> {
    narrowed(declared(server, scopes), asked)
}

fn declared(server: &Server, scopes: &[Text]) -> Vec<Text> {
    let mut audience: Vec<Text> = Vec::new();
    for scope in scopes {
        if let Some(resource) = resource(server, scope).filter(|resource| !audience.contains(resource)) {
            audience.push(resource.clone());
        }
    }
    audience
}

fn resource<'s>(server: &'s Server, scope: &str) -> Option<&'s Text> {
    server.api_scopes.iter().find(|api| api.name == *scope).and_then(|api| api.resource.as_ref())
}

fn narrowed(mut audience: Vec<Text>, asked: &[&str]) -> Result<Vec<Text>, Refusal> {
    for resource in asked {
        if Uri::parse(resource).map_or(true, |uri| uri.fragment().is_some()) {
            return Err(invalid_target("resource is not an absolute URI without a fragment"));
        }
        if !audience.iter().any(|known| known == resource) {
            return Err(invalid_target("a resource is unknown or not one of the scopes"));
        }
    }
    if !asked.is_empty() {
        audience.retain(|known| asked.contains(&known.as_str()));
    }
    Ok(audience)
}

/// Those of the scopes that reach into this audience: one that belongs to another resource does not
/// work there (RFC 8707 §2.2). Scopes without a resource stay.
pub(super) fn within(server: &Server, scopes: &[Text], audience: &[Text]) -> Vec<Text> {
    let reaches = |scope: &&Text| resource(server, scope).is_none_or(|resource| audience.contains(resource));
    scopes.iter().filter(reaches).cloned().collect()
}

/// The scopes and the audience of a token that a grant gives: of the scopes that are left of it, within the
/// resources that were granted and narrowed to those asked for now (RFC 8707 §2.2).
pub(super) fn of_grant(
    server: &Server,
    scopes: &[Text],
    granted: &[Text],
    asked: &[&str],
) -> Result<(Vec<Text>, Vec<Text>), Refusal> {
    let audience = narrowed(still_granted(server, scopes, granted), asked)?;
    Ok((within(server, scopes, &audience), audience))
}

/// The resources of these scopes, as far as they were granted.
pub(super) fn still_granted(server: &Server, scopes: &[Text], granted: &[Text]) -> Vec<Text> {
    let mut audience = declared(server, scopes);
    // Where none was declared then, none was left out.
    if !granted.is_empty() {
        audience.retain(|resource| granted.contains(resource));
    }
    audience
}

/// What the client may still have of what was granted to it.
pub(super) fn left(client: &Client, granted: &[Text]) -> Result<Vec<Text>, Refusal> {
    let left: Vec<Text> = granted.iter().filter(|scope| client.allows_scope(scope)).cloned().collect();
    if left.iter().all(|scope| scope == OFFLINE_ACCESS) { Err(invalid_grant("no scope is left")) } else { Ok(left) }
}

pub(super) fn has_openid(scopes: &[impl AsRef<str>]) -> bool {
    scopes.iter().any(|scope| scope.as_ref() == OPENID)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ApiScope;

    fn client(scopes: &[&str]) -> Client {
        Client { allowed_scopes: scopes.to_vec().into(), allow_offline_access: true, ..Client::default() }
    }

    #[test]
    fn a_machine_gets_all_its_api_scopes_or_those_it_asks_for() {
        let server = Server { identity_scopes: ["roles"].into(), ..Server::default() };
        let client = client(&["openid", "api1", "roles", "profile", "api2.read_only"]);
        assert_eq!(client_scopes(&client, &server, None), Ok(alloc::vec!["api1", "api2.read_only"]));
        assert_eq!(
            client_scopes(&client, &server, Some("api2.read_only api1 api1")).unwrap(),
            ["api2.read_only", "api1"]
        );
        for asked in
            ["api3", "API1", "openid", "roles", "api1 offline_access", "api1  api2.read_only", " api1", "api1 "]
        {
            assert!(client_scopes(&client, &server, Some(asked)).is_err(), "{asked}");
        }
        assert!(client_scopes(&self::client(&["openid"]), &server, None).is_err());
    }

    #[test]
    fn offline_access_is_never_added_by_itself() {
        let all = |scopes| of_user_or_all(&client(scopes), &Server::default(), None);
        assert_eq!(all(&["openid", "api1", "offline_access"]).unwrap(), ["openid", "api1"]);
        assert!(all(&[]).is_err() && all(&["offline_access"]).is_err());
    }

    #[test]
    fn a_resource_narrows_the_audience_and_the_scopes() {
        let api = |name: &str, resource: &str| ApiScope { name: name.into(), resource: Some(resource.into()) };
        let server = Server {
            api_scopes: [api("a", "https://a.example"), api("b", "https://b.example"), "c".into()].into(),
            ..Server::default()
        };
        let scopes: [Text; 3] = ["a".into(), "b".into(), "c".into()];
        let texts = |list: &[&str]| list.iter().map(|text| Text::from(*text)).collect::<Vec<_>>();
        assert_eq!(audience(&server, &scopes, &[]), Ok(texts(&["https://a.example", "https://b.example"])));
        let narrowed = audience(&server, &scopes, &["https://b.example", "https://b.example"]).unwrap();
        assert_eq!(narrowed, texts(&["https://b.example"]));
        assert_eq!(within(&server, &scopes, &narrowed), texts(&["b", "c"]));
        for unknown in ["https://c.example", "https://a.example/", "a", "https://a.example#x"] {
            assert!(audience(&server, &scopes, &[unknown]).is_err(), "{unknown}");
        }
    }
}

//! What does an access token say (RFC 9068)?

use aws_lc_rs::error::Unspecified;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use guestlist::{Client, ClientClaim, Server};
use serde_json::{Map, Value, json};

/// The type in the token's header (RFC 9068 §2.1).
pub const TYPE: &str = "at+jwt";

/// The claims of a token that the client gets for itself at the Unix time `now`.
pub fn claims(
    issuer: &str,
    client: &Client,
    scopes: &[&str],
    audience: Vec<String>,
    now: u64,
) -> Result<Map<String, Value>, Unspecified> {
    // What the record says comes first, so that none of it can pass for what the server says.
    let mut claims = client_claims(client);
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    say("iss", json!(issuer));
    say("sub", json!(client.client_id.as_str()));
    say("client_id", json!(client.client_id.as_str()));
    say("aud", one_or_all(audience.into_iter().map(Value::from).collect()));
    say("iat", json!(now));
    say("exp", json!(now.saturating_add(client.access_token_lifetime.into())));
    say("scope", json!(scopes.join(" ")));
    if client.include_jwt_id {
        let mut id = [0; 16];
        aws_lc_rs::rand::fill(&mut id)?;
        say("jti", json!(URL_SAFE_NO_PAD.encode(id)));
    }
    Ok(claims)
}

/// The resources that the scopes belong to; a server that declares none has one for all its APIs, by the name that
/// IdentityServer gave it.
pub fn audience(server: &Server, issuer: &str, scopes: &[&str]) -> Vec<String> {
    let mut audience = Vec::new();
    for api in server.api_scopes.iter().filter(|api| scopes.contains(&api.name.as_str())) {
        if let Some(resource) =
            api.resource.as_deref().filter(|resource| !audience.iter().any(|known| known == resource))
        {
            audience.push(resource.to_owned());
        }
    }
    if audience.is_empty() {
        audience.push(format!("{issuer}/resources"));
    }
    audience
}

/// The claims in the client's record, under its prefix. Several of one type become an array.
fn client_claims(client: &Client) -> Map<String, Value> {
    let mut names: Vec<&str> = Vec::new();
    for claim in client.claims.iter() {
        if !names.contains(&claim.claim_type.as_str()) {
            names.push(&claim.claim_type);
        }
    }
    let values = |name| client.claims.iter().filter(move |claim| claim.claim_type == name).map(typed).collect();
    names.into_iter().map(|name| (format!("{}{name}", client.client_claims_prefix), one_or_all(values(name)))).collect()
}

/// The value as the type says, or as a string where it is of another type.
fn typed(claim: &ClientClaim) -> Value {
    let text = claim.value.as_str();
    match claim.value_type.as_deref() {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        Some("json") => serde_json::from_str(text).ok(),
        _ => None,
    }
    .unwrap_or_else(|| text.into())
}

/// A single value stands by itself (RFC 7519 §4.1.3 on `aud`).
fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guestlist::ApiScope;

    fn claim(claim_type: &str, value: &str, value_type: Option<&str>) -> ClientClaim {
        ClientClaim { claim_type: claim_type.into(), value: value.into(), value_type: value_type.map(Into::into) }
    }

    fn claims_of(client: &Client) -> Value {
        claims("https://id", client, &["api1", "api2"], vec!["a".into(), "b".into()], 100).unwrap().into()
    }

    #[test]
    fn the_record_shapes_the_token() {
        let client = Client {
            client_id: "service".into(),
            access_token_lifetime: 60,
            include_jwt_id: false,
            claims: vec![
                claim("role", "admin", None),
                claim("level", "3", Some("integer")),
                claim("beta", "true", Some("boolean")),
                claim("place", r#"{"city":"Berlin"}"#, Some("json")),
                claim("role", "auditor", None),
                claim("odd", "three", Some("integer")),
            ]
            .into(),
            ..Client::default()
        };
        let expected = json!({
            "iss": "https://id", "sub": "service", "client_id": "service", "aud": ["a", "b"],
            "iat": 100, "exp": 160, "scope": "api1 api2",
            "client_role": ["admin", "auditor"], "client_level": 3, "client_beta": true,
            "client_place": { "city": "Berlin" }, "client_odd": "three",
        });
        assert_eq!(claims_of(&client), expected);
    }

    #[test]
    fn no_claim_of_the_record_passes_for_one_of_the_server() {
        let client = Client {
            client_id: "service".into(),
            client_claims_prefix: "".into(),
            claims: ["iss", "sub", "client_id", "aud", "iat", "exp", "scope", "jti"]
                .map(|name| claim(name, "forged", None))
                .into(),
            ..Client::default()
        };
        assert!(!claims_of(&client).to_string().contains("forged"));
        assert_ne!(claims_of(&client)["jti"], claims_of(&client)["jti"]);
    }

    #[test]
    fn the_audience_is_what_the_scopes_belong_to() {
        let api =
            |name: &str, resource: Option<&str>| ApiScope { name: name.into(), resource: resource.map(Into::into) };
        let server = Server {
            api_scopes: vec![
                api("a.read", Some("https://a")),
                api("a.write", Some("https://a")),
                api("b", Some("https://b")),
                api("c", None),
            ]
            .into(),
            ..Server::default()
        };
        assert_eq!(audience(&server, "https://id", &["a.read", "a.write"]), ["https://a"]);
        assert_eq!(audience(&server, "https://id", &["b", "c", "a.read"]), ["https://a", "https://b"]);
        assert_eq!(audience(&server, "https://id", &["c"]), ["https://id/resources"]);
        assert_eq!(audience(&Server::DEFAULT, "https://id", &["a.read"]), ["https://id/resources"]);
    }
}

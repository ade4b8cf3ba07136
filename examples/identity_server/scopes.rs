//! Which scopes does a client get when it acts for itself?

use guestlist::Client;

use crate::clients::CLIENTS;
use crate::error::Error;

/// The scopes that OpenID Connect defines (Core §3.1.2.1, §5.4): they are about a user.
const IDENTITY_SCOPES: [&str; 5] = ["openid", "profile", "email", "address", "phone"];

/// Whether a scope is one of an API. What the `Server` block declares counts first.
pub fn is_api_scope(scope: &str) -> bool {
    let server = CLIENTS.server();
    if server.api_scopes.iter().any(|declared| declared.name == scope) {
        return true;
    }
    let about_a_user = IDENTITY_SCOPES.contains(&scope) || server.identity_scopes.iter().any(|known| known == scope);
    !about_a_user && scope != "offline_access"
}

/// The scopes that the client asked for, or all it may have if it did not ask (RFC 6749 §3.3).
///
/// No user takes part, so there is nobody to identify, and nobody to be offline (RFC 6749 §4.4.3).
pub fn granted<'a>(client: &'a Client, asked: Option<&'a str>) -> Result<Vec<&'a str>, Error> {
    let Some(asked) = asked else {
        let all: Vec<_> =
            client.allowed_scopes.iter().map(|scope| scope.as_str()).filter(|s| is_api_scope(s)).collect();
        return if all.is_empty() { Err(Error::InvalidScope("this client has no API scope")) } else { Ok(all) };
    };
    let mut granted = Vec::new();
    for scope in asked.split(' ') {
        if !client.allows_scope(scope) || !is_api_scope(scope) {
            return Err(Error::InvalidScope("a scope is malformed or not allowed to this client"));
        }
        if !granted.contains(&scope) {
            granted.push(scope);
        }
    }
    Ok(granted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(scopes: &[&'static str]) -> Client {
        Client { allowed_scopes: scopes.to_vec().into(), allow_offline_access: true, ..Client::default() }
    }

    #[test]
    fn without_a_wish_all_api_scopes_are_granted() {
        let client = client(&["openid", "api1", "profile", "email", "address", "phone", "api2.read_only"]);
        assert_eq!(granted(&client, None).unwrap(), ["api1", "api2.read_only"]);
        assert!(granted(&self::client(&["openid"]), None).is_err());
    }

    #[test]
    fn a_wish_is_granted_whole_or_refused() {
        let client = client(&["openid", "api1", "api2.read_only"]);
        assert_eq!(granted(&client, Some("api2.read_only api1 api2.read_only")).unwrap(), ["api2.read_only", "api1"]);
        for asked in ["api3", "api1 api3", "API1", "openid", "api1 offline_access", "api1  api2.read_only", " api1"] {
            assert!(granted(&client, Some(asked)).is_err(), "{asked}");
        }
    }
}

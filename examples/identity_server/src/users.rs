//! Who can sign in? Two users, as in IdentityServer's samples.
//!
//! A real server has its users in a database and their passwords as slow hashes, such as Argon2.

use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use guestlist::uri::Uri;
use guestlist::{Client, Server};
use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq;

pub struct User {
    /// The user's identifier at this server, never reused: `sub` (OpenID Connect Core §2).
    pub subject: &'static str,
    pub username: &'static str,
    password: &'static str,
    name: &'static str,
    email: &'static str,
}

/// How to sign in, in words.
pub const SAMPLES: &str = "alice or bob, each with the name as the password";

const USERS: [User; 2] = [
    User {
        subject: "818727",
        username: "alice",
        password: "alice",
        name: "Alice Smith",
        email: "AliceSmith@example.com",
    },
    User { subject: "88421113", username: "bob", password: "bob", name: "Bob Smith", email: "BobSmith@example.com" },
];

/// The user with this name and password. A wrong name costs as much as a wrong password.
pub fn sign_in(username: &str, password: &str) -> Option<&'static User> {
    let is = |user: &User| {
        let name = user.username.as_bytes().ct_eq(username.as_bytes());
        let password = user.password.as_bytes().ct_eq(password.as_bytes());
        bool::from(name & password)
    };
    USERS.iter().fold(None, |found, user| if is(user) { Some(user) } else { found })
}

pub fn by_subject(subject: &str) -> Option<&'static User> {
    USERS.iter().find(|user| user.subject == subject)
}

/// What a client is told as `sub`: the user's identifier, or for a client with a salt one that no other client is
/// told, so that two of them cannot compare what they know (OpenID Connect Core §8.1).
pub fn subject_at(client: &Client, subject: &str) -> String {
    let Some(salt) = &client.pair_wise_subject_salt else { return subject.to_owned() };
    let sector = client.redirect_uris.first().and_then(|uri| Uri::parse(uri).ok()?.host()).unwrap_or_default();
    let mut hash = Context::new(&SHA256);
    for part in [sector, subject, salt] {
        hash.update(&part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hash.finish())
}

impl User {
    /// What the scopes tell of the user (OpenID Connect Core §5.4), beside the subject.
    pub fn claims(&self, server: &Server, scopes: &[impl AsRef<str>]) -> Map<String, Value> {
        let has = |name: &str| server.is_identity_scope(name) && scopes.iter().any(|scope| scope.as_ref() == name);
        let mut claims = Map::new();
        let mut tell = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        if has("profile") {
            let (given, family) = self.name.split_once(' ').unwrap_or((self.name, ""));
            tell("name", json!(self.name));
            tell("given_name", json!(given));
            tell("family_name", json!(family));
            tell("preferred_username", json!(self.username));
        }
        if has("email") {
            tell("email", json!(self.email));
            tell("email_verified", json!(true));
        }
        claims
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_password_must_be_of_one_user() {
        assert_eq!(sign_in("alice", "alice").map(|user| user.subject), Some("818727"));
        for (username, password) in [("alice", "bob"), ("Alice", "alice"), ("alice", ""), ("", ""), ("carol", "carol")]
        {
            assert!(sign_in(username, password).is_none(), "{username}");
        }
    }

    #[test]
    fn a_scope_tells_its_own_claims() {
        let alice = by_subject("818727").unwrap();
        let names = |scopes: &[&str]| alice.claims(&Server::DEFAULT, scopes).keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&["openid"]), Vec::<String>::new());
        assert_eq!(names(&["openid", "email"]), ["email", "email_verified"]);
        assert!(names(&["profile"]).contains(&"name".to_owned()));
    }
}

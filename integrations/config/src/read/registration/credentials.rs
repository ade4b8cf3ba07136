//! What proves the client: `token_endpoint_auth_method`, and the members with its secrets, keys and certificates.

use guestlist_runtime::rules::{SecretForm, near};
use guestlist_runtime::{GrantType, SecretValue, Setting, Value as Held};
use serde_json::json;

use super::super::client::Client;
use super::super::name::Name;
use super::super::named::alternatives;
use super::super::reader::Reader;
use super::super::secret::Read as ReadSecret;
use super::members::METHODS;
use crate::tree::{Entry, Node, Value};

/// `client_secret_expires_at` is of the secret in `client_secret`.
pub(super) fn expire(client: &mut Client, expiration: Option<u64>) {
    let mut secrets = client.definition.client.client_secrets.to_vec();
    let facts = client.definition.secrets.iter();
    let in_clear = facts.zip(&mut secrets).find(|(facts, _)| facts.form == SecretForm::Text);
    if let Some((_, secret)) = in_clear {
        secret.expiration = expiration.or(secret.expiration);
    }
    client.definition.client.client_secrets = secrets.into();
}

impl Reader<'_> {
    /// How the client proves itself: not at all, or in one of the ways of its credentials.
    pub(super) fn method(&mut self, client: &mut Client, entry: &Entry) {
        client.write(Setting::RequireClientSecret, entry);
        let node = &entry.value;
        let before = self.problems.len();
        let method = self.text(Name::of(&entry.name), node);
        if let Some(method) = &method
            && !METHODS.contains(&method.as_str())
        {
            let help = match (method.as_str(), near(method, METHODS.into_iter())) {
                ("client_secret_jwt", _) => {
                    "only the digest of a secret is kept, which verifies no signature: use `private_key_jwt`".to_owned()
                }
                (_, Some(near)) => format!("did you mean `{near}`?"),
                (_, None) => format!("write {}", alternatives(METHODS.into_iter())),
            };
            self.error(&node.range, format!("unknown authentication method {method:?}"), help);
        }
        let needed = method.map(|method| Held::Flag(method != "none"));
        client.set(Setting::RequireClientSecret, needed, self.problems.len() == before, self);
    }

    /// Notes that a client without any credential has not the one that its method needs.
    pub(super) fn missing_key(&mut self, client: &mut Client, method: Option<&Entry>) {
        let Some((entry, method)) = method.and_then(|entry| Some((entry, entry.value.as_text()?))) else { return };
        let help = match method {
            "private_key_jwt" => String::from("add its public key to `jwks`"),
            "tls_client_auth" => String::from("add the name of its certificate as `tls_client_auth_subject_dn`"),
            "self_signed_tls_client_auth" => {
                let certificate = self.dialect.value(&json!({ "x509_certificate": "…" }));
                format!("add its certificate to `client_secrets` as `{certificate}`")
            }
            _ => return,
        };
        let definition = &mut client.definition;
        let needs_none = |grant: &GrantType| *grant == GrantType::Implicit;
        let is_silent = definition.written.contains(Setting::ClientSecrets)
            || definition.unread.contains(Setting::AllowedGrantTypes)
            || definition.client.allowed_grant_types.iter().all(needs_none);
        if !is_silent {
            definition.unread.insert(Setting::ClientSecrets);
            let message = format!("`{method}` needs a key or a certificate, and the client has none");
            self.broken("secret_missing", &entry.value.range, message, help);
        }
    }

    /// A secret, keys, or the name of a certificate.
    pub(super) fn credential(&mut self, client: &mut Client, entry: &Entry) {
        if !client.definition.written.contains(Setting::ClientSecrets) {
            client.write(Setting::ClientSecrets, entry);
        }
        let before = self.problems.len();
        let number = client.definition.secrets.len() + 1;
        let mut read = self.credentials(entry);
        for (at, read) in read.iter_mut().enumerate() {
            read.facts.number = number + at;
        }
        client.add_secrets(read);
        if self.problems.len() > before {
            client.definition.unread.insert(Setting::ClientSecrets);
        }
    }

    fn credentials(&mut self, entry: &Entry) -> Vec<ReadSecret> {
        let node = &entry.value;
        let range = &node.range;
        if entry.name == "jwks" {
            return self.keys(entry);
        }
        if entry.name == "client_secret" {
            self.hide(node);
        }
        let Some(text) = self.text(Name::of(&entry.name), node) else { return Vec::new() };
        vec![match entry.name.as_str() {
            "client_secret" => ReadSecret::of_text(&text, SecretForm::Text, range),
            _ => ReadSecret::of_key(SecretValue::X509Name(text.into()), range),
        }]
    }

    /// The keys of a JWK Set (RFC 7517 §5), which may be private ones by mistake.
    fn keys(&mut self, entry: &Entry) -> Vec<ReadSecret> {
        let node = &entry.value;
        let members = match &node.value {
            Value::Map(members) => members.as_slice(),
            _ => &[],
        };
        let (keys, others): (Vec<&Entry>, Vec<&Entry>) = members.iter().partition(|member| member.name == "keys");
        others.into_iter().for_each(|other| self.hide(&other.value));
        let [Entry { value: Node { value: Value::List(keys), .. }, .. }] = keys.as_slice() else {
            self.hide(node);
            let message = format!("`jwks` takes a JWK Set, found {}", node.kind());
            self.error(&node.range, message, self.write(Name::of("jwks"), &json!({ "keys": ["…"] })));
            return Vec::new();
        };
        // Their members may be private by mistake.
        keys.iter().for_each(|key| self.hide(key));
        keys.iter().map(|key| ReadSecret::of_key(SecretValue::Jwk(key.to_json().into()), &key.range)).collect()
    }

    /// A Unix time; 0 is never (RFC 7591 §3.2.1).
    pub(super) fn unix_time(&mut self, entry: &Entry) -> Option<u64> {
        let time = match &entry.value.value {
            Value::Number(number) => number.parse::<u64>().ok(),
            _ => None,
        };
        if time.is_none() {
            let message = format!("`{}` is no Unix time in seconds", entry.name);
            let help = self.write(Name::of(&entry.name), &json!(1_814_313_600));
            self.broken("secret_value_malformed", &entry.value.range, message, format!("{help}, or 0 for never"));
        }
        time.filter(|time| *time > 0)
    }
}

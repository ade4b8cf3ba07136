//! The credentials of a client, as far as they are public.

use guestlist_runtime::{Client, Secret, SecretValue, Setting};

use super::Member;
use crate::Shape;
use crate::write::data::Data;
use crate::write::{Lost, secret};

/// `token_endpoint_auth_method`: how the client proves itself, by the first of its credentials (RFC 7591 §2, OpenID
/// Connect Core §9, RFC 8705 §2).
pub(super) fn method(client: &Client) -> &'static str {
    match client.client_secrets.first().map(|secret| &secret.value) {
        _ if !client.require_client_secret => "none",
        Some(SecretValue::Jwk(_)) => "private_key_jwt",
        Some(SecretValue::X509Name(_)) => "tls_client_auth",
        Some(SecretValue::X509Thumbprint(_) | SecretValue::X509Certificate(_)) => "self_signed_tls_client_auth",
        _ => "client_secret_basic",
    }
}

/// The public keys, as far as there are members for them; others as they are in guestlist's own shape. A digest is no
/// business of whoever reads metadata: a weak secret can be guessed from it.
pub(super) fn members(client: &Client, lost: &mut Vec<Lost>) -> Vec<Member> {
    lost.extend(secret::unsaid(client));
    let (mut keys, mut subject, mut others) = (Vec::new(), None, Vec::new());
    for (at, secret) in client.client_secrets.iter().enumerate() {
        match &secret.value {
            value if value.is_shared() => {
                let why = "no digest of a secret stands in metadata";
                lost.push(Lost::entry(client, Setting::ClientSecrets, at, why));
            }
            SecretValue::X509Name(name) if subject.is_none() && is_bare(secret) => {
                subject = Some(Data::text(name.as_str()));
            }
            _ => match key(secret) {
                Some(key) => keys.push(key),
                None => others.push(secret::secret(Shape::Registration, secret)),
            },
        }
    }
    let keys = (!keys.is_empty()).then(|| ("jwks".into(), Data::map([("keys", Data::List(keys))])));
    let subject = subject.map(|subject| ("tls_client_auth_subject_dn".into(), subject));
    let others = (!others.is_empty()).then(|| ("client_secrets".into(), Data::List(others)));
    [keys, subject, others].into_iter().flatten().collect()
}

/// Whether nothing else is said of it.
fn is_bare(secret: &Secret) -> bool {
    secret.description.is_none() && secret.expiration.is_none()
}

/// A bare JWK.
fn key(secret: &Secret) -> Option<Data> {
    let SecretValue::Jwk(key) = &secret.value else { return None };
    Data::of_json(serde_json::from_str(key).ok()?).filter(|_| is_bare(secret))
}

//! Secrets as a file has them: digests, and the public halves of keys.

use guestlist_runtime::rules::format_time;
use guestlist_runtime::{Client, Secret, Setting};

use super::Lost;
use super::data::Data;
use crate::Shape;

/// A secret in this shape.
pub(super) fn secret(shape: Shape, secret: &Secret) -> Data {
    if shape == Shape::IdentityServer { dotnet(secret) } else { own(secret) }
}

fn own(secret: &Secret) -> Data {
    let value = Some((secret.value.form_name(), secret.value.stored()));
    members(secret, [value], ["description", "expiration"], |time| time)
}

fn dotnet(secret: &Secret) -> Data {
    let kind = (!secret.value.is_shared()).then(|| ("Type", secret.value.type_name().to_owned()));
    // With the `Z`, .NET would take it into the local time, and IdentityServer that for UTC.
    let without_offset = |time: String| time.trim_end_matches('Z').to_owned();
    members(secret, [kind, Some(("Value", secret.value.stored()))], ["Description", "Expiration"], without_offset)
}

fn members<const N: usize>(
    secret: &Secret,
    value: [Option<(&str, String)>; N],
    [description, expiration]: [&'static str; 2],
    time: impl Fn(String) -> String,
) -> Data {
    let description = secret.description.as_ref().map(|text| (description, text.as_str().to_owned()));
    let expiration = secret.expiration.and_then(format_time).map(|end| (expiration, time(end)));
    let members = value.into_iter().chain([description, expiration]).flatten();
    Data::map(members.map(|(name, text)| (name, Data::Text(text))))
}

/// The expirations that have no form.
pub(super) fn unsaid(client: &Client) -> impl Iterator<Item = Lost> {
    let secrets = client.client_secrets.iter().enumerate();
    let beyond = secrets.filter(|(_, secret)| secret.expiration.is_some_and(|end| format_time(end).is_none()));
    beyond.map(|(at, _)| Lost::entry(client, Setting::ClientSecrets, at, "RFC 3339 has no time after the year 9999"))
}

//! Definitions near the examples of the rules: one of them, with a few settings as in others or edited.

use std::sync::LazyLock;

use guestlist_runtime::rules::{self, Definition, SecretFacts, SecretForm};
use guestlist_runtime::{
    AccessTokenType, ApplicationType, Client, ClientClaim, DpopValidationMode, GrantType, Kind, Levels, List, Property,
    RefreshTokenExpiration, RefreshTokenUsage, Secret, SecretValue, Server, Setting, SigningAlgorithm, Text, Value,
};
use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use proc_macro2::TokenStream;

use crate::{check, parse};

/// Definitions near the examples of the rules, their server, and a time.
#[derive(Debug)]
pub struct Near {
    pub server: Server,
    pub definitions: Vec<Definition>,
    pub now: u64,
}

/// The examples of the rules, right and wrong.
static EXAMPLES: LazyLock<Vec<(Server, Vec<Client>)>> =
    LazyLock::new(|| rules::all().flat_map(|rule| [rule.wrong, rule.right]).filter_map(records).collect());

/// The records that the macro makes of an example.
fn records(source: &str) -> Option<(Server, Vec<Client>)> {
    let (mut errors, mut tracked) = Default::default();
    let blocks = parse::blocks(source.parse::<TokenStream>().ok()?, &mut errors);
    let checked = check::check(&blocks, &mut errors, &mut tracked);
    Some((checked.server, checked.clients))
}

/// The clients in them.
static CLIENTS: LazyLock<Vec<Client>> =
    LazyLock::new(|| EXAMPLES.iter().flat_map(|(_, clients)| clients).cloned().collect());

/// The texts in them.
static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| {
    let values = CLIENTS.iter().flat_map(|client| Setting::ALL.iter().map(|setting| client.value(*setting)));
    let mut texts: Vec<Text> = values
        .flat_map(|value| match value {
            Value::Text(text) | Value::OptionalText(Some(text)) => vec![text],
            Value::Texts(texts) => texts.to_vec(),
            Value::Secrets(secrets) => secrets.iter().map(|secret| secret.value.stored().into()).collect(),
            Value::GrantTypes(grants) => grants.iter().map(|grant| grant.as_str().into()).collect(),
            Value::Claims(claims) => {
                claims.iter().flat_map(|claim| [claim.claim_type.clone(), claim.value.clone()]).collect()
            }
            Value::Properties(properties) => properties.iter().map(|property| property.key.clone()).collect(),
            _ => Vec::new(),
        })
        .collect();
    texts.sort();
    texts.dedup();
    texts
});

/// What an edit puts into a text.
const INSERTS: [&str; 16] =
    [" ", "*", "#", "%2e", "@", ":0", ":443", "/../", "?code=1", "\\", "\"", "-", "A", "\0", "\u{202e}", "é"];

/// Times, and what is near a limit.
const NUMBERS: [u32; 16] =
    [0, 1, 5, 60, 61, 300, 599, 600, 601, 3600, 3601, 86_401, 300_000, 31_536_001, i32::MAX.cast_unsigned(), u32::MAX];

impl<'a> Arbitrary<'a> for Near {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let (mut server, mut clients) = u.choose(&EXAMPLES)?.clone();
        for _ in 0..u.int_in_range(0..=2)? {
            clients.push(u.choose(&CLIENTS)?.clone());
        }
        edit_server(&mut server, u)?;
        let definitions = clients.into_iter().map(|client| definition(client, u)).collect::<Result<_>>()?;
        Ok(Self { server, definitions, now: u.arbitrary()? })
    }
}

fn edit_server(server: &mut Server, u: &mut Unstructured<'_>) -> Result<()> {
    for _ in 0..u.int_in_range(0..=3)? {
        match u.int_in_range(0..=5)? {
            0 => server.issuer = Some(text(u)?),
            1 => server.identity_scopes = list(u, text)?,
            2 => server.api_scopes = list(u, |u| Ok(text(u)?.into()))?,
            3 => server.insecure_http_hosts = list(u, text)?,
            4 => server.default_scopes = list(u, text)?,
            _ => server.levels = levels(u)?,
        }
    }
    Ok(())
}

fn definition(mut client: Client, u: &mut Unstructured<'_>) -> Result<Definition> {
    let mut secrets = Vec::new();
    for _ in 0..u.int_in_range(0..=4)? {
        let setting = *u.choose(Setting::ALL)?;
        let value = match setting {
            Setting::ClientSecrets => {
                let mut values = Vec::new();
                secrets.clear();
                for _ in 0..u.int_in_range(0..=3)? {
                    let (secret, facts) = secret(u)?;
                    values.push(secret);
                    secrets.push(facts);
                }
                Value::Secrets(values.into())
            }
            // As in another example.
            _ if u.arbitrary()? => u.choose(&CLIENTS)?.value(setting),
            _ => value(setting.kind(), u)?,
        };
        let _ = client.set(setting, value);
    }
    let mut definition = Definition { secrets, ..Definition::from(client) };
    for _ in 0..u.int_in_range(0..=2)? {
        definition.written.insert(*u.choose(Setting::ALL)?);
    }
    if u.ratio(1, 8)? {
        definition.unread.insert(*u.choose(Setting::ALL)?);
    }
    if u.ratio(1, 8)? {
        definition.levels = levels(u)?;
    }
    Ok(definition)
}

fn value(kind: Kind, u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match kind {
        Kind::Flag => Value::Flag(u.arbitrary()?),
        Kind::OptionalFlag => Value::OptionalFlag(u.arbitrary()?),
        Kind::Seconds => Value::Seconds(*u.choose(&NUMBERS)?),
        Kind::OptionalSeconds => Value::OptionalSeconds(Some(*u.choose(&NUMBERS)?)),
        Kind::Text => Value::Text(text(u)?),
        Kind::OptionalText => Value::OptionalText(Some(text(u)?)),
        Kind::Texts => Value::Texts(list(u, text)?),
        Kind::GrantTypes => Value::GrantTypes(list(u, |u| match u.ratio(1, 4)? {
            true => Ok(GrantType::Extension(text(u)?)),
            false => u.choose(GrantType::NAMED).cloned(),
        })?),
        Kind::SigningAlgorithms => Value::SigningAlgorithms(list(u, |u| u.choose(SigningAlgorithm::ALL).copied())?),
        Kind::DpopValidationModes => {
            Value::DpopValidationModes(list(u, |u| u.choose(DpopValidationMode::ALL).copied())?)
        }
        Kind::RefreshTokenUsage => Value::RefreshTokenUsage(*u.choose(RefreshTokenUsage::ALL)?),
        Kind::RefreshTokenExpiration => Value::RefreshTokenExpiration(*u.choose(RefreshTokenExpiration::ALL)?),
        Kind::AccessTokenType => Value::AccessTokenType(*u.choose(AccessTokenType::ALL)?),
        Kind::ApplicationType => Value::ApplicationType(Some(*u.choose(ApplicationType::ALL)?)),
        Kind::Claims => {
            Value::Claims(list(u, |u| Ok(ClientClaim { claim_type: text(u)?, value: text(u)?, value_type: None }))?)
        }
        Kind::Properties => Value::Properties(list(u, |u| Ok(Property { key: text(u)?, value: text(u)? }))?),
        kind => panic!("{kind:?} is new"),
    })
}

fn list<T: Clone>(u: &mut Unstructured<'_>, entry: fn(&mut Unstructured<'_>) -> Result<T>) -> Result<List<T>> {
    let mut entries: Vec<T> = Vec::new();
    for _ in 0..u.int_in_range(0..=4)? {
        entries.push(match entries.first() {
            Some(first) if u.ratio(1, 8)? => first.clone(),
            _ => entry(u)?,
        });
    }
    Ok(entries.into())
}

/// A text of the examples, perhaps with an edit or two; or any text.
fn text(u: &mut Unstructured<'_>) -> Result<Text> {
    if u.ratio(1, 16)? {
        return Ok(<&str>::arbitrary(u)?.into());
    }
    let mut text = u.choose(&TEXTS)?.to_string();
    for _ in 0..u.int_in_range(0..=2)? {
        let at = text.floor_char_boundary(u.choose_index(text.len() + 1)?);
        match u.int_in_range(0..=3)? {
            0 => text.insert_str(at, u.choose(&INSERTS)?),
            1 => text.truncate(at),
            2 => text = text.split_off(at),
            _ => text = text.replacen(|c: char| c.is_ascii_punctuation(), "", 1),
        }
    }
    Ok(text.into())
}

fn secret(u: &mut Unstructured<'_>) -> Result<(Secret, SecretFacts)> {
    let text = text(u)?;
    let key = SecretFacts::of_form(SecretForm::Key);
    let (value, facts) = match u.int_in_range(0..=7)? {
        0 => (SecretValue::Jwk(text), key),
        1 => (SecretValue::X509Certificate(text), key),
        2 => (SecretValue::X509Name(text), key),
        3 => (SecretValue::X509Thumbprint(text), key),
        4 => (SecretValue::sha256_of(&*text), SecretFacts::of_form(SecretForm::Digest)),
        5 => (SecretValue::sha512_of(&*text), SecretFacts::of_form(SecretForm::Unknown)),
        6 => (SecretValue::sha256_of(&*text), SecretFacts::of_text(&text, SecretForm::External)),
        _ => (SecretValue::sha256_of(&*text), SecretFacts::of_text(&text, SecretForm::Text)),
    };
    Ok((Secret { expiration: u.arbitrary()?, ..value.into() }, facts))
}

fn levels(u: &mut Unstructured<'_>) -> Result<Levels> {
    let names: Vec<Text> = rules::all().map(|rule| rule.name.into()).chain([rules::PEDANTIC.into()]).collect();
    let mut lists: [Vec<Text>; 4] = Default::default();
    for list in &mut lists {
        for _ in 0..u.int_in_range(0..=2)? {
            list.push(u.choose(&names)?.clone());
        }
    }
    let [allow, expect, warn, deny] = lists.map(List::from);
    Ok(Levels { allow, expect, warn, deny })
}

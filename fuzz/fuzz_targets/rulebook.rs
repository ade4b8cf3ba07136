//! The rulebook on definitions near the examples of its rules: it always says the same, of places that exist, and a
//! stricter profile says no less.
#![no_main]

use std::sync::LazyLock;

use guestlist_runtime::rules::{self, Definition, Finding, Level, Place, Report, Rule, SecretFacts, SecretForm};
use guestlist_runtime::{
    AccessTokenType, ApplicationType, Client, ClientClaim, DpopValidationMode, GrantType, Kind, Levels, List, Profile,
    Property, RefreshTokenExpiration, RefreshTokenUsage, Secret, SecretValue, Server, Setting, SigningAlgorithm, Text,
    Value,
};
use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: Input| {
    let Input { server, definitions, now } = input;
    let [default, oauth21, fapi20] = [Profile::Default, Profile::OAuth21, Profile::Fapi20].map(|profile| {
        let server = Server { profile, ..server.clone() };
        let report = rules::check(&server, &definitions, Vec::new());
        assert_eq!(shown(&report), shown(&rules::check_at(&server, &definitions, Vec::new(), now)));
        report.findings.iter().for_each(|finding| in_place(&server, &definitions, finding));
        in_order(&report);
        report
    });
    no_less(&default, &oauth21);
    no_less(&default, &fapi20);
});

/// What does not depend on the time, as text.
fn shown(report: &Report) -> Vec<String> {
    let findings = report.findings.iter().filter(|finding| !finding.rule.needs_time());
    let shown = findings.map(|finding| {
        let Finding { level, client, place, bytes, other, note, .. } = finding;
        format!("{finding} {level:?} {client:?} {place:?} {bytes:?} {other:?} {note}")
    });
    shown.collect()
}

/// The findings of each client together, in the order of the catalogue.
fn in_order(report: &Report) {
    let rank = |rule: &Rule| rules::all().position(|other| other.name == rule.name);
    assert!(report.findings.is_sorted_by_key(|finding| (finding.client, rank(finding.rule))));
}

/// The place is there, the bytes lie within the text there, and no message is disguised by what it quotes.
fn in_place(server: &Server, definitions: &[Definition], finding: &Finding) {
    assert_ne!(finding.level, Level::Silent);
    let is_hidden = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!finding.to_string().contains(is_hidden), "{finding:?}");
    let Some(text) = text_at(server, definitions, finding.client, finding.place) else {
        panic!("{finding}: there is no {:?}", finding.place)
    };
    if let Some(bytes) = &finding.bytes {
        let marked = text.as_deref().and_then(|text| text.get(bytes.clone()));
        assert!(marked.is_some(), "{finding}: {bytes:?} of {text:?} at {:?}", finding.place);
    }
    if let Some((client, place)) = finding.other {
        assert!(text_at(server, definitions, client, place).is_some(), "{finding}: there is no other {place:?}");
    }
}

/// What stands at a place that exists: a text, or something else.
fn text_at(server: &Server, definitions: &[Definition], client: Option<usize>, place: Place) -> Option<Option<Text>> {
    let definition = client.and_then(|client| definitions.get(client));
    let client = definition.map(|definition| &definition.client);
    if let (Some(setting), Some(client)) = (place.setting(), client) {
        // A setting that is neither written nor has a value of its own has no place.
        let is_written = definition.is_some_and(|definition| definition.written.contains(setting));
        if !is_written && client.value(setting) == Client::DEFAULT.value(setting) {
            return None;
        }
    }
    match place {
        Place::Client => client.map(|client| Some(client.client_id.clone())),
        Place::Setting(setting) | Place::Value(setting) => match client?.value(setting) {
            Value::Text(text) => Some(Some(text)),
            Value::OptionalText(text) => Some(text),
            _ => Some(None),
        },
        Place::Item(setting, at) => match client?.value(setting) {
            Value::Texts(texts) => texts.get(at).cloned().map(Some),
            Value::GrantTypes(grants) => grants.get(at).map(|grant| Some(grant.as_str().into())),
            Value::Secrets(secrets) => secrets.get(at).map(|secret| Some(secret.value.stored().into())),
            Value::SigningAlgorithms(algorithms) => algorithms.get(at).map(|_| None),
            Value::DpopValidationModes(modes) => modes.get(at).map(|_| None),
            Value::Claims(claims) => claims.get(at).map(|claim| Some(claim.claim_type.clone())),
            Value::Properties(properties) => properties.get(at).map(|property| Some(property.key.clone())),
            _ => None,
        },
        Place::Server("issuer", None) => Some(server.issuer.clone()),
        Place::Server("identity_scopes", Some(at)) => server.identity_scopes.get(at).cloned().map(Some),
        Place::Server("api_scopes", Some(at)) => server.api_scopes.get(at).map(|scope| Some(scope.name.clone())),
        Place::Server("insecure_http_hosts", Some(at)) => server.insecure_http_hosts.get(at).cloned().map(Some),
        Place::Server("insecure_http_hosts", None) => Some(None),
        _ => None,
    }
}

/// Where a stricter profile has no error, `Default` has none, and each of its warnings is there too. (Beside an error,
/// what follows from it is silent.)
///
/// FAPI 2.0 has no word on three cases that are a warning by default: `refresh_public_reuse` (W/E/–),
/// `redirect_uri_shared_scheme` (W/W/–), and `scope_openid_missing` where only the implicit or the hybrid grant needs
/// `openid` (W/W/–). The first two are about public clients, and it refuses those as it refuses both grants: none is an
/// exception here.
fn no_less(default: &Report, strict: &Report) {
    if strict.refuses() {
        return;
    }
    assert!(!default.refuses());
    for finding in &default.findings {
        let is_same = |other: &Finding| {
            (other.rule.name, other.client, other.place) == (finding.rule.name, finding.client, finding.place)
        };
        assert!(strict.findings.iter().any(is_same), "{finding}");
    }
}

/// Definitions near the examples of the rules.
#[derive(Debug)]
struct Input {
    server: Server,
    definitions: Vec<Definition>,
    now: u64,
}

/// The examples of the rules.
static EXAMPLES: LazyLock<Vec<(Server, Vec<Client>)>> = LazyLock::new(guestlist_fuzz::examples);

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
const INSERTS: [&str; 24] = [
    " ",
    "*",
    "#",
    "%2e",
    "%2F",
    "@",
    ":",
    ":0",
    ":443",
    "/",
    "/../",
    "?code=1",
    "\\",
    "\"",
    ".",
    "-",
    "_",
    "+",
    "A",
    "1",
    "\u{0}",
    "\u{202e}",
    "é",
    "localhost",
];

const NUMBERS: [u32; 16] =
    [0, 1, 5, 60, 61, 300, 599, 600, 601, 3600, 3601, 86_401, 300_000, 31_536_001, i32::MAX.cast_unsigned(), u32::MAX];

impl<'a> Arbitrary<'a> for Input {
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
        match u.int_in_range(0..=4)? {
            0 => server.issuer = Some(text(u)?),
            1 => server.identity_scopes = list(u, text)?,
            2 => server.api_scopes = list(u, |u| Ok(text(u)?.into()))?,
            3 => server.insecure_http_hosts = list(u, text)?,
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
        6 => (SecretValue::sha256_of(&*text), SecretFacts::of_text(&text, SecretForm::Apart)),
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

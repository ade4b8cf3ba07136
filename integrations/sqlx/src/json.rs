//! How is a setting's value written in a column?

use std::fmt::Display;
use std::str::FromStr;

use guestlist_runtime::{
    AccessTokenType, ApplicationType, ClientClaim, DpopValidationMode, GrantType, Kind, Levels, List, Property,
    RefreshTokenExpiration, RefreshTokenUsage, Secret, SecretValue, Setting, SigningAlgorithm, Text, Value,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value as Json, json};

use crate::error::quoted;

/// A value as JSON; nothing, if it is of a kind that this release does not know. Client secrets are rows.
pub fn of_value(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Flag(flag) => json!(flag),
        Value::OptionalFlag(flag) => json!(flag),
        Value::Seconds(seconds) => json!(seconds),
        Value::OptionalSeconds(seconds) => json!(seconds),
        Value::Text(text) => json!(text.as_str()),
        Value::OptionalText(text) => json!(text.as_deref()),
        Value::Texts(texts) => texts.iter().map(|text| text.as_str()).collect(),
        Value::GrantTypes(grants) => grants.iter().map(GrantType::as_str).collect(),
        Value::SigningAlgorithms(algorithms) => algorithms.iter().map(SigningAlgorithm::as_str).collect(),
        Value::DpopValidationModes(modes) => modes.iter().map(DpopValidationMode::as_str).collect(),
        Value::RefreshTokenUsage(usage) => json!(usage.as_str()),
        Value::RefreshTokenExpiration(expiration) => json!(expiration.as_str()),
        Value::AccessTokenType(kind) => json!(kind.as_str()),
        Value::ApplicationType(kind) => json!(kind.as_ref().map(ApplicationType::as_str)),
        Value::Claims(claims) => claims
            .iter()
            .map(|ClientClaim { claim_type, value, value_type }| {
                json!({
                    "claim_type": claim_type.as_str(),
                    "value": value.as_str(),
                    "value_type": value_type.as_deref(),
                })
            })
            .collect(),
        Value::Properties(properties) => properties
            .iter()
            .map(|Property { key, value }| json!({ "key": key.as_str(), "value": value.as_str() }))
            .collect(),
        _ => return None,
    })
}

/// The value of a setting, or what is wrong, as it follows on the setting's name.
pub fn to_value(setting: Setting, json: Json) -> Result<Value, String> {
    Ok(match setting.kind() {
        Kind::Flag => Value::Flag(typed(json, "true or false")?),
        Kind::OptionalFlag => Value::OptionalFlag(typed(json, "true, false or NULL")?),
        Kind::Seconds => Value::Seconds(typed(json, "a number of seconds of 32 bits")?),
        Kind::OptionalSeconds => Value::OptionalSeconds(typed(json, "a number of seconds of 32 bits, or NULL")?),
        Kind::Text => Value::Text(text(json)?.into()),
        Kind::OptionalText => Value::OptionalText(optional_text(json)?.map(Text::from)),
        Kind::Texts => Value::Texts(texts(json)?.into()),
        Kind::GrantTypes => Value::GrantTypes(texts(json)?.into_iter().map(grant).collect()),
        Kind::SigningAlgorithms => Value::SigningAlgorithms(each_of(json, SigningAlgorithm::ALL)?),
        Kind::DpopValidationModes => Value::DpopValidationModes(each_of(json, DpopValidationMode::ALL)?),
        Kind::RefreshTokenUsage => Value::RefreshTokenUsage(one_of(&text(json)?, RefreshTokenUsage::ALL)?),
        Kind::RefreshTokenExpiration => {
            Value::RefreshTokenExpiration(one_of(&text(json)?, RefreshTokenExpiration::ALL)?)
        }
        Kind::AccessTokenType => Value::AccessTokenType(one_of(&text(json)?, AccessTokenType::ALL)?),
        Kind::ApplicationType => {
            let name = optional_text(json)?;
            Value::ApplicationType(name.map(|name| one_of(&name, ApplicationType::ALL)).transpose()?)
        }
        Kind::Claims => {
            let claims: Vec<StoredClaim> =
                typed(json, r#"an array of objects `{"claim_type": …, "value": …, "value_type": …}`"#)?;
            Value::Claims(claims.into_iter().map(ClientClaim::from).collect())
        }
        Kind::Properties => {
            let properties: Vec<StoredProperty> = typed(json, r#"an array of objects `{"key": …, "value": …}`"#)?;
            Value::Properties(properties.into_iter().map(Property::from).collect())
        }
        Kind::Secrets => {
            let secrets: Vec<StoredSecret> = typed(json, "a list of secrets")?;
            Value::Secrets(secrets.into_iter().zip(1..).map(secret).collect::<Result<List<Secret>, String>>()?)
        }
        _ => return Err("is not known to this release of guestlist-sqlx".to_owned()),
    })
}

/// How findings are treated, as JSON.
pub fn of_levels(Levels { allow, expect, warn, deny }: &Levels) -> Json {
    let names = |list: &List<Text>| list.iter().map(|name| name.as_str()).collect::<Json>();
    json!({ "allow": names(allow), "expect": names(expect), "warn": names(warn), "deny": names(deny) })
}

/// How findings are treated, or what is wrong, as it follows on the column's name.
pub fn to_levels(json: Json) -> Result<Levels, String> {
    let what =
        r#"an object of arrays with the names of rules: `{"allow": […], "expect": […], "warn": […], "deny": […]}`"#;
    let StoredLevels { allow, expect, warn, deny } = typed(json, what)?;
    Ok(Levels { allow: allow.into(), expect: expect.into(), warn: warn.into(), deny: deny.into() })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredClaim {
    claim_type: String,
    value: String,
    value_type: Option<String>,
}

impl From<StoredClaim> for ClientClaim {
    fn from(StoredClaim { claim_type, value, value_type }: StoredClaim) -> Self {
        Self { claim_type: claim_type.into(), value: value.into(), value_type: value_type.map(Text::from) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredProperty {
    key: String,
    value: String,
}

impl From<StoredProperty> for Property {
    fn from(StoredProperty { key, value }: StoredProperty) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StoredLevels {
    allow: Vec<String>,
    expect: Vec<String>,
    warn: Vec<String>,
    deny: Vec<String>,
}

/// As the statements make it of a row.
#[derive(Deserialize)]
struct StoredSecret {
    r#type: String,
    /// In hex.
    value: String,
    description: Option<String>,
    expiration: Option<u64>,
}

/// Nothing of the value is in an error, nor is the type: who swaps columns may have put the value there.
fn secret((stored, number): (StoredSecret, usize)) -> Result<Secret, String> {
    let bytes = hex::decode(stored.value).map_err(|_| format!("#{number} has no bytes as its value"))?;
    let value = value_of_secret(&stored.r#type, bytes).map_err(|what| format!("#{number} {what}"))?;
    Ok(Secret { value, description: stored.description.map(Text::from), expiration: stored.expiration })
}

fn value_of_secret(kind: &str, bytes: Vec<u8>) -> Result<SecretValue, &'static str> {
    let text = |bytes| String::from_utf8(bytes).map(Text::from).map_err(|_| "is a key or certificate and not UTF-8");
    Ok(match kind {
        "sha256" => SecretValue::Sha256(bytes.try_into().map_err(|_| "is a SHA-256 digest and not of 32 bytes")?),
        "sha512" => SecretValue::Sha512(bytes.try_into().map_err(|_| "is a SHA-512 digest and not of 64 bytes")?),
        "x509_thumbprint" => SecretValue::X509Thumbprint(text(bytes)?),
        "x509_name" => SecretValue::X509Name(text(bytes)?),
        "x509_certificate" => SecretValue::X509Certificate(text(bytes)?),
        "jwk" => SecretValue::Jwk(text(bytes)?),
        _ => return Err("has an unknown type"),
    })
}

/// The type and the bytes of a secret in its row; nothing, if this release does not know its kind.
pub fn of_secret(value: &SecretValue) -> Option<(&'static str, &[u8])> {
    let bytes: &[u8] = match value {
        SecretValue::Sha256(digest) => digest,
        SecretValue::Sha512(digest) => digest,
        SecretValue::X509Thumbprint(text)
        | SecretValue::X509Name(text)
        | SecretValue::X509Certificate(text)
        | SecretValue::Jwk(text) => text.as_bytes(),
        _ => return None,
    };
    Some((value.form_name(), bytes))
}

/// An unknown grant is what the rulebook judges.
fn grant(name: String) -> GrantType {
    match GrantType::NAMED.iter().find(|grant| grant.as_str() == name) {
        Some(known) => known.clone(),
        None => GrantType::Extension(name.into()),
    }
}

fn typed<T: DeserializeOwned>(json: Json, what: &str) -> Result<T, String> {
    // The error would quote the value, which may be a secret in the wrong column.
    serde_json::from_value(json).map_err(|_| format!("is not {what}"))
}

fn text(json: Json) -> Result<String, String> {
    typed(json, "a text")
}

fn optional_text(json: Json) -> Result<Option<String>, String> {
    typed(json, "a text or NULL")
}

fn texts(json: Json) -> Result<Vec<String>, String> {
    typed(json, "an array of texts")
}

fn each_of<T: FromStr + Display>(json: Json, all: &[T]) -> Result<List<T>, String> {
    texts(json)?.iter().map(|name| one_of(name, all)).collect()
}

fn one_of<T: FromStr + Display>(name: &str, all: &[T]) -> Result<T, String> {
    name.parse().map_err(|_| {
        let names: Vec<String> = all.iter().map(|one| format!("`{one}`")).collect();
        format!("has the unknown name {}: write one of {}", quoted(name), names.join(", "))
    })
}

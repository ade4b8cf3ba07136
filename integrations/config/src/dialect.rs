//! How names and values are written in a file, so that messages say what to write in its own syntax.

use std::borrow::Cow;

use guestlist_runtime::rules::{Message, Piece, SecretSyntax};
use guestlist_runtime::{ClientClaim, GrantType, Secret, Setting, Value};
use serde_json::{Map, Value as Json, json};

use crate::{Format, Shape};

/// What a file's names and values look like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    pub(crate) shape: Shape,
    pub(crate) format: Format,
}

impl Dialect {
    /// A sentence of the rulebook.
    pub(crate) fn say(self, message: &Message) -> String {
        message.pieces.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(self, piece: &Piece) -> String {
        match piece {
            Piece::Setting(setting) => format!("`{}`", self.name(*setting)),
            Piece::Assign(setting, value) => {
                let (name, value) = self.member(*setting, value);
                self.assign(&name, &value)
            }
            // The word is IdentityServer's alone.
            Piece::Grant(GrantType::Hybrid) if self.shape == Shape::Registration => String::from("`code id_token`"),
            Piece::Profile(profile) => format!("`{profile}`"),
            Piece::Secret(syntax) => format!("`{}`", self.secret(*syntax)),
            Piece::Grant(grant) if grant.variant_name().is_some() => format!("`{grant}`"),
            // Words, and extension grants.
            other => other.to_string(),
        }
    }

    /// The name of a setting, as the one who wrote the file knows it.
    fn name(self, setting: Setting) -> Cow<'static, str> {
        match (self.shape, setting) {
            (Shape::Registration, Setting::RequireClientSecret) => "token_endpoint_auth_method".into(),
            (Shape::Registration, Setting::AllowOfflineAccess) => "refresh_token".into(),
            (shape, setting) => shape.name(setting),
        }
    }

    /// The name and the value by which a file sets a setting.
    fn member(self, setting: Setting, value: &Value) -> (Cow<'static, str>, Json) {
        match (self.shape, value) {
            (Shape::Registration, Value::Flag(needed)) if setting == Setting::RequireClientSecret => {
                (self.name(setting), json!(if *needed { "client_secret_basic" } else { "none" }))
            }
            (Shape::Registration, Value::Flag(true)) if setting == Setting::AllowOfflineAccess => {
                ("grant_types".into(), json!(["refresh_token"]))
            }
            (Shape::Registration, Value::Texts(scopes)) if setting == Setting::AllowedScopes => {
                let scopes: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
                (self.name(setting), json!(scopes.join(" ")))
            }
            (shape, value) => (shape.name(setting), written(shape, setting, value)),
        }
    }

    /// A name with a value behind it, in code quotes.
    pub(crate) fn assign(self, name: &str, value: &Json) -> String {
        format!("`{}`", self.pair(name, value))
    }

    fn pair(self, name: &str, value: &Json) -> String {
        let value = self.value(value);
        match self.format {
            Format::Json => format!("{}: {value}", Json::from(name)),
            Format::Toml => format!("{name} = {value}"),
            Format::Yaml => format!("{name}: {value}"),
        }
    }

    /// A value on one line. A quoted text of JSON is one of TOML and of YAML as well.
    pub(crate) fn value(self, value: &Json) -> String {
        match value {
            Json::Array(entries) => {
                let entries: Vec<String> = entries.iter().map(|entry| self.value(entry)).collect();
                format!("[{}]", entries.join(", "))
            }
            Json::Object(members) => {
                let members: Vec<String> = members.iter().map(|(name, value)| self.pair(name, value)).collect();
                match self.format {
                    Format::Toml => format!("{{ {} }}", members.join(", ")),
                    Format::Json | Format::Yaml => format!("{{{}}}", members.join(", ")),
                }
            }
            scalar => scalar.to_string(),
        }
    }

    /// A form in which a secret is written.
    fn secret(self, syntax: SecretSyntax) -> String {
        let member = |name: &str, kind: Option<&str>| {
            let kind = kind.map(|kind| ("Type".to_owned(), json!(kind)));
            let members: Map<String, Json> = [(name.to_owned(), json!("…"))].into_iter().chain(kind).collect();
            self.value(&Json::Object(members))
        };
        match (self.shape, syntax) {
            (Shape::IdentityServer, SecretSyntax::Jwk) => member("Value", Some("JWK")),
            (Shape::IdentityServer, SecretSyntax::X509Certificate) => member("Value", Some("X509CertificateBase64")),
            (Shape::IdentityServer, _) => member("Value", None),
            (Shape::Guestlist | Shape::Registration, syntax) => member(syntax.as_str(), None),
        }
    }
}

/// A setting's value as a file of this shape has it, whatever the format.
fn written(shape: Shape, setting: Setting, value: &Value) -> Json {
    let dotnet = shape == Shape::IdentityServer;
    let named = |variant: &'static str, registered: &'static str| json!(if dotnet { variant } else { registered });
    match value {
        Value::Flag(flag) => json!(flag),
        Value::OptionalFlag(flag) => json!(flag),
        Value::Seconds(seconds) if dotnet && setting == Setting::DpopClockSkew => json!(time_span(*seconds)),
        Value::Seconds(seconds) => json!(seconds),
        Value::OptionalSeconds(seconds) => json!(seconds),
        Value::Text(text) => json!(text.as_str()),
        Value::OptionalText(text) => json!(text.as_deref()),
        Value::Texts(texts) => texts.iter().map(|text| text.as_str()).collect(),
        Value::Secrets(secrets) => secrets.iter().map(|one| secret(shape, one)).collect(),
        Value::GrantTypes(grants) => grants.iter().map(GrantType::as_str).collect(),
        Value::SigningAlgorithms(algorithms) => algorithms.iter().map(|algorithm| algorithm.as_str()).collect(),
        Value::RefreshTokenUsage(usage) => named(usage.variant_name(), usage.as_str()),
        Value::RefreshTokenExpiration(expiration) => named(expiration.variant_name(), expiration.as_str()),
        Value::AccessTokenType(kind) => named(kind.variant_name(), kind.as_str()),
        Value::ApplicationType(Some(kind)) => named(kind.variant_name(), kind.as_str()),
        Value::Claims(claims) => claims.iter().map(|one| claim(shape, one)).collect(),
        Value::Properties(properties) => properties
            .iter()
            .map(|property| (property.key.to_string(), json!(property.value.as_str())))
            .collect::<Map<String, Json>>()
            .into(),
        // Flags of an enum, as .NET writes them.
        Value::DpopValidationModes(modes) if dotnet => {
            json!(modes.iter().map(|mode| mode.variant_name()).collect::<Vec<_>>().join(", "))
        }
        Value::DpopValidationModes(modes) => modes.iter().map(|mode| mode.as_str()).collect(),
        _ => Json::Null,
    }
}

fn secret(shape: Shape, secret: &Secret) -> Json {
    let stored = secret.value.stored();
    if shape == Shape::IdentityServer {
        return json!({ "Type": secret.value.type_name(), "Value": stored });
    }
    json!({ secret.value.form_name(): stored })
}

fn claim(shape: Shape, claim: &ClientClaim) -> Json {
    let (kind, value) = (claim.claim_type.as_str(), claim.value.as_str());
    match (shape, &claim.value_type) {
        (Shape::IdentityServer, None) => json!({ "Type": kind, "Value": value }),
        (Shape::IdentityServer, Some(of)) => json!({ "Type": kind, "Value": value, "ValueType": of.as_str() }),
        (_, None) => json!([kind, value]),
        (_, Some(of)) => json!([kind, value, of.as_str()]),
    }
}

/// Seconds as .NET's `TimeSpan`.
fn time_span(seconds: u32) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    let days = if days > 0 { format!("{days}.") } else { String::new() };
    format!("{days}{hours:02}:{minutes:02}:{:02}", seconds % 60)
}

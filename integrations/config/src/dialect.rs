//! How names and values are written in a file, so that messages say what to write in its own syntax.

use std::borrow::Cow;

use guestlist_runtime::rules::{Message, Piece, SecretSyntax};
use guestlist_runtime::{GrantType, Setting, Value};
use serde_json::{Map, Value as Json, json};

use crate::{Format, Shape, write};

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
            (shape, value) => (shape.name(setting), write::value(shape, setting, value).map_or(Json::Null, Json::from)),
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

//! A `Client` block to the definition that the rulebook judges.

use std::collections::BTreeMap;

use guestlist_runtime::rules::{self, Definition, Place as At, nearest_grant};
use guestlist_runtime::{
    AccessTokenType, ApplicationType, Client, ClientClaim, DpopValidationMode, GrantType, Kind, List, Property,
    RefreshTokenExpiration, RefreshTokenUsage, Setting, Settings, SigningAlgorithm, Text, Value,
};
use proc_macro2::Span;

use super::levels::{self, Expectation};
use super::names;
use super::value::{self, Name, Reader, alternatives, literal_text};
use crate::parse::{Block, Expr};
use crate::report::{Errors, Place};
use crate::track::Tracked;

/// Where the parts of a client stand.
#[derive(Debug)]
pub struct Places {
    /// The word `Client`.
    name: Span,
    settings: BTreeMap<Setting, SettingPlaces>,
}

#[derive(Debug)]
struct SettingPlaces {
    name: Span,
    value: Place,
    items: Vec<Place>,
}

impl Places {
    /// The narrowest tokens of a place.
    pub fn of(&self, at: At) -> Place {
        let setting = at.setting().and_then(|setting| self.settings.get(&setting));
        match (at, setting) {
            (At::Setting(_), Some(setting)) => setting.name.into(),
            (At::Value(_) | At::Default(_, None), Some(setting)) => setting.value,
            (At::Item(_, index) | At::Default(_, Some(index)), Some(setting)) => {
                setting.items.get(index).copied().unwrap_or(setting.value)
            }
            _ => self.client(),
        }
    }

    /// The client id, or the word `Client` if there is none.
    fn client(&self) -> Place {
        self.settings.get(&Setting::ClientId).map_or_else(|| self.name.into(), |id| id.value)
    }
}

/// A client block as it was read.
#[derive(Debug)]
pub struct Read {
    pub definition: Definition,
    pub written: Written,
}

/// Where what was read stands in the source.
#[derive(Debug)]
pub struct Written {
    pub places: Places,
    pub expectations: Vec<Expectation>,
}

/// Reads a block; settings that are not written have the values of the defaults, and where those
/// could not be read, neither could they.
pub fn read(block: &Block, defaults: &Defaults, errors: &mut Errors, tracked: &mut Tracked) -> Read {
    let (levels, expectations) = levels::of_block(&block.attributes, errors);
    let mut definition = Definition { client: defaults.client.clone(), levels, ..Definition::default() };
    let mut places = Places { name: block.name.span(), settings: BTreeMap::new() };
    let mut reader = Reader { errors, tracked, entries: Vec::new() };
    for field in &block.fields {
        let name = field.name.to_string();
        let Some(setting) = Setting::from_name(&name) else {
            let meant = names::meant(&name, field.value.as_ref().and_then(value::flag));
            // What was meant was said, though not read.
            meant.setting.map(|setting| definition.unread.insert(setting));
            reader.errors.push(&field.name, format!("unknown setting `{name}`"), meant.help);
            continue;
        };
        if let Some(first) = places.settings.get(&setting) {
            reader.errors.written_twice(first.name, &field.name);
            definition.unread.insert(setting);
            continue;
        }
        definition.written.insert(setting);
        let Some(expr) = &field.value else {
            reader.errors.no_value(&field.name);
            definition.unread.insert(setting);
            places.settings.insert(
                setting,
                SettingPlaces { name: field.name.span(), value: (&field.name).into(), items: Vec::new() },
            );
            continue;
        };
        places
            .settings
            .insert(setting, SettingPlaces { name: field.name.span(), value: expr.place(), items: Vec::new() });
        reader.entries.clear();
        let errors_before = reader.errors.len();
        let value = if setting == Setting::ClientSecrets {
            Some(reader.secrets(expr, &mut definition))
        } else {
            reader.value(setting, Name::of(&name), expr)
        };
        let whole = reader.errors.len() == errors_before && !expr.is_bad();
        if matches!(setting.kind(), Kind::Seconds | Kind::OptionalSeconds) && matches!(expr, Expr::Call(..)) {
            definition.with_unit.insert(setting);
        }
        let set = value.is_some_and(|value| definition.client.set(setting, value).is_ok());
        if let Some(setting) = places.settings.get_mut(&setting) {
            setting.items.append(&mut reader.entries);
        }
        if !whole || !set {
            definition.unread.insert(setting);
        }
    }
    for setting in Setting::ALL.iter().copied().filter(|setting| !definition.written.contains(*setting)) {
        // Who writes `..`, which is reported, has meant what is missing to come from there.
        if block.has_base || defaults.unread.contains(setting) {
            definition.unread.insert(setting);
        }
        if defaults.with_unit.contains(setting) {
            definition.with_unit.insert(setting);
        }
    }
    Read { definition, written: Written { places, expectations } }
}

impl Reader<'_> {
    fn secrets(&mut self, expr: &Expr, definition: &mut Definition) -> Value {
        let mut secrets = Vec::new();
        for (at, entry) in self.list(Name::of("client_secrets"), expr).iter().enumerate() {
            let Some(mut read) = self.secret(at, entry) else { continue };
            read.facts.number = at + 1;
            self.entries.push(entry.place());
            definition.secrets.push(read.facts);
            secrets.push(read.secret);
        }
        Value::Secrets(secrets.into())
    }

    /// Reads the value of a setting by its kind. Of a list, the entries that could be read.
    fn value(&mut self, setting: Setting, name: Name<'_>, expr: &Expr) -> Option<Value> {
        Some(match setting.kind() {
            Kind::Flag => Value::Flag(self.flag(name, expr)?),
            Kind::OptionalFlag => Value::OptionalFlag(Some(self.flag(name, expr)?)),
            Kind::Seconds => Value::Seconds(self.seconds(name, expr)?),
            Kind::OptionalSeconds => Value::OptionalSeconds(Some(self.seconds(name, expr)?)),
            Kind::Text => Value::Text(self.text(name, expr)?.into()),
            Kind::OptionalText => Value::OptionalText(Some(self.text(name, expr)?.into())),
            Kind::Texts => {
                Value::Texts(self.list_of(name, expr, |reader, entry| reader.text(name.entry(), entry).map(Text::from)))
            }
            Kind::GrantTypes => {
                Value::GrantTypes(self.list_of(name, expr, |reader, entry| reader.grant(name.entry(), entry)))
            }
            Kind::SigningAlgorithms => Value::SigningAlgorithms(
                self.list_of(name, expr, |reader, entry| reader.algorithm(name.entry(), entry)),
            ),
            Kind::DpopValidationModes => Value::DpopValidationModes(self.list_of(name, expr, |reader, entry| {
                reader.one_of(name.entry(), "DpopValidationMode", entry, DpopValidationMode::ALL, |one| {
                    (one.variant_name(), one.as_str())
                })
            })),
            Kind::Claims => Value::Claims(self.list_of(name, expr, |reader, entry| reader.claim(name, entry))),
            Kind::Properties => {
                Value::Properties(self.list_of(name, expr, |reader, entry| reader.property(name, entry)))
            }
            Kind::RefreshTokenUsage => Value::RefreshTokenUsage(self.one_of(
                name,
                "RefreshTokenUsage",
                expr,
                RefreshTokenUsage::ALL,
                |one| (one.variant_name(), one.as_str()),
            )?),
            Kind::RefreshTokenExpiration => Value::RefreshTokenExpiration(self.one_of(
                name,
                "RefreshTokenExpiration",
                expr,
                RefreshTokenExpiration::ALL,
                |one| (one.variant_name(), one.as_str()),
            )?),
            Kind::AccessTokenType => {
                Value::AccessTokenType(self.one_of(name, "AccessTokenType", expr, AccessTokenType::ALL, |one| {
                    (one.variant_name(), one.as_str())
                })?)
            }
            Kind::ApplicationType => Value::ApplicationType(Some(self.one_of(
                name,
                "ApplicationType",
                expr,
                ApplicationType::ALL,
                |one| (one.variant_name(), one.as_str()),
            )?)),
            _ => return None,
        })
    }

    pub fn list_of<T>(
        &mut self,
        name: Name<'_>,
        expr: &Expr,
        mut read: impl FnMut(&mut Self, &Expr) -> Option<T>,
    ) -> List<T> {
        let entries = self.list(name, expr);
        let mut list = Vec::new();
        for entry in entries {
            if let Some(value) = read(self, entry) {
                list.push(value);
                self.entries.push(entry.place());
            }
        }
        list.into()
    }

    /// A grant by its variant, or an extension grant by its URI.
    fn grant(&mut self, name: Name<'_>, expr: &Expr) -> Option<GrantType> {
        if let Some(text) = literal_text(expr) {
            let Some((known, variant)) = named_grant(&text) else { return Some(GrantType::Extension(text.into())) };
            // In place of a list, it has its error already.
            if !self.errors.has(expr.place()) {
                let message = format!("the grant type `{text}` is written by its name, not as a text");
                self.errors.push(expr.place(), message, format!("write `{variant}`, without quotes"));
            }
            return Some(known.clone());
        }
        if let Expr::Call(call, ..) = expr
            && call == "env"
        {
            return Some(GrantType::Extension(self.text(name, expr)?.into()));
        }
        if let Expr::Call(call, arguments, _) = expr
            && call == "Extension"
        {
            let uri = arguments.first().and_then(literal_text);
            let uri = uri.filter(|_| arguments.len() == 1);
            let help = match uri.as_deref().and_then(named_grant) {
                Some((_, variant)) => format!("write `{variant}`"),
                None => "write its URI alone, in quotes".to_owned(),
            };
            self.errors.push(call, "an extension grant is written without `Extension`", help);
            return None;
        }
        let variants: Vec<&str> = GrantType::NAMED.iter().filter_map(GrantType::variant_name).collect();
        let variant = self.variant(name, "GrantType", expr, &variants)?;
        let written = variant.to_string();
        if let Some(known) = GrantType::NAMED.iter().find(|grant| grant.variant_name() == Some(&written)) {
            return Some(known.clone());
        }
        let snake = rules::snake_case(&written);
        let near = match snake.as_str() {
            "code" | "auth_code" => Some(GrantType::AuthorizationCode),
            "ropc" | "resource_owner_password" => Some(GrantType::Password),
            "device" | "device_flow" => Some(GrantType::DeviceCode),
            _ => nearest_grant(&snake),
        };
        let help = match near.as_ref().map(|near| (near.variant_name(), near.as_str())) {
            _ if matches!(snake.as_str(), "refresh" | "refresh_token" | "offline_access") => {
                "refresh tokens are no grant of their own: set `allow_offline_access: true`".to_owned()
            }
            Some((Some(variant), _)) => format!("did you mean `{variant}`?"),
            Some((None, uri)) => format!("write an extension grant by its URI: {uri:?}"),
            None => {
                format!("one of {}, or an extension grant by its URI in quotes", alternatives(variants.into_iter()))
            }
        };
        self.errors.broken("grant_unknown", expr.place(), format!("unknown grant type `{written}`"), help);
        None
    }

    /// A signing algorithm by its registered name, as a variant or a text.
    fn algorithm(&mut self, name: Name<'_>, expr: &Expr) -> Option<SigningAlgorithm> {
        let written = match literal_text(expr) {
            Some(text) => text,
            None => self.variant(name, "SigningAlgorithm", expr, &["PS256", "ES256", "EdDSA"])?.to_string(),
        };
        rules::parse_algorithm(&written)
            .map_err(|help| {
                let message = format!("`{written}` is not an accepted signing algorithm");
                self.errors.broken("signing_alg_invalid", expr.place(), message, help.to_string());
            })
            .ok()
    }

    /// `("role", "admin")` or `("level", "3", "integer")`
    fn claim(&mut self, name: Name<'_>, expr: &Expr) -> Option<ClientClaim> {
        let parts = self.tuple(name, expr, &[2, 3], "(\"type\", \"value\")` or `(\"type\", \"value\", \"integer\")")?;
        let mut parts = parts.into_iter();
        Some(ClientClaim { claim_type: parts.next()?, value: parts.next()?, value_type: parts.next() })
    }

    /// `("tier", "gold")`
    fn property(&mut self, name: Name<'_>, expr: &Expr) -> Option<Property> {
        let mut parts = self.tuple(name, expr, &[2], "(\"key\", \"value\")")?.into_iter();
        Some(Property { key: parts.next()?, value: parts.next()? })
    }

    pub fn tuple(&mut self, name: Name<'_>, expr: &Expr, sizes: &[usize], example: &str) -> Option<Vec<Text>> {
        match expr {
            Expr::Tuple(parts, _) if sizes.contains(&parts.len()) => {
                let parts: Vec<_> = parts.iter().map(|part| self.text(name.entry(), part).map(Text::from)).collect();
                parts.into_iter().collect()
            }
            Expr::Bad(_) => None,
            _ => {
                self.errors.push(
                    expr.place(),
                    format!("{} is a tuple of texts", name.entry()),
                    format!("write `{example}`"),
                );
                None
            }
        }
    }
}

/// The grant with a name of its own that a text stands for: its registered name, or that of its variant.
pub fn named_grant(text: &str) -> Option<(&'static GrantType, &'static str)> {
    let mut named = GrantType::NAMED.iter().filter_map(|grant| Some((grant, grant.variant_name()?)));
    named.find(|(grant, variant)| grant.as_str() == text || *variant == text)
}

/// The settings that have no place in a server's defaults.
pub const NO_DEFAULT: [Setting; 2] = [Setting::ClientId, Setting::ClientSecrets];

/// What the settings are that a client does not write.
#[derive(Debug, Default)]
pub struct Defaults {
    pub client: Client,
    /// Where they are written.
    pub places: Option<Places>,
    /// Those that could not be read whole.
    pub unread: Settings,
    /// The times that are written with their unit.
    pub with_unit: Settings,
}

/// Reads `defaults: Client { … }`.
pub fn read_defaults(expr: &Expr, errors: &mut Errors, tracked: &mut Tracked) -> Defaults {
    let Expr::Block(block) = expr else {
        if !matches!(expr, Expr::Bad(_)) {
            errors.push(expr.place(), "`defaults` takes a block", "write `defaults: Client { … }`");
        }
        return Defaults::default();
    };
    for field in &block.fields {
        if NO_DEFAULT.iter().any(|setting| field.name == setting.as_str()) {
            errors.push(
                &field.name,
                format!("`{}` has no default: each client has its own", field.name),
                "write it in each `Client { … }`",
            );
        }
    }
    if block.name != "Client" {
        errors.push(
            &block.name,
            format!("expected `Client`, found `{}`", block.name),
            "write `defaults: Client { … }`",
        );
    }
    let Read { definition, written } = read(block, &Defaults::default(), errors, tracked);
    let Definition { mut client, unread, with_unit, .. } = definition;
    for setting in NO_DEFAULT {
        let _ = client.set(setting, Client::DEFAULT.value(setting));
    }
    Defaults { client, places: Some(written.places), unread, with_unit }
}

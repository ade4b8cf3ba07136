//! The value of a setting as a file has it, whatever the format.

use guestlist_runtime::{ClientClaim, DpopValidationMode, GrantType, Property, Setting, Value};

use super::data::Data;
use super::secret;
use crate::Shape;

/// The value as this shape writes it; nothing, if that is to leave it out.
pub(crate) fn value(shape: Shape, setting: Setting, value: &Value) -> Option<Data> {
    let dotnet = shape == Shape::IdentityServer;
    let named = |variant: &'static str, registered: &'static str| Data::text(if dotnet { variant } else { registered });
    Some(match value {
        Value::Flag(flag) | Value::OptionalFlag(Some(flag)) => Data::Flag(*flag),
        Value::Seconds(seconds) if dotnet && setting == Setting::DpopClockSkew => Data::Text(time_span(*seconds)),
        Value::Seconds(seconds) | Value::OptionalSeconds(Some(seconds)) => Data::from(*seconds),
        Value::Text(text) | Value::OptionalText(Some(text)) => Data::text(text.as_str()),
        Value::Texts(texts) => Data::texts(texts.iter().map(|text| text.as_str())),
        Value::Secrets(secrets) => Data::List(secrets.iter().map(|one| secret::secret(shape, one)).collect()),
        Value::GrantTypes(grants) => Data::texts(grants.iter().map(GrantType::as_str)),
        Value::SigningAlgorithms(algorithms) => Data::texts(algorithms.iter().map(|algorithm| algorithm.as_str())),
        Value::RefreshTokenUsage(usage) => named(usage.variant_name(), usage.as_str()),
        Value::RefreshTokenExpiration(expiration) => named(expiration.variant_name(), expiration.as_str()),
        Value::AccessTokenType(kind) => named(kind.variant_name(), kind.as_str()),
        Value::ApplicationType(Some(kind)) => named(kind.variant_name(), kind.as_str()),
        // Flags of an enum, of which `Custom` is the 0.
        Value::DpopValidationModes(modes) if dotnet && modes.is_empty() => {
            Data::text(DpopValidationMode::Custom.variant_name())
        }
        Value::DpopValidationModes(modes) if dotnet => {
            let flags: Vec<&str> = modes.iter().map(|mode| mode.variant_name()).collect();
            Data::Text(flags.join(", "))
        }
        Value::DpopValidationModes(modes) => Data::texts(modes.iter().map(|mode| mode.as_str())),
        Value::Claims(claims) => Data::List(claims.iter().map(|one| claim(dotnet, one)).collect()),
        Value::Properties(properties) => Data::map(properties.iter().map(property)),
        _ => return None,
    })
}

fn property(Property { key, value }: &Property) -> (&str, Data) {
    (key.as_str(), Data::text(value.as_str()))
}

fn claim(dotnet: bool, ClientClaim { claim_type, value, value_type }: &ClientClaim) -> Data {
    let parts = [Some(claim_type.as_str()), Some(value.as_str()), value_type.as_deref()];
    if !dotnet {
        return Data::texts(parts.into_iter().flatten());
    }
    let value_type = value_type.as_deref().map(claim_value_type);
    let parts = [Some(claim_type.as_str().to_owned()), Some(value.as_str().to_owned()), value_type];
    let members = ["Type", "Value", "ValueType"].into_iter().zip(parts);
    Data::map(members.filter_map(|(name, part)| Some((name, Data::Text(part?)))))
}

/// What stands before the name of a type in .NET's `ClaimValueTypes`.
const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema#";

/// The types that `ClaimValueTypes` has under such names, but for that of texts, which is the default.
const XML_TYPES: [&str; 12] = [
    "base64Binary",
    "boolean",
    "date",
    "dateTime",
    "double",
    "hexBinary",
    "integer",
    "integer32",
    "integer64",
    "time",
    "uinteger32",
    "uinteger64",
];

fn claim_value_type(name: &str) -> String {
    if XML_TYPES.contains(&name) { format!("{XML_SCHEMA}{name}") } else { name.to_owned() }
}

/// Seconds as .NET's `TimeSpan`.
fn time_span(seconds: u32) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    let days = if days > 0 { format!("{days}.") } else { String::new() };
    format!("{days}{hours:02}:{minutes:02}:{:02}", seconds % 60)
}

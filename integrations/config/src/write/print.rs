//! Values as the text of a format.

use super::NotWritten;
use super::data::Data;
use crate::Format;

/// The text of a document, with a line break at its end.
pub(super) fn print(document: &Data, format: Format) -> Result<String, NotWritten> {
    match format {
        Format::Json => serde_json::to_string_pretty(document).map(|text| text + "\n").map_err(refused(format)),
        #[cfg(feature = "toml")]
        Format::Toml => match document {
            Data::List(_) => Err(NotWritten::ListInToml),
            document => toml::to_string_pretty(document).map_err(refused(format)),
        },
        #[cfg(feature = "yaml")]
        Format::Yaml => yaml::print(document).map_err(refused(format)),
        #[allow(unreachable_patterns, reason = "with all features on, every format is written")]
        format => Err(NotWritten::WithoutFeature(format)),
    }
}

fn refused<E: ToString>(format: Format) -> impl Fn(E) -> NotWritten {
    move |error| NotWritten::Refused(format, error.to_string())
}

#[cfg(feature = "yaml")]
mod yaml {
    use saphyr::{EmitError, Scalar, Yaml, YamlEmitter};

    use super::Data;

    pub(super) fn print(document: &Data) -> Result<String, EmitError> {
        let mut text = String::new();
        let mut emitter = YamlEmitter::new(&mut text);
        // Whatever a plain text may be to others, such as a time or `y`.
        emitter.quoted_value(true);
        emitter.dump(&value(document))?;
        Ok(text + "\n")
    }

    fn value(data: &Data) -> Yaml<'_> {
        match data {
            Data::Flag(flag) => Yaml::Value(Scalar::Boolean(*flag)),
            Data::Number(number) => match number.as_i64() {
                Some(number) => Yaml::Value(Scalar::Integer(number)),
                // Written as JSON writes it.
                None => Yaml::Representation(number.to_string().into(), saphyr::ScalarStyle::Plain, None),
            },
            Data::Text(text) => Yaml::Value(Scalar::String(text.into())),
            Data::List(entries) => Yaml::Sequence(entries.iter().map(value).collect()),
            Data::Map(members) => Yaml::Mapping(members.iter().map(|(name, data)| (key(name), value(data))).collect()),
        }
    }

    fn key(name: &str) -> Yaml<'_> {
        Yaml::Value(Scalar::String(name.into()))
    }
}

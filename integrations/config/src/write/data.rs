//! Values to be written, whatever the format.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Number, Value as Json};

/// A value whose members keep their order. It has no `Debug`, since it may hold digests.
#[derive(Clone)]
pub(crate) enum Data {
    Flag(bool),
    Number(Number),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Data {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    pub(super) fn map<N: Into<String>>(members: impl IntoIterator<Item = (N, Self)>) -> Self {
        Self::Map(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl From<u32> for Data {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl Data {
    /// What a JSON text says; nothing, if there is a `null` in it, which TOML has no form for.
    pub(super) fn of_json(json: Json) -> Option<Self> {
        Some(match json {
            Json::Null => return None,
            Json::Bool(flag) => Self::Flag(flag),
            Json::Number(number) => Self::Number(number),
            Json::String(text) => Self::Text(text),
            Json::Array(entries) => Self::List(entries.into_iter().map(Self::of_json).collect::<Option<_>>()?),
            Json::Object(members) => {
                let member = |(name, value)| Some((name, Self::of_json(value)?));
                Self::Map(members.into_iter().map(member).collect::<Option<_>>()?)
            }
        })
    }
}

impl From<Data> for Json {
    fn from(data: Data) -> Self {
        match data {
            Data::Flag(flag) => flag.into(),
            Data::Number(number) => number.into(),
            Data::Text(text) => text.into(),
            Data::List(entries) => entries.into_iter().map(Self::from).collect(),
            Data::Map(members) => members.into_iter().collect(),
        }
    }
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(entries) => serializer.collect_seq(entries),
            Self::Map(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

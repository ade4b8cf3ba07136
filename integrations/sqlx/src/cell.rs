//! How does a value get into a statement and out of a row?

use guestlist_runtime::{Kind, Setting};
use serde_json::Value as Json;
use sqlx::{ColumnIndex, Decode, Row, Type};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Flag,
    Integer,
    Text,
    /// A list, which may lie in a table of its own.
    Json,
}

impl Column {
    pub const fn of(setting: Setting) -> Self {
        match setting.kind() {
            Kind::Flag | Kind::OptionalFlag => Self::Flag,
            Kind::Seconds | Kind::OptionalSeconds => Self::Integer,
            Kind::Texts
            | Kind::Secrets
            | Kind::GrantTypes
            | Kind::SigningAlgorithms
            | Kind::Claims
            | Kind::Properties
            | Kind::DpopValidationModes => Self::Json,
            _ => Self::Text,
        }
    }

    /// The value as the column takes it; NULL where it is of another type.
    pub fn parameter(self, value: &Json) -> Parameter {
        match self {
            Self::Flag => Parameter::Flag(value.as_bool()),
            Self::Integer => Parameter::Integer(value.as_i64()),
            Self::Text => Parameter::Text(value.as_str().map(str::to_owned)),
            Self::Json => Parameter::Text(Some(value.to_string())),
        }
    }

    /// The value in a row, or how it follows on the column's name that there is none.
    pub fn read(self, row: &dyn Cells, at: usize) -> Result<Json, String> {
        match self {
            Self::Flag => row.flag(at).map(Json::from),
            Self::Integer => row.integer(at).map(Json::from),
            Self::Text => row.text(at).map(Json::from),
            Self::Json => {
                let text = row.text(at).map_err(|_| "is not UTF-8")?.unwrap_or_default();
                return serde_json::from_str(&text).map_err(|_| "is not JSON".to_owned());
            }
        }
        .map_err(|_| match self {
            Self::Text => "is not UTF-8".to_owned(),
            _ => "has another type than its column".to_owned(),
        })
    }
}

/// A value for a statement.
#[derive(Clone)]
pub enum Parameter {
    Flag(Option<bool>),
    Integer(Option<i64>),
    Text(Option<String>),
    Bytes(Vec<u8>),
}

impl From<&str> for Parameter {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<i64> for Parameter {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

/// The columns of a row, of either database.
pub trait Cells {
    fn flag(&self, at: usize) -> sqlx::Result<Option<bool>>;
    fn integer(&self, at: usize) -> sqlx::Result<Option<i64>>;
    fn text(&self, at: usize) -> sqlx::Result<Option<String>>;
}

impl<R: Row> Cells for R
where
    usize: ColumnIndex<R>,
    Option<bool>: for<'r> Decode<'r, R::Database> + Type<R::Database>,
    Option<i64>: for<'r> Decode<'r, R::Database> + Type<R::Database>,
    Option<String>: for<'r> Decode<'r, R::Database> + Type<R::Database>,
{
    fn flag(&self, at: usize) -> sqlx::Result<Option<bool>> {
        self.try_get(at)
    }

    fn integer(&self, at: usize) -> sqlx::Result<Option<i64>> {
        self.try_get(at)
    }

    fn text(&self, at: usize) -> sqlx::Result<Option<String>> {
        self.try_get(at)
    }
}

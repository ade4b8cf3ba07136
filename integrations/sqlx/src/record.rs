//! How does a client become a row, and a row a client?

use guestlist_runtime::rules::Definition;
use guestlist_runtime::{Client, Levels, Secret, Setting, Settings, Text};
use serde_json::Value as Json;

use crate::cell::{Cells, Column, Parameter};
use crate::error::Misfit;
use crate::statements::stored;
use crate::{MAX_CLIENT_ID_LENGTH, MAX_ORIGIN_LENGTH, Version, json};

/// A client as it was read, with what could not be read.
pub struct Row {
    pub definition: Definition,
    pub version: Version,
    pub misfits: Vec<Misfit>,
}

impl Row {
    /// Reads the columns that [`Statements`](crate::statements::Statements) selects for a client.
    pub fn read(cells: &dyn Cells) -> Self {
        let mut misfits = Vec::new();
        let mut definition = Definition::default();
        for (at, setting) in Setting::ALL.iter().copied().enumerate() {
            let value = Column::of(setting).read(cells, at).and_then(|json| json::to_value(setting, json));
            match value.map(|value| definition.client.set(setting, value)) {
                Ok(Ok(())) => {}
                Ok(Err(_)) => misfits.push(Misfit::new(setting.as_str(), "is of another kind")),
                Err(message) => misfits.push(Misfit::new(setting.as_str(), message)),
            }
        }
        let version = Setting::ALL.len();
        let levels = Column::Json.read(cells, version + 1).and_then(json::to_levels);
        definition.levels = levels.unwrap_or_else(|message| {
            misfits.push(Misfit::new("levels", message));
            Levels::EMPTY
        });
        definition.unread = misfits.iter().filter_map(|misfit| Setting::from_name(misfit.column)).collect();
        definition.written = Settings::differing(&definition.client, &Client::DEFAULT);
        let version = Version(cells.integer(version).ok().flatten().unwrap_or_default());
        Self { definition, version, misfits }
    }
}

/// A client as it is written.
pub struct Record {
    pub client_id: Text,
    /// The columns of the clients' table.
    pub columns: Vec<Parameter>,
    /// What follows on client id and position in the rows of the secrets.
    pub secrets: Vec<[Parameter; 4]>,
    pub origins: Vec<Text>,
}

impl Record {
    /// The rows of a client, or what has no place in them.
    pub fn of(client: &Client, levels: &Levels) -> Result<Self, Vec<Misfit>> {
        let mut misfits = Vec::new();
        let mut misfit = |column, message: String| misfits.push(Misfit::new(column, message));
        let mut columns = Vec::new();
        for setting in stored() {
            match json::of_value(&client.value(setting)) {
                None => misfit(setting.as_str(), "is not known to this release of guestlist-sqlx".into()),
                Some(json) if has_nul(&json) => misfit(setting.as_str(), NUL.into()),
                Some(json) => columns.push(Column::of(setting).parameter(&json)),
            }
        }
        match json::of_levels(levels) {
            json if has_nul(&json) => misfit("levels", NUL.into()),
            json => columns.push(Column::Json.parameter(&json)),
        }
        let mut secrets = Vec::new();
        for (secret, number) in client.client_secrets.iter().zip(1..) {
            match row_of_secret(secret) {
                Ok(row) => secrets.push(row),
                Err(message) => misfit(Setting::ClientSecrets.as_str(), format!("#{number} {message}")),
            }
        }
        if client.client_id.len() > MAX_CLIENT_ID_LENGTH {
            misfit(Setting::ClientId.as_str(), format!("is longer than {MAX_CLIENT_ID_LENGTH} bytes"));
        }
        for origin in &client.allowed_cors_origins {
            if origin.len() > MAX_ORIGIN_LENGTH {
                misfit(
                    Setting::AllowedCorsOrigins.as_str(),
                    format!("has an entry that is longer than {MAX_ORIGIN_LENGTH} bytes"),
                );
            }
            if origin.contains('\0') {
                misfit(Setting::AllowedCorsOrigins.as_str(), NUL.into());
            }
        }
        let client_id = client.client_id.clone();
        let origins = client.allowed_cors_origins.to_vec();
        if misfits.is_empty() { Ok(Self { client_id, columns, secrets, origins }) } else { Err(misfits) }
    }
}

/// PostgreSQL has no such text, and SQLite's functions see only what stands before it.
const NUL: &str = "has the character U+0000, which a database does not keep";

fn has_nul(json: &Json) -> bool {
    match json {
        Json::String(text) => text.contains('\0'),
        Json::Array(entries) => entries.iter().any(has_nul),
        Json::Object(members) => members.values().any(has_nul),
        _ => false,
    }
}

/// The end of the year 9999, the last that RFC 3339 can write.
const LAST_SECOND: u64 = 253_402_300_799;

/// The type, the value, the description and the expiration.
fn row_of_secret(secret: &Secret) -> Result<[Parameter; 4], &'static str> {
    let (kind, value) = json::of_secret(&secret.value).ok_or("is of a kind that is not known to this release")?;
    let description = secret.description.as_deref().map(str::to_owned);
    if description.as_ref().is_some_and(|text| text.contains('\0')) {
        return Err(NUL);
    }
    if secret.expiration.is_some_and(|expiration| expiration > LAST_SECOND) {
        return Err("expires after the year 9999: give a Unix time in seconds");
    }
    let expiration = secret.expiration.and_then(|expiration| expiration.try_into().ok());
    Ok([kind.into(), Parameter::Bytes(value.to_owned()), Parameter::Text(description), Parameter::Integer(expiration)])
}

//! What is the database asked?
//!
//! The statements are made from the settings, and from what the two databases write differently.

use std::sync::LazyLock;

use guestlist_runtime::Setting;

use crate::cell::Column;

/// What the two databases write differently.
struct Dialect {
    clients: &'static str,
    secrets: &'static str,
    origins: &'static str,
    /// Behind a text that is to be JSON.
    to_json: &'static str,
    /// Behind JSON that is to be a text.
    to_text: &'static str,
    array_of: &'static str,
    object: &'static str,
    /// The bytes of a secret.
    in_hex: &'static str,
    schema_exists: &'static str,
    schema_version: &'static str,
}

#[cfg(feature = "sqlite")]
pub static SQLITE: LazyLock<Statements> = LazyLock::new(|| {
    Statements::new(&Dialect {
        clients: "guestlist_clients",
        secrets: "guestlist_client_secrets",
        origins: "guestlist_allowed_cors_origins",
        to_json: "",
        to_text: "",
        array_of: "json_group_array",
        object: "json_object",
        in_hex: "hex(s.value)",
        schema_exists: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')",
        schema_version: "SELECT coalesce(max(version), 0) FROM _sqlx_migrations",
    })
});

#[cfg(feature = "postgres")]
pub static POSTGRES: LazyLock<Statements> = LazyLock::new(|| {
    Statements::new(&Dialect {
        clients: "guestlist.clients",
        secrets: "guestlist.client_secrets",
        origins: "guestlist.allowed_cors_origins",
        to_json: "::jsonb",
        to_text: "::text",
        array_of: "json_agg",
        object: "json_build_object",
        in_hex: "encode(s.value, 'hex')",
        schema_exists: "SELECT to_regclass('guestlist._sqlx_migrations') IS NOT NULL",
        schema_version: "SELECT coalesce(max(version), 0) FROM guestlist._sqlx_migrations",
    })
});

/// A number that every change makes greater.
#[cfg(feature = "sqlite")]
pub const SQLITE_REVISION: &str = "SELECT revision FROM guestlist_revision";

/// Every statement for one database.
pub struct Statements {
    /// A client whole, in one row: its settings in their order, its version and its levels. To be followed by a
    /// condition on `c`.
    select: String,
    /// A client by its id.
    pub get: String,
    /// Clients behind an id, up to a number.
    pub list: String,
    /// Whether an enabled client allows an origin.
    pub allows_origin: String,
    pub insert: String,
    /// A client by its id and version, which follow on the values.
    pub update: String,
    /// A client by its id and version.
    pub delete: String,
    /// That of a client by its id.
    pub version: String,
    pub insert_secret: String,
    pub delete_secrets: String,
    pub insert_origin: String,
    pub delete_origins: String,
    pub schema_exists: &'static str,
    pub schema_version: &'static str,
    secrets: &'static str,
}

/// A client that is written is compared with no more others than these.
const MOST_OTHERS: usize = 20;

/// The settings that are columns of the clients' table.
pub fn stored() -> impl Iterator<Item = Setting> {
    let apart = |setting: &Setting| matches!(setting, Setting::ClientSecrets | Setting::AllowedCorsOrigins);
    Setting::ALL.iter().copied().filter(move |setting| !apart(setting))
}

impl Statements {
    fn new(dialect: &Dialect) -> Self {
        let Dialect { clients, secrets, origins, .. } = *dialect;
        let select = select(dialect);
        let columns: Vec<&str> = stored().map(Setting::as_str).chain(["levels"]).collect();
        let kinds = stored().map(Column::of).chain([Column::Json]);
        let values: Vec<String> = kinds
            .zip(1..)
            .map(|(kind, at)| match kind {
                Column::Json => format!("${at}{}", dialect.to_json),
                _ => format!("${at}"),
            })
            .collect();
        let assignments: Vec<String> =
            columns.iter().zip(&values).map(|(column, value)| format!("{column} = {value}")).collect();
        let [id, version] = [1, 2].map(|behind| columns.len() + behind);
        let [columns, values, assignments] = [columns.join(", "), values.join(", "), assignments.join(", ")];
        Self {
            get: format!("{select} WHERE c.client_id = $1"),
            list: format!("{select} WHERE c.client_id > $1 ORDER BY c.client_id LIMIT $2"),
            allows_origin: format!(
                "SELECT EXISTS (SELECT 1 FROM {origins} o JOIN {clients} c ON c.client_id = o.client_id \
                 WHERE o.origin = $1 AND c.enabled)"
            ),
            insert: format!("INSERT INTO {clients} ({columns}) VALUES ({values}) ON CONFLICT (client_id) DO NOTHING"),
            update: format!("UPDATE {clients} SET {assignments} WHERE client_id = ${id} AND version = ${version}"),
            delete: format!("DELETE FROM {clients} WHERE client_id = $1 AND version = $2"),
            version: format!("SELECT version FROM {clients} WHERE client_id = $1"),
            insert_secret: format!(
                "INSERT INTO {secrets} (client_id, position, type, value, description, expiration) \
                 VALUES ($1, $2, $3, $4, $5, $6)"
            ),
            delete_secrets: format!("DELETE FROM {secrets} WHERE client_id = $1"),
            insert_origin: format!("INSERT INTO {origins} (client_id, position, origin) VALUES ($1, $2, $3)"),
            delete_origins: format!("DELETE FROM {origins} WHERE client_id = $1"),
            schema_exists: dialect.schema_exists,
            schema_version: dialect.schema_version,
            secrets,
            select,
        }
    }

    /// The other clients than $1 whose id in lower case is $2, or that have one of a number of digests, from $3 on.
    pub fn others(&self, digests: usize) -> String {
        let Self { select, secrets, .. } = self;
        let digests: Vec<String> = (3..).take(digests).map(|at| format!("${at}")).collect();
        let same_secret = match digests.join(", ").as_str() {
            "" => String::new(),
            digests => format!(
                " OR c.client_id IN (SELECT client_id FROM {secrets} \
                 WHERE value IN ({digests}) AND type IN ('sha256', 'sha512'))"
            ),
        };
        format!(
            "{select} WHERE c.client_id <> $1 AND (lower(c.client_id) = $2{same_secret}) \
             ORDER BY c.client_id LIMIT {MOST_OTHERS}"
        )
    }
}

/// Lists that are only read with their client lie in its row as JSON; the two that are searched have tables of their
/// own, which the database folds into the row. So a lookup is one statement and one row, however long the lists are, and
/// shows one state of the client, not halves of two.
fn select(dialect: &Dialect) -> String {
    let Dialect { clients, secrets, origins, to_text, array_of, object, in_hex, .. } = *dialect;
    let folded = |entry: &str, table: &str, alias: &str| {
        format!(
            "(SELECT coalesce({array_of}({entry} ORDER BY {alias}.position), '[]'){to_text} \
             FROM {table} {alias} WHERE {alias}.client_id = c.client_id)"
        )
    };
    let secret = format!(
        "{object}('type', s.type, 'value', {in_hex}, 'description', s.description, 'expiration', s.expiration)"
    );
    let expression = |setting: Setting| match setting {
        Setting::ClientSecrets => folded(&secret, secrets, "s"),
        Setting::AllowedCorsOrigins => folded("o.origin", origins, "o"),
        setting if Column::of(setting) == Column::Json => format!("c.{setting}{to_text}"),
        setting => format!("c.{setting}"),
    };
    let settings: Vec<String> = Setting::ALL.iter().copied().map(expression).collect();
    format!("SELECT {}, c.version, c.levels{to_text} FROM {clients} c", settings.join(", "))
}

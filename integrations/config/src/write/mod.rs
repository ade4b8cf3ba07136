//! Clients written, for people who move.

mod data;
mod identity_server;
mod print;
mod registration;
mod secret;
mod settings;
mod source;
mod value;

use core::{error, fmt};

use guestlist_runtime::{Client, ClientRef, ClientStore, Server, Setting, StoreError, Text};

use crate::{Format, Shape};
use data::Data;
pub(crate) use value::value;

/// Clients of any store, to be written: as source, or as a file.
///
/// No secret is in clear, since a record holds but digests.
///
/// ```
/// use guestlist::{Client, Clients, clients};
/// use guestlist_config::write::Export;
///
/// static CLIENTS: Clients = clients![Client {
///     client_id: "orders",
///     client_secrets: [sha256("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=")],
///     allowed_grant_types: [ClientCredentials],
///     allowed_scopes: ["api1"],
///     access_token_lifetime: 900,
/// }];
///
/// let source = Export::new(CLIENTS.server(), &CLIENTS).to_source();
/// assert_eq!(
///     source.text,
///     r#"use guestlist::{Clients, clients};
///
/// pub static CLIENTS: Clients = clients![Client {
///     client_id: "orders",
///     client_secrets: [sha256("8OJ0oKZYBRPf1FGEObUmjYyRDrSXJVRrQo5lA/DbHAs=")],
///     allowed_grant_types: [ClientCredentials],
///     allowed_scopes: ["api1"],
///     access_token_lifetime: minutes(15),
/// }];
/// "#
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Export {
    server: Server,
    clients: Vec<ClientRef>,
}

impl Export {
    /// Clients in this order, and the server that they belong to.
    pub fn new<C: Into<ClientRef>>(server: &Server, clients: impl IntoIterator<Item = C>) -> Self {
        Self { server: server.clone(), clients: clients.into_iter().map(Into::into).collect() }
    }

    /// All clients of a store, in the order of their ids' bytes; also those that are switched off.
    ///
    /// ```
    /// use guestlist::{ClientStore, StoreError};
    /// use guestlist_config::write::Export;
    /// async fn source(store: &dyn ClientStore) -> Result<String, StoreError> {
    ///     Ok(Export::of(store).await?.to_source().text)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the store, or that of a client which it refuses.
    pub async fn of(store: &dyn ClientStore) -> Result<Self, StoreError> {
        let all = store.all().await?;
        match all.refused.into_iter().next() {
            // Without it, the rest would pass for all.
            Some(refused) => Err(refused.into()),
            None => Ok(Self { server: store.server().clone(), clients: all.clients }),
        }
    }

    /// The clients as `clients![ … ]`, formatted as rustfmt does by default for the edition 2024.
    ///
    /// Only what differs from the defaults is written, and the `Server` block if the server says anything. Above each
    /// block stands what the compiler will say of it, with the place where the rule is explained. Where a client breaks
    /// a rule that the server denies, `#[expect]` lets it compile as it stands.
    #[must_use]
    pub fn to_source(&self) -> Exported {
        source::source(&self.server, &self.clients)
    }

    /// The clients as a file, which [`ClientsFile`](crate::ClientsFile) loads for a server with the same defaults.
    ///
    /// - [`Shape::Guestlist`] has every setting.
    /// - [`Shape::IdentityServer`] as well; of `ApplicationType`, IdentityServer itself takes no notice. The usage of
    ///   refresh tokens is written wherever there are any, since its default is another one there.
    /// - [`Shape::Registration`] is client metadata (RFC 7591), for others to read: not even digests of secrets are in
    ///   it, so that a client with a shared secret cannot be loaded from it. What has no registered name is an extension member under its own name.
    ///
    /// ```
    /// # use guestlist::{Client, GrantType, SecretValue, Server};
    /// use guestlist_config::{Format, Shape, write::Export};
    /// let orders = Client {
    ///     client_id: "orders".into(),
    ///     client_secrets: [SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60")].into(),
    ///     allowed_grant_types: [GrantType::ClientCredentials].into(),
    ///     allowed_scopes: ["api1"].into(),
    ///     ..Client::default()
    /// };
    /// let export = Export::new(&Server::default(), [orders]);
    /// let written = export.to_file(Shape::IdentityServer, Format::Json).unwrap();
    /// assert_eq!(
    ///     written.text,
    ///     r#"{
    ///   "IdentityServer": {
    ///     "Clients": [
    ///       {
    ///         "ClientId": "orders",
    ///         "ClientSecrets": [
    ///           {
    ///             "Value": "JqRY+lx7O6T61jkhuTeV4+Fe0j0TDdeDSDZC7UWs/9Q="
    ///           }
    ///         ],
    ///         "AllowedGrantTypes": [
    ///           "client_credentials"
    ///         ],
    ///         "AllowedScopes": [
    ///           "api1"
    ///         ]
    ///       }
    ///     ]
    ///   }
    /// }
    /// "#
    /// );
    ///
    /// let metadata = export.to_file(Shape::Registration, Format::Json).unwrap();
    /// assert_eq!(
    ///     metadata.lost[0].to_string(),
    ///     "client \"orders\": secret #1 of `client_secrets`: no digest of a secret stands in metadata"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// If the format cannot hold it: TOML has no list of metadata, and without its feature a format is not written.
    pub fn to_file(&self, shape: Shape, format: Format) -> Result<Exported, NotWritten> {
        let mut lost = Vec::new();
        let mut each = |write: fn(&Client, &Server, &mut Vec<Lost>) -> Data| -> Vec<Data> {
            self.clients.iter().map(|client| write(client, &self.server, &mut lost)).collect()
        };
        let document = match shape {
            Shape::Guestlist => Data::map([("clients", Data::List(each(settings::client)))]),
            Shape::IdentityServer => {
                let clients = Data::map([("Clients", Data::List(each(identity_server::client)))]);
                Data::map([("IdentityServer", clients)])
            }
            Shape::Registration => match <[Data; 1]>::try_from(each(registration::client)) {
                Ok([client]) => client,
                Err(clients) => Data::List(clients),
            },
        };
        Ok(Exported { text: print::print(&document, format)?, lost })
    }
}

/// Clients as they were written.
///
/// `Debug` does not show the text, which holds digests.
#[derive(Clone)]
#[non_exhaustive]
pub struct Exported {
    /// The text of the source or the file, with a line break at its end.
    pub text: String,
    /// What the text cannot say.
    pub lost: Vec<Lost>,
}

impl fmt::Debug for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exported").field("lost", &self.lost).finish_non_exhaustive()
    }
}

/// Something of a client that an export cannot say.
///
/// `Display` writes a line about it, such as ``client "orders": `pair_wise_subject_salt`: the salt is the server's
/// own``.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lost {
    /// The client's id.
    pub client_id: Text,
    /// The setting that it is of.
    pub setting: Setting,
    /// The entry of the setting's list, by index.
    pub entry: Option<usize>,
    /// Why it cannot be said: lower-case, without a full stop.
    pub why: &'static str,
}

impl Lost {
    fn setting(client: &Client, setting: Setting, why: &'static str) -> Self {
        Self { client_id: client.client_id.clone(), setting, entry: None, why }
    }

    fn entry(client: &Client, setting: Setting, entry: usize, why: &'static str) -> Self {
        Self { entry: Some(entry), ..Self::setting(client, setting, why) }
    }

    /// The sentence without the client.
    fn what(&self) -> String {
        let Self { setting, why, .. } = self;
        match (self.entry, setting) {
            (Some(at), Setting::ClientSecrets) => format!("secret #{} of `{setting}`: {why}", at + 1),
            (Some(at), _) => format!("entry #{} of `{setting}`: {why}", at + 1),
            (None, _) => format!("`{setting}`: {why}"),
        }
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "client {:?}: {}", self.client_id.as_str(), self.what())
    }
}

/// Clients that a format cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotWritten {
    /// TOML begins with a table, so that it has no list of metadata.
    ListInToml,
    /// `guestlist-config` was built without the feature of the format.
    WithoutFeature(Format),
    /// What the writer of the format says.
    Refused(Format, String),
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ListInToml => {
                f.write_str("TOML has no list of client metadata: write JSON or YAML, or one client alone")
            }
            Self::WithoutFeature(format) => {
                write!(f, "{} is not written: guestlist-config was built without its feature", format.as_str())
            }
            Self::Refused(format, message) => write!(f, "{} cannot be written: {message}", format.as_str()),
        }
    }
}

impl error::Error for NotWritten {}

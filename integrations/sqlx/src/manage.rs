//! How is a client created, changed and deleted?

use guestlist_runtime::rules::{Definition, Finding};

use crate::cell::Parameter;
use crate::clients::{SqlClients, may_exist};
use crate::database::Transaction;
use crate::error::WriteError;
use crate::record::{Record, Row};
use crate::version::Version;
use crate::{json, judge};

/// What became of a client that was written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Saved {
    /// The version that it is now.
    pub version: Version,
    /// What the rulebook warns of.
    pub warnings: Vec<Finding>,
}

/// Each of these is a transaction: all of it happens, or nothing. The definition is held to the rulebook first, with what
/// it says of its secrets in clear ([`Definition::with_secret`]), and beside those other clients that have one of its
/// shared secrets or whose id differs only by case, up to 20 of them: so `secret_reused` and `client_id_case_collision`
/// are judged. Who writes waits for those who write already, so that of two clients the later one is judged beside the
/// first. Keys and salts are not compared with those of other clients, nor are ids that only look alike.
///
/// What is not as by default counts as written, as it will when it is read. The [levels](Definition::levels) are stored.
impl SqlClients {
    /// Stores a new client.
    ///
    /// ```
    /// use guestlist_runtime::rules::Definition;
    /// use guestlist_runtime::{Client, ClientStore, GrantType};
    /// use guestlist_sqlx::SqlClients;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let database = guestlist_sqlx::Database::connect("sqlite::memory:").await?;
    /// # database.migrate().await?;
    /// # let clients = SqlClients::open(database, guestlist_runtime::Server::default()).await?;
    ///
    /// let reports = Client {
    ///     client_id: "reports".into(),
    ///     allowed_grant_types: [GrantType::ClientCredentials].into(),
    ///     allowed_scopes: ["api1"].into(),
    ///     ..Client::default()
    /// };
    /// let secret = "9cd0a6b9b1f24b6c3f9c2a7e81b4d6053e9f7c1a2b8d4e60";
    /// let saved = clients.create(Definition::from(reports).with_secret(secret, None)).await?;
    /// assert!(saved.warnings.is_empty());
    /// assert!(clients.find("reports").await?.is_some_and(|client| client.verify_secret(secret, 1_800_000_000)));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`WriteError::Refused`], [`WriteError::Exists`] or [`WriteError::Unavailable`].
    pub async fn create(&self, definition: impl Into<Definition>) -> Result<Saved, WriteError> {
        let (record, draft) = judge::draft(&self.server, definition.into())?;
        let work = async {
            let mut transaction = self.database.0.begin().await?;
            let warnings = self.judge(&mut transaction, &record, draft).await?;
            match transaction.execute(&self.database.0.statements().insert, record.columns.clone()).await? {
                0 => Err(WriteError::Exists),
                _ => self.finish(transaction, record, warnings).await,
            }
        };
        self.database.0.within(work).await
    }

    /// Replaces the client of the definition's id, if it still is the given version.
    ///
    /// ```
    /// use guestlist_sqlx::{SqlClients, WriteError};
    ///
    /// /// Switches a client off, whatever others are doing to it.
    /// async fn switch_off(clients: &SqlClients, client_id: &str) -> Result<(), Box<dyn std::error::Error>> {
    ///     while let Some(stored) = clients.get(client_id).await? {
    ///         let mut definition = stored.definition?;
    ///         definition.client.enabled = false;
    ///         match clients.update(definition, stored.version).await {
    ///             Err(WriteError::Conflict(_)) => {}
    ///             written => return Ok(written.map(drop)?),
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let database = guestlist_sqlx::Database::connect("sqlite::memory:").await?;
    /// # database.migrate().await?;
    /// # let clients = SqlClients::open(database, guestlist_runtime::Server::default()).await?;
    /// # use guestlist_runtime::{Client, ClientStore, GrantType};
    /// # let grants = [GrantType::DeviceCode].into();
    /// # let tv = Client { client_id: "tv".into(), require_client_secret: false, allowed_grant_types: grants, ..Client::default() };
    /// # clients.create(Client { allowed_scopes: ["openid"].into(), ..tv }).await?;
    ///
    /// switch_off(&clients, "tv").await?;
    /// assert_eq!(clients.find("tv").await?, None);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`WriteError::Refused`], [`WriteError::Conflict`] or [`WriteError::Unavailable`].
    pub async fn update(&self, definition: impl Into<Definition>, version: Version) -> Result<Saved, WriteError> {
        let (record, draft) = judge::draft(&self.server, definition.into())?;
        let work = async {
            let mut transaction = self.database.0.begin().await?;
            let warnings = self.judge(&mut transaction, &record, draft).await?;
            let mut parameters = record.columns.clone();
            parameters.extend([record.client_id.as_str().into(), version.0.into()]);
            match transaction.execute(&self.database.0.statements().update, parameters).await? {
                0 => Err(WriteError::Conflict(self.version(&mut transaction, &record.client_id).await?)),
                _ => self.finish(transaction, record, warnings).await,
            }
        };
        self.database.0.within(work).await
    }

    /// Deletes a client, if it still is the given version.
    ///
    /// # Errors
    ///
    /// [`WriteError::Conflict`] or [`WriteError::Unavailable`].
    pub async fn delete(&self, client_id: &str, version: Version) -> Result<(), WriteError> {
        if !may_exist(client_id) {
            return Err(WriteError::Conflict(None));
        }
        let work = async {
            let mut transaction = self.database.0.begin().await?;
            let parameters = vec![client_id.into(), version.0.into()];
            match transaction.execute(&self.database.0.statements().delete, parameters).await? {
                0 => Err(WriteError::Conflict(self.version(&mut transaction, client_id).await?)),
                _ => Ok(transaction.commit().await?),
            }
        };
        self.database.0.within(work).await
    }

    /// The warnings of a draft, beside the clients that it may collide with.
    async fn judge(
        &self,
        transaction: &mut Transaction,
        record: &Record,
        draft: Definition,
    ) -> Result<Vec<Finding>, WriteError> {
        let secrets = draft.client.client_secrets.iter().filter(|secret| secret.value.is_shared());
        let digests: Vec<Parameter> = secrets
            .filter_map(|secret| json::of_secret(&secret.value))
            .map(|(_, digest)| Parameter::Bytes(digest.to_owned()))
            .collect();
        let statement = self.database.0.statements().others(digests.len());
        let ids = [record.client_id.as_str(), &record.client_id.to_ascii_lowercase()].map(Parameter::from);
        let others = transaction.rows(&statement, ids.into_iter().chain(digests).collect(), Row::read).await?;
        Ok(judge::among(&self.server, draft, others)?)
    }

    /// Writes what belongs to a client whose own row is written.
    async fn finish(
        &self,
        mut transaction: Transaction,
        record: Record,
        warnings: Vec<Finding>,
    ) -> Result<Saved, WriteError> {
        let statements = self.database.0.statements();
        let id = Parameter::from(record.client_id.as_str());
        // Those of a new client as well: nothing of one that was deleted by force is to be its.
        transaction.execute(&statements.delete_secrets, vec![id.clone()]).await?;
        transaction.execute(&statements.delete_origins, vec![id.clone()]).await?;
        for (secret, position) in record.secrets.into_iter().zip(0_i64..) {
            let parameters = [id.clone(), position.into()].into_iter().chain(secret).collect();
            transaction.execute(&statements.insert_secret, parameters).await?;
        }
        for (origin, position) in record.origins.iter().zip(0_i64..) {
            let parameters = vec![id.clone(), position.into(), origin.as_str().into()];
            transaction.execute(&statements.insert_origin, parameters).await?;
        }
        let version = self.version(&mut transaction, &record.client_id).await?.ok_or(WriteError::Conflict(None))?;
        transaction.commit().await?;
        Ok(Saved { version, warnings })
    }

    async fn version(&self, transaction: &mut Transaction, client_id: &str) -> sqlx::Result<Option<Version>> {
        let statement = &self.database.0.statements().version;
        let versions = transaction.rows(statement, vec![client_id.into()], |row| row.integer(0)).await?;
        Ok(versions.into_iter().next().transpose()?.flatten().map(Version))
    }
}

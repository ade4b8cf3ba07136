//! How is a store asked that must wait?

use async_trait::async_trait;
use guestlist_runtime::ClientStore;
use oxide_auth::primitives::registrar::{BoundClient, ClientUrl, PreGrant, RegistrarError};
use oxide_auth::primitives::scope::Scope;
use oxide_auth_async::primitives::Registrar;

use crate::{StoreRegistrar, answer};

/// A store as the asynchronous [`Registrar`] of one [`Flow`](crate::Flow): any store, also one that
/// must wait, such as a database. See [`StoreRegistrar`] for what it answers.
///
/// ```
/// use std::sync::Arc;
/// use guestlist::ClientStore;
/// use guestlist_oxide_auth::{AsyncRegistrar, Flow, StoreRegistrar};
///
/// fn registrar(store: Arc<dyn ClientStore>) -> AsyncRegistrar<Arc<dyn ClientStore>> {
///     StoreRegistrar::new(store, Flow::AccessToken).with_report(|error| eprintln!("{error}")).into_async()
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AsyncRegistrar<S>(StoreRegistrar<S>);

impl<S: ClientStore> StoreRegistrar<S> {
    /// The same for oxide-auth-async, waiting for the store.
    #[must_use]
    pub fn into_async(self) -> AsyncRegistrar<S> {
        AsyncRegistrar(self)
    }
}

#[async_trait]
impl<S: ClientStore> Registrar for AsyncRegistrar<S> {
    async fn bound_redirect<'a>(&self, bound: ClientUrl<'a>) -> Result<BoundClient<'a>, RegistrarError> {
        let client = self.0.told(self.0.store().find(&bound.client_id).await)?;
        answer::bound(self.0.flow(), client.as_deref(), bound)
    }

    async fn negotiate<'a>(&self, bound: BoundClient<'a>, scope: Option<Scope>) -> Result<PreGrant, RegistrarError> {
        let client = self.0.told(self.0.store().find(&bound.client_id).await)?;
        answer::negotiated(self.0.flow(), client.as_deref(), self.0.store().server(), bound, scope)
    }

    async fn check(&self, client_id: &str, passphrase: Option<&[u8]>) -> Result<(), RegistrarError> {
        let client = self.0.told(self.0.store().find(client_id).await)?;
        answer::checked(self.0.flow(), client, self.0.store().server(), client_id, passphrase, self.0.now())
    }
}

//! The same where the store must wait.

use async_trait::async_trait;
use guestlist_runtime::ClientStore;
use oxide_auth::frontends::simple::extensions::{AccessTokenRequest, AddonResult, AuthorizationRequest};
use oxide_auth::primitives::grant::Extensions;
use oxide_auth_async::endpoint::{AccessTokenExtension, AuthorizationExtension, Extension};

use crate::ClientPkce;
use crate::pkce::{asked, client_of, redeemed};

impl<S: ClientStore> Extension for ClientPkce<S> {
    fn authorization(&mut self) -> Option<&mut (dyn AuthorizationExtension + Send)> {
        Some(self)
    }

    fn access_token(&mut self) -> Option<&mut (dyn AccessTokenExtension + Send)> {
        Some(self)
    }
}

#[async_trait]
impl<S: ClientStore> AuthorizationExtension for ClientPkce<S> {
    async fn extend(&mut self, request: &(dyn AuthorizationRequest + Sync)) -> Result<Extensions, ()> {
        let client_id = request.client_id().ok_or(())?.into_owned();
        let client = self.store().find(&client_id).await.map_err(|_| ())?;
        self.kept(asked(client.as_deref(), &client_id, request))
    }
}

#[async_trait]
impl<S: ClientStore> AccessTokenExtension for ClientPkce<S> {
    async fn extend(
        &mut self,
        request: &(dyn AccessTokenRequest + Sync),
        mut code_data: Extensions,
    ) -> Result<Extensions, ()> {
        let client_id = client_of(request).ok_or(())?;
        let client = self.store().find(&client_id).await.map_err(|_| ())?;
        self.kept(redeemed(client.as_deref(), &client_id, request, code_data.remove(self)))
    }
}

impl<S> ClientPkce<S> {
    /// As oxide-auth's list of addons keeps it.
    fn kept(&self, result: AddonResult) -> Result<Extensions, ()> {
        let mut extensions = Extensions::new();
        match result {
            AddonResult::Ok => {}
            AddonResult::Data(data) => extensions.set(self, data),
            AddonResult::Err => return Err(()),
        }
        Ok(extensions)
    }
}

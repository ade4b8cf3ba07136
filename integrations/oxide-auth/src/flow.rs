//! Which of oxide-auth's flows asks?

/// The flow that a registrar serves. oxide-auth never tells its registrar which flow asks, so each
/// flow has a registrar of its own; in another flow it refuses everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flow {
    /// [`AuthorizationFlow`](oxide_auth::endpoint::AuthorizationFlow): a user is asked. The client
    /// needs the grant `authorization_code`.
    Authorization,
    /// [`AccessTokenFlow`](oxide_auth::endpoint::AccessTokenFlow): a code is redeemed. The client needs
    /// the grant `authorization_code`.
    AccessToken,
    /// [`RefreshFlow`](oxide_auth::endpoint::RefreshFlow): a token is refreshed. The client needs
    /// `allow_offline_access`.
    Refresh,
    /// [`ClientCredentialsFlow`](oxide_auth::endpoint::ClientCredentialsFlow): the client acts for
    /// itself. It needs the grant `client_credentials`, and to have proven itself.
    ClientCredentials,
}

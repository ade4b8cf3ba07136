//! Each documented client and the others of the example server, with `oauth2` and `openidconnect` as their software.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says so when it cannot go on")]

#[path = "../server/mod.rs"]
mod server;
mod user;

use std::time::Duration;

use axum::Form;
use axum::routing::post;
use oauth2::basic::BasicTokenType;
use oauth2::{
    DeviceAuthorizationUrl, IntrospectionUrl, RequestTokenError, StandardDeviceAuthorizationResponse,
    TokenIntrospectionResponse,
};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreErrorResponseType, CoreIdToken, CoreIdTokenVerifier, CoreProviderMetadata,
    CoreResponseType, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, AuthorizationCodeHash, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, Scope, TokenResponse,
};
use reqwest::Url;
use serde_json::Value;

use crate::server::Server;
use crate::user::{User, response};

/// Its digest stands in the example's `clients.rs`.
const PORTAL_SECRET: &str = "portal-secret-of-the-sample-0001";

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

fn http() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// The client's software, which has read the server's metadata and keys.
async fn client(server: &Server, client_id: &str, secret: Option<&str>, redirect_uri: &str) -> Client {
    let issuer = IssuerUrl::new(server.issuer.clone()).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer, &http()).await.unwrap();
    let secret = secret.map(|secret| ClientSecret::new(secret.to_owned()));
    CoreClient::from_provider_metadata(metadata, ClientId::new(client_id.to_owned()), secret)
        .set_redirect_uri(RedirectUrl::new(redirect_uri.to_owned()).unwrap())
}

fn scopes(names: &[&str]) -> Vec<Scope> {
    names.iter().map(|name| Scope::new((*name).to_owned())).collect()
}

/// The error that the token endpoint has answered.
#[track_caller]
fn refused<T: std::fmt::Debug, E: std::error::Error>(
    result: Result<T, RequestTokenError<E, openidconnect::StandardErrorResponse<CoreErrorResponseType>>>,
) -> String {
    match result.unwrap_err() {
        RequestTokenError::ServerResponse(response) => response.error().as_ref().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn service_client_gets_a_token_for_itself() {
    let server = Server::start();
    let client = oauth2::basic::BasicClient::new(ClientId::new("service.client".to_owned()))
        .set_client_secret(ClientSecret::new("secret".to_owned()))
        .set_token_uri(oauth2::TokenUrl::new(server.at("/token")).unwrap());
    let http = http();
    let token = client.exchange_client_credentials().add_scopes(scopes(&["api1"])).request_async(&http).await.unwrap();
    assert_eq!(token.token_type(), &BasicTokenType::Bearer);
    assert_eq!(token.expires_in(), Some(Duration::from_secs(3600)));
    assert_eq!(token.scopes(), Some(&scopes(&["api1"])));
    assert!(token.refresh_token().is_none());
    // Without a wish it gets all it may have.
    let token = client.exchange_client_credentials().request_async(&http).await.unwrap();
    assert_eq!(token.scopes(), Some(&scopes(&["api1", "api2.read_only"])));
    let refused = client.exchange_client_credentials().add_scopes(scopes(&["api3"])).request_async(&http).await;
    assert!(
        matches!(refused, Err(RequestTokenError::ServerResponse(response)) if response.error().as_ref() == "invalid_scope")
    );
}

#[tokio::test]
async fn native_client_signs_in_with_a_code_and_pkce_and_refreshes_in_rotation() {
    let (server, http) = (Server::start(), http());
    // Any port: the system gives the application one.
    let client = client(&server, "native", None, "http://127.0.0.1:49152/callback").await;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (url, state, nonce) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(scopes(&["profile", "api1", "offline_access"]))
        .set_pkce_challenge(challenge)
        .url();
    let alice = User::new("alice");
    let answer = alice.goes_to(url.as_str()).await.elsewhere();
    assert!(answer.as_str().starts_with("http://127.0.0.1:49152/callback?code="), "{answer}");
    let answer = response(&answer);
    assert_eq!(answer["state"], *state.secret());
    assert_eq!(answer["iss"], server.issuer, "RFC 9207");

    let code = AuthorizationCode::new(answer["code"].clone());
    let tokens =
        client.exchange_code(code.clone()).unwrap().set_pkce_verifier(verifier).request_async(&http).await.unwrap();
    let id_token = tokens.id_token().unwrap();
    let verifier = client.id_token_verifier();
    let claims = id_token.claims(&verifier, &nonce).unwrap();
    assert_eq!(claims.subject().as_str(), "818727");
    let at_hash = AccessTokenHash::from_token(
        tokens.access_token(),
        id_token.signing_alg().unwrap(),
        id_token.signing_key(&verifier).unwrap(),
    );
    assert_eq!(claims.access_token_hash(), Some(&at_hash.unwrap()));

    let user: CoreUserInfoClaims = client
        .user_info(tokens.access_token().clone(), Some(claims.subject().clone()))
        .unwrap()
        .request_async(&http)
        .await
        .unwrap();
    assert_eq!(user.preferred_username().unwrap().as_str(), "alice");

    // Rotation: the new one counts, the old one soon does not.
    let first = tokens.refresh_token().unwrap().clone();
    let second: CoreTokenResponse = client.exchange_refresh_token(&first).unwrap().request_async(&http).await.unwrap();
    let second = second.refresh_token().unwrap().clone();
    assert_ne!(first.secret(), second.secret());
    let third: CoreTokenResponse = client.exchange_refresh_token(&second).unwrap().request_async(&http).await.unwrap();
    let third = third.refresh_token().unwrap().clone();
    // A used token whose successor was used, too, has been stolen: the family ends.
    assert_eq!(refused(client.exchange_refresh_token(&first).unwrap().request_async(&http).await), "invalid_grant");
    assert_eq!(refused(client.exchange_refresh_token(&third).unwrap().request_async(&http).await), "invalid_grant");
    // And so does what the code had given.
    assert_eq!(refused(client.exchange_code(code).unwrap().request_async(&http).await), "invalid_grant");
    let gone = client.user_info(tokens.access_token().clone(), None).unwrap();
    let gone: Result<CoreUserInfoClaims, _> = gone.request_async(&http).await;
    assert!(gone.is_err(), "the access token is revoked");
}

#[tokio::test]
async fn native_client_is_told_that_the_user_does_not_allow_it() {
    let server = Server::start();
    let client = client(&server, "native", None, "http://127.0.0.1/callback").await;
    let (challenge, _) = PkceCodeChallenge::new_random_sha256();
    let (url, _, _) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .set_pkce_challenge(challenge)
        .url();
    let answer = User::new("bob").goes_and_answers(url.as_str(), "deny").await.elsewhere();
    assert_eq!(response(&answer)["error"], "access_denied");
}

#[tokio::test]
async fn mvc_signs_in_by_the_hybrid_flow_and_out_by_the_front_channel() {
    let (server, http) = (Server::start(), http());
    let client = client(&server, "mvc", Some("secret"), "http://localhost:21402/signin-oidc").await;
    let (challenge, pkce) = PkceCodeChallenge::new_random_sha256();
    let flow = AuthenticationFlow::Hybrid(vec![CoreResponseType::Code, CoreResponseType::IdToken]);
    let (url, state, nonce) = client
        .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(scopes(&["profile", "email", "api2.read_only", "offline_access"]))
        .set_pkce_challenge(challenge)
        .url();
    let bob = User::new("bob");
    let answer = bob.goes_to(url.as_str()).await.elsewhere();
    assert!(answer.query().is_none() && answer.fragment().is_some(), "tokens stay out of the query: {answer}");
    let answer = response(&answer);
    assert_eq!(answer["state"], *state.secret());
    let code = AuthorizationCode::new(answer["code"].clone());
    let id_token: CoreIdToken = answer["id_token"].parse().unwrap();
    let verifier: CoreIdTokenVerifier<'_> = client.id_token_verifier();
    let claims = id_token.claims(&verifier, &nonce).unwrap();
    assert_eq!(claims.subject().as_str(), "88421113");
    let c_hash = AuthorizationCodeHash::from_code(
        &code,
        id_token.signing_alg().unwrap(),
        id_token.signing_key(&verifier).unwrap(),
    );
    assert_eq!(claims.code_hash(), Some(&c_hash.unwrap()));

    let tokens = client.exchange_code(code).unwrap().set_pkce_verifier(pkce).request_async(&http).await.unwrap();
    assert_eq!(tokens.id_token().unwrap().claims(&verifier, &nonce).unwrap().subject(), claims.subject());
    assert!(tokens.refresh_token().is_some());

    // Sign-out by the application: no question, its frame, and back to it.
    let issuer = IssuerUrl::new(server.issuer.clone()).unwrap();
    let metadata = ProviderMetadataWithLogout::discover_async(issuer, &http).await.unwrap();
    let end = metadata.additional_metadata().end_session_endpoint.clone().unwrap();
    let url = LogoutRequest::from(end)
        .set_id_token_hint(&id_token)
        .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new("http://localhost:21402/".to_owned()).unwrap())
        .set_state(CsrfToken::new("bye".to_owned()))
        .http_get_url();
    let (status, page) = bob.opens(url.as_str()).await.page();
    assert_eq!(status, 200);
    assert!(page.contains("Signed out"), "{page}");
    let frame = page.split("<iframe src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect(&page);
    let frame = Url::parse(&frame.replace("&amp;", "&").replace("&#x2f;", "/")).unwrap();
    assert!(frame.as_str().starts_with("http://localhost:21402/signout-oidc?"), "{frame}");
    let parameters = response(&frame);
    assert_eq!(parameters["iss"], server.issuer);
    assert!(!parameters["sid"].is_empty());
    assert!(
        page.contains("http:&#x2f;&#x2f;localhost:21402&#x2f;?state=bye")
            || page.contains("http://localhost:21402/?state=bye"),
        "{page}"
    );
}

#[tokio::test]
async fn portal_has_reference_tokens_that_an_api_introspects_and_is_told_of_sign_outs_by_the_back_channel() {
    let (server, http) = (Server::start(), http());
    // The portal itself listens for logout tokens.
    let (told, mut hears) = tokio::sync::mpsc::channel::<String>(1);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:21403").await.unwrap();
    let hear = post(move |Form(form): Form<Vec<(String, String)>>| async move {
        told.send(form.into_iter().find(|(name, _)| name == "logout_token").unwrap().1).await.unwrap();
    });
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().route("/backchannel", hear)).await.unwrap() });

    let client = client(&server, "portal", Some(PORTAL_SECRET), "http://localhost:21403/signin-oidc").await;
    let (challenge, pkce) = PkceCodeChallenge::new_random_sha256();
    let (url, _, nonce) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(scopes(&["email", "api1", "offline_access"]))
        .set_pkce_challenge(challenge)
        .url();
    let alice = User::new("alice");
    let answer = response(&alice.goes_to(url.as_str()).await.elsewhere());
    let code = AuthorizationCode::new(answer["code"].clone());
    let tokens = client.exchange_code(code).unwrap().set_pkce_verifier(pkce).request_async(&http).await.unwrap();
    assert!(!tokens.access_token().secret().contains('.'), "a reference is no JWT");

    let api = oauth2::basic::BasicClient::new(ClientId::new("service.client".to_owned()))
        .set_client_secret(ClientSecret::new("secret".to_owned()))
        .set_introspection_url(IntrospectionUrl::new(server.at("/introspect")).unwrap());
    let asks = || async { api.introspect(tokens.access_token()).request_async(&http).await.unwrap() };
    let known = asks().await;
    assert!(known.active());
    assert_eq!(known.client_id().map(|id| id.as_str()), Some("portal"));
    assert_eq!(known.sub(), Some("818727"));
    assert!(known.scopes().unwrap().contains(&Scope::new("api1".to_owned())));

    // Refreshing keeps the same refresh token, as the record says.
    let refresh = tokens.refresh_token().unwrap();
    let again: CoreTokenResponse = client.exchange_refresh_token(refresh).unwrap().request_async(&http).await.unwrap();
    assert_eq!(again.refresh_token().map(|token| token.secret()), Some(refresh.secret()));

    // Revoked by its client, the access token is worth nothing, and with the refresh token goes the rest.
    // (`oauth2` revokes over https alone.)
    let revoked = http.post(server.at("/revoke")).basic_auth("portal", Some(PORTAL_SECRET));
    let revoked = revoked.form(&[("token", refresh.secret())]).send().await.unwrap();
    assert_eq!(revoked.status(), 200);
    assert!(!asks().await.active());

    let id_token = tokens.id_token().unwrap();
    let url = format!(
        "{}?id_token_hint={}&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A21403%2F",
        server.at("/signout"),
        id_token
    );
    let back = alice.opens(&url).await.elsewhere();
    assert_eq!(back.as_str(), "http://localhost:21403/");
    let token = tokio::time::timeout(Duration::from_secs(10), hears.recv()).await.unwrap().unwrap();
    let claims = checked(&server, &token, "logout+jwt").await;
    let subject = id_token.claims(&client.id_token_verifier(), &nonce).unwrap().subject().to_string();
    assert_eq!(claims["sub"], subject);
    assert_eq!(claims["aud"], "portal");
    assert!(claims["events"]["http://schemas.openid.net/event/backchannel-logout"].is_object());
    assert!(claims["sid"].is_string() && claims["jti"].is_string() && claims.get("nonce").is_none(), "{claims}");
}

/// The claims of a JWT that one of the server's published keys has signed, by the algorithm that the client allows.
async fn checked(server: &Server, jwt: &str, typ: &str) -> Value {
    let keys: jsonwebtoken::jwk::JwkSet =
        serde_json::from_str(&reqwest::get(server.at("/jwks")).await.unwrap().text().await.unwrap()).unwrap();
    let header = jsonwebtoken::decode_header(jwt).unwrap();
    assert_eq!(header.typ.as_deref(), Some(typ));
    let key = keys.find(header.kid.as_deref().unwrap()).unwrap();
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::ES256);
    validation.validate_aud = false;
    validation.set_issuer(&[&server.issuer]);
    jsonwebtoken::decode::<Value>(jwt, &jsonwebtoken::DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims
}

#[tokio::test]
async fn tv_is_connected_by_its_user() {
    let (server, http) = (Server::start(), http());
    let tv = oauth2::basic::BasicClient::new(ClientId::new("tv".to_owned()))
        .set_auth_type(oauth2::AuthType::RequestBody)
        .set_token_uri(oauth2::TokenUrl::new(server.at("/token")).unwrap())
        .set_device_authorization_url(DeviceAuthorizationUrl::new(server.at("/device_authorization")).unwrap());
    let details: StandardDeviceAuthorizationResponse =
        tv.exchange_device_code().add_scopes(scopes(&["openid", "profile"])).request_async(&http).await.unwrap();
    assert_eq!(details.interval(), Duration::from_secs(1));
    let complete = details.verification_uri_complete().unwrap().secret().clone();
    let user = async {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        User::new("alice").goes_to(&complete).await.page()
    };
    let poll = tv.exchange_device_access_token(&details);
    let (token, (_, page)) =
        tokio::join!(poll.request_async(&http, tokio::time::sleep, Some(Duration::from_secs(30))), user);
    assert!(page.contains("goes on by itself"), "{page}");
    let token = token.unwrap();
    assert_eq!(token.scopes(), Some(&scopes(&["openid", "profile"])));
    // The code is used up.
    let again = tv
        .exchange_device_access_token(&details)
        .request_async(&http, tokio::time::sleep, Some(Duration::from_secs(5)))
        .await;
    assert!(
        matches!(again, Err(RequestTokenError::ServerResponse(response)) if response.error().as_ref() == "invalid_grant")
    );
}

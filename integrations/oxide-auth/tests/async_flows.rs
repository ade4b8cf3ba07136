//! Do the flows of oxide-auth-async pass on a store that must wait?

#![cfg(feature = "async")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says so when it cannot go on")]

mod common;

use std::future::poll_fn;
use std::task::Poll;

use common::{Answer, CLIENTS, VERIFIER, code_request, form, pair, query, with};
use guestlist::{ClientRef, ClientStore, Lookup, Page, Server, StoreError};
use guestlist_oxide_auth::{AsyncRegistrar, ClientPkce, Flow, StoreRegistrar};
use oxide_auth::endpoint::{OAuthError, OwnerConsent, Scopes, Solicitation, Template, WebRequest};
use oxide_auth::frontends::simple::endpoint::FnSolicitor;
use oxide_auth::frontends::simple::request::{NoError, Request, Response, Status};
use oxide_auth::primitives::prelude::{AuthMap, RandomGenerator, TokenMap};
use oxide_auth_async::endpoint::access_token::AccessTokenFlow;
use oxide_auth_async::endpoint::authorization::AuthorizationFlow;
use oxide_auth_async::endpoint::client_credentials::ClientCredentialsFlow;
use oxide_auth_async::endpoint::refresh::RefreshFlow;
use oxide_auth_async::endpoint::{Endpoint, Extension, OwnerSolicitor};
use oxide_auth_async::primitives::{Authorizer, Issuer, Registrar};

/// Waits before it answers, or has no answer.
#[derive(Clone, Copy)]
struct Slow {
    answers: bool,
}

impl ClientStore for Slow {
    fn registered<'a>(&'a self, client_id: &'a str) -> Lookup<'a, Option<ClientRef>> {
        Lookup::pending(async move {
            wait_once().await;
            if !self.answers {
                return Err(StoreError::unavailable("no route"));
            }
            CLIENTS.registered(client_id).await
        })
    }

    fn allows_origin<'a>(&'a self, origin: &'a str) -> Lookup<'a, bool> {
        ClientStore::allows_origin(&CLIENTS, origin)
    }

    fn list<'a>(&'a self, after: Option<&'a str>, limit: usize) -> Lookup<'a, Page> {
        CLIENTS.list(after, limit)
    }

    fn server(&self) -> &Server {
        CLIENTS.server()
    }
}

async fn wait_once() {
    let mut waited = false;
    poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

type Consent = fn(&mut Request, Solicitation<'_>) -> OwnerConsent<Response>;

/// What an endpoint consists of; the registrar is that of one flow.
struct Parts {
    registrar: AsyncRegistrar<Slow>,
    pkce: ClientPkce<Slow>,
    codes: AuthMap<RandomGenerator>,
    tokens: TokenMap<RandomGenerator>,
    solicitor: FnSolicitor<Consent>,
}

impl Parts {
    fn new(store: Slow) -> Self {
        Self {
            registrar: StoreRegistrar::new(store, Flow::Authorization).into_async(),
            pkce: ClientPkce::new(store),
            codes: AuthMap::new(RandomGenerator::new(16)),
            tokens: TokenMap::new(RandomGenerator::new(16)),
            solicitor: FnSolicitor(|_, _| OwnerConsent::Authorized("alice".into())),
        }
    }

    fn of(&mut self, flow: Flow, store: Slow) -> &mut Self {
        self.registrar = StoreRegistrar::new(store, flow).into_async();
        self
    }
}

#[derive(Debug)]
struct Unanswered;

impl Endpoint<Request> for &mut Parts {
    type Error = Unanswered;

    fn registrar(&self) -> Option<&(dyn Registrar + Sync)> {
        Some(&self.registrar)
    }

    fn authorizer_mut(&mut self) -> Option<&mut (dyn Authorizer + Send)> {
        Some(&mut self.codes)
    }

    fn issuer_mut(&mut self) -> Option<&mut (dyn Issuer + Send)> {
        Some(&mut self.tokens)
    }

    fn owner_solicitor(&mut self) -> Option<&mut (dyn OwnerSolicitor<Request> + Send)> {
        Some(&mut self.solicitor)
    }

    fn scopes(&mut self) -> Option<&mut dyn Scopes<Request>> {
        None
    }

    fn response(&mut self, _: &mut Request, _: Template<'_>) -> Result<Response, Unanswered> {
        Ok(Response::default())
    }

    fn error(&mut self, _: OAuthError) -> Unanswered {
        Unanswered
    }

    fn web_error(&mut self, error: <Request as WebRequest>::Error) -> Unanswered {
        NoError::into(error)
    }

    fn extension(&mut self) -> Option<&mut (dyn Extension + Send)> {
        Some(&mut self.pkce)
    }
}

const WEB: &str = "https://web.example.com/callback?tenant=7";

async fn authorize(parts: &mut Parts, parameters: &[(&str, &str)]) -> Result<Answer, Unanswered> {
    let mut flow = AuthorizationFlow::prepare(parts)?;
    flow.execute(query(parameters)).await.map(Answer::from)
}

#[tokio::test]
async fn every_flow_waits_for_the_store() {
    let store = Slow { answers: true };
    let mut parts = Parts::new(store);
    let code = authorize(&mut parts, &code_request("web", WEB)).await.unwrap().code();
    let body =
        [("grant_type", "authorization_code"), ("redirect_uri", WEB), ("code", &code), ("code_verifier", VERIFIER)];
    let mut flow = AccessTokenFlow::prepare(parts.of(Flow::AccessToken, store)).unwrap();
    let answer = Answer::from(flow.execute(form(Some(&pair("web")), &body)).await.unwrap());
    assert_eq!(answer.status, Status::Ok, "{answer:?}");

    let body = [("grant_type", "refresh_token"), ("refresh_token", answer.text("refresh_token"))];
    let mut flow = RefreshFlow::prepare(parts.of(Flow::Refresh, store)).unwrap();
    let answer = Answer::from(flow.execute(form(Some(&pair("web")), &body)).await.unwrap());
    assert_eq!(answer.status, Status::Ok, "{answer:?}");

    let body = [("grant_type", "client_credentials")];
    let mut flow = ClientCredentialsFlow::prepare(parts.of(Flow::ClientCredentials, store)).unwrap();
    let answer = Answer::from(flow.execute(form(Some(&pair("machine")), &body)).await.unwrap());
    assert_eq!((answer.status, answer.scopes()), (Status::Ok, vec!["api1", "api2"]));
    let answer = Answer::from(flow.execute(form(Some(&pair("web")), &body)).await.unwrap());
    assert_eq!(answer.status, Status::Unauthorized);
}

#[tokio::test]
async fn a_challenge_is_needed_and_answered() {
    let store = Slow { answers: true };
    let mut parts = Parts::new(store);
    let without = with(code_request("web", WEB), &[("code_challenge", ""), ("code_challenge_method", "")]);
    let answer = authorize(&mut parts, &without).await.unwrap();
    assert!(answer.location.contains("error=invalid_request"), "{answer:?}");
    for verifier in ["", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"] {
        let mut parts = Parts::new(store);
        let code = authorize(&mut parts, &code_request("web", WEB)).await.unwrap().code();
        let body = vec![("grant_type", "authorization_code"), ("redirect_uri", WEB), ("code", &code)];
        let body = with(body, &[("code_verifier", verifier)]);
        let mut flow = AccessTokenFlow::prepare(parts.of(Flow::AccessToken, store)).unwrap();
        let answer = Answer::from(flow.execute(form(Some(&pair("web")), &body)).await.unwrap());
        assert_eq!(answer.status, Status::BadRequest, "{verifier}: {answer:?}");
    }
}

#[tokio::test]
async fn a_store_without_an_answer_answers_nobody() {
    let store = Slow { answers: false };
    let mut parts = Parts::new(store);
    assert!(authorize(&mut parts, &code_request("web", WEB)).await.is_err());
    let body = [("grant_type", "client_credentials")];
    let mut flow = ClientCredentialsFlow::prepare(parts.of(Flow::ClientCredentials, store)).unwrap();
    assert!(flow.execute(form(Some(&pair("machine")), &body)).await.is_err());
}

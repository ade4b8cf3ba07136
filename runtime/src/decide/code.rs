//! Authorization codes: what is kept with one, and whether it may be redeemed (RFC 6749 §4.1.3).

use alloc::vec::Vec;
use core::{error, fmt};

use super::authorize::Authorization;
use super::pkce::{self, CodeChallenge};
use super::refusal::{Refusal, invalid_grant, invalid_request};
use super::scope;
use super::token::Asked;
use super::tokens::Tokens;
use crate::{Client, Text};

/// What is kept with a code, beside the user and whatever else the server needs.
///
/// Keep it until it expires even when it was redeemed, with the tokens that it gave: if it comes
/// again, it was stolen, and they are to be revoked. It is plain data, so that it can be kept anywhere, and has no
/// `Default`: what a database has no column for would be forgotten, and the code redeemed without it. A new field is
/// a major release, on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedCode {
    /// The client that it was issued to.
    pub client_id: Text,
    /// The redirect URI that was used.
    pub redirect_uri: Text,
    /// Whether the authorization request named it, so that the token request must.
    pub redirect_uri_sent: bool,
    /// The challenge whose verifier redeems it.
    pub code_challenge: Option<CodeChallenge>,
    /// What the user has granted.
    pub scopes: Vec<Text>,
    /// The resources that access tokens are for.
    pub audience: Vec<Text>,
    /// What the ID token must repeat.
    pub nonce: Option<Text>,
    /// The thumbprint of the DPoP key that it is bound to.
    pub dpop_jkt: Option<Text>,
    /// The Unix time from which on it no longer counts.
    pub expires_at: u64,
    /// Whether it was redeemed.
    pub redeemed: bool,
}

impl Authorization {
    /// What is to be kept with the code that answers this request, issued at the Unix time `now`; nothing, unless the
    /// [`response_type`](Self::response_type) has `code`. `scopes` is what the user has granted; what was not asked
    /// for is not among it.
    #[must_use]
    pub fn code(&self, client: &Client, scopes: &[Text], now: u64) -> Option<IssuedCode> {
        self.response_type.code.then(|| IssuedCode {
            client_id: self.client_id.clone(),
            redirect_uri: self.destination.redirect_uri.clone(),
            redirect_uri_sent: self.redirect_uri_sent,
            code_challenge: self.code_challenge.clone(),
            scopes: self.granted(scopes),
            audience: self.audience.clone(),
            nonce: self.nonce.clone(),
            dpop_jkt: self.dpop_jkt.clone(),
            expires_at: now.saturating_add(client.authorization_code_lifetime.into()),
            redeemed: false,
        })
    }

    /// Of these scopes those that were asked for.
    pub(super) fn granted(&self, scopes: &[Text]) -> Vec<Text> {
        scopes.iter().filter(|scope| self.scopes.contains(scope)).cloned().collect()
    }
}

/// A token request with a code. `Debug` shows nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeRequest<'a> {
    /// The code: find what is kept with it.
    pub code: &'a str,
    redirect_uri: Option<&'a str>,
    code_verifier: Option<&'a str>,
    asked: Asked<'a>,
}

/// Why a code is not redeemed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodeRefusal {
    /// The answer.
    pub refusal: Refusal,
    /// Whether the code came a second time, so that the tokens it gave are to be revoked (RFC 6749 §4.1.2).
    pub revoke_tokens: bool,
}

impl From<Refusal> for CodeRefusal {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, revoke_tokens: false }
    }
}

impl fmt::Display for CodeRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.refusal, f)
    }
}

impl error::Error for CodeRefusal {}

impl fmt::Debug for CodeRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeRequest").finish_non_exhaustive()
    }
}

impl<'a> CodeRequest<'a> {
    pub(super) fn read(asked: Asked<'a>) -> Result<Self, Refusal> {
        Ok(Self {
            code: asked.parameters.require("code")?,
            redirect_uri: asked.parameters.get("redirect_uri")?,
            code_verifier: asked.parameters.get("code_verifier")?,
            asked,
        })
    }

    /// Whether the code may be redeemed; `issued` is what was found for it. Then mark it as redeemed, in the same
    /// step as it was found.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{
    ///     self, Binding, ChallengeMethod, CodeChallenge, ErrorCode, IssuedCode, Parameters, Refusal, TokenRequest,
    /// };
    /// use guestlist::{Client, ClientRef, GrantType, Server};
    /// # let caller = decide::Caller::Public(ClientRef::from(Client {
    /// #     client_id: "notes".into(),
    /// #     require_client_secret: false,
    /// #     allowed_grant_types: [GrantType::AuthorizationCode].into(),
    /// #     allowed_scopes: ["api1"].into(),
    /// #     ..Client::default()
    /// # }));
    /// # let (server, sender, now) = (Server::default(), Binding::default(), 1_800_000_000);
    /// let body = Parameters::parse(
    ///     "grant_type=authorization_code&code=SplxlOBe&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    /// )?;
    /// let grants = [GrantType::AuthorizationCode];
    /// let request = decide::token(&caller, &server, &body, &grants, &sender, now)?;
    /// let TokenRequest::AuthorizationCode(request) = request else {
    ///     return Err(Refusal::new(ErrorCode::UnsupportedGrantType, "there is no code for it yet"));
    /// };
    /// // What was kept with `request.code`: `authorization.code(…)`, or the same from a database.
    /// let issued = IssuedCode {
    ///     client_id: "notes".into(),
    ///     redirect_uri: "com.example.notes:/callback".into(),
    ///     redirect_uri_sent: false,
    ///     code_challenge: Some(CodeChallenge {
    ///         method: ChallengeMethod::S256,
    ///         value: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".into(),
    ///     }),
    ///     scopes: vec!["api1".into()],
    ///     audience: vec![],
    ///     nonce: None,
    ///     dpop_jkt: None,
    ///     expires_at: now + 300,
    ///     redeemed: false,
    /// };
    /// let tokens = request.redeem(Some(&issued)).unwrap();
    /// assert_eq!(tokens.scopes, ["api1"]);
    /// // It comes a second time: what it gave is to be revoked.
    /// let redeemed = IssuedCode { redeemed: true, ..issued };
    /// let refusal = request.redeem(Some(&redeemed)).unwrap_err();
    /// assert!(refusal.revoke_tokens);
    /// # Ok::<(), Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidGrant`](super::ErrorCode::InvalidGrant) for a code that is unknown, of another
    /// client, expired, redeemed, or not proven by verifier, key or redirect URI;
    /// [`InvalidRequest`](super::ErrorCode::InvalidRequest) if the redirect URI is missing though the
    /// authorization request named it; [`InvalidTarget`](super::ErrorCode::InvalidTarget).
    pub fn redeem(&self, issued: Option<&IssuedCode>) -> Result<Tokens, CodeRefusal> {
        let client = self.asked.client();
        // Of another client it is as unknown as one that was never issued.
        let issued = issued
            .filter(|issued| issued.client_id == client.client_id)
            .ok_or(invalid_grant("the code is unknown, of another client, or expired"))?;
        if issued.redeemed {
            return Err(CodeRefusal { refusal: invalid_grant("the code was used before"), revoke_tokens: true });
        }
        if self.asked.now >= issued.expires_at {
            return Err(invalid_grant("the code is unknown, of another client, or expired").into());
        }
        match self.redirect_uri {
            None if issued.redirect_uri_sent => return Err(invalid_request("redirect_uri is missing").into()),
            // By the bytes that were authorized: the port of a loopback address may not differ any more.
            Some(sent) if issued.redirect_uri != sent => {
                return Err(invalid_grant("redirect_uri differs from that of the authorization request").into());
            }
            _ => {}
        }
        pkce::verify(client, issued.code_challenge.as_ref(), self.code_verifier)?;
        if issued.dpop_jkt.is_some() && issued.dpop_jkt != self.asked.sender.jkt {
            return Err(invalid_grant("the code is bound to another key").into());
        }
        let granted = scope::left(client, &issued.scopes)?;
        let mut tokens = self.asked.first_tokens(&granted, &issued.audience)?;
        if let Some(id_token) = &mut tokens.id_token {
            id_token.nonce.clone_from(&issued.nonce);
        }
        Ok(tokens)
    }
}

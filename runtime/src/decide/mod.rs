//! The protocol's questions, answered from a client's record and a request.
//!
//! Every decision is a pure function: no I/O, no clock (the time is an argument), no state of its own: what is to be
//! kept is handed in and back, and one of them, [`PollRequest::redeem`], notes in it that a device has asked. What has
//! to be looked up stands between two steps: a request is read, which says what to look for, and then
//! judged with what was found. What is wrong comes back as a [`Refusal`], which knows its registered
//! error code; at the authorization endpoint as an [`AuthorizationRefusal`], which also knows where it
//! may be shown.
//!
//! | question | decision |
//! |---|---|
//! | which client asks, and has it proven that? | [`Credentials`] |
//! | may it ask the user for this? | [`authorize`], for pushed requests [`push`] |
//! | must the user sign in or consent first? | [`Authorization::interaction`] |
//! | may it have tokens for this grant? | [`token`] |
//! | does this code, refresh token or device code count? | [`CodeRequest::redeem`], [`RefreshRequest::redeem`], [`PollRequest::redeem`] |
//! | may a device ask for its user? a client for a user it names? | [`device_authorization`], [`backchannel_authentication`] |
//! | is it told what a token says? may it revoke it? | [`introspection`], [`revocation`] |
//! | is the key behind a request the right one? | [`DpopProof::check`], [`Binding::admits`] |
//! | may the user be sent there after signing out? who is told? | [`end_session`], [`front_channel_logout`], [`back_channel_logout`] |
//! | which scripts may read the answer? | [`cors_headers`] |
//! | what does the metadata say? | [`Metadata`] |
//!
//! Signatures stay with the server's JWT library, behind the trait [`JwtLibrary`]; TLS stays with its
//! TLS library, whose word is a [`ClientCertificate`].

mod assertion;
mod authenticate;
mod authorize;
mod caller;
mod certificate;
mod code;
mod cors;
mod discovery;
mod dpop;
mod id_token_hint;
mod interaction;
mod introspection;
mod jwt;
mod logout;
mod parameters;
mod pending;
mod pkce;
mod poll;
mod push;
mod redirect;
mod refresh;
mod refusal;
mod request_object;
mod response;
mod scope;
mod sender;
mod token;
mod tokens;

pub use assertion::{ASSERTION_TYPE, MAX_ASSERTION_LIFETIME};
pub use authenticate::{ClientRequest, Credentials};
pub use authorize::{Authorization, AuthorizationRefusal, Prompt, authorize, client_of};
pub use caller::{Assertion, AuthenticationMethod, Caller, Proven};
pub use certificate::ClientCertificate;
pub use code::{CodeRefusal, CodeRequest, IssuedCode};
pub use cors::{CORS_METHODS, CORS_REQUEST_HEADERS, CORS_RESPONSE_HEADERS, cors_headers};
pub use discovery::Metadata;
pub use dpop::{DpopProof, ProvenKey, ProvenRequest};
pub use id_token_hint::IdTokenHint;
pub use interaction::{Consent, Interaction, UserSession};
pub use introspection::{IssuedToken, introspection, revocation};
pub use jwt::{CLOCK_SKEW, JwtClaims, JwtLibrary, MAX_ASSERTION_LENGTH, NoJwts};
pub use logout::{
    BrowserSession, EndSession, LOGOUT_EVENT, LOGOUT_TOKEN_LIFETIME, LOGOUT_TOKEN_TYPE, LogoutToken, NotTold,
    back_channel_logout, end_session, end_session_client, front_channel_logout,
};
pub use parameters::{MAX_PARAMETERS, Parameters};
pub use pending::{
    Answer, CIBA_LIFETIME, POLLING_INTERVAL, PendingRequest, backchannel_authentication, device_authorization,
};
pub use pkce::{ChallengeMethod, CodeChallenge};
pub use poll::PollRequest;
pub use push::{PUSHED_LIFETIME, PushedRequest, push};
pub use refresh::{NextRefreshToken, RefreshRefusal, RefreshRequest, RefreshToken, Refreshed};
pub use refusal::{ErrorCode, Refusal};
pub use request_object::{RequestObject, SignedRequest, request_object};
pub use response::{Destination, ResponseMode, ResponseType};
pub use scope::client_scopes;
pub use sender::{Binding, TokenType};
pub use token::{TokenRequest, token};
pub use tokens::{IdToken, Tokens};

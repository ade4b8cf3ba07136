//! Clients, requests, and a JWT library with real signatures.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use guestlist_runtime::decide::{
    self, AuthenticationMethod, Authorization, AuthorizationRefusal, Binding, Caller, ErrorCode, JwtClaims, JwtLibrary,
    Parameters, Proven, Refusal, RequestObject, TokenRequest,
};
use guestlist_runtime::{ApiScope, Client, ClientRef, GrantType, List, SecretValue, Server, SigningAlgorithm, Text};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};

pub const NOW: u64 = 1_800_000_000;
pub const ISSUER: &str = "https://id.example.com";
pub const CALLBACK: &str = "https://app.example.com/callback";
pub const SECRET: &str = "3f9c2a7e81b4d6053e9f7c1a";
/// RFC 7636 App. B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7636 App. B: of [`VERIFIER`], by S256.
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// RFC 7638 §3.1: the thumbprint of a key.
pub const JKT: &str = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
/// RFC 9449 §6.1: of another.
pub const OTHER_JKT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

pub const GRANTS: [GrantType; 6] = [
    GrantType::AuthorizationCode,
    GrantType::ClientCredentials,
    GrantType::Password,
    GrantType::DeviceCode,
    GrantType::Ciba,
    GrantType::TOKEN_EXCHANGE,
];

/// A server with two APIs, and a scope that belongs to none.
pub fn server() -> Server {
    let api = |name: &str, resource: &str| ApiScope { name: name.into(), resource: Some(resource.into()) };
    Server {
        issuer: Some(ISSUER.into()),
        identity_scopes: ["openid", "profile"].into(),
        api_scopes: [
            api("orders", "https://orders.example.com"),
            api("stock", "https://stock.example.com"),
            "ping".into(),
        ]
        .into(),
        ..Server::default()
    }
}

pub const ORDERS: &str = "https://orders.example.com";
pub const STOCK: &str = "https://stock.example.com";

/// A confidential web application.
pub fn web() -> Client {
    Client {
        client_id: "web".into(),
        client_secrets: [SecretValue::sha256_of(SECRET)].into(),
        allowed_grant_types: [GrantType::AuthorizationCode].into(),
        redirect_uris: [CALLBACK].into(),
        allowed_scopes: ["openid", "profile", "orders", "stock", "ping"].into(),
        allow_offline_access: true,
        ..Client::default()
    }
}

/// A public one.
pub fn spa() -> Client {
    Client { client_id: "spa".into(), require_client_secret: false, client_secrets: List::EMPTY, ..web() }
}

/// One that gets tokens without a user.
pub fn machine() -> Client {
    Client {
        client_id: "machine".into(),
        allowed_grant_types: [GrantType::ClientCredentials].into(),
        redirect_uris: List::EMPTY,
        allow_offline_access: false,
        ..web()
    }
}

pub fn confidential(client: &Client) -> Caller {
    Caller::Confidential(ClientRef::from(client.clone()), AuthenticationMethod::ClientSecretBasic)
}

pub fn public(client: &Client) -> Caller {
    Caller::Public(ClientRef::from(client.clone()))
}

pub fn basic(client_id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{client_id}:{secret}")))
}

/// Reads what a browser or a client would send.
pub fn parsed(text: &str) -> Parameters<'static> {
    Parameters::parse(text).unwrap().into_owned()
}

/// Encodes it: `a=1`, in which the value may have any character.
pub fn encoded(parameters: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

pub fn form(parameters: &[(&str, &str)]) -> Parameters<'static> {
    parsed(&encoded(parameters))
}

pub fn texts(list: &[&str]) -> Vec<Text> {
    list.iter().map(|text| Text::from(*text)).collect()
}

/// A request of `web` for a code, with these parameters instead; one without a value is left out.
pub fn query<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("client_id", "web"),
        ("response_type", "code"),
        ("redirect_uri", CALLBACK),
        ("scope", "openid orders"),
        ("state", "xyz"),
        ("nonce", "n-0S6_WzA2Mj"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let unchanged = usual.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| name != changed));
    unchanged.chain(changes.iter().copied()).filter(|(_, value)| !value.is_empty()).collect()
}

pub fn ask(client: &Client, changes: &[(&str, &str)]) -> Result<Authorization, AuthorizationRefusal> {
    decide::authorize(Some(client), &server(), &form(&query(changes)), None, NOW)
}

/// The same, with more text behind it, such as a parameter that is there already.
pub fn ask_with(client: &Client, changes: &[(&str, &str)], more: &str) -> Result<Authorization, AuthorizationRefusal> {
    let text = format!("{}&{more}", encoded(&query(changes)));
    decide::authorize(Some(client), &server(), &parsed(&text), None, NOW)
}

pub fn ask_by(
    client: &Client,
    outer: &[(&str, &str)],
    object: Option<RequestObject>,
) -> Result<Authorization, AuthorizationRefusal> {
    decide::authorize(Some(client), &server(), &form(outer), object, NOW)
}

/// Where a refusal may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Page,
    Now,
    AfterSignIn,
}

pub fn refused<T: std::fmt::Debug>(result: Result<T, AuthorizationRefusal>) -> (ErrorCode, Shown) {
    match result.unwrap_err() {
        AuthorizationRefusal::Page(refusal) => (refusal.code, Shown::Page),
        AuthorizationRefusal::RedirectNow(refusal, _) => (refusal.code, Shown::Now),
        AuthorizationRefusal::RedirectAfterSignIn(refusal, _) => (refusal.code, Shown::AfterSignIn),
        other => panic!("{other:?}"),
    }
}

/// The `Location` of a refusal that is redirected, without the sentence for developers.
pub fn location(refusal: &AuthorizationRefusal) -> String {
    match refusal {
        AuthorizationRefusal::RedirectNow(refusal, to) | AuthorizationRefusal::RedirectAfterSignIn(refusal, to) => {
            to.location(&[("error", refusal.code.as_str())])
        }
        page => panic!("{page:?}"),
    }
}

/// The code of a direct refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, Refusal>) -> ErrorCode {
    result.unwrap_err().code
}

/// [`server`], for requests that refer to it.
pub static SERVER: LazyLock<Server> = LazyLock::new(server);
/// What a request holds that proves no key.
pub static NOTHING: LazyLock<Binding> = LazyLock::new(Binding::default);
/// What one holds that proves [`JKT`].
pub static KEY: LazyLock<Binding> = LazyLock::new(|| held(JKT));

pub fn token<'a>(caller: &'a Caller, body: &'a Parameters<'a>) -> Result<TokenRequest<'a>, Refusal> {
    decide::token(caller, &SERVER, body, &GRANTS, &NOTHING, NOW)
}

/// A binding to a DPoP key.
pub fn held(jkt: &str) -> Binding {
    Binding { jkt: Some(jkt.into()), ..Binding::default() }
}

/// A token request at this time, whose client may use its grant.
pub fn asked<'a>(
    caller: &'a Caller,
    server: &'a Server,
    body: &'a Parameters<'a>,
    sender: &'a Binding,
    now: u64,
) -> TokenRequest<'a> {
    decide::token(caller, server, body, &GRANTS, sender, now).unwrap()
}

/// A key of a client: the private half signs, the public half is registered.
pub struct Key {
    private: EncodingKey,
    pub public: Value,
    algorithm: Algorithm,
}

pub static EC: LazyLock<Key> = LazyLock::new(Key::ec);
pub static OTHER_EC: LazyLock<Key> = LazyLock::new(Key::ec);
pub static RSA: LazyLock<Key> = LazyLock::new(|| {
    let pkcs8: Pkcs8V1Der<'_> = KeyPair::generate(KeySize::Rsa2048).unwrap().as_der().unwrap();
    // The `RSAPrivateKey` (RFC 8017 App. A.1.2) is inside, behind 26 bytes of `PrivateKeyInfo`.
    Key::new(EncodingKey::from_rsa_der(&pkcs8.as_ref()[26..]), Algorithm::RS256)
});
pub static ED: LazyLock<Key> = LazyLock::new(|| {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let x = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap().public_key().as_ref().to_vec();
    Key {
        private: EncodingKey::from_ed_der(pkcs8.as_ref()),
        public: json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(x) }),
        algorithm: Algorithm::EdDSA,
    }
});

impl Key {
    fn ec() -> Self {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        Self::new(EncodingKey::from_ec_der(pkcs8.as_ref()), Algorithm::ES256)
    }

    fn new(private: EncodingKey, algorithm: Algorithm) -> Self {
        let mut public = serde_json::to_value(Jwk::from_encoding_key(&private, algorithm).unwrap()).unwrap();
        public.as_object_mut().unwrap().remove("alg");
        Self { private, public, algorithm }
    }

    /// What a client registers, with these members as well.
    pub fn registered(&self, more: &[(&str, &str)]) -> SecretValue {
        let mut public = self.public.clone();
        for (name, value) in more {
            public[*name] = (*value).into();
        }
        SecretValue::Jwk(public.to_string().into())
    }

    pub fn sign(&self, claims: &Value) -> String {
        self.sign_with(&Header::new(self.algorithm), claims)
    }

    pub fn sign_by(&self, algorithm: Algorithm, claims: &Value) -> String {
        self.sign_with(&Header::new(algorithm), claims)
    }

    pub fn sign_with(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.private).unwrap()
    }
}

/// A JWT that is not signed at all, or by hand.
pub fn unsigned(header: &Value, claims: &Value, signature: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{signature}", part(header), part(claims))
}

/// What a server makes of its JWT library.
pub struct Library;

/// The assertions that a server has seen.
#[derive(Default)]
pub struct Seen(RefCell<HashSet<(String, String)>>);

impl Seen {
    pub fn caller(&self, proven: Proven) -> Result<Caller, Refusal> {
        match proven {
            Proven::Caller(caller) => Ok(caller),
            Proven::IfFirstUse(assertion) => {
                let is_first = self.0.borrow_mut().insert((assertion.client_id().into(), assertion.jwt_id().into()));
                assertion.caller(is_first)
            }
        }
    }
}

fn payload(jwt: &str) -> Option<Value> {
    let mut parts = jwt.split('.');
    let (_, payload, _, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else { return None };
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

impl JwtLibrary for Library {
    fn claims(&self, jwt: &str) -> Option<JwtClaims> {
        let claims = payload(jwt)?;
        let text = |name: &str| claims[name].as_str().map(str::to_owned);
        let time = |name: &str| claims[name].as_u64();
        Some(JwtClaims {
            typ: jsonwebtoken::decode_header(jwt).ok().and_then(|header| header.typ),
            issuer: text("iss"),
            subject: text("sub"),
            audience: text("aud"),
            expires_at: time("exp"),
            not_before: time("nbf"),
            issued_at: time("iat"),
            jwt_id: text("jti"),
        })
    }

    fn parameters(&self, jwt: &str) -> Option<Parameters<'static>> {
        let claims = payload(jwt)?;
        let mut parameters = Vec::new();
        for (name, value) in claims.as_object()? {
            match value {
                Value::String(text) => parameters.push((name.clone(), text.clone())),
                Value::Number(number) => parameters.push((name.clone(), number.to_string())),
                Value::Array(list) => {
                    let several = list.iter().filter_map(Value::as_str);
                    parameters.extend(several.map(|text| (name.clone(), text.to_owned())));
                }
                _ => {}
            }
        }
        Parameters::from_pairs(parameters).ok()
    }

    fn is_signed(&self, jwt: &str, key: &SecretValue, algorithms: &[SigningAlgorithm]) -> bool {
        let SecretValue::Jwk(jwk) = key else { return false };
        let key = DecodingKey::from_jwk(&serde_json::from_str::<Jwk>(jwk).unwrap()).unwrap();
        let mut validation = Validation::default();
        // The claims are for the decisions to judge.
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.algorithms = algorithms.iter().filter_map(|known| known.as_str().parse().ok()).collect();
        jsonwebtoken::decode::<Value>(jwt, &key, &validation).is_ok()
    }
}

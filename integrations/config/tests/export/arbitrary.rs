//! Arbitrary clients that the rulebook allows, with every setting.

use std::fmt;

use guestlist_runtime::rules::{self, Definition};
use guestlist_runtime::{
    AccessTokenType, ApiScope, ApplicationType, Client, ClientClaim, DpopValidationMode, GrantType, Kind, Levels, List,
    Profile, Property, RefreshTokenExpiration, RefreshTokenUsage, Secret, SecretValue, Server, Setting,
    SigningAlgorithm, Text, Value,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use proptest::strategy::{Union, ValueTree};
use proptest::test_runner::TestRunner;

/// A server, and some clients that it allows, with different ids and secrets.
pub fn server_and_clients() -> impl Strategy<Value = (Server, Vec<Client>)> {
    let cases = server().prop_flat_map(|server| {
        let clients = vec(client(server.clone()), 0..4).prop_map(|mut clients| {
            for (at, client) in clients.iter_mut().enumerate() {
                client.client_id = format!("{}.{at}", client.client_id).into();
                client.client_secrets = client.client_secrets.iter().map(|secret| own(secret, at)).collect();
                *client = as_stored(client.clone());
            }
            clients
        });
        (Just(server), clients)
    });
    cases.prop_filter("not together", |(server, clients)| are_allowed(server, clients))
}

/// As it leaves a store, where an empty display text is none.
fn as_stored(client: Client) -> Client {
    Definition::from(client).into_client()
}

/// The secret of all kinds as one of a single client.
fn own(secret: &Secret, at: usize) -> Secret {
    match secret.value {
        SecretValue::Sha256(_) if secret.description.is_none() => {
            Secret { value: SecretValue::sha256_of(format!("{at} {:?}", secret.value.stored())), ..secret.clone() }
        }
        _ => secret.clone(),
    }
}

/// One of the usual kinds of clients with many settings changed, as far as the server allows.
fn client(server: Server) -> impl Strategy<Value = Client> {
    let kinds: Vec<Client> = kinds().into_iter().map(|kind| with_defaults(kind, &server)).collect();
    let kinds: Vec<Client> = kinds.into_iter().filter(|kind| is_allowed(&server, kind)).collect();
    (select(kinds), vec(setting(), 0..30)).prop_map(move |(mut client, changes)| {
        for (setting, value) in changes {
            let is_allowed =
                |client: &Client| is_allowed(&server, client) && is_allowed(&server, &as_said(client, &server));
            change(&mut client, setting, value, is_allowed);
        }
        client
    })
}

/// Clients that the server allows, each with another value of the setting that is not the default.
pub fn with_setting(setting: Setting, server: &Server, runner: &mut TestRunner) -> Vec<Client> {
    let default = Client::DEFAULT.value(setting);
    let mut clients: Vec<Client> = Vec::new();
    let kinds = kinds();
    for kind in kinds.iter().cycle().take(200) {
        let value = value(setting).new_tree(runner).expect("a value").current();
        let is_new = value != default && clients.iter().all(|client| client.value(setting) != value);
        let mut client = kind.clone();
        if is_new && change(&mut client, setting, value, |client| is_allowed(server, client)) {
            clients.push(as_stored(client));
        }
        if clients.len() == 5 {
            break;
        }
    }
    assert!(!clients.is_empty(), "no client is allowed another {setting}");
    clients
}

/// Gives a setting a value, if that is allowed.
pub fn change(client: &mut Client, setting: Setting, value: Value, is_allowed: impl Fn(&Client) -> bool) -> bool {
    let before = client.value(setting);
    client.set(setting, value).expect("a value of the setting's kind");
    let allowed = is_allowed(client);
    if !allowed {
        client.set(setting, before).expect("the value it had");
    }
    allowed
}

/// The client as a file says it, which cannot unset what the server's defaults set.
fn as_said(client: &Client, server: &Server) -> Client {
    let mut said = client.clone();
    for setting in Setting::ALL.iter().copied() {
        let value = client.value(setting);
        let unset = [
            Value::OptionalFlag(None),
            Value::OptionalSeconds(None),
            Value::OptionalText(None),
            Value::ApplicationType(None),
        ];
        if unset.contains(&value) {
            said.set(setting, server.defaults.value(setting)).expect("a value of the setting's kind");
        }
    }
    said
}

/// The client with the server's defaults for what it does not say.
fn with_defaults(client: Client, server: &Server) -> Client {
    let mut merged = server.defaults.clone();
    for setting in Setting::ALL.iter().copied() {
        let value = client.value(setting);
        if value != Client::DEFAULT.value(setting) {
            merged.set(setting, value).expect("a value of the setting's kind");
        }
    }
    merged
}

/// A server that allows some clients.
fn server() -> impl Strategy<Value = Server> {
    let scopes = vec(scope(), 0..5).prop_map(|scopes| ["openid", "profile"].map(Text::from).into_iter().chain(scopes));
    let identity_scopes = option::of(scopes.prop_map(|scopes| scopes.collect::<List<Text>>()));
    let resource = option::of("https://[a-z]{1,40}\\.example\\.com".prop_map(Text::from));
    let api_scopes = vec((scope(), resource).prop_map(|(name, resource)| ApiScope { name, resource }), 0..4);
    let changes = (
        select(&[Profile::Default, Profile::OAuth21][..]),
        option::of("https://[a-z]{1,60}\\.example\\.com".prop_map(Text::from)),
        identity_scopes,
        api_scopes,
        vec("[a-z]{1,20}\\.internal".prop_map(Text::from), 0..3),
        vec(setting(), 0..6),
        levels(),
    );
    changes
        .prop_map(|(profile, issuer, identity_scopes, api_scopes, insecure_http_hosts, defaults, levels)| {
            let mut server = Server { profile, issuer, levels, ..Server::default() };
            server.insecure_http_hosts = insecure_http_hosts.into();
            if let Some(identity_scopes) = identity_scopes {
                server.identity_scopes = identity_scopes;
                server.api_scopes = api_scopes.into_iter().chain([ApiScope::from("api1")]).collect();
                server.default_scopes = ["api1"].into();
            }
            for (setting, value) in defaults {
                if !matches!(setting, Setting::ClientId | Setting::ClientSecrets) {
                    let mut defaults = server.defaults.clone();
                    change(&mut defaults, setting, value, |defaults| allows_some(&server, defaults));
                    server.defaults = as_stored(defaults);
                }
            }
            server
        })
        .prop_filter("a server that allows no client", |server| allows_some(server, &server.defaults))
}

fn allows_some(server: &Server, defaults: &Client) -> bool {
    let server = Server { defaults: defaults.clone(), ..server.clone() };
    kinds().into_iter().any(|kind| is_allowed(&server, &with_defaults(kind, &server)))
}

fn levels() -> impl Strategy<Value = Levels> {
    let names: Vec<Text> = rules::all().map(|rule| rule.name).chain([rules::PEDANTIC]).map(Text::from).collect();
    subsequence(names, 0..4).prop_map(|names| {
        let [allow, expect, warn] = [0, 1, 2].map(|at| names.iter().skip(at).step_by(3).cloned().collect());
        Levels { allow, expect, warn, deny: List::EMPTY }
    })
}

fn is_allowed(server: &Server, client: &Client) -> bool {
    are_allowed(server, core::slice::from_ref(client))
}

pub fn are_allowed(server: &Server, clients: &[Client]) -> bool {
    let definitions: Vec<Definition> = clients.iter().cloned().map(Definition::from).collect();
    !rules::check(server, &definitions, Vec::new()).refuses()
}

fn kinds() -> Vec<Client> {
    use GrantType::*;
    let secret = List::from([SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60")]);
    let kind = |id: &str, grants: &[GrantType], scopes: &[&'static str]| Client {
        client_id: id.into(),
        client_secrets: secret.clone(),
        allowed_grant_types: grants.to_vec().into(),
        allowed_scopes: scopes.to_vec().into(),
        redirect_uris: match grants.iter().any(GrantType::is_interactive) {
            true => ["https://app.example.com/callback"].into(),
            false => List::EMPTY,
        },
        ..Client::default()
    };
    let user = &["openid", "profile", "api1"];
    vec![
        kind("machine", &[ClientCredentials], &["api1"]),
        kind("web", &[AuthorizationCode], user),
        kind("both", &[AuthorizationCode, ClientCredentials], user),
        kind("hybrid", &[ClientCredentials, Hybrid, Password], user),
        Client { client_secrets: List::EMPTY, ..kind("implicit", &[Implicit], user) },
        Client { require_client_secret: false, client_secrets: List::EMPTY, ..kind("tv", &[DeviceCode], user) },
        kind("ciba", &[Ciba, GrantType::TOKEN_EXCHANGE], user),
        Client {
            client_secrets: [SecretValue::Jwk(format!("{{{}}}", KEYS[0]).into())].into(),
            ..kind("signed", &[AuthorizationCode], user)
        },
    ]
}

/// A setting with a value for it.
pub fn setting() -> impl Strategy<Value = (Setting, Value)> {
    Union::new(Setting::ALL.iter().map(|setting| value(*setting).prop_map(|value| (*setting, value)).boxed()))
}

pub fn value(setting: Setting) -> BoxedStrategy<Value> {
    match setting {
        Setting::ClientId => "[!-~]{1,40}".prop_map(|id| Value::Text(id.into())).boxed(),
        Setting::ProtocolType => select(vec!["oidc", "saml2p"]).prop_map(|name| Value::Text(name.into())).boxed(),
        Setting::ClientUri
        | Setting::LogoUri
        | Setting::FrontChannelLogoutUri
        | Setting::BackChannelLogoutUri
        | Setting::InitiateLoginUri => option::of(uri()).prop_map(Value::OptionalText).boxed(),
        Setting::RedirectUris | Setting::PostLogoutRedirectUris => {
            vec(redirect_uri(), 0..5).prop_map(|uris| Value::Texts(uris.into())).boxed()
        }
        Setting::AllowedCorsOrigins => vec("https://[a-z]{1,30}\\.example\\.com(:8443)?", 0..5)
            .prop_map(|origins| Value::Texts(origins.into()))
            .boxed(),
        Setting::AllowedScopes => vec(scope(), 0..12).prop_map(|scopes| Value::Texts(scopes.into())).boxed(),
        setting => of_kind(setting.kind()),
    }
}

fn of_kind(kind: Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::OptionalFlag => any::<Option<bool>>().prop_map(Value::OptionalFlag).boxed(),
        Kind::Seconds => seconds().prop_map(Value::Seconds).boxed(),
        Kind::OptionalSeconds => option::of(seconds()).prop_map(Value::OptionalSeconds).boxed(),
        Kind::Text => text().prop_map(Value::Text).boxed(),
        Kind::OptionalText => option::of(text()).prop_map(Value::OptionalText).boxed(),
        Kind::Texts => vec(text(), 0..6).prop_map(|texts| Value::Texts(texts.into())).boxed(),
        Kind::Secrets => vec(secret(), 0..5).prop_map(|secrets| Value::Secrets(secrets.into())).boxed(),
        Kind::GrantTypes => vec(grant(), 1..5).prop_map(|grants| Value::GrantTypes(grants.into())).boxed(),
        Kind::SigningAlgorithms => some_of(SigningAlgorithm::ALL).prop_map(Value::SigningAlgorithms).boxed(),
        Kind::DpopValidationModes => some_of(DpopValidationMode::ALL).prop_map(Value::DpopValidationModes).boxed(),
        Kind::RefreshTokenUsage => select(RefreshTokenUsage::ALL).prop_map(Value::RefreshTokenUsage).boxed(),
        Kind::RefreshTokenExpiration => {
            select(RefreshTokenExpiration::ALL).prop_map(Value::RefreshTokenExpiration).boxed()
        }
        Kind::AccessTokenType => select(AccessTokenType::ALL).prop_map(Value::AccessTokenType).boxed(),
        Kind::ApplicationType => option::of(select(ApplicationType::ALL)).prop_map(Value::ApplicationType).boxed(),
        Kind::Claims => vec(claim(), 0..4).prop_map(|claims| Value::Claims(claims.into())).boxed(),
        Kind::Properties => vec(property(), 0..4).prop_map(|properties| Value::Properties(properties.into())).boxed(),
        kind => panic!("{kind:?} is new: say what its values are"),
    }
}

fn some_of<T: Copy + fmt::Debug>(all: &'static [T]) -> impl Strategy<Value = List<T>> {
    subsequence(all, 0..=all.len()).prop_shuffle().prop_map(List::from)
}

fn seconds() -> impl Strategy<Value = u32> {
    let whole = select(vec![60, 3600, 86_400]).prop_flat_map(|unit| (1..100_u32).prop_map(move |count| count * unit));
    prop_oneof![0..=i32::MAX.unsigned_abs(), 0..100_000_u32, whole]
}

/// Any text, but mostly one that some people write.
fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        4 => "[a-z]{1,12}",
        4 => "[ -~]{1,100}",
        2 => "[\"#\\\\a{}]{1,70}",
        2 => "[ -~äß€世界]{1,70}",
        1 => "\\PC{1,60}",
        1 => ".{0,20}",
        1 => any::<String>(),
    ]
    .prop_map(Text::from)
}

fn uri() -> impl Strategy<Value = Text> {
    "https://[a-z]{1,20}\\.example\\.com(/[a-z0-9._~-]{0,80}){0,2}(\\?[a-z]{1,9}=%20)?".prop_map(Text::from)
}

fn redirect_uri() -> impl Strategy<Value = Text> {
    prop_oneof![
        uri(),
        "http://127\\.0\\.0\\.1(:[1-9][0-9]{3})?/[a-z]{0,9}".prop_map(Text::from),
        "com\\.example\\.[a-z]{1,9}:/[a-z]{0,9}".prop_map(Text::from),
    ]
}

fn scope() -> impl Strategy<Value = Text> {
    prop_oneof![
        select(vec!["openid", "profile", "email", "api1", "offline_access"]).prop_map(String::from),
        "[a-z][a-z0-9_.:-]{0,40}",
        "[!#-\\[\\]-~]{1,12}",
    ]
    .prop_map(Text::from)
}

fn grant() -> impl Strategy<Value = GrantType> {
    prop_oneof![
        8 => select(GrantType::NAMED),
        1 => "urn:example:[a-z]{1,60}".prop_map(|name| GrantType::Extension(name.into())),
        1 => select(vec!["refresh_token", "delegation"]).prop_map(|name| GrantType::Extension(name.into())),
    ]
}

fn claim() -> impl Strategy<Value = ClientClaim> {
    let value_type = prop_oneof![select(vec!["integer", "boolean", "json"]).prop_map(Text::from), text()];
    (text(), text(), option::of(value_type)).prop_map(|(claim_type, value, value_type)| ClientClaim {
        claim_type,
        value,
        value_type,
    })
}

fn property() -> impl Strategy<Value = Property> {
    (text(), text()).prop_map(|(key, value)| Property { key, value })
}

fn secret() -> impl Strategy<Value = Secret> {
    let expiration = prop_oneof![1_800_000_000..1_900_000_000_u64, 0..=253_402_300_799_u64];
    (secret_value(), option::of(text()), option::of(expiration)).prop_map(|(value, description, expiration)| Secret {
        value,
        description,
        expiration,
    })
}

fn secret_value() -> impl Strategy<Value = SecretValue> {
    let thumbprint = prop_oneof!["[0-9a-f]{40}", "[0-9A-F]{64}"];
    let name = prop_oneof!["CN=[a-z\\\\, ]{1,60}", text().prop_map(|text| text.as_str().to_owned())];
    let break_at = any::<Option<Index>>();
    let certificate = break_at.prop_map(|at| {
        let mut text = String::from(CERTIFICATE);
        if let Some(at) = at {
            text.insert(at.index(CERTIFICATE.len()), '\n');
        }
        text
    });
    prop_oneof![
        4 => any::<[u8; 32]>().prop_map(SecretValue::Sha256),
        2 => any::<[u8; 32]>().prop_map(SecretValue::sha512_of),
        1 => thumbprint.prop_map(|text| SecretValue::X509Thumbprint(text.into())),
        1 => name.prop_map(|text| SecretValue::X509Name(text.into())),
        1 => certificate.prop_map(|text| SecretValue::X509Certificate(text.into())),
        3 => jwk().prop_map(|text| SecretValue::Jwk(text.into())),
    ]
}

/// A public key in any layout.
fn jwk() -> impl Strategy<Value = String> {
    let more = prop_oneof![
        Just(String::new()),
        Just(String::from(r#","use":"sig""#)),
        Just(String::from(",\n  \"exp\" : 1.50")),
        "[ -!#-\\[\\]-~ä]{0,40}".prop_map(|kid| format!(",\"kid\":\"{kid}\"")),
    ];
    (select(KEYS), more).prop_map(|(key, more)| format!("{{{key}{more}}}"))
}

const KEYS: &[&str] = &[
    r#""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#,
    r#" "kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM""#,
    r#""kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB""#,
];

/// `openssl req -x509 -newkey ed25519 -nodes -subj /CN=a`
const CERTIFICATE: &str = "MIIBLDCB36ADAgECAhRnRp0xtTDW8tzWJJWIp5mZOpgMQTAFBgMrZXAwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjUxNjE0NTRaFw0zNjExMjIxNjE0NTRaMAwxCjAIBgNVBAMMAWEwKjAFBgMrZXADIQDRUr0PCkw7UPCmokJYPmnRoav0+ruInELPkI8Pf0WDtqNTMFEwHQYDVR0OBBYEFJV8mr6w/iSfxMYFWCEbzC6mkyDeMB8GA1UdIwQYMBaAFJV8mr6w/iSfxMYFWCEbzC6mkyDeMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EAqydb5Rml1PW4oH9CFW1JvsLpOI3U4W390z9H7wziLw+3ljNFOPWJ08Sv3E57JwFH1TMn3rTvMDxhl/+fwaEdAA==";

//! What is stored is what was given.

use guestlist_runtime::rules::{self, Definition};
use guestlist_runtime::{
    AccessTokenType, ApplicationType, Client, ClientClaim, DpopValidationMode, GrantType, Kind, Property,
    RefreshTokenExpiration, RefreshTokenUsage, Secret, SecretValue, Server, Setting, Settings, SigningAlgorithm, Text,
    Value,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestRunner};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::place::Place;

const JWK: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

/// The certificate without its lines `BEGIN` and `END`.
fn certificate() -> Text {
    let pem = include_str!("../../../../tests/keys/client.pem");
    pem.lines().filter(|line| !line.starts_with('-')).collect::<String>().into()
}

/// A client in which no setting is as by default.
fn everything() -> Client {
    Client {
        enabled: false,
        client_id: "every.thing".into(),
        protocol_type: "wsfed".into(),
        client_secrets: [
            Secret {
                description: Some("the old one; \u{1F511}".into()),
                expiration: Some(253_402_300_799),
                ..SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60").into()
            },
            SecretValue::sha512_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e61").into(),
            Secret {
                expiration: Some(0),
                ..SecretValue::X509Thumbprint("2ba15cd00d427ea65140706fe184fbc7935f01ee".into()).into()
            },
            SecretValue::X509Name("CN=every,O=Example".into()).into(),
            SecretValue::X509Certificate(certificate()).into(),
            SecretValue::Jwk(JWK.into()).into(),
        ]
        .into(),
        require_client_secret: false,
        client_name: Some("Everything".into()),
        description: Some("Line\nand \"line\" \\ 'line'".into()),
        client_uri: Some("https://example.com/".into()),
        logo_uri: Some("https://example.com/logo.png".into()),
        require_consent: true,
        allow_remember_consent: false,
        consent_lifetime: Some(2_147_483_647),
        allowed_grant_types: [
            GrantType::AuthorizationCode,
            GrantType::DeviceCode,
            GrantType::Extension("urn:example:grant".into()),
        ]
        .into(),
        require_pkce: true,
        allow_plain_text_pkce: true,
        require_request_object: true,
        allow_access_tokens_via_browser: true,
        redirect_uris: ["https://example.com/b", "https://example.com/a"].into(),
        post_logout_redirect_uris: ["https://example.com/"].into(),
        front_channel_logout_uri: Some("https://example.com/front".into()),
        front_channel_logout_session_required: false,
        back_channel_logout_uri: Some("https://example.com/back".into()),
        back_channel_logout_session_required: false,
        allow_offline_access: true,
        allowed_scopes: ["openid", "api1"].into(),
        always_include_user_claims_in_id_token: true,
        identity_token_lifetime: 1,
        allowed_identity_token_signing_algorithms: [SigningAlgorithm::ES256, SigningAlgorithm::PS256].into(),
        access_token_lifetime: 2,
        authorization_code_lifetime: 3,
        absolute_refresh_token_lifetime: 2_147_483_647,
        sliding_refresh_token_lifetime: 4,
        refresh_token_usage: RefreshTokenUsage::ReUse,
        refresh_token_expiration: RefreshTokenExpiration::Sliding,
        update_access_token_claims_on_refresh: true,
        access_token_type: AccessTokenType::Reference,
        enable_local_login: false,
        identity_provider_restrictions: ["google", "example"].into(),
        include_jwt_id: false,
        claims: [
            ClientClaim { claim_type: "level".into(), value: "3".into(), value_type: Some("integer".into()) },
            ClientClaim { claim_type: "role".into(), value: "".into(), value_type: None },
        ]
        .into(),
        always_send_client_claims: true,
        client_claims_prefix: "c_".into(),
        pair_wise_subject_salt: Some("0c6a5f13b7e94d28a1f0".into()),
        user_sso_lifetime: Some(5),
        user_code_type: Some("Numeric".into()),
        device_code_lifetime: 700,
        allowed_cors_origins: ["https://b.example.com", "https://a.example.com"].into(),
        properties: [Property { key: "tier".into(), value: "gold".into() }].into(),
        require_dpop: false,
        dpop_validation_mode: [DpopValidationMode::Nonce, DpopValidationMode::Custom].into(),
        dpop_clock_skew: u32::MAX,
        require_pushed_authorization: true,
        pushed_authorization_lifetime: Some(6),
        ciba_lifetime: Some(800),
        polling_interval: Some(7),
        coordinate_lifetime_with_user_session: Some(false),
        initiate_login_uri: Some("https://example.com/login".into()),
        application_type: Some(ApplicationType::Web),
    }
}

pub async fn every_setting_comes_back(place: Place) {
    let clients = place.clients().await;
    let everything = everything();
    // What the rulebook does not let stand beside some of it.
    let rest = Client {
        client_id: "the.rest".into(),
        require_client_secret: true,
        require_pkce: false,
        allow_access_tokens_via_browser: false,
        require_dpop: true,
        ..everything.clone()
    };
    let differing = [&everything, &rest].map(|client| Settings::differing(client, &Client::DEFAULT));
    for setting in Setting::ALL {
        assert!(differing.iter().any(|settings| settings.contains(*setting)), "{setting} is as by default");
    }
    for client in [everything, rest] {
        clients.create(client.clone()).await.unwrap();
        let stored = clients.get(&client.client_id).await.unwrap().unwrap();
        assert_eq!(stored.definition.unwrap().client, client);
    }
}

/// Any text; U+0000 has no place in a database.
fn text() -> impl Strategy<Value = Text> {
    "\\PC{1,12}|[^\\x00]{0,6}".prop_map(Text::from)
}

fn uri() -> impl Strategy<Value = Text> {
    "https://[a-z]{1,8}\\.example\\.com/[a-z0-9._~/-]{0,12}".prop_map(Text::from)
}

fn secret() -> impl Strategy<Value = Secret> {
    let value = prop_oneof![
        any::<[u8; 32]>().prop_map(SecretValue::Sha256),
        any::<[u8; 32]>().prop_map(SecretValue::sha512_of),
        "[0-9a-fA-F]{40}|[0-9a-f]{64}".prop_map(|digits| SecretValue::X509Thumbprint(digits.into())),
        "CN=\\PC{1,20}".prop_map(|name| SecretValue::X509Name(name.into())),
        Just(SecretValue::X509Certificate(certificate())),
        Just(SecretValue::Jwk(JWK.into())),
    ];
    (value, option::of(text()), option::of(0..=253_402_300_799_u64))
        .prop_map(|(value, description, expiration)| Secret { value, description, expiration })
}

/// Any value of a setting, mostly one that the rulebook accepts.
fn value(setting: Setting) -> BoxedStrategy<Value> {
    let seconds = 1..=i32::MAX.unsigned_abs();
    let some = |strategy: BoxedStrategy<Text>| option::of(strategy).prop_map(Value::from).boxed();
    let texts =
        |strategy: BoxedStrategy<Text>| vec(strategy, 0..5).prop_map(|texts| Value::Texts(texts.into())).boxed();
    match (setting, setting.kind()) {
        (Setting::ClientId, _) => "[A-Za-z][A-Za-z0-9._-]{0,20}".prop_map(|id| Value::Text(id.into())).boxed(),
        (Setting::RedirectUris, _) => vec(uri(), 1..5).prop_map(|uris| Value::Texts(uris.into())).boxed(),
        (Setting::PostLogoutRedirectUris, _) => texts(uri().boxed()),
        (Setting::AllowedScopes, _) => texts("[!#-\\[\\]-~]{1,12}".prop_map(Text::from).boxed()),
        (Setting::AllowedCorsOrigins, _) => texts("https://[a-z]{1,8}\\.example".prop_map(Text::from).boxed()),
        (Setting::ClientName | Setting::Description, _) => some("[ -~]{1,20}\\PC?".prop_map(Text::from).boxed()),
        (Setting::PairWiseSubjectSalt | Setting::UserCodeType, _) => some(text().boxed()),
        (Setting::DpopClockSkew, _) => any::<u32>().prop_map(Value::Seconds).boxed(),
        (_, Kind::Flag) => any::<bool>().prop_map(Value::Flag).boxed(),
        (_, Kind::OptionalFlag) => option::of(any::<bool>()).prop_map(Value::OptionalFlag).boxed(),
        (_, Kind::Seconds) => seconds.prop_map(Value::Seconds).boxed(),
        (_, Kind::OptionalSeconds) => option::of(seconds).prop_map(Value::OptionalSeconds).boxed(),
        (_, Kind::Text) => text().prop_map(Value::Text).boxed(),
        // The others are links.
        (_, Kind::OptionalText) => some(uri().boxed()),
        (_, Kind::Texts) => texts(text().boxed()),
        (_, Kind::Secrets) => vec(secret(), 1..4).prop_map(|secrets| Value::Secrets(secrets.into())).boxed(),
        (_, Kind::GrantTypes) => {
            let grants = vec![
                GrantType::AuthorizationCode,
                GrantType::DeviceCode,
                GrantType::ClientCredentials,
                GrantType::Extension("urn:example:grant".into()),
            ];
            subsequence(grants, 1..=4).prop_map(|grants| Value::GrantTypes(grants.into())).boxed()
        }
        (_, Kind::SigningAlgorithms) => {
            let asymmetric = SigningAlgorithm::ALL.iter().copied().filter(|algorithm| !algorithm.is_symmetric());
            subsequence(asymmetric.collect::<Vec<_>>(), 0..=4)
                .prop_map(|algorithms| Value::SigningAlgorithms(algorithms.into()))
                .boxed()
        }
        (_, Kind::DpopValidationModes) => subsequence(DpopValidationMode::ALL, 1..=3)
            .prop_map(|modes| Value::DpopValidationModes(modes.into()))
            .boxed(),
        (_, Kind::RefreshTokenUsage) => select(RefreshTokenUsage::ALL).prop_map(Value::from).boxed(),
        (_, Kind::RefreshTokenExpiration) => select(RefreshTokenExpiration::ALL).prop_map(Value::from).boxed(),
        (_, Kind::AccessTokenType) => select(AccessTokenType::ALL).prop_map(Value::from).boxed(),
        (_, Kind::ApplicationType) => option::of(select(ApplicationType::ALL)).prop_map(Value::from).boxed(),
        (_, Kind::Claims) => vec((text(), text(), option::of(text())), 0..4)
            .prop_map(|claims| {
                let claim = |(claim_type, value, value_type)| ClientClaim { claim_type, value, value_type };
                Value::Claims(claims.into_iter().map(claim).collect())
            })
            .boxed(),
        (_, Kind::Properties) => vec((text(), text()), 0..4)
            .prop_map(|pairs| {
                let property = |(key, value)| Property { key, value };
                Value::Properties(pairs.into_iter().map(property).collect())
            })
            .boxed(),
        (setting, kind) => panic!("{setting} is {kind:?}, of which there is no example"),
    }
}

/// A client of which a third of the settings are anything.
fn any_client() -> impl Strategy<Value = Client> {
    let changes: Vec<_> = Setting::ALL
        .iter()
        .map(|setting| {
            let is_needed = [Setting::ClientId, Setting::AllowedGrantTypes, Setting::ClientSecrets].contains(setting);
            let change = value(*setting).prop_map(move |value| Some((*setting, value)));
            if is_needed { change.boxed() } else { prop_oneof![2 => Just(None), 1 => change].boxed() }
        })
        .collect();
    changes.prop_map(|changes| {
        let base = Client { redirect_uris: ["https://app.example.com/"].into(), ..Client::default() };
        changes.into_iter().flatten().fold(base, |mut client, (setting, value)| {
            client.set(setting, value).unwrap();
            client
        })
    })
}

pub async fn any_client_that_is_accepted_comes_back(place: Place) {
    let clients = place.clients().await;
    let config = Config { cases: 64, failure_persistence: None, max_global_rejects: 20_000, ..Config::default() };
    let runtime = Handle::current();
    let comes_back = |client: Client| {
        let refused = Definition::from(client);
        prop_assume!(!rules::check(&Server::DEFAULT, std::slice::from_ref(&refused), Vec::new()).refuses());
        // As it counts: an empty name is none.
        let client = refused.into_client();
        block_in_place(|| {
            runtime.block_on(async {
                let version = clients.create(client.clone()).await.map_err(|error| error.to_string()).unwrap().version;
                let stored = clients.get(&client.client_id).await.unwrap().unwrap();
                clients.delete(&client.client_id, version).await.unwrap();
                assert_eq!(stored.definition.unwrap().client, client);
            });
        });
        Ok(())
    };
    TestRunner::new(config).run(&any_client(), comes_back).unwrap();
}

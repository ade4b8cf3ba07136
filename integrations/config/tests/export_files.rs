//! Clients as files: loaded again, they are the records they were.

#[path = "export/arbitrary.rs"]
mod arbitrary;
mod common;

use core::pin::pin;
use core::task::{Context, Poll, Waker};
use std::collections::BTreeSet;

use common::{CLIENTS, NOW};
use guestlist_config::write::{Export, Exported, Lost, NotWritten};
use guestlist_config::{ClientsFile, Format, Shape};
use guestlist_runtime::{
    AccessTokenType, Client, ClientClaim, DpopValidationMode, GrantType, InMemoryClients, List, Property, Secret,
    SecretValue, Server, Setting, Value,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

const FORMATS: [Format; 3] = [Format::Json, Format::Toml, Format::Yaml];

fn load(text: &str, format: Format, server: &Server) -> InMemoryClients {
    let loaded = ClientsFile::new("clients", format, text).load(server, NOW);
    loaded.unwrap_or_else(|refused| panic!("{refused}\n{text}")).clients
}

/// The clients that were loaded, in the order of those that were written.
fn in_order(loaded: &InMemoryClients, clients: &[Client]) -> Vec<Client> {
    assert_eq!(loaded.iter().len(), clients.len());
    clients.iter().map(|client| Client::clone(loaded.get(&client.client_id).unwrap())).collect()
}

/// The clients, written and loaded again.
fn reloaded(shape: Shape, format: Format, server: &Server, clients: &[Client]) -> (Vec<Client>, Vec<Lost>) {
    let Exported { text, lost, .. } = Export::new(server, clients.to_vec()).to_file(shape, format).unwrap();
    (in_order(&load(&text, format, server), clients), lost)
}

/// The clients without what a file cannot say: that a setting is unset which the server's defaults set, and for
/// IdentityServer that no DPoP mode is set at all.
fn as_said(clients: &[Client], server: &Server, lost: &[Lost]) -> Vec<Client> {
    let mut said = clients.to_vec();
    for Lost { client_id, setting, entry, why, .. } in lost {
        let value = match (entry, *why) {
            (None, UNSET) => server.defaults.value(*setting),
            (None, "IdentityServer does not tell no mode from `Custom`") => {
                Value::DpopValidationModes([DpopValidationMode::Custom].into())
            }
            _ => panic!("{client_id}: {setting}: {why}"),
        };
        let client = said.iter_mut().find(|client| client.client_id == *client_id).unwrap();
        client.set(*setting, value).unwrap();
    }
    said
}

const UNSET: &str = "a file cannot unset what the server's defaults set";

/// The metadata of clients, loaded again. The secrets that no metadata hold come from elsewhere: here, a server adds
/// one of its own, as when it answers a registration (RFC 7591 §3.2.1).
fn registered_again(server: &Server, clients: &[Client]) -> (Vec<Client>, Vec<Lost>) {
    let Exported { text, lost, .. } =
        Export::new(server, clients.to_vec()).to_file(Shape::Registration, Format::Json).unwrap();
    let mut documents = match serde_json::from_str(&text).unwrap() {
        Json::Array(documents) => documents,
        document => vec![document],
    };
    let has_digest = |client: &Client| client.client_secrets.iter().any(|secret| secret.value.is_shared());
    let new_secret = |client: &Client| format!("3f9c2a7e81b4d6053e9f7c1a2b8d4e60-{}", client.client_id);
    for (document, client) in documents.iter_mut().zip(clients).filter(|(_, client)| has_digest(client)) {
        assert_eq!(document.get("client_secret"), None);
        document["client_secret"] = json!(new_secret(client));
    }
    let mut loaded = in_order(&load(&Json::Array(documents).to_string(), Format::Json, server), clients);
    for client in &mut loaded {
        let new = SecretValue::sha256_of(new_secret(client));
        client.client_secrets = client.client_secrets.iter().filter(|secret| secret.value != new).cloned().collect();
    }
    (loaded, lost)
}

/// What metadata can say of a client: all but the digests of its secrets and the salt, the order of its keys, their layout, and the
/// order of its properties, and no `refresh_token` as a grant.
fn in_metadata(client: &Client) -> Client {
    let mut keys: Vec<Secret> =
        client.client_secrets.iter().filter(|secret| !secret.value.is_shared()).cloned().collect();
    for key in &mut keys {
        if let SecretValue::Jwk(jwk) = &mut key.value {
            *jwk = serde_json::from_str::<Json>(jwk).unwrap().to_string().into();
        }
    }
    keys.sort_by_key(|key| format!("{key:?}"));
    let mut properties = client.properties.to_vec();
    properties.sort_by(|one, other| one.key.cmp(&other.key));
    let grants = client.allowed_grant_types.iter().filter(|grant| is_in_metadata(grant));
    let allowed_grant_types = grants.cloned().collect();
    Client {
        client_secrets: keys.into(),
        properties: properties.into(),
        allowed_grant_types,
        pair_wise_subject_salt: None,
        ..client.clone()
    }
}

/// `refresh_token` stands for `allow_offline_access` there.
fn is_in_metadata(grant: &GrantType) -> bool {
    grant.as_str() != "refresh_token"
}

/// What of those lost is said by none of the above.
fn unset(lost: Vec<Lost>) -> Vec<Lost> {
    lost.into_iter().filter(|lost| lost.why == UNSET).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn guestlists_own_shape_holds_any_client((server, clients) in arbitrary::server_and_clients()) {
        for format in FORMATS {
            let (loaded, lost) = reloaded(Shape::Guestlist, format, &server, &clients);
            prop_assert_eq!(loaded, as_said(&clients, &server, &lost));
        }
    }

    #[test]
    fn identity_servers_shape_holds_any_client((server, clients) in arbitrary::server_and_clients()) {
        for format in FORMATS {
            let (loaded, lost) = reloaded(Shape::IdentityServer, format, &server, &clients);
            prop_assert_eq!(loaded, as_said(&clients, &server, &lost));
        }
    }

    #[test]
    fn metadata_hold_any_client_but_for_its_digests((server, mut clients) in arbitrary::server_and_clients()) {
        clients.retain(|client| client.allowed_grant_types.iter().any(is_in_metadata));
        let (loaded, lost) = registered_again(&server, &clients);
        let said = as_said(&clients, &server, &unset(lost));
        let [loaded, said] = [loaded, said].map(|clients| clients.iter().map(in_metadata).collect::<Vec<_>>());
        prop_assert_eq!(loaded, said);
    }
}

/// For each setting some clients that the rulebook takes, in which it is not as by default.
#[test]
fn every_shape_holds_every_setting() {
    let server = Server::default();
    let mut runner = TestRunner::deterministic();
    for setting in Setting::ALL.iter().copied() {
        let clients = arbitrary::with_setting(setting, &server, &mut runner);
        for client in clients.iter().map(core::slice::from_ref) {
            for shape in [Shape::Guestlist, Shape::IdentityServer] {
                let (loaded, lost) = reloaded(shape, Format::Json, &server, client);
                assert_eq!(loaded, as_said(client, &server, &lost), "{shape:?}");
            }
            let (loaded, _) = registered_again(&server, client);
            assert_eq!(in_metadata(&loaded[0]), in_metadata(&client[0]));
        }
    }
}

/// Of one client, its object in a JSON file of this shape.
fn json(shape: Shape, client: &Client) -> Json {
    let Exported { text, .. } = Export::new(&Server::default(), [client.clone()]).to_file(shape, Format::Json).unwrap();
    let mut json: Json = serde_json::from_str(&text).unwrap();
    match shape {
        Shape::Guestlist => json["clients"][0].take(),
        Shape::IdentityServer => json["IdentityServer"]["Clients"][0].take(),
        _ => json,
    }
}

fn machine() -> Client {
    Client {
        client_id: "machine".into(),
        client_secrets: [SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60")].into(),
        allowed_grant_types: [GrantType::ClientCredentials].into(),
        ..Client::default()
    }
}

#[test]
fn the_clients_with_every_setting_are_the_same_again() {
    let clients: Vec<Client> = CLIENTS.iter().cloned().collect();
    for shape in [Shape::Guestlist, Shape::IdentityServer] {
        for format in FORMATS {
            assert_eq!(reloaded(shape, format, CLIENTS.server(), &clients), (clients.clone(), Vec::new()));
        }
    }
}

/// `hybrid` is IdentityServer's word, and `refresh_token` a setting here.
#[test]
fn grants_in_metadata() {
    use GrantType::{AuthorizationCode, ClientCredentials, DeviceCode, Hybrid, Implicit};
    let device = "urn:ietf:params:oauth:grant-type:device_code";
    for (grants, browser, offline, types, responses) in [
        (vec![AuthorizationCode], false, false, json!(["authorization_code"]), json!(["code"])),
        (vec![AuthorizationCode], false, true, json!(["authorization_code", "refresh_token"]), json!(["code"])),
        (vec![Implicit], false, false, json!(["implicit"]), json!(["id_token"])),
        (vec![Implicit], true, false, json!(["implicit"]), json!(["id_token", "token", "id_token token"])),
        (
            vec![ClientCredentials, Hybrid],
            false,
            false,
            json!(["client_credentials", "authorization_code", "implicit"]),
            json!(["code id_token"]),
        ),
        (
            vec![Hybrid],
            true,
            true,
            json!(["authorization_code", "implicit", "refresh_token"]),
            json!(["code id_token", "code token", "code id_token token"]),
        ),
        (vec![DeviceCode], false, true, json!([device, "refresh_token"]), json!([])),
    ] {
        let client = Client {
            allowed_grant_types: grants.into(),
            allow_access_tokens_via_browser: browser,
            allow_offline_access: offline,
            ..machine()
        };
        let metadata = json(Shape::Registration, &client);
        assert_eq!((&metadata["grant_types"], &metadata["response_types"]), (&types, &responses));
        for own in ["allow_offline_access", "allow_access_tokens_via_browser"] {
            assert_eq!(metadata.get(own), None, "{own}");
        }
    }
}

#[test]
fn authentication_in_metadata() {
    let key: Secret =
        SecretValue::Jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#.into())
            .into();
    let name = SecretValue::X509Name("CN=a".into());
    let thumbprint = SecretValue::X509Thumbprint("A9993E364706816ABA3E25717850C26C9CD0D89D".into());
    let dated = Secret { expiration: Some(1_814_313_600), ..key.clone() };
    let jwks =
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }] });
    for (secrets, method, members) in [
        (machine().client_secrets, "client_secret_basic", json!({})),
        ([key].into(), "private_key_jwt", json!({ "jwks": jwks })),
        ([name].into(), "tls_client_auth", json!({ "tls_client_auth_subject_dn": "CN=a" })),
        (
            [thumbprint].into(),
            "self_signed_tls_client_auth",
            json!({ "client_secrets": [{ "x509_thumbprint": "A9993E364706816ABA3E25717850C26C9CD0D89D" }] }),
        ),
        (
            [dated.clone()].into(),
            "private_key_jwt",
            json!({ "client_secrets": [{ "jwk": dated.value.stored(), "expiration": "2027-06-30T00:00:00Z" }] }),
        ),
    ] {
        let metadata = json(Shape::Registration, &Client { client_secrets: secrets, ..machine() });
        assert_eq!(metadata["token_endpoint_auth_method"], method);
        for member in ["jwks", "tls_client_auth_subject_dn", "client_secrets"] {
            assert_eq!(metadata.get(member), members.get(member), "{method}: {member}");
        }
    }
    let public = Client { require_client_secret: false, ..machine() };
    assert_eq!(json(Shape::Registration, &public)["token_endpoint_auth_method"], "none");
}

/// What tells something to people is a member, with the type that is registered for it.
#[test]
fn properties_in_metadata() {
    let property = |key: &'static str, value: &'static str| Property { key: key.into(), value: value.into() };
    let properties = [
        property("contacts", r#"["ops@example.com"]"#),
        property("tier", "gold"),
        property("client_name#ja", "注文"),
        property("client_id_issued_at", "1800000000"),
        property("software_version", "2"),
    ];
    let metadata = json(Shape::Registration, &Client { properties: properties.into(), ..machine() });
    for (member, value) in [
        ("contacts", json!(["ops@example.com"])),
        ("properties", json!({ "tier": "gold" })),
        ("client_name#ja", json!("注文")),
        ("client_id_issued_at", json!(1_800_000_000)),
        ("software_version", json!("2")),
    ] {
        assert_eq!(metadata[member], value, "{member}");
    }
}

#[test]
fn values_as_dotnet_takes_them() {
    let claim = |claim_type: &'static str, value_type: &'static str| ClientClaim {
        claim_type: claim_type.into(),
        value: "3".into(),
        value_type: Some(value_type.into()),
    };
    let client = Client {
        client_secrets: [Secret { expiration: Some(1_814_313_600), ..SecretValue::X509Name("CN=a".into()).into() }]
            .into(),
        allow_offline_access: true,
        access_token_type: AccessTokenType::Reference,
        claims: [claim("level", "integer"), claim("other", "json")].into(),
        require_dpop: true,
        dpop_validation_mode: [DpopValidationMode::Iat, DpopValidationMode::Nonce].into(),
        dpop_clock_skew: 93_784,
        ..machine()
    };
    assert_eq!(
        json(Shape::IdentityServer, &client),
        json!({
            "ClientId": "machine",
            // Without an offset, or .NET would take it into the local time.
            "ClientSecrets": [{ "Type": "X509Name", "Value": "CN=a", "Expiration": "2027-06-30T00:00:00" }],
            "AllowedGrantTypes": ["client_credentials"],
            "AllowOfflineAccess": true,
            // IdentityServer's own default is `ReUse`.
            "RefreshTokenUsage": "OneTimeOnly",
            "AccessTokenType": "Reference",
            "Claims": [
                { "Type": "level", "Value": "3", "ValueType": "http://www.w3.org/2001/XMLSchema#integer" },
                { "Type": "other", "Value": "3", "ValueType": "json" },
            ],
            "RequireDPoP": true,
            "DPoPValidationMode": "Iat, Nonce",
            "DPoPClockSkew": "1.02:03:04",
        })
    );
}

/// Everything that some shape cannot say of a client.
#[test]
fn what_is_lost() {
    let property = |key: &'static str| Property { key: key.into(), value: "gold".into() };
    let digest = SecretValue::sha256_of("3f9c2a7e81b4d6053e9f7c1a2b8d4e60");
    let client = Client {
        client_secrets: [
            digest.clone().into(),
            Secret { expiration: Some(u64::MAX), ..SecretValue::X509Name("CN=a".into()).into() },
        ]
        .into(),
        allowed_grant_types: [GrantType::ClientCredentials, GrantType::Extension("refresh_token".into())].into(),
        pair_wise_subject_salt: Some("4f1f6a0c9d2e8b7351ac".into()),
        dpop_validation_mode: List::EMPTY,
        properties: [property("tier"), property("Tier"), property("tier")].into(),
        ..machine()
    };
    let server = Server { defaults: Client { user_sso_lifetime: Some(60), ..Client::default() }, ..Server::default() };
    let everywhere = [
        "secret #2 of `client_secrets`: RFC 3339 has no time after the year 9999",
        "`user_sso_lifetime`: a file cannot unset what the server's defaults set",
        "entry #3 of `properties`: an object has each key once",
    ];
    let identity_server = [
        "entry #2 of `properties`: an object has each key once",
        "`dpop_validation_mode`: IdentityServer does not tell no mode from `Custom`",
    ];
    let metadata = [
        "secret #1 of `client_secrets`: no digest of a secret stands in metadata",
        "entry #2 of `allowed_grant_types`: `refresh_token` stands for `allow_offline_access`",
        "`pair_wise_subject_salt`: the salt is the server's own",
    ];
    let export = Export::new(&server, [client]);
    for (shape, more) in
        [(Shape::Guestlist, &[][..]), (Shape::IdentityServer, &identity_server), (Shape::Registration, &metadata)]
    {
        let exported = export.to_file(shape, Format::Json).unwrap();
        let lost: BTreeSet<String> = exported.lost.iter().map(ToString::to_string).collect();
        let expected = everywhere.iter().chain(more).map(|what| format!("client \"machine\": {what}")).collect();
        assert_eq!(lost, expected, "{shape:?}");
        let has_digest = exported.text.contains(&digest.stored());
        assert_eq!(has_digest, shape != Shape::Registration);
        assert!(!format!("{exported:?} {export:?}").contains(&digest.stored()));
    }
}

#[test]
fn toml_has_no_list_of_metadata() {
    let to_toml = |clients: &[Client]| {
        Export::new(&Server::default(), clients.to_vec()).to_file(Shape::Registration, Format::Toml)
    };
    assert!(to_toml(&[machine()]).unwrap().text.starts_with("client_id = \"machine\"\n"));
    assert_eq!(to_toml(&[machine(), machine()]).unwrap_err(), NotWritten::ListInToml);
}

#[test]
fn a_whole_store_is_exported() {
    let client = |at: usize| Client {
        client_id: format!("client-{at:03}").into(),
        client_secrets: [SecretValue::sha256_of(format!("3f9c2a7e81b4d6053e9f7c1a2b8d4e60{at}"))].into(),
        ..machine()
    };
    let clients: Vec<Client> = (0..250).map(client).collect();
    let store = InMemoryClients::new(Server::default(), clients.clone(), NOW).unwrap();
    let mut exporting = pin!(Export::of(&store));
    let Poll::Ready(Ok(export)) = Future::poll(exporting.as_mut(), &mut Context::from_waker(Waker::noop())) else {
        panic!("what lies in memory is there at once");
    };
    let Exported { text, lost, .. } = export.to_file(Shape::Guestlist, Format::Json).unwrap();
    assert_eq!(in_order(&load(&text, Format::Json, &Server::default()), &clients), clients);
    assert_eq!(lost, []);
}

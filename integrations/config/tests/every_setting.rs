//! The same clients from every shape and format, with every setting.

mod common;

use common::{CLIENTS, NOW};
use guestlist_config::{ClientsFile, Format, Loaded, Shape};
use guestlist_runtime::{Client, Server, Setting};
use serde_json::Value as Json;
use serde_json::value::RawValue;

const OWN: &str = include_str!("every_setting/clients.json");
const OWN_TOML: &str = include_str!("every_setting/clients.toml");
const OWN_YAML: &str = include_str!("every_setting/clients.yaml");
const IDENTITY_SERVER: &str = include_str!("every_setting/appsettings.json");
const METADATA: &str = include_str!("every_setting/metadata.json");

fn load(format: Format, text: &str) -> Loaded {
    let file = ClientsFile::new("clients", format, text);
    file.load(&Server::default(), NOW).unwrap_or_else(|refused| panic!("{refused}"))
}

/// The file holds the compiled clients, neither more nor less.
fn is_compiled(shape: Shape, format: Format, text: &str) {
    let loaded = load(format, text);
    assert_eq!(loaded.shape, shape);
    assert_eq!(loaded.clients.iter().len(), CLIENTS.len(), "{format:?}");
    for client in &CLIENTS {
        assert_eq!(loaded.clients.get(&client.client_id).map(|loaded| &**loaded), Some(client), "{format:?}");
    }
}

fn as_toml(json: &Json) -> String {
    toml::to_string(json).unwrap()
}

fn parsed(json: &str) -> Json {
    serde_json::from_str(json).unwrap()
}

#[test]
fn guestlists_own_settings() {
    is_compiled(Shape::Guestlist, Format::Json, OWN);
    is_compiled(Shape::Guestlist, Format::Toml, OWN_TOML);
    is_compiled(Shape::Guestlist, Format::Yaml, OWN_YAML);
    // JSON is YAML.
    is_compiled(Shape::Guestlist, Format::Yaml, OWN);
    assert!(load(Format::Toml, OWN_TOML).warnings.is_empty());
}

#[test]
fn identity_servers_settings() {
    is_compiled(Shape::IdentityServer, Format::Json, IDENTITY_SERVER);
    is_compiled(Shape::IdentityServer, Format::Yaml, IDENTITY_SERVER);
    is_compiled(Shape::IdentityServer, Format::Toml, &as_toml(&parsed(IDENTITY_SERVER)));
}

#[test]
fn identity_servers_clients_wherever_they_lie() {
    let clients = parsed(IDENTITY_SERVER)["IdentityServer"]["Clients"].take();
    let by_number: serde_json::Map<_, _> =
        clients.as_array().unwrap().iter().enumerate().map(|(at, client)| (at.to_string(), client.clone())).collect();
    for document in [
        serde_json::json!({ "Clients": clients }),
        serde_json::json!({ "clients": clients }),
        serde_json::json!({ "identityServer": { "clients": clients } }),
        serde_json::json!({ "IdentityServer:Clients": clients }),
        serde_json::json!({ "IdentityServer": { "Clients": by_number } }),
        clients,
    ] {
        is_compiled(Shape::IdentityServer, Format::Json, &document.to_string());
    }
}

#[test]
fn client_metadata() {
    is_compiled(Shape::Registration, Format::Json, METADATA);
    is_compiled(Shape::Registration, Format::Yaml, METADATA);
    // A single client is no list.
    let single = |format, text: &str| {
        let loaded = load(format, text);
        assert_eq!(loaded.clients.iter().len(), 1);
        loaded.clients.iter().next().map(|client| Client::clone(client))
    };
    let metadata: Vec<Box<RawValue>> = serde_json::from_str(METADATA).unwrap();
    for (metadata, client) in metadata.iter().zip(&CLIENTS) {
        assert_eq!(single(Format::Json, metadata.get()).as_ref(), Some(client));
    }
    assert_eq!(single(Format::Toml, &as_toml(&parsed(METADATA)[0])).as_ref(), CLIENTS.get("portal"));
}

/// The two clients write all that there is.
#[test]
fn no_setting_is_missing() {
    for (shape, text) in [(Shape::Guestlist, OWN), (Shape::IdentityServer, IDENTITY_SERVER)] {
        let text = text.to_ascii_lowercase();
        for setting in Setting::ALL {
            let name = shape.name(*setting).to_ascii_lowercase();
            assert!(text.contains(&format!("\"{name}\":")), "{name}");
        }
    }
}

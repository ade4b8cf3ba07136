//! The static store: lookups, the unions for discovery and CORS, and what it never does.

use std::collections::HashSet;

use guestlist::{Client, Clients, GrantType, Profile, clients};

static CLIENTS: Clients = clients![
    Server {
        profile: OAuth21,
        issuer: "https://id.example.com",
        identity_scopes: ["openid", "profile"],
        api_scopes: ["api1", ("api2", "https://api2.example.com")],
        default_scopes: ["api1"],
        defaults: Client { authorization_code_lifetime: 60 },
    },
    Client {
        client_id: "zulu",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api2", "api1"],
    },
    Client {
        client_id: "alpha",
        client_name: "Alpha",
        require_client_secret: false,
        allowed_grant_types: [AuthorizationCode],
        allow_offline_access: true,
        redirect_uris: ["https://alpha.example.com/callback"],
        allowed_cors_origins: ["https://alpha.example.com"],
        allowed_scopes: ["openid", "api1"],
    },
    Client {
        client_id: "off",
        enabled: false,
        client_name: "Off",
        require_client_secret: false,
        allowed_grant_types: [DeviceCode],
        allowed_scopes: ["openid", "profile"],
    },
];

static ALPHA: &Client = CLIENTS.require("alpha");
const ZULU: Option<&Client> = CLIENTS.get("zulu");

#[test]
fn a_client_is_found_by_equal_bytes_only() {
    assert_eq!(CLIENTS.get("alpha").map(|client| client.client_id.as_str()), Some("alpha"));
    for unknown in
        ["", "Alpha", "alpha ", "alph", "alphaa", "alpha\0", "off\u{0}", "zulü", "a".repeat(1_000_000).as_str()]
    {
        assert!(CLIENTS.get(unknown).is_none(), "{:.20}", unknown);
    }
    assert!(core::ptr::eq(ALPHA, CLIENTS.require("alpha")));
    assert_eq!(ZULU.map(|client| client.client_id.as_str()), Some("zulu"));
}

#[test]
fn the_order_is_that_of_the_source() {
    let ids: Vec<&str> = CLIENTS.iter().map(|client| client.client_id.as_str()).collect();
    assert_eq!(ids, ["zulu", "alpha", "off"]);
    assert_eq!(CLIENTS.len(), 3);
    assert!(!CLIENTS.is_empty());
    assert_eq!(format!("{CLIENTS:?}"), r#"["zulu", "alpha", "off"]"#);
    assert_eq!((&CLIENTS).into_iter().len(), 3);
}

#[test]
fn unions_are_of_the_enabled_clients() {
    let scopes: Vec<&str> = CLIENTS.scopes().iter().map(|scope| scope.as_str()).collect();
    assert_eq!(scopes, ["api1", "api2", "offline_access", "openid"]);
    assert_eq!(CLIENTS.grant_types(), [GrantType::ClientCredentials, GrantType::AuthorizationCode]);
    assert!(CLIENTS.allows_origin("https://alpha.example.com"));
    for other in ["https://alpha.example.com/", "https://ALPHA.example.com", "http://alpha.example.com", "null", ""] {
        assert!(!CLIENTS.allows_origin(other), "{other}");
    }
}

#[test]
fn the_server_stays_with_the_store() {
    let server = CLIENTS.server();
    assert_eq!(server.profile, Profile::OAuth21);
    assert_eq!(server.issuer.as_deref(), Some("https://id.example.com"));
    assert_eq!(server.api_scopes[1].resource.as_deref(), Some("https://api2.example.com"));
    assert_eq!(ALPHA.authorization_code_lifetime, 60, "a default of the server");
    assert_eq!(server.defaults.authorization_code_lifetime, 60);
}

#[test]
fn an_empty_list_is_legal() {
    static NONE: Clients = clients![];
    assert!(NONE.is_empty());
    assert!(NONE.get("").is_none());
    assert!(NONE.get("alpha").is_none());
    assert_eq!(NONE.iter().count(), 0);
    assert_eq!(NONE.server().profile, Profile::Default);
}

/// Lengths on both sides of each way in which an id is read.
#[test]
fn ids_of_every_length_are_told_apart() {
    macro_rules! ids {
        ($($id:literal)+) => {
            clients![Server { allow: [client_id_confusable] }, $(Client {
                client_id: $id,
                client_secrets: [x509_name($id)],
                allowed_grant_types: [ClientCredentials],
                allowed_scopes: ["api1"],
            }),+]
        };
    }
    static MANY: Clients = ids! {
        "1" "12" "123" "1234" "12345" "123456" "1234567" "12345678" "123456789" "1234567890123456" "12345678901234567"
        "123456789012345678901234567890123456789" "1234567890123456789012345678901234567890"
        "12345678901234567890123456789012345678901" "12345678901234567890123456789012345678902"
        "x2345678901234567890123456789012345678901234567890" "12345678901234567890123456789012345678901234567890"
        "123456789012345678901234567890123456789x1234567890" "123456789012345678901234567890123456789012x4567890"
    };
    let mut seen = HashSet::new();
    for client in &MANY {
        let found = MANY.get(&client.client_id).unwrap();
        assert_eq!(found.client_id, client.client_id);
        assert!(seen.insert(found.client_id.as_str()));
        for at in 0..client.client_id.len() {
            let mut near = client.client_id.to_string();
            near.replace_range(at..=at, "~");
            assert!(MANY.get(&near).is_none(), "{near}");
        }
    }
    assert_eq!(seen.len(), 19);
}

//! Texts that mean something elsewhere.

use guestlist_runtime::{Client, ClientStore, GrantType, List, Property};

use crate::clients::client;
use crate::place::Place;

const TEXTS: [&str; 12] = [
    "'; DROP TABLE guestlist_clients; --",
    "\"; DROP SCHEMA guestlist CASCADE; --",
    "$1 ? :id @p %s {0}",
    "\\'; \\\" \\u0000 \\x00",
    "%_*?[a-z]",
    "\u{1F511}\u{202E}\u{FEFF}",
    "\t\r\n\u{1b}[31m",
    "null",
    "[]",
    "{\"key\": \"value\"}",
    " ",
    "'''\"\"\"```",
];

pub async fn texts_are_only_texts(place: Place) {
    let clients = place.clients().await;
    for (text, number) in TEXTS.into_iter().zip(1..) {
        let is_an_id = text.bytes().all(|byte| matches!(byte, b'!'..=b'~')) || text.starts_with(['\'', '"', '$']);
        let id = if is_an_id { text.to_owned() } else { format!("client{number}") };
        let hostile = Client {
            allowed_grant_types: [GrantType::ClientCredentials].into(),
            allowed_scopes: ["api1"].into(),
            redirect_uris: List::EMPTY,
            allowed_cors_origins: List::EMPTY,
            user_code_type: Some(text.into()),
            pair_wise_subject_salt: Some(text.into()),
            client_claims_prefix: text.into(),
            properties: [Property { key: text.into(), value: text.into() }].into(),
            ..client(&id)
        };
        clients.create(hostile.clone()).await.unwrap();
        assert_eq!(*clients.find(&id).await.unwrap().unwrap(), hostile, "{text:?}");
    }
    assert_eq!(clients.entries(None, 100).await.unwrap().len(), TEXTS.len());
}

pub async fn nobody_has_an_impossible_id(place: Place) {
    let clients = place.clients().await;
    clients.create(client("web")).await.unwrap();
    let megabyte = "w".repeat(1 << 20);
    for id in ["web\0", "\0", "web\0; DROP", "caf\u{e9}", "web\n", "\u{1F511}", &megabyte] {
        assert_eq!(clients.find(id).await, Ok(None));
        assert!(clients.get(id).await.unwrap().is_none());
        assert_eq!(clients.allows_origin(id).await, Ok(false));
        assert!(clients.list(Some(id), 5).await.is_ok());
    }
    let huge = clients.create(client(&megabyte)).await.unwrap_err().to_string();
    assert!(huge.contains("`client_id` is longer than 1024 bytes"));
}

// What one would write in a struct literal of the record itself.
use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "a",
        client_secrets: [sha256("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef")],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
        client_name: Some("Shop"),
        description: None,
        redirect_uris: None,
        consent_lifetime: Some(60),
        client_uri: "https://shop.example.com".into(),
        identity_provider_restrictions: vec!["corporate"],
        post_logout_redirect_uris: &["https://shop.example.com/"],
        user_code_type: format!("{}", 1),
        logo_uri: String::from("https://shop.example.com/logo.png"),
    },
    Client {
        client_id: "b",
        client_secrets: Vec::new(),
        redirect_uris: Default::default(),
        properties: HashMap::from([("a", "b")]),
        allowed_scopes: sha256("7b1f0e6c5d4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0"),
    },
];

fn main() {}

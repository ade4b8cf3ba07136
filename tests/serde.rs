//! The feature `serde`: the record as JSON, never with a shared secret.
#![cfg(feature = "serde")]

use guestlist::{Client, GrantType, Secret, SecretValue};

#[test]
fn a_record_is_written_without_its_shared_secrets() {
    let client = Client {
        client_id: "reports".into(),
        client_secrets: [
            Secret { description: Some("rotating".into()), ..SecretValue::sha256_of("secret").into() },
            SecretValue::X509Name("CN=reports".into()).into(),
        ]
        .into(),
        allowed_grant_types: [GrantType::ClientCredentials, GrantType::DeviceCode].into(),
        pair_wise_subject_salt: Some("3f9c2a7e81b4d605".into()),
        ..Client::default()
    };
    let json = serde_json::to_value(&client).unwrap();
    assert_eq!(json["client_id"], "reports");
    assert_eq!(json["access_token_lifetime"], 3600);
    assert_eq!(json["refresh_token_usage"], "one_time_only");
    assert_eq!(
        json["allowed_grant_types"],
        serde_json::json!(["client_credentials", "urn:ietf:params:oauth:grant-type:device_code"])
    );
    assert_eq!(
        json["client_secrets"],
        serde_json::json!([
            { "type": "SharedSecret", "description": "rotating", "expiration": null },
            { "type": "X509Name", "value": "CN=reports", "description": null, "expiration": null },
        ])
    );
    assert_eq!(json.as_object().unwrap().len(), guestlist::Setting::ALL.len() - 1, "all but the salt");
    let text = format!("{json} {client:?}");
    assert!(!text.contains("3f9c2a7e"), "{text}");
    assert!(!text.contains("K7gNU3sd"), "{text}");
    assert!(!text.contains("2bb80d53"), "{text}");
}

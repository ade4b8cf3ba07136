use guestlist::{Clients, clients};

static CLIENTS: Clients = clients![
    Client {
        client_id: "short-modulus",
        client_secrets: [x509_certificate(
            "MIIB9DCCAV2gAwIBAgIUUezS+yQ9NY4J/CKBLeptzrJTHwcwDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjMyMjU5NDhaFw0zNjExMjAyMjU5NDhaMAwxCjAIBgNVBAMMAWEwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAKOwvZIhmFMiENwBWnkh0c953CYeghmdGl9oBHLZe1tAnJHeQiV4v57yCgRt3B2t7VjR+jusqG2Ig+wEdBLc0CYRHJw+khp2HaGaz0f6dK/BTK9jOjVZJ/0YkDXoKCYCsWgtJBpXXb40eVSsVYzJftcgFCS17T+c9UaTUWAyWXxVAgMBAAGjUzBRMB0GA1UdDgQWBBSsokY3nlJ1Bn5q4U/6QjhBPkqhmDAfBgNVHSMEGDAWgBSsokY3nlJ1Bn5q4U/6QjhBPkqhmDAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAHS/Kz0XMKu0tURy/zA55p6YRrlonL5FkhP9nj3SqysXtY6lD9eeAOYW1Py40yvVDQNVu/VGMLfr86G5NNpYyHxFWq9Wz3EsZRojYrl5qwHit58nlp0/fH/38sEpirP45ySc8zyca887CP1dBXhtHxkhPk+V/PKAw7gt7o6E7UJw",
        )],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "misspelt-curve",
        client_secrets: [jwk(r#"{"kty":"EC","crv":"P256","x":"MKBC","y":"4Etl"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "curve-for-encryption",
        client_secrets: [jwk(r#"{"kty":"OKP","crv":"X25519","x":"MKBC"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "meant-for-encryption",
        client_secrets: [jwk(r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"5Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "other-algorithm",
        client_secrets: [jwk(r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"6Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","alg":"RS256"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "other-operations",
        client_secrets: [jwk(r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"7Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","key_ops":["encrypt"]}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
    Client {
        client_id: "exponent",
        client_secrets: [jwk(r#"{"kty":"RSA","e":"AQ","n":"xcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxQ"}"#)],
        allowed_grant_types: [ClientCredentials],
        allowed_scopes: ["api1"],
    },
];

fn main() {}

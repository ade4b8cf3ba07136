//! What the server says of itself (OpenID Connect Discovery §3, RFC 8414 §2), and its keys (RFC 7517 §5).

use serde_json::{Value, json};

use crate::support::{Ask, Server};

#[test]
fn the_server_says_of_itself_what_it_does() {
    let server = Server::start();
    let document = server.get("/.well-known/openid-configuration").json();
    assert_eq!(
        document,
        json!({
            "issuer": server.issuer,
            "authorization_endpoint": format!("{}/authorize", server.issuer),
            "token_endpoint": format!("{}/token", server.issuer),
            "userinfo_endpoint": format!("{}/userinfo", server.issuer),
            "jwks_uri": format!("{}/jwks", server.issuer),
            "revocation_endpoint": format!("{}/revoke", server.issuer),
            "revocation_endpoint_auth_methods_supported": [
                "client_secret_basic", "client_secret_post", "private_key_jwt", "none",
            ],
            "introspection_endpoint_auth_methods_supported": [
                "client_secret_basic", "client_secret_post", "private_key_jwt",
            ],
            "introspection_endpoint": format!("{}/introspect", server.issuer),
            "device_authorization_endpoint": format!("{}/device_authorization", server.issuer),
            "pushed_authorization_request_endpoint": format!("{}/par", server.issuer),
            "end_session_endpoint": format!("{}/signout", server.issuer),
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic", "client_secret_post", "private_key_jwt", "none",
            ],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "revocation_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "introspection_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "request_object_signing_alg_values_supported": ["ES256"],
            "dpop_signing_alg_values_supported": ["ES256", "PS256", "RS256"],
            "grant_types_supported": [
                "implicit", "authorization_code", "client_credentials", "refresh_token",
                "urn:ietf:params:oauth:grant-type:device_code",
            ],
            "response_types_supported": ["code", "id_token", "token", "id_token token", "code id_token"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "scopes_supported": ["openid", "api1", "api2.read_only", "email", "offline_access", "profile"],
            "claims_supported": [
                "sub", "name", "given_name", "family_name", "preferred_username", "email", "email_verified",
            ],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent", "select_account"],
            "authorization_response_iss_parameter_supported": true,
            "require_pushed_authorization_requests": false,
            "request_parameter_supported": true,
            "request_uri_parameter_supported": false,
            "frontchannel_logout_supported": true,
            "frontchannel_logout_session_supported": true,
            "backchannel_logout_supported": true,
            "backchannel_logout_session_supported": true,
        })
    );
    assert_eq!(document, server.get("/.well-known/oauth-authorization-server").json());

    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks"] {
        for method in ["POST", "PUT", "DELETE"] {
            let answer = server.ask(method, path, &[], None);
            assert_eq!((answer.status(), answer.header("allow")), (405, "GET,HEAD"), "{path} {method}");
        }
        // What somebody says of the server is not what the server says.
        for (what, headers) in [
            ("another host", [("host", "evil.example")]),
            ("a proxy's word", [("x-forwarded-host", "evil.example")]),
            ("another one's", [("forwarded", "host=evil.example;proto=https")]),
        ] {
            let answer = server.ask("GET", &format!("{path}?issuer=https://evil.example"), &headers, None);
            assert_eq!(answer.text(), server.get(path).text(), "{path} {what}");
        }
    }
    for path in
        ["/.well-known/", "/.well-known/openid-configuration/", "/.well-known/webfinger", "/jwks.json", "/jwks/"]
    {
        assert_eq!(server.get(path).status(), 404, "{path}");
    }
}

#[test]
fn only_the_public_halves_of_the_keys_are_told() {
    let server = Server::start();
    let keys = server.get("/jwks").json();
    let names = |key: &Value| {
        let mut names: Vec<_> = key.as_object().unwrap().keys().cloned().collect();
        names.sort_unstable();
        names.join(" ")
    };
    let keys = keys["keys"].as_array().unwrap();
    assert_eq!(keys.iter().map(names).collect::<Vec<_>>(), ["alg e kid kty n use", "alg crv kid kty use x y"]);
    for (key, algorithm) in keys.iter().zip(["RS256", "ES256"]) {
        assert_eq!((&key["alg"], &key["use"]), (&json!(algorithm), &json!("sig")));
        assert_eq!(key["kid"].as_str().map(str::len), Some(43), "a thumbprint (RFC 7638)");
    }
}

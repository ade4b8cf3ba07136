//! What each shape takes beyond the settings: secrets from elsewhere, defaults and profiles of the server, levels, and
//! the words of IdentityServer and of registration.

mod common;

use common::{Folder, NOW};
use guestlist::{Client, Clients, GrantType, clients};
use guestlist_config::{ClientsFile, FileRefused, Format, Loaded, Shape};
use guestlist_runtime::rules::Level;
use guestlist_runtime::{Levels, Profile, RefreshTokenUsage, SecretValue, Server};
use serde_json::{Value as Json, json};

fn load_for(server: &Server, document: &Json) -> Result<Loaded, FileRefused> {
    ClientsFile::new("clients.json", Format::Json, document.to_string()).load(server, NOW)
}

fn load(document: &Json) -> Loaded {
    load_for(&Server::default(), document).unwrap_or_else(|refused| panic!("{refused}"))
}

fn said(document: &Json) -> String {
    load_for(&Server::default(), document).unwrap_err().to_string()
}

fn client(loaded: &Loaded) -> &Client {
    loaded.clients.iter().next().unwrap()
}

fn machine(secrets: &Json) -> Json {
    json!({ "clients": [{
        "client_id": "jobs",
        "client_secrets": secrets,
        "allowed_grant_types": ["client_credentials"],
        "allowed_scopes": ["api1"],
    }] })
}

#[test]
fn secrets_by_value_digest_file_and_variable() {
    const SECRET: &str = "K2v9-wT4x_Qm8LrZ1pYc7Hn3";
    let folder = Folder::new("secrets");
    folder.write("secret", format!("{SECRET}\n"));
    folder.write("digest", "50646dd092cfd65fe5dfa3260eea7431bfaedfc4b1e3a943e285cf993d33b605\n");
    let secrets = json!([
        SECRET,
        { "value": SECRET },
        { "sha256": "UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=" },
        { "sha256": "50646dd092cfd65fe5dfa3260eea7431bfaedfc4b1e3a943e285cf993d33b605" },
        { "file": "secret" },
        { "sha256": { "file": "digest" } },
    ]);
    let file = ClientsFile::new(folder.path("clients.json"), Format::Json, machine(&secrets).to_string());
    let loaded = file.load(&Server::default(), NOW).unwrap();
    let found: Vec<SecretValue> = client(&loaded).client_secrets.iter().map(|secret| secret.value.clone()).collect();
    assert_eq!(found, vec![SecretValue::sha256_of(SECRET); 6]);
    assert_eq!(loaded.files.len(), 2);
    assert!(!format!("{loaded:?}{file:?}").contains(SECRET));

    // Cargo sets it for each test.
    let loaded = load(&machine(&json!([{ "env": "CARGO_MANIFEST_DIR" }])));
    assert!(client(&loaded).verify_secret(env!("CARGO_MANIFEST_DIR"), NOW));
}

#[test]
fn the_example_of_the_readme_is_a_file_of_clients() {
    let example = include_str!("../README.md").split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let loaded = load(&serde_json::from_str(example).unwrap());
    assert_eq!((client(&loaded).access_token_lifetime, client(&loaded).claims.len()), (900, 2));
}

#[test]
fn what_the_file_leaves_out_is_as_the_server_says() {
    let defaults = Client { access_token_lifetime: 600, allowed_scopes: ["api1"].into(), ..Client::default() };
    let server = Server { defaults, ..Server::default() };
    let mut document = machine(&json!([{ "sha256": "UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=" }]));
    document["clients"][0].as_object_mut().unwrap().remove("allowed_scopes");
    let loaded = load_for(&server, &document).unwrap();
    assert_eq!(client(&loaded).access_token_lifetime, 600);
    assert_eq!(client(&loaded).allowed_scopes[0], "api1");
}

/// One rulebook means one profile: that of the program.
#[test]
fn the_profile_is_the_programs_and_no_file_weakens_it() {
    let mut document = json!({ "clients": [{
        "client_id": "js",
        "require_client_secret": false,
        "allowed_grant_types": ["implicit"],
        "allow_access_tokens_via_browser": true,
        "redirect_uris": ["https://app.example.com/callback"],
        "allowed_scopes": ["openid", "api1"],
        "allow": ["grant_implicit_token"],
    }] });
    assert!(load(&document).warnings.is_empty());
    let oauth21 = Server { profile: Profile::OAuth21, ..Server::default() };
    let refused = load_for(&oauth21, &document).unwrap_err().to_string();
    assert!(refused.contains("error[grant_implicit_token]"), "{refused}");

    document["server"] = json!({ "profile": "Default" });
    let refused = load_for(&oauth21, &document).unwrap_err().to_string();
    assert!(refused.contains("error: a file of clients does not describe the server"), "{refused}");
}

#[test]
fn levels_of_the_client_and_of_the_server() {
    let weak = json!(["hunter2-hunter2"]);
    let rule = |loaded: &Loaded| loaded.warnings.iter().filter_map(|warning| warning.rule).collect::<Vec<_>>();
    assert_eq!(rule(&load(&machine(&weak))), ["secret_weak"]);

    let with = |word: &str| {
        let mut document = machine(&weak);
        document["clients"][0][word] = json!(["secret_weak"]);
        document
    };
    assert!(load(&with("allow")).warnings.is_empty());
    assert!(load(&with("expect")).warnings.is_empty());
    assert!(said(&with("deny")).contains("error[secret_weak]"));

    let strict = Server { levels: Levels { deny: ["secret_weak"].into(), ..Levels::default() }, ..Server::default() };
    assert!(load_for(&strict, &machine(&weak)).is_err());
    assert!(load_for(&strict, &with("allow")).unwrap().warnings.is_empty());

    let mut unfulfilled = machine(&json!([{ "sha256": "UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=" }]));
    unfulfilled["clients"][0]["expect"] = json!(["secret_weak"]);
    let loaded = load(&unfulfilled);
    let warning = loaded.warnings.iter().next().unwrap();
    assert_eq!((warning.level, warning.rule), (Level::Warning, Some("unfulfilled_expectation")));
    assert_eq!(warning.span.as_ref().unwrap().pointer, "/clients/0/expect/0");
}

static HYBRID: Clients = clients![
    #[allow(grant_hybrid)]
    Client {
        client_id: "mvc",
        client_secrets: [sha256("UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=")],
        allowed_grant_types: [Hybrid],
        allow_offline_access: true,
        redirect_uris: ["https://mvc.example.com/signin"],
        allowed_scopes: ["openid", "api1"],
    }
];

/// `hybrid` is IdentityServer's word for response types that combine the code with tokens.
#[test]
fn hybrid_in_registration_is_the_code_and_implicit_with_their_response_types() {
    let metadata = |grants: &[&str], responses: &[&str]| {
        json!({
            "client_id": "mvc",
            "client_secrets": [{ "sha256": "UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=" }],
            "grant_types": grants,
            "response_types": responses,
            "redirect_uris": ["https://mvc.example.com/signin"],
            "scope": "openid api1",
        })
    };
    let loaded = load(&metadata(&["authorization_code", "implicit", "refresh_token"], &["code id_token"]));
    assert_eq!(Some(client(&loaded)), HYBRID.get("mvc"));
    // Response types are sets of words.
    let loaded = load(&metadata(&["implicit", "authorization_code"], &["id_token code", "token code id_token"]));
    assert_eq!(client(&loaded).allowed_grant_types, [GrantType::Hybrid].into());
    assert!(client(&loaded).allow_access_tokens_via_browser);
    assert!(!client(&loaded).allow_offline_access);
    // One client of both is one that the rulebook refuses.
    assert!(
        said(&metadata(&["authorization_code", "implicit"], &["code", "id_token"])).contains("[grant_combination]")
    );
}

#[test]
fn a_registered_client_as_the_standard_shows_it() {
    let loaded = load(&json!({
        "client_id": "s6BhdRkqt3",
        "client_secret": "ZJYCqe3GGRvdrudKyZS0XhGv_Z45DuKhCUk0gBR1vZk",
        "client_secret_expires_at": 2_000_000_000,
        "client_id_issued_at": 1_700_000_000,
        "client_name": "My Example Client",
        "client_name#ja-Jpan-JP": "クライアント名",
        "redirect_uris": ["https://client.example.org/callback", "https://client.example.org/callback2"],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "client_secret_basic",
        "logo_uri": "https://client.example.org/logo.png",
        "contacts": ["ve7jtb@example.org"],
        "backchannel_logout_uri": "https://client.example.org/logout",
        "scope": "openid profile",
    }));
    let client = client(&loaded);
    assert_eq!(loaded.shape, Shape::Registration);
    assert!(client.verify_secret("ZJYCqe3GGRvdrudKyZS0XhGv_Z45DuKhCUk0gBR1vZk", NOW));
    assert_eq!(client.client_secrets[0].expiration, Some(2_000_000_000));
    assert!(client.allow_offline_access && !client.back_channel_logout_session_required);
    assert_eq!(client.property("contacts"), Some(r#"["ve7jtb@example.org"]"#));
    assert_eq!(client.property("client_name#ja-Jpan-JP"), Some("クライアント名"));
}

/// .NET's configuration takes comments, trailing commas, numbers and flags as texts, enums in any case or as numbers.
#[test]
fn identity_servers_file_is_read_as_dotnet_reads_it() {
    let text = r#"{
        // The only client.
        "Clients": [
            {
                "CLIENTID": "jobs", /* its id */
                "ClientSecrets": { "0": { "Value": "UGRt0JLP1l/l36MmDup0Mb+u38Sx46lD4oXPmT0ztgU=", "Type": null } },
                "AllowedGrantTypes": { "0": "client_credentials" },
                "AllowedScopes": ["api1"],
                "AccessTokenLifetime": "600",
                "AlwaysSendClientClaims": "True",
                "AllowOfflineAccess": "FALSE",
                "AccessTokenType": 1,
                "RefreshTokenUsage": "reuse",
                "ClientName": null,
                "Claims": [{ "Type": "level", "Value": 3 }],
                "DPoPValidationMode": 3,
            },
        ],
    }"#;
    let loaded = ClientsFile::new("appsettings.json", Format::Json, text).load(&Server::default(), NOW).unwrap();
    let client = client(&loaded);
    assert_eq!((client.access_token_lifetime, client.always_send_client_claims), (600, true));
    assert_eq!(client.refresh_token_usage, RefreshTokenUsage::ReUse);
    assert_eq!((client.claims[0].value.as_str(), client.dpop_validation_mode.len()), ("3", 2));

    let api_authorization = json!({ "IdentityServer": { "Clients": { "spa": { "Profile": "IdentityServerSPA" } } } });
    assert!(said(&api_authorization).contains("these are clients of ASP.NET's API authorization"));
}

#[test]
fn clients_of_aspnet_are_shown_where_they_stand() {
    let text = "{ \"IdentityServer\": { \"Clients\": {\n  \"App\": { \"Profile\": \"SPA\" }\n} } }";
    let refused = ClientsFile::new("appsettings.json", Format::Json, text).load(&Server::default(), NOW).unwrap_err();
    assert!(refused.to_string().contains("2 |   \"App\": { \"Profile\": \"…\" }\n"), "{refused}");
}

#[test]
fn a_misspelt_list_of_clients_is_named() {
    for (document, help) in [
        (json!({ "client": [] }), "did you mean `clients`?"),
        (json!({ "IdentitySever": { "Clients": [] } }), "did you mean the section `IdentityServer`?"),
        (json!({ "IdentityServer": { "Client": [] } }), "name the list `Clients`"),
        (json!({ "Logging": {} }), "write a list `clients`"),
        (json!({ "clients": { "jobs": {} } }), "write the id of each client as its setting"),
    ] {
        let said = said(&document);
        assert!(said.contains(help), "{said}");
    }
}

/// What is not read is not shown: passwords of other sections, and secrets in comments.
#[test]
fn clients_are_read_from_one_list_in_the_shape_of_their_names() {
    let two = said(&json!({ "IdentityServer:Clients": [], "IdentityServer": { "Clients": [{ "ClientId": "a" }] } }));
    assert!(two.starts_with("error: there are two lists of clients\n"), "{two}");
    let own =
        json!({ "client_id": "a", "require_client_secret": false, "allowed_grant_types": ["authorization_code"] });
    for (document, help) in [(json!([own]), "put it under `clients`"), (own, "put it into a list `clients`")] {
        let said = said(&document);
        assert!(said.contains("allowed_grant_types") && said.contains(&format!("= help: {help}\n")), "{said}");
        assert!(!said.contains("unknown setting"), "{said}");
    }
    let metadata = said(&json!([{ "client_id": "a", "grant_types": ["implicit"], "allowed_scopes": ["api1"] }]));
    assert!(metadata.contains("unknown setting `allowed_scopes`"), "{metadata}");
}

#[test]
fn a_method_without_its_credential_is_told_which_one_to_add() {
    for (method, help) in [
        ("private_key_jwt", "add its public key to `jwks`"),
        ("tls_client_auth", "add the name of its certificate as `tls_client_auth_subject_dn`"),
        ("self_signed_tls_client_auth", r#"add its certificate to `client_secrets` as `{"x509_certificate": "…"}`"#),
    ] {
        let said = said(&json!({
            "client_id": "a", "grant_types": ["client_credentials"], "scope": "api1", "token_endpoint_auth_method": method,
        }));
        assert!(said.contains("error[secret_missing]: ") && said.contains(&format!("= help: {help}\n")), "{said}");
        assert!(!said.contains("openssl") && said.ends_with("because of an error"), "{said}");
    }
}

#[test]
fn what_is_not_read_is_not_shown() {
    let document = json!({
        "ConnectionStrings": { "Default": "Password=b7Rz-Jq2s" },
        "IdentityServer": { "Key": "b7Rz-Jq2s", "Clients": [{ "ClientId": "a", "AllowedScope": ["api1"] }] },
    });
    let shown = said(&document);
    assert!(shown.contains("unknown setting `AllowedScope`") && !shown.contains("b7Rz"), "{shown}");

    let text = "clients:\n  - client_idd: jobs # the secret is b7Rz-Jq2s_Wd5M\n";
    let refused = ClientsFile::new("clients.yaml", Format::Yaml, text).load(&Server::default(), NOW).unwrap_err();
    let shown = refused.to_string();
    assert!(shown.contains("client_idd") && !shown.contains("b7Rz") && !shown.contains("Wd5M"), "{shown}");
}

/// For other programs: rule, pointer, lines and columns, and what to write.
#[test]
fn the_report_for_programs() {
    let text = "{\n  \"clients\": [\n    { \"client_id\": \"a/b\", \"allowed_grant_types\": [\"client_credentials\"],\n      \"allowed_scopes\": [\"api1\", \"api 2\"] }\n  ]\n}";
    let refused = ClientsFile::new("clients.json", Format::Json, text).load(&Server::default(), NOW).unwrap_err();
    let report: Json = serde_json::from_str(&refused.diagnostics.to_json()).unwrap();
    assert_eq!(
        report,
        json!([
            {
                "file": "clients.json",
                "level": "error",
                "rule": "secret_missing",
                "url": "https://github.com/guestlist-rs/guestlist/blob/main/docs/rules.md#secret_missing",
                "message": "`client_credentials` needs a client secret, and the client has none",
                "help": "generate one with `openssl rand -hex 24` and add it to `client_secrets`",
                "note": null,
                "pointer": "/clients/0/client_id",
                "line": 3, "column": 20, "end_line": 3, "end_column": 25,
                "other": null,
            },
            {
                "file": "clients.json",
                "level": "error",
                "rule": "scope_charset",
                "url": "https://github.com/guestlist-rs/guestlist/blob/main/docs/rules.md#scope_charset",
                "message": "scope \"api 2\" contains a space, not allowed in a scope",
                "help": "write one scope per entry: `\"allowed_scopes\": [\"api\", \"2\"]`",
                "note": null,
                "pointer": "/clients/0/allowed_scopes/1",
                "line": 4, "column": 38, "end_line": 4, "end_column": 39,
                "other": null,
            },
        ])
    );
    // In a terminal, the rule's name leads to its page.
    assert!(refused.diagnostics.in_colour().contains("docs/rules.md#scope_charset"));
    assert!(!refused.to_string().contains("docs/rules.md"));
}

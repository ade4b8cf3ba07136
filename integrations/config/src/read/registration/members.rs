//! The members of client metadata that are no setting of ours by another name.

use guestlist_runtime::Setting;

use crate::Shape;

/// The authentication methods that the server knows (RFC 7591 §2, OpenID Connect Core §9, RFC 8705 §2).
pub(super) const METHODS: [&str; 6] = [
    "none",
    "client_secret_basic",
    "client_secret_post",
    "private_key_jwt",
    "tls_client_auth",
    "self_signed_tls_client_auth",
];

/// Members that tell something to people, or of the registration: they are kept as properties.
pub(super) const FREE: [&str; 9] = [
    "contacts",
    "tos_uri",
    "policy_uri",
    "software_id",
    "software_version",
    "client_id_issued_at",
    "registration_client_uri",
    "default_acr_values",
    "tls_client_certificate_bound_access_tokens",
];

const OWN_CODE: &str = "remove it, or keep it for the server's own code as an entry of `properties`";
const ALGORITHM: &str = "remove it: the algorithm is the key's, and may be written as `alg` into the key in `jwks`";
const ENCRYPTED: &str = "remove it: the server encrypts nothing";
const USERINFO: &str = "remove it: the userinfo response is plain JSON";
const INTROSPECTION: &str = "remove it: the introspection response is plain JSON";
const SUBJECT: &str = "write the whole subject of the certificate as `tls_client_auth_subject_dn`";
const PAIRWISE: &str = "remove it, and set `pair_wise_subject_salt` for the server's own code";

/// Members that the server cannot honour, and what to do. One that is dropped without a word would be a promise that
/// nobody keeps.
pub(super) const WITHOUT_SETTING: [(&str, &str); 24] = [
    ("jwks_uri", "put the keys themselves into `jwks`: nothing is fetched"),
    ("software_statement", "write what it claims as members"),
    ("registration_access_token", "remove it: it is a credential of the registration, not of the client"),
    ("token_endpoint_auth_signing_alg", ALGORITHM),
    ("request_object_signing_alg", ALGORITHM),
    ("backchannel_authentication_request_signing_alg", ALGORITHM),
    ("id_token_encrypted_response_alg", ENCRYPTED),
    ("id_token_encrypted_response_enc", ENCRYPTED),
    ("request_object_encryption_alg", ENCRYPTED),
    ("request_object_encryption_enc", ENCRYPTED),
    ("userinfo_signed_response_alg", USERINFO),
    ("userinfo_encrypted_response_alg", USERINFO),
    ("userinfo_encrypted_response_enc", USERINFO),
    ("introspection_signed_response_alg", INTROSPECTION),
    ("introspection_encrypted_response_alg", INTROSPECTION),
    ("introspection_encrypted_response_enc", INTROSPECTION),
    ("authorization_signed_response_alg", "remove it: authorization responses are not signed"),
    ("authorization_details_types", "remove it, and use scopes"),
    ("backchannel_client_notification_endpoint", "remove it: clients poll for backchannel grants"),
    ("sector_identifier_uri", PAIRWISE),
    ("tls_client_auth_san_dns", SUBJECT),
    ("tls_client_auth_san_uri", SUBJECT),
    ("tls_client_auth_san_ip", SUBJECT),
    ("tls_client_auth_san_email", SUBJECT),
];

/// Whether the value of a member is kept out of what is shown.
pub(super) fn is_secret(name: &str) -> bool {
    ["secret", "jwks", "salt", "token", "statement", "properties"].iter().any(|part| name.contains(part))
}

/// Members that may only say what is so anyway: the value in JSON, and what to do about another one.
pub(super) const ONE_VALUE: [(&str, &str, &str); 5] = [
    ("subject_type", "\"public\"", PAIRWISE),
    ("request_uris", "[]", "remove it: the server fetches no request objects"),
    ("require_auth_time", "false", OWN_CODE),
    ("backchannel_token_delivery_mode", "\"poll\"", "write `poll`: the server pushes nothing"),
    ("backchannel_user_code_parameter", "false", "remove it: no user code is asked for"),
];

/// The settings that a registered member says.
const SAID: [Setting; 3] = [Setting::RequireClientSecret, Setting::AllowOfflineAccess, Setting::AllowedGrantTypes];

/// The names of all members that are read.
pub(super) fn known() -> impl Iterator<Item = &'static str> + Clone {
    let registered = [
        "grant_types",
        "response_types",
        "token_endpoint_auth_method",
        "client_secret",
        "client_secret_expires_at",
        "jwks",
        "tls_client_auth_subject_dn",
        "id_token_signed_response_alg",
    ];
    let own = Setting::ALL.iter().filter(|setting| !SAID.contains(setting));
    let own = own.map(|setting| match Shape::Registration.name(*setting) {
        std::borrow::Cow::Borrowed(name) => name,
        std::borrow::Cow::Owned(_) => setting.as_str(),
    });
    registered.into_iter().chain(own).chain(FREE)
}

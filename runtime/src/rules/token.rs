//! Rules about tokens, request objects and sender constraints.

use alloc::{format, string::String};

use super::https::https;
use super::redirect::Flaw;
use super::{
    Case, Check, ERROR, FAPI, Found, Level, Message, Place, Rule, WARNING, key, lifetime, message, nearest, scope,
    secret,
};
use crate::{
    Client, DpopValidationMode, GrantType, List, RefreshTokenUsage, Secret, SecretValue, Setting, SigningAlgorithm,
    Text,
};

pub(super) static RULES: &[&Rule] = &[
    &REFRESH_PUBLIC_REUSE,
    &REFRESH_ROTATION_FAPI,
    &SIGNING_ALG_INVALID,
    &SIGNING_ALG_SYMMETRIC,
    &SIGNING_ALG_FAPI,
    &REQUEST_OBJECT_NO_KEY,
    &PAR_NOT_REQUIRED,
    &SENDER_CONSTRAINT_MISSING,
    &CLIENT_CLAIM_RESERVED,
    &DPOP_FRONT_CHANNEL,
    &DPOP_VALIDATION,
    &INITIATE_LOGIN_URI_INVALID,
];

static REFRESH_PUBLIC_REUSE: Rule = Rule {
    name: "refresh_public_reuse",
    levels: [Level::Warning, Level::Error, Level::Silent],
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9700 §2.2.2, §4.14.2; OAuth 2.1 §4.3.1",
    protects: "A public client proves nothing when it refreshes. A stolen refresh token that may be used again and \
               again gives its thief access tokens for as long as it counts, and nobody notices.",
    wrong: r#"Client {
    client_id: "notes-app",
    require_client_secret: false,
    application_type: Native,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.notes:/callback"],
    allow_offline_access: true,
    allowed_scopes: ["openid", "api1"],
    refresh_token_usage: ReUse,
}"#,
    right: r#"Client {
    client_id: "notes-app",
    require_client_secret: false,
    application_type: Native,
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["com.example.notes:/callback"],
    allow_offline_access: true,
    allowed_scopes: ["openid", "api1"],
    refresh_token_usage: OneTimeOnly,
}"#,
    needs: &[
        Setting::RequireClientSecret,
        Setting::AllowOfflineAccess,
        Setting::RefreshTokenUsage,
        Setting::RequireDpop,
    ],
    check: Check::Client(|case, found| {
        let client = case.client;
        let reuses = client.refresh_token_usage == RefreshTokenUsage::ReUse && gets_refresh_tokens(case);
        if client.is_public() && reuses && !client.require_dpop {
            found.report(
                case,
                case.place_of(Setting::RefreshTokenUsage),
                message!["a stolen refresh token of a public client can be used again and again"],
                message![
                    "set ",
                    (Setting::RefreshTokenUsage, RefreshTokenUsage::OneTimeOnly),
                    ", or bind tokens to a key with ",
                    (Setting::RequireDpop, true)
                ],
            );
        }
    }),
};

static REFRESH_ROTATION_FAPI: Rule = Rule {
    name: "refresh_rotation_fapi",
    levels: [Level::Silent, Level::Silent, Level::Warning],
    pedantic: false,
    exceptions: &[],
    standard: "FAPI 2.0 §5.3.2.1 item 9, Note 1",
    protects: "A FAPI 2.0 client proves itself with a key whenever it refreshes, so that replacing the refresh token at \
               each use adds no security. It locks users out whenever the answer with the new one is lost on the way.",
    wrong: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank-app",
    client_secrets: [x509_thumbprint("b8c07d1e5f9a364287ce0d1bf4a5396d8e2c07b1")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allow_offline_access: true,
    allowed_scopes: ["accounts"],
    authorization_code_lifetime: minutes(1),
    refresh_token_usage: OneTimeOnly,
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
}"#,
    right: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank-app",
    client_secrets: [x509_thumbprint("b8c07d1e5f9a364287ce0d1bf4a5396d8e2c07b1")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allow_offline_access: true,
    allowed_scopes: ["accounts"],
    authorization_code_lifetime: minutes(1),
    refresh_token_usage: ReUse,
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
}"#,
    needs: &[Setting::RequireClientSecret, Setting::AllowOfflineAccess, Setting::RefreshTokenUsage],
    check: Check::Client(|case, found| {
        let rotates = case.client.refresh_token_usage == RefreshTokenUsage::OneTimeOnly && gets_refresh_tokens(case);
        if rotates && !case.client.is_public() {
            found.report(
                case,
                case.place_of(Setting::RefreshTokenUsage),
                message!["FAPI 2.0 forbids replacing refresh tokens at each use"],
                message!["set ", (Setting::RefreshTokenUsage, RefreshTokenUsage::ReUse)],
            );
        }
    }),
};

/// Whether the client can get a refresh token: the implicit grant must not give one (RFC 6749 §4.2.2), and client
/// credentials should not (§4.4.3).
pub(super) fn gets_refresh_tokens(case: &Case<'_>) -> bool {
    let gives_them = |grant: &GrantType| !matches!(grant, GrantType::Implicit | GrantType::ClientCredentials);
    case.client.allow_offline_access && case.grant(gives_them).is_some()
}

/// The name of an algorithm that does not exist cannot be written in a record.
static SIGNING_ALG_INVALID: Rule = Rule {
    name: "signing_alg_invalid",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7518 §3.1, §3.6; RFC 7515 §4.1.1; OpenID Connect Core §2; RFC 8725 §3.1, §3.2",
    protects: "Under `none` anybody can write an ID token, and SHA-1 can be forged. \
               A name that no library knows makes every sign-in fail; names of algorithms are case-sensitive.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("e7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362a")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    allowed_identity_token_signing_algorithms: [RS1],
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("e7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362a")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    allowed_identity_token_signing_algorithms: [RS256],
}"#,
    needs: &[],
    check: Check::Reading,
};

/// The signing algorithm of a registered name, as it is read from a definition.
///
/// # Errors
///
/// What to write instead of a name that is none.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{SigningAlgorithm, rules};
/// assert_eq!(rules::parse_algorithm("ES256"), Ok(SigningAlgorithm::ES256));
/// assert_eq!(rules::parse_algorithm("ES265").unwrap_err().to_string(), "did you mean `ES256`?");
/// ```
pub fn parse_algorithm(name: &str) -> Result<SigningAlgorithm, Message> {
    let usable = SigningAlgorithm::ALL.iter().filter(|known| !known.is_symmetric()).map(SigningAlgorithm::as_str);
    name.parse().map_err(|_| match nearest(name, usable) {
        Some(known) if known.eq_ignore_ascii_case(name) => {
            format!("did you mean `{known}`? the names are case-sensitive").into()
        }
        Some(known) => format!("did you mean `{known}`?").into(),
        None => "use `PS256`, `ES256` or `EdDSA`".into(),
    })
}

static SIGNING_ALG_SYMMETRIC: Rule = Rule {
    name: "signing_alg_symmetric",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Core §10.1, §16.19; RFC 7518 §3.2",
    protects: "Such a signature is made with the client secret itself. The server keeps only its digest, \
               so it cannot sign, and every sign-in fails.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("a5396d8e2c07b1f6d5a3940f6a8e3c71d5b294e8c07d1b5f9a364287ce0d1bf4")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    allowed_identity_token_signing_algorithms: [HS256],
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("a5396d8e2c07b1f6d5a3940f6a8e3c71d5b294e8c07d1b5f9a364287ce0d1bf4")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    allowed_identity_token_signing_algorithms: [PS256],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (place, algorithm) in algorithms(case).filter(|(_, algorithm)| algorithm.is_symmetric()) {
            found.report(
                case,
                place,
                message![format!("`{algorithm}` needs the client secret in clear, which is never kept")],
                message!["use an asymmetric algorithm: `PS256`, `ES256` or `EdDSA`"],
            );
        }
    }),
};

static SIGNING_ALG_FAPI: Rule = Rule {
    name: "signing_alg_fapi",
    levels: FAPI,
    pedantic: false,
    exceptions: &[],
    standard: "FAPI 2.0 §5.4.1 item 1; RFC 9864 §2.2; OpenID Connect Registration §2",
    protects: "FAPI 2.0 leaves out RSA with PKCS #1 v1.5 padding, whose implementations keep being broken. \
               A client that says nothing gets ID tokens signed with it, by the default of OpenID Connect.",
    wrong: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank-app",
    client_secrets: [x509_thumbprint("6d8e2c07b1f6d5a3940f6a8e3c71d5b294e8c07d")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "accounts"],
    allowed_identity_token_signing_algorithms: [RS256],
    authorization_code_lifetime: minutes(1),
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
}"#,
    right: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank-app",
    client_secrets: [x509_thumbprint("6d8e2c07b1f6d5a3940f6a8e3c71d5b294e8c07d")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "accounts"],
    allowed_identity_token_signing_algorithms: [PS256],
    authorization_code_lifetime: minutes(1),
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
}"#,
    needs: &[],
    check: Check::Client(signing_alg_fapi),
};

fn signing_alg_fapi(case: &Case<'_>, found: &mut Found<'_>) {
    for (at, algorithm) in key::unfit_for_fapi(case) {
        let name = secret::name(case, at);
        let message = message![format!("the key in {name} signs with `{algorithm}`, which FAPI 2.0 does not allow")];
        let help = message!["use a key for `PS256`, `ES256` or `EdDSA`: RSA, P-256 or Ed25519"];
        found.report(case, secret::place(at), message, help);
    }
    if !case.client.allows_scope(scope::OPENID) || case.grant(GrantType::has_user).is_none() {
        return;
    }
    let setting = Setting::AllowedIdentityTokenSigningAlgorithms;
    if case.client.allowed_identity_token_signing_algorithms.is_empty() && !case.definition.unread.contains(setting) {
        let message = message!["ID tokens are signed with `RS256` by default, which FAPI 2.0 does not allow"];
        let example: List<SigningAlgorithm> = [SigningAlgorithm::PS256].into();
        found.report(case, case.place_of(setting), message, message!["write ", (setting, example)]);
    }
    for (place, algorithm) in algorithms(case) {
        // A symmetric one is refused everywhere.
        if !algorithm.is_allowed_by_fapi() && !algorithm.is_symmetric() {
            let message = message![format!("FAPI 2.0 does not allow `{algorithm}`")];
            found.report(case, place, message, message!["use `PS256`, `ES256` or `EdDSA`"]);
        }
    }
}

/// The algorithms for ID tokens with their places.
fn algorithms<'a>(case: &Case<'a>) -> impl Iterator<Item = (Place, &'a SigningAlgorithm)> + use<'a> {
    let places = (0..).map(|at| Place::Item(Setting::AllowedIdentityTokenSigningAlgorithms, at));
    places.zip(&case.client.allowed_identity_token_signing_algorithms)
}

static REQUEST_OBJECT_NO_KEY: Rule = Rule {
    name: "request_object_no_key",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9101 §4, §6.2, §10.5",
    protects: "A request object is only worth its signature. Without a key of the client there is nothing to check it \
               with, and every request is refused. A thumbprint or a name is not a key.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [x509_thumbprint("c8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8")],
    allowed_grant_types: [AuthorizationCode],
    require_request_object: true,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"#,
    right: r##"Client {
    client_id: "web-app",
    client_secrets: [jwk(
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
    )],
    allowed_grant_types: [AuthorizationCode],
    require_request_object: true,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
}"##,
    needs: &[Setting::ClientSecrets, Setting::RequireRequestObject],
    check: Check::Client(|case, found| {
        let is_key = |secret: &Secret| secret.value.is_key();
        if case.client.require_request_object && !case.client.client_secrets.iter().any(is_key) {
            found.report(
                case,
                case.place_of(Setting::RequireRequestObject),
                message![(Setting::RequireRequestObject, true), ", but there is no key to check the signature with"],
                message!["add a JWK or a whole certificate to ", Setting::ClientSecrets],
            );
        }
    }),
};

static PAR_NOT_REQUIRED: Rule = Rule {
    name: "par_not_required",
    levels: FAPI,
    pedantic: false,
    exceptions: &[],
    standard: "FAPI 2.0 §5.3.2.2 items 2–4; RFC 9126 §6",
    protects: "An authorization request that goes through the browser can be read and changed there. \
               A pushed one comes from the authenticated client itself.",
    wrong: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank-app",
    client_secrets: [x509_thumbprint("7ce0d1bf4a5396d8e2c07b1f6d5a3940f6a8e3c7")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["accounts"],
    authorization_code_lifetime: minutes(1),
    require_pushed_authorization: false,
    pushed_authorization_lifetime: 90,
}"#,
    right: r#"Server { profile: Fapi20 },
Client {
    client_id: "bank-app",
    client_secrets: [x509_thumbprint("7ce0d1bf4a5396d8e2c07b1f6d5a3940f6a8e3c7")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["accounts"],
    authorization_code_lifetime: minutes(1),
    require_pushed_authorization: true,
    pushed_authorization_lifetime: 90,
}"#,
    needs: &[Setting::RequirePushedAuthorization],
    check: Check::Client(|case, found| {
        if !case.client.require_pushed_authorization && case.grant(GrantType::is_interactive).is_some() {
            found.report(
                case,
                case.place_of(Setting::RequirePushedAuthorization),
                message!["authorization requests need not be pushed"],
                message!["set ", (Setting::RequirePushedAuthorization, true)],
            );
        }
    }),
};

static SENDER_CONSTRAINT_MISSING: Rule = Rule {
    name: "sender_constraint_missing",
    levels: FAPI,
    pedantic: false,
    exceptions: &[],
    standard: "FAPI 2.0 §5.3.2.1 items 4–5; RFC 9449 §5.2; RFC 8705 §3.4",
    protects: "A bearer token works for whoever holds it. Bound to a key of the client, a stolen one is worth nothing.",
    wrong: r##"Server { profile: Fapi20 },
Client {
    client_id: "bank-service",
    client_secrets: [jwk(
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
    )],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["accounts"],
    require_dpop: false,
}"##,
    right: r##"Server { profile: Fapi20 },
Client {
    client_id: "bank-service",
    client_secrets: [jwk(
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
    )],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["accounts"],
    require_dpop: true,
}"##,
    needs: &[Setting::ClientSecrets, Setting::RequireDpop],
    check: Check::Client(|case, found| {
        let client = case.client;
        let gives_access = |grant: &GrantType| *grant != GrantType::Implicit || client.allow_access_tokens_via_browser;
        let bound = client.require_dpop || client.client_secrets.iter().any(is_certificate);
        if !bound && client.allowed_grant_types.iter().any(gives_access) {
            found.report(
                case,
                case.place_of(Setting::RequireDpop),
                message!["access tokens are bearer tokens, which work for whoever holds them"],
                message!["set ", (Setting::RequireDpop, true), ", or add a certificate to ", Setting::ClientSecrets],
            );
        }
    }),
};

/// Whether it lets the client prove itself by mutual TLS, which binds tokens to the certificate.
const fn is_certificate(secret: &Secret) -> bool {
    matches!(secret.value, SecretValue::X509Thumbprint(_) | SecretValue::X509Name(_) | SecretValue::X509Certificate(_))
}

static CLIENT_CLAIM_RESERVED: Rule = Rule {
    name: "client_claim_reserved",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9068 §2.2; RFC 9700 §2.6, §4.15",
    protects: "A claim of the client's under the name of one of the token's own makes an API take the client for a \
               user, or the token for another client's.",
    wrong: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d4994c7e")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    claims: [("sub", "reports")],
    client_claims_prefix: "",
}"#,
    right: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d4994c7e")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    claims: [("sub", "reports")],
    client_claims_prefix: "client_",
}"#,
    needs: &[Setting::ClientClaimsPrefix],
    check: Check::Client(client_claim_reserved),
};

fn client_claim_reserved(case: &Case<'_>, found: &mut Found<'_>) {
    let prefix = &case.client.client_claims_prefix;
    for (at, claim) in case.client.claims.iter().enumerate() {
        // With the default prefix, `id` is `client_id`.
        let name = format!("{prefix}{}", claim.claim_type);
        if RESERVED_CLAIMS.contains(&name.as_str()) {
            let help = if prefix.is_empty() {
                let kept = Setting::ClientClaimsPrefix;
                message!["keep ", (kept, Text::Static("client_")), ", or rename the claim"]
            } else {
                message!["rename the claim"]
            };
            let sent = if prefix.is_empty() { String::new() } else { format!(" is sent as `{name}` and") };
            let what = format!("client claim `{}`{sent} would overwrite the token's own `{name}`", claim.claim_type);
            found.report(case, Place::Item(Setting::Claims, at), message![what], help);
        }
    }
}

const RESERVED_CLAIMS: [&str; 17] = [
    "sub",
    "iss",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "client_id",
    "scope",
    "azp",
    "act",
    "cnf",
    "auth_time",
    "acr",
    "amr",
    "idp",
    "sid",
];

static DPOP_FRONT_CHANNEL: Rule = Rule {
    name: "dpop_front_channel",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9449 §5; RFC 9700 §2.1.2",
    protects: "A token from the authorization endpoint comes without a proof of the client's key, so it cannot be \
               bound to one. The two settings contradict each other.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364")],
    allowed_grant_types: [Hybrid],
    allow_access_tokens_via_browser: true,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    require_dpop: true,
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a493201edc8b7f5a364")],
    allowed_grant_types: [Hybrid],
    allow_access_tokens_via_browser: false,
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    require_dpop: true,
}"#,
    needs: &[Setting::AllowAccessTokensViaBrowser, Setting::RequireDpop],
    check: Check::Client(|case, found| {
        if case.client.require_dpop && case.client.allow_access_tokens_via_browser {
            found.report(
                case,
                case.place_of_first(&[Setting::AllowAccessTokensViaBrowser, Setting::RequireDpop]),
                message![
                    (Setting::RequireDpop, true),
                    " contradicts ",
                    (Setting::AllowAccessTokensViaBrowser, true),
                    ": a token that goes through the browser cannot be bound to a key"
                ],
                message!["remove one of the two"],
            );
        }
    }),
};

static DPOP_VALIDATION: Rule = Rule {
    name: "dpop_validation",
    levels: WARNING,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 9449 §4.3, §8, §11.1",
    protects: "A proof that is accepted long after it was made can be used again by whoever saw it. \
               Binding a token to a key is worth as little as its oldest proof.",
    wrong: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    require_dpop: true,
    dpop_clock_skew: minutes(10),
}"#,
    right: r#"Client {
    client_id: "report-service",
    client_secrets: [sha256("b1d8f6a493201edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
    require_dpop: true,
    dpop_clock_skew: minutes(5),
}"#,
    needs: &[Setting::RequireDpop, Setting::DpopValidationMode],
    check: Check::Client(dpop_validation),
};

fn dpop_validation(case: &Case<'_>, found: &mut Found<'_>) {
    let client = case.client;
    if !client.require_dpop {
        return;
    }
    let modes = &client.dpop_validation_mode;
    if !modes.contains(&DpopValidationMode::Iat) && !modes.contains(&DpopValidationMode::Nonce) {
        let place = case.place_of(Setting::DpopValidationMode);
        let message = if modes.contains(&DpopValidationMode::Custom) {
            "DPoP proofs would be accepted for ever, unless the server's own code checks their age"
        } else {
            "DPoP proofs would be accepted for ever"
        };
        let default = (Setting::DpopValidationMode, Client::DEFAULT.dpop_validation_mode);
        found.report(case, place, message![message], message!["keep the default, ", default]);
    } else if client.dpop_clock_skew > 300 {
        let place = case.place_of(Setting::DpopClockSkew);
        let accepted = lifetime::human(client.dpop_clock_skew);
        let message = message![format!("DPoP proofs would be accepted for {accepted}, more than 5 minutes")];
        found.report(case, place, message, message!["keep the default, ", (Setting::DpopClockSkew, 300_u32)]);
    }
}

static INITIATE_LOGIN_URI_INVALID: Rule = Rule {
    name: "initiate_login_uri_invalid",
    levels: ERROR,
    pedantic: false,
    exceptions: &[(Level::Warning, "plain http on a local or listed host")],
    standard: "OpenID Connect Core §4; OpenID Connect Registration §2",
    protects: "Others send users to this page to start signing in. What is not an https URL takes them nowhere, \
               or lets the network change where they go.",
    wrong: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("01edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a4932")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    initiate_login_uri: "http://app.example.com/login",
}"#,
    right: r#"Client {
    client_id: "web-app",
    client_secrets: [sha256("01edc8b7f5a364926d0e8c1bf7a53d4994c7e1f0b5d8362ae7c05b1d8f6a4932")],
    allowed_grant_types: [AuthorizationCode],
    redirect_uris: ["https://app.example.com/callback"],
    allowed_scopes: ["openid", "api1"],
    initiate_login_uri: "https://app.example.com/login",
}"#,
    needs: &[Setting::InitiateLoginUri],
    check: Check::Client(|case, found| {
        let setting = Setting::InitiateLoginUri;
        let Some(text) = &case.client.initiate_login_uri else { return };
        let Err((Flaw { bytes, what, help }, is_local)) = https(text, case.server) else { return };
        let message = message![setting, format!(" {what}")];
        let finding = found.report(case, case.place_of(setting), message, message![help]).bytes(bytes);
        if is_local {
            finding.level(Level::Warning);
        }
    }),
};

#[cfg(test)]
mod tests {
    use alloc::{vec, vec::Vec};

    use super::super::check_client;
    use super::*;
    use crate::{ClientClaim, Profile, Server};

    /// The names and places of the findings of this file.
    fn findings(server: &Server, client: Client) -> Vec<(&'static str, Place)> {
        let all = check_client(server, client);
        let own = all.iter().filter(|finding| RULES.iter().any(|rule| rule.name == finding.rule.name));
        own.map(|finding| (finding.rule.name, finding.place)).collect()
    }

    #[test]
    fn refresh_tokens_of_public_clients() {
        let client = Client {
            require_client_secret: false,
            allowed_grant_types: [GrantType::AuthorizationCode].into(),
            allow_offline_access: true,
            refresh_token_usage: RefreshTokenUsage::ReUse,
            ..Client::default()
        };
        let server = Server::default();
        let expected = [("refresh_public_reuse", Place::Value(Setting::RefreshTokenUsage))];
        assert_eq!(findings(&server, client.clone()), expected);
        assert_eq!(findings(&server, Client { require_dpop: true, ..client.clone() }), []);
        assert_eq!(findings(&server, Client { allow_offline_access: false, ..client.clone() }), []);
        let implicit = Client { allowed_grant_types: [GrantType::Implicit].into(), ..client };
        assert_eq!(findings(&server, implicit), []);
    }

    #[test]
    fn fapi() {
        let server = Server { profile: Profile::Fapi20, ..Server::default() };
        let client = Client {
            client_secrets: [SecretValue::X509Name("CN=app".into())].into(),
            allowed_grant_types: [GrantType::AuthorizationCode].into(),
            allowed_scopes: ["openid"].into(),
            require_pushed_authorization: true,
            ..Client::default()
        };
        let algorithms = Setting::AllowedIdentityTokenSigningAlgorithms;
        assert_eq!(findings(&server, client.clone()), [("signing_alg_fapi", Place::Client)]);
        let set = |list: &[SigningAlgorithm]| Client {
            allowed_identity_token_signing_algorithms: list.iter().copied().collect(),
            ..client.clone()
        };
        assert_eq!(
            findings(&server, set(&[SigningAlgorithm::ES256, SigningAlgorithm::RS512, SigningAlgorithm::HS256])),
            [("signing_alg_symmetric", Place::Item(algorithms, 2)), ("signing_alg_fapi", Place::Item(algorithms, 1))]
        );
        let safe = set(&[SigningAlgorithm::EdDSA, SigningAlgorithm::Ed25519]);
        assert_eq!(findings(&server, safe.clone()), []);
        let bearer = Client { client_secrets: [SecretValue::Jwk("{}".into())].into(), ..safe };
        assert_eq!(findings(&server, bearer.clone()), [("sender_constraint_missing", Place::Client)]);
        assert_eq!(findings(&server, Client { require_dpop: true, ..bearer }), []);
    }

    #[test]
    fn keys_under_fapi() {
        let server = Server { profile: Profile::Fapi20, ..Server::default() };
        for (jwk, unfit) in [
            (r#"{"kty":"EC","crv":"P-256","x":"MKBC","y":"4Etl"}"#, false),
            (r#"{"kty":"EC","crv":"P-384","x":"MKBC","y":"4Etl"}"#, true),
            (r#"{"kty":"OKP","crv":"Ed25519","x":"MKBC"}"#, false),
            (r#"{"kty":"OKP","crv":"Ed448","x":"MKBC"}"#, true),
            (r#"{"kty":"RSA","e":"AQAB","n":"MKBC"}"#, false),
            (r#"{"kty":"RSA","e":"AQAB","n":"MKBC","alg":"PS256"}"#, false),
            (r#"{"kty":"RSA","e":"AQAB","n":"MKBC","alg":"RS256"}"#, true),
            // Another rule's business.
            (r#"{"kty":"EC","crv":"P-256","x":"MKBC","y":"4Etl","alg":"RS256"}"#, false),
        ] {
            let client = Client {
                client_secrets: [SecretValue::Jwk(jwk.into())].into(),
                allowed_grant_types: [GrantType::ClientCredentials].into(),
                require_dpop: true,
                ..Client::default()
            };
            let place = Place::Item(Setting::ClientSecrets, 0);
            let expected = if unfit { vec![("signing_alg_fapi", place)] } else { vec![] };
            assert_eq!(findings(&server, client), expected, "{jwk}");
        }
    }

    #[test]
    fn claims_with_their_prefix() {
        let server = Server::default();
        for (prefix, name, expected) in [
            ("client_", "role", false),
            ("client_", "sub", false),
            ("client_", "id", true),
            ("", "sub", true),
            ("", "role", false),
            ("au", "d", true),
        ] {
            let claim = ClientClaim { claim_type: name.into(), value: "x".into(), value_type: None };
            let client = Client { claims: [claim].into(), client_claims_prefix: prefix.into(), ..Client::default() };
            assert_eq!(!findings(&server, client).is_empty(), expected, "{prefix}{name}");
        }
    }

    #[test]
    fn proofs_of_any_age() {
        use DpopValidationMode::{Custom, Iat, Nonce};
        let client = |modes: &[DpopValidationMode], dpop_clock_skew| Client {
            require_dpop: true,
            dpop_validation_mode: modes.iter().copied().collect(),
            dpop_clock_skew,
            ..Client::default()
        };
        for (client, expected) in [
            (client(&[Iat], 300), None),
            (client(&[Nonce], 0), None),
            (client(&[Iat], 301), Some(Place::Value(Setting::DpopClockSkew))),
            (client(&[], 300), Some(Place::Value(Setting::DpopValidationMode))),
            (client(&[Custom], 900), Some(Place::Value(Setting::DpopValidationMode))),
        ] {
            let found = findings(&Server::default(), client);
            assert_eq!(found.first().map(|(_, place)| *place), expected);
        }
    }

    #[test]
    fn login_pages() {
        use Level::{Error, Warning};
        let server = Server { insecure_http_hosts: ["dev.example.com"].into(), ..Server::default() };
        for (uri, expected) in [
            ("https://app.example.com/login?from=op", None),
            ("http://app.example.com/login", Some((Error, Some(0..4)))),
            ("http://localhost:5000/login", Some((Warning, Some(0..4)))),
            ("http://DEV.example.com/login", Some((Warning, Some(0..4)))),
            ("com.example.app:/login", Some((Error, Some(0..15)))),
            ("https://me@app.example.com/", Some((Error, Some(8..11)))),
            ("https://*.example.com/", Some((Error, Some(8..9)))),
            ("https://app.example.com:99999/", Some((Error, Some(23..29)))),
            ("https://app.example.com/ä", Some((Error, Some(24..26)))),
            ("/login", Some((Error, Some(0..6)))),
        ] {
            let client = Client { initiate_login_uri: Some(uri.into()), ..Client::default() };
            let all = check_client(&server, client);
            let found = all.iter().find(|finding| finding.rule.name == "initiate_login_uri_invalid");
            assert_eq!(found.map(|finding| (finding.level, finding.bytes.clone())), expected, "{uri}");
        }
    }
}

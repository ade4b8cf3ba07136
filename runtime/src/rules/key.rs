//! Rules about keys and certificates.

use alloc::{format, string::String, vec::Vec};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Map, Value};

use super::secret::{name, place};
use super::{Case, Check, ERROR, Lookalike, Message, Rule, SecretSyntax, message, nearest};
use crate::key::{self, certificate, rsa_key};
use crate::{SecretValue, SigningAlgorithm};

pub(super) static RULES: &[&Rule] = &[&SECRET_VALUE_MALFORMED, &SECRET_JWK_PRIVATE, &KEY_WEAK, &PRIVATE_KEY_PASTED];

/// A JSON Web Key.
type Jwk = Map<String, Value>;

static SECRET_VALUE_MALFORMED: Rule = Rule {
    name: "secret_value_malformed",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7517 §4; RFC 7518 §6; RFC 8037 §2; RFC 8705 §2; RFC 3339 §5.6",
    protects: "A key that cannot be read proves nothing: the client is always refused.",
    wrong: r#"Client {
    client_id: "orders",
    client_secrets: [x509_thumbprint("2b:a1:5c:d0:0d:42:7e:a6:51:40:70:6f:e1:84:fb:c7:93:5f:01:ee")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    right: r#"Client {
    client_id: "orders",
    client_secrets: [x509_thumbprint("2ba15cd00d427ea65140706fe184fbc7935f01ee")],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"#,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, secret, facts) in case.definition.secrets() {
            if pasted(&secret.value).is_some() {
                continue;
            }
            let malformed = match facts.looks_like {
                Some(Lookalike::PublicKey) => Some((
                    String::from("is a public key or certificate, taken for a secret in clear"),
                    message![
                        "write it as ",
                        SecretSyntax::Jwk,
                        " or ",
                        SecretSyntax::X509Certificate,
                        ", also around ",
                        SecretSyntax::File
                    ],
                )),
                _ => malformed(&secret.value).map(|(what, help)| (what, help.into())),
            };
            if let Some((what, help)) = malformed {
                found.report(case, place(at), format!("{} {what}", name(case, at)).into(), help);
            }
        }
    }),
};

/// What keeps a value from being what its kind says, as it follows on the secret's name, and what to write instead.
fn malformed(value: &SecretValue) -> Option<(String, String)> {
    let (what, help) = match value {
        SecretValue::Sha256(_) | SecretValue::Sha512(_) => return None,
        SecretValue::X509Thumbprint(text) => {
            if is_thumbprint(text) {
                return None;
            }
            let digits: String = text.chars().filter(|character| !matches!(character, ':' | '-' | ' ')).collect();
            let help = if is_thumbprint(&digits) {
                format!("write it without separators: \"{digits}\"")
            } else if is_base64(text) {
                // It is not shown in hex: it may be the secret, put here by mistake.
                "write it in hex: the 40 digits of its SHA-1 or the 64 of its SHA-256".into()
            } else {
                "paste the 40 hex digits of its SHA-1 or the 64 of its SHA-256".into()
            };
            return Some(("is not the thumbprint of a certificate".into(), help));
        }
        SecretValue::X509Name(text) => {
            if !text.trim().is_empty() {
                return None;
            }
            ("is an empty name of a certificate", "write its subject, such as \"CN=orders,O=Example\"")
        }
        SecretValue::X509Certificate(text) => {
            if certificate(text).is_some() {
                return None;
            }
            let help = if text.contains("-----BEGIN CERTIFICATE-----") {
                "paste only what stands between the lines `BEGIN` and `END`"
            } else {
                "paste its DER in base64: the lines of a PEM file between `BEGIN` and `END`"
            };
            ("is not a whole certificate in base64", help)
        }
        SecretValue::Jwk(text) => return malformed_jwk(text),
    };
    Some((what.into(), help.into()))
}

fn is_thumbprint(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether it is a thumbprint in base64, as JWKs have it.
fn is_base64(text: &str) -> bool {
    let bytes = STANDARD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text));
    bytes.is_ok_and(|bytes| matches!(bytes.len(), 20 | 32))
}

fn malformed_jwk(text: &str) -> Option<(String, String)> {
    let Some(jwk) = jwk(text) else {
        return Some((
            "is no JWK: it is not a JSON object".into(),
            "paste the public key as `{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": …, \"y\": …}`".into(),
        ));
    };
    let kty = text_of(&jwk, "kty").unwrap_or_default();
    let Some(members) = members(kty) else {
        // `secret_jwk_private` speaks of a symmetric key.
        if kty == "oct" {
            return None;
        }
        let what = if kty.is_empty() {
            "is a JWK without `kty`".into()
        } else {
            format!("is a JWK of the unknown `kty` {kty:?}")
        };
        let fits =
            |kty: &&str| members(kty).is_some_and(|members| members.iter().all(|member| jwk.contains_key(*member)));
        let help = match nearest(kty, TYPES.into_iter()).or_else(|| TYPES.into_iter().find(fits)) {
            Some(near) if kty.is_empty() => format!("add `\"kty\": \"{near}\"`"),
            Some(near) => format!("did you mean `{near}`?"),
            None => "write `\"kty\": \"RSA\"`, `\"EC\"` or `\"OKP\"`".into(),
        };
        return Some((what, help));
    };
    if let Some(member) = members.iter().find(|member| text_of(&jwk, member).unwrap_or_default().is_empty()) {
        let all = members.iter().map(|member| format!("`{member}`")).collect::<Vec<_>>().join(", ");
        return Some((
            format!("is a JWK without `{member}`"),
            format!("paste the whole key: one of the type `{kty}` has {all}"),
        ));
    }
    members.iter().filter(|member| **member != "crv").find_map(|member| {
        let bytes = URL_SAFE_NO_PAD.decode(text_of(&jwk, member)?);
        match (bytes, coordinate(&jwk)) {
            (Err(_), _) => Some((
                format!("is a JWK whose `{member}` is not in base64url"),
                "write `-` for `+` and `_` for `/`, and leave `=` out".into(),
            )),
            (Ok(bytes), Some((curve, length))) if bytes.len() != length => Some((
                format!("is a JWK whose `{member}` has {} bytes, where `{curve}` has {length}", bytes.len()),
                "paste the whole key; zeros at its beginning count".into(),
            )),
            (Ok(_), _) => None,
        }
    })
}

/// The curve of a key, and how many bytes a coordinate on it has (RFC 7518 §6.2.1.2, RFC 8032 §5).
fn coordinate(jwk: &Jwk) -> Option<(&str, usize)> {
    let curve = text_of(jwk, "crv")?;
    let length = match curve {
        "P-256" | "secp256k1" | "Ed25519" => 32,
        "P-384" => 48,
        "P-521" => 66,
        "Ed448" => 57,
        _ => return None,
    };
    Some((curve, length))
}

/// The types of public keys. `EC` has all the members of `OKP`.
const TYPES: [&str; 3] = ["RSA", "EC", "OKP"];

/// The members of a public key of this type, in the order of RFC 7638.
fn members(kty: &str) -> Option<&'static [&'static str]> {
    match kty {
        "RSA" => Some(&["e", "n"]),
        "EC" => Some(&["crv", "x", "y"]),
        "OKP" => Some(&["crv", "x"]),
        _ => None,
    }
}

static SECRET_JWK_PRIVATE: Rule = Rule {
    name: "secret_jwk_private",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Registration §2; RFC 7591 §2; RFC 7518 §6.2.2, §6.3.2, §6.4",
    protects: "The server needs only the public part. A private key that lies in the definition can \
               be read by many, and whoever has it is the client.",
    wrong: r##"Client {
    client_id: "orders",
    client_secrets: [jwk(
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#,
    )],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"##,
    right: r##"Client {
    client_id: "orders",
    client_secrets: [jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"##,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, jwk) in jwks(case) {
            let (what, help) = match private_member(&jwk) {
                _ if text_of(&jwk, "kty") == Some("oct") => (
                    "is a JWK of a symmetric key, `\"kty\": \"oct\"`".into(),
                    "make a key pair and write its public part; this key is no longer secret",
                ),
                Some(member) => (format!("is a JWK with the private member `{member}`"), NEW_KEY),
                None => continue,
            };
            found.report(case, place(at), format!("{} {what}", name(case, at)).into(), help.into());
        }
    }),
};

static KEY_WEAK: Rule = Rule {
    name: "key_weak",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "RFC 7518 §3.3, §3.5; RFC 8017 §3.1; RFC 7517 §4.2–4.4; FAPI 2.0 §5.4.1 items 2–3",
    protects: "A short key can be broken, and under the exponent 1 anybody can sign. A key that is meant for something else cannot check the \
               client's signatures, so the client is always refused.",
    wrong: r##"Client {
    client_id: "orders",
    client_secrets: [jwk(
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"enc"}"#,
    )],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"##,
    right: r##"Client {
    client_id: "orders",
    client_secrets: [jwk(
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"sig"}"#,
    )],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"##,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, jwk) in jwks(case) {
            for (what, help) in weaknesses(&jwk) {
                found.report(case, place(at), format!("the key in {} {what}", name(case, at)).into(), help);
            }
        }
        for (at, secret) in case.client.client_secrets.iter().enumerate() {
            let SecretValue::X509Certificate(text) = &secret.value else { continue };
            let Some(der) = certificate(text) else { continue };
            for (what, help) in rsa_key(&der).map(rsa_weaknesses).unwrap_or_default() {
                found.report(case, place(at), format!("the key in {} {what}", name(case, at)).into(), help);
            }
        }
    }),
};

/// The algorithms that a key can be used with; none, if it is not known.
fn algorithms(jwk: &Jwk) -> &'static [SigningAlgorithm] {
    key::fitting(text_of(jwk, "kty").unwrap_or_default(), text_of(jwk, "crv").unwrap_or_default())
}

/// The keys with which no algorithm of FAPI 2.0 can be used, with one that they are for.
pub(super) fn unfit_for_fapi(case: &Case<'_>) -> impl Iterator<Item = (usize, SigningAlgorithm)> {
    jwks(case).filter_map(|(at, jwk)| {
        let fitting = algorithms(&jwk);
        let named = fitting.iter().find(|one| text_of(&jwk, "alg") == Some(one.as_str()));
        let algorithm = *named.or(fitting.first())?;
        (!key::is_fit_for_fapi(algorithm, fitting)).then_some((at, algorithm))
    })
}

/// All that makes a key useless for signatures, and what to do about it.
fn weaknesses(jwk: &Jwk) -> Vec<(String, Message)> {
    let mut found = Vec::new();
    let algorithms = algorithms(jwk);
    match (text_of(jwk, "kty").unwrap_or_default(), text_of(jwk, "crv").unwrap_or_default()) {
        ("RSA", _) => {
            let number = |member| text_of(jwk, member).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
            if let (Some(modulus), Some(exponent)) = (number("n"), number("e")) {
                found.extend(rsa_weaknesses((&modulus, &exponent)));
            }
        }
        (kty @ ("EC" | "OKP"), crv) if !crv.is_empty() && algorithms.is_empty() => {
            let curves = ["P-256", "P-384", "P-521", "secp256k1", "Ed25519", "Ed448"];
            let help = match nearest(crv, curves.into_iter()) {
                Some(near) if near != crv => message![format!("did you mean `{near}`?")],
                _ => message!["use a key on `P-256` or `Ed25519`"],
            };
            found.push((format!("has the curve {crv:?}, with which no `{kty}` key signs"), help));
        }
        _ => {}
    }
    if let Some(meant) = text_of(jwk, "use").filter(|meant| *meant != "sig") {
        found.push((
            format!("is meant for the use {meant:?}, not for signatures"),
            message!["paste the key that the client signs with, `\"use\": \"sig\"`"],
        ));
    }
    // A set of keys may name for the public one what the private one does.
    if let Some(Value::Array(operations)) = jwk.get("key_ops")
        && !operations.iter().any(|operation| operation == "verify" || operation == "sign")
    {
        found.push((
            format!("is meant for {}, not for signatures", Value::from(operations.as_slice())),
            message!["paste the key that the client signs with, `\"key_ops\": [\"verify\"]`"],
        ));
    }
    if let (Some(alg), Some(fitting)) = (text_of(jwk, "alg"), algorithms.first())
        && !algorithms.iter().any(|one| one.as_str() == alg)
    {
        found.push((
            format!("is meant for the algorithm {alg:?}, which does not fit its type"),
            message![format!("write `\"alg\": \"{fitting}\"`, or leave `alg` out")],
        ));
    }
    found
}

/// What is wrong with the modulus and the public exponent of an RSA key.
fn rsa_weaknesses((modulus, exponent): (&[u8], &[u8])) -> Vec<(String, Message)> {
    let mut found = Vec::new();
    let bits = bits(modulus);
    if bits < 2048 {
        let help = message!["use RSA with 2048 bits or more, or the curve P-256"];
        found.push((format!("is an RSA key of {bits} bits"), help));
    }
    // With the exponent 1 each message is its own signature (RFC 8017 §3.1).
    if self::bits(exponent) < 2 || exponent.last().is_none_or(|last| last.is_multiple_of(2)) {
        let what = "is an RSA key whose public exponent is no odd number above 1".into();
        found.push((what, message!["make a new key; its exponent is as a rule 65537, `\"e\": \"AQAB\"`"]));
    }
    found
}

/// The bits of a number from its first that is set.
fn bits(number: &[u8]) -> u32 {
    let mut digits = number.iter().skip_while(|byte| **byte == 0);
    digits.next().map_or(0, |first| digits.fold(8 - first.leading_zeros(), |bits, _| bits.saturating_add(8)))
}

static PRIVATE_KEY_PASTED: Rule = Rule {
    name: "private_key_pasted",
    levels: ERROR,
    pedantic: false,
    exceptions: &[],
    standard: "OpenID Connect Registration §2; RFC 7591 §2; RFC 7517 §5",
    protects: "A private key that lies in a definition can be read by many, and whoever has it is the \
               client. A set of keys where one belongs is not read at all.",
    wrong: r##"Client {
    client_id: "orders",
    client_secrets: [jwk(
        r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#,
    )],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"##,
    right: r##"Client {
    client_id: "orders",
    client_secrets: [jwk(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)],
    allowed_grant_types: [ClientCredentials],
    allowed_scopes: ["api1"],
}"##,
    needs: &[],
    check: Check::Client(|case, found| {
        for (at, secret, facts) in case.definition.secrets() {
            let is_private = facts.looks_like == Some(Lookalike::PrivateKey);
            let pasted = if is_private { Some(PRIVATE) } else { pasted(&secret.value) };
            if let Some((what, help)) = pasted {
                found.report(case, place(at), message![name(case, at), " ", what], help.into());
            }
        }
    }),
};

const PRIVATE: (&str, &str) = ("holds a private key", NEW_KEY);

const NEW_KEY: &str = "make a new key and write its public part only: this one is no longer secret";

/// What was put where a single public key belongs.
fn pasted(value: &SecretValue) -> Option<(&'static str, &'static str)> {
    let text = match value {
        SecretValue::Sha256(_) | SecretValue::Sha512(_) => return None,
        SecretValue::X509Thumbprint(text)
        | SecretValue::X509Name(text)
        | SecretValue::X509Certificate(text)
        | SecretValue::Jwk(text) => text,
    };
    if text.contains("PRIVATE KEY-----") {
        return Some(PRIVATE);
    }
    let jwk = if matches!(value, SecretValue::Jwk(_)) { jwk(text)? } else { return None };
    let keys = jwk.get("keys")?;
    Some(if any_private(keys) {
        PRIVATE
    } else {
        ("holds a set of keys, `keys`, where one JWK belongs", "write an entry for each of the keys")
    })
}

/// Whether one of a set's keys is private.
fn any_private(keys: &Value) -> bool {
    keys.as_array().into_iter().flatten().filter_map(Value::as_object).any(|key| private_member(key).is_some())
}

/// Whether a text that is a JWK, or a set of them, holds a private one; none, if it is neither.
pub(super) fn is_private(text: &str) -> Option<bool> {
    let jwk = jwk(text)?;
    match jwk.get("keys") {
        Some(keys) => Some(any_private(keys)),
        None => jwk.contains_key("kty").then(|| private_member(&jwk).is_some()),
    }
}

/// The first member that a public key has not.
fn private_member(jwk: &Jwk) -> Option<&'static str> {
    ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].into_iter().find(|member| jwk.contains_key(*member))
}

/// The JWKs of a client that are JSON objects.
fn jwks(case: &Case<'_>) -> impl Iterator<Item = (usize, Jwk)> {
    case.client.client_secrets.iter().enumerate().filter_map(|(at, secret)| match &secret.value {
        SecretValue::Jwk(text) => Some((at, jwk(text)?)),
        _ => None,
    })
}

fn jwk(text: &str) -> Option<Jwk> {
    match serde_json::from_str(text) {
        Ok(Value::Object(jwk)) => Some(jwk),
        _ => None,
    }
}

/// A member that is a text.
fn text_of<'a>(jwk: &'a Jwk, member: &str) -> Option<&'a str> {
    jwk.get(member).and_then(Value::as_str)
}

/// What two spellings of the same public key have in common: the members that RFC 7638 hashes.
pub(super) fn thumbprint(text: &str) -> Option<String> {
    let jwk = jwk(text)?;
    let kty = text_of(&jwk, "kty")?;
    let members: Option<Vec<&str>> = members(kty)?.iter().map(|member| text_of(&jwk, member)).collect();
    Some(format!("{kty} {}", members?.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check_client;
    use crate::{Client, Server};
    use alloc::string::ToString;

    const RSA_1024: &str = "MIIB9DCCAV2gAwIBAgIUUezS+yQ9NY4J/CKBLeptzrJTHwcwDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjMyMjU5NDhaFw0zNjExMjAyMjU5NDhaMAwxCjAIBgNVBAMMAWEwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAKOwvZIhmFMiENwBWnkh0c953CYeghmdGl9oBHLZe1tAnJHeQiV4v57yCgRt3B2t7VjR+jusqG2Ig+wEdBLc0CYRHJw+khp2HaGaz0f6dK/BTK9jOjVZJ/0YkDXoKCYCsWgtJBpXXb40eVSsVYzJftcgFCS17T+c9UaTUWAyWXxVAgMBAAGjUzBRMB0GA1UdDgQWBBSsokY3nlJ1Bn5q4U/6QjhBPkqhmDAfBgNVHSMEGDAWgBSsokY3nlJ1Bn5q4U/6QjhBPkqhmDAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAHS/Kz0XMKu0tURy/zA55p6YRrlonL5FkhP9nj3SqysXtY6lD9eeAOYW1Py40yvVDQNVu/VGMLfr86G5NNpYyHxFWq9Wz3EsZRojYrl5qwHit58nlp0/fH/38sEpirP45ySc8zyca887CP1dBXhtHxkhPk+V/PKAw7gt7o6E7UJw";
    const RSA_2048: &str = "MIIC+TCCAeGgAwIBAgIUfGkQeTT3+09pOeldGTlBs6qqcnYwDQYJKoZIhvcNAQELBQAwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjMyMjU5NDlaFw0zNjExMjAyMjU5NDlaMAwxCjAIBgNVBAMMAWEwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDSptJjnYcnOTcZhSpYh+geUUzXvcoiyOejaCF0tyBg49cJVZhHYv68veouA6Wn0juQGO75L2aTzhLBUFgs7L5Zu/9t+a8PNyJ8JL4PQUdvLkWzwllFzpbgWP8QyxiSgS7UB7fXu+HuAF2JG0vVeeY/VkMM32rcQqBFsjn5mg25uUXQAqKDhQIXWzH50DV6EoRoj+pyPqp1YvmAnugx4i7CFWDfhCM3dHDVqgQPhcDyKqn0NxbCKZTzRsC2wFdHkBPls9jiZmfKYVuVu2SXN9fdCvHVPaHB1va1yUnND9iy4BMvDoJh/Fa4th/jPAuCU7V4qV+RWZTFf007SEbF5IPVAgMBAAGjUzBRMB0GA1UdDgQWBBRQMFyWJ3FtlYGwxYoJXZCqywFEJDAfBgNVHSMEGDAWgBRQMFyWJ3FtlYGwxYoJXZCqywFEJDAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQBMqf925HFqhVksw/t6CgpPpOnvXRuXlpggbLwpqOnjqzLnVnIPntuw+K7dUheeITXD0htWDZK72ptylChy/67kILwdXVoKY23u518/XMZqJkr65P5gJ0iJuHzUKLoxZkWSZf26mebcPgQn0PmU+B/a8yTWTC5RF8wWUTsXfN36bRwP/s8w1uWArOpASuFWuM6ul2Uq21O/ztILAamV8tg2C4AFWCsbCmJVfG3hisbjipYvBfxur28FhSVRW69XdUOqpIzjV2FV3TcJvF6WTSPSR2j035N+ylMJnbl35amxJEwuY+gSalHV2Jl9RqPQc/lLX9vpF/9g2LbF37mk69vk";
    const EC: &str = "MIIBbjCCAROgAwIBAgIUK5PIMkVDr8fHcSjhVqFhYjBWV90wCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjMyMjU5NDhaFw0zNjExMjAyMjU5NDhaMAwxCjAIBgNVBAMMAWEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT9e22CCQyxADWhLRWXjIFblWHvwCvr3L+Ncu5wN/jD50Z6uavOsRo9hQlOfJUsXo5nRmBKCDyFPjlj6zY4xOpYo1MwUTAdBgNVHQ4EFgQUs4f0s71CbMlqucqwF6zH4jyrtcwwHwYDVR0jBBgwFoAUs4f0s71CbMlqucqwF6zH4jyrtcwwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAxyA2QFiemywZowG8wBkf+2+iu7IsSIU9mZZKUNV5v7ECIQDDNdg+N1oAEZlCMfMUd61SS+pLysZmG/1mzRgB3JgbXQ==";

    /// The names of the rules of this file that a value breaks.
    fn broken(value: SecretValue) -> Vec<&'static str> {
        let client = Client { client_secrets: [value].into(), ..Client::default() };
        let own: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        let findings = check_client(&Server::DEFAULT, client);
        findings.iter().map(|finding| finding.rule.name).filter(|name| own.contains(name)).collect()
    }

    /// Members of a key on P-256 (RFC 7517 App. A.1) with something else in their place.
    fn p256(with: &str) -> String {
        format!(
            r#"{{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"{with}}}"#
        )
    }

    /// An RSA key of 2048 bits.
    fn rsa(with: &str) -> String {
        format!(r#"{{"kty":"RSA","n":"{}"{with}}}"#, URL_SAFE_NO_PAD.encode([0xC5; 256]))
    }

    #[test]
    fn jwks_as_they_are_pasted() {
        let p521 = URL_SAFE_NO_PAD.encode([1; 66]);
        for (jwk, expected) in [
            (p256(""), &[][..]),
            (p256("").replace("\"x\"", "\"z\""), &["secret_value_malformed"]),
            (p256("").replace("7D4", "7D="), &["secret_value_malformed"]),
            (p256("").replace("7D4", ""), &["secret_value_malformed"]),
            (p256("").replace("\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\"", "7"), &["secret_value_malformed"]),
            (p256("").replace("EC", "ec"), &["secret_value_malformed"]),
            (p256("").replace("\"kty\":\"EC\",", ""), &["secret_value_malformed"]),
            (r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#.into(), &["secret_value_malformed"]),
            (r#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#.into(), &["secret_value_malformed"]),
            ("[]".into(), &["secret_value_malformed"]),
            ("".into(), &["secret_value_malformed"]),
            (r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"MKBC","d":"870M"}]}"#.into(), &["private_key_pasted"]),
            (r#"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMko"}"#.into(), &["secret_jwk_private"]),
            (p256(r#","d":"870M""#), &["secret_jwk_private"]),
            (p256("").replace("P-256", "P-256K"), &["key_weak"]),
            (r#"{"kty":"OKP","crv":"X25519","x":"MKBC"}"#.into(), &["key_weak"]),
            (p256(r#","alg":"RS256","use":"enc""#), &["key_weak", "key_weak"]),
            (p256(r#","key_ops":["encrypt"]"#), &["key_weak"]),
            (p256(r#","key_ops":["verify"]"#), &[]),
            (p256(r#","key_ops":["sign","verify"]"#), &[]),
            (format!(r#"{{"kty":"EC","crv":"P-521","x":"{p521}","y":"{p521}","alg":"ES512"}}"#), &[]),
            (rsa(r#","e":"AQAB""#), &[]),
            (rsa(r#","e":"Aw""#), &[]),
            (rsa(r#","e":"AQ""#), &["key_weak"]),
            (rsa(r#","e":"AAAB""#), &["key_weak"]),
            (rsa(r#","e":"AQAA""#), &["key_weak"]),
            (rsa(""), &["secret_value_malformed"]),
            (r#"{"kty":"RSA","e":"AQAB","n":"AAEC"}"#.into(), &["key_weak"]),
            (r#"{"keys":[]}"#.into(), &["private_key_pasted"]),
            ("-----BEGIN EC PRIVATE KEY-----".into(), &["private_key_pasted"]),
        ] {
            assert_eq!(broken(SecretValue::Jwk(jwk.clone().into())), expected, "{jwk}");
        }
    }

    #[test]
    fn certificates_as_they_are_pasted() {
        let lines: String =
            EC.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).to_string() + "\n").collect();
        let pem = format!("-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n");
        for (certificate, expected) in [
            (EC, &[][..]),
            (RSA_2048, &[]),
            (RSA_1024, &["key_weak"]),
            (&lines, &[]),
            (&pem, &["secret_value_malformed"]),
            (&EC[..100], &["secret_value_malformed"]),
            ("MAA=", &["secret_value_malformed"]),
            ("AgEA", &["secret_value_malformed"]),
            ("", &["secret_value_malformed"]),
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIC", &["private_key_pasted"]),
        ] {
            assert_eq!(broken(SecretValue::X509Certificate(certificate.into())), expected, "{certificate}");
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic() {
        let der = STANDARD.decode(RSA_1024).unwrap_or_default();
        for length in 0..der.len() {
            let _ = rsa_key(&der[..length]);
            let mut other = der.clone();
            other[length] ^= 0xFF;
            let _ = rsa_key(&other);
        }
        let (modulus, exponent) = rsa_key(&der).unwrap_or_default();
        assert_eq!(modulus.len(), 129, "with the zero before a set first bit");
        assert_eq!(exponent, [1, 0, 1]);
    }

    #[test]
    fn thumbprints() {
        for (text, expected) in [
            ("2BA15CD00D427EA65140706FE184FBC7935F01EE", &[][..]),
            ("d2e9b1c3a4f5968778695a4b3c2d1e0f0123456789abcdef0123456789abcdef", &[]),
            ("2ba15cd0", &["secret_value_malformed"]),
            ("", &["secret_value_malformed"]),
        ] {
            assert_eq!(broken(SecretValue::X509Thumbprint(text.into())), expected, "{text}");
        }
        assert_eq!(broken(SecretValue::X509Name(" ".into())), ["secret_value_malformed"]);
    }

    #[test]
    fn what_may_be_a_secret_is_not_shown_in_hex() {
        let value = SecretValue::X509Thumbprint(STANDARD.encode(b"hunter2hunter2hunter").into());
        let findings = check_client(&Server::DEFAULT, Client { client_secrets: [value].into(), ..Client::default() });
        let malformed = findings.iter().find(|finding| finding.rule.name == "secret_value_malformed");
        assert_eq!(
            malformed.map(|finding| finding.help.to_string()).as_deref(),
            Some("write it in hex: the 40 digits of its SHA-1 or the 64 of its SHA-256")
        );
    }
}

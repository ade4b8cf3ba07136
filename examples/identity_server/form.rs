//! Which parameters does a request carry?

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

use crate::error::Error;

/// The parameters of a request, by name. Each stands once (RFC 6749 §3.2), but for `resource` (RFC 8707 §2), and an
/// empty one counts as absent. Without `Debug`, so that no secret ends up in a log.
pub struct Form {
    parameters: BTreeMap<String, Vec<String>>,
}

impl Form {
    /// The parameters in the body of a request (RFC 6749 App. B).
    pub fn from_body(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Error> {
        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        // A `charset` may follow, which changes nothing.
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Error::InvalidRequest("the content type is not application/x-www-form-urlencoded"));
        }
        let body = body.map_err(|_| Error::InvalidRequest("the body is too long or broke off"))?;
        let body = str::from_utf8(&body).map_err(|_| Error::InvalidRequest("the body is not UTF-8"))?;
        Self::parse(body)
    }

    /// The parameters in `name=value&…`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut parameters = BTreeMap::<_, Vec<_>>::new();
        for pair in text.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (Some(name), Some(value)) = (decode(name), decode(value)) else {
                return Err(Error::InvalidRequest("a parameter is not form-encoded UTF-8"));
            };
            if !value.is_empty() {
                parameters.entry(name).or_default().push(value);
            }
        }
        if parameters.iter().any(|(name, values)| values.len() > 1 && name != "resource") {
            return Err(Error::InvalidRequest("a parameter is repeated"));
        }
        Ok(Self { parameters })
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).first().map(String::as_str)
    }

    pub fn get_all(&self, name: &str) -> &[String] {
        self.parameters.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, name: &str) -> bool {
        self.parameters.contains_key(name)
    }
}

/// Undoes `application/x-www-form-urlencoded` on one name or value: nothing if an escape is broken or the result is
/// not UTF-8. The usual libraries repair such input, but a credential must be what was sent or be refused.
pub fn decode(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(bytes.next()?)? << 4 | hex_digit(bytes.next()?)?,
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_or_refused() {
        for (encoded, decoded) in [
            ("", Some("")),
            ("a+b", Some("a b")),
            ("a%2Bb%2bc", Some("a+b+c")),
            ("100%25", Some("100%")),
            ("%E2%82%AC", Some("€")),
            ("€", Some("€")),
            ("%", None),
            ("%2", None),
            ("%+1", None),
            ("%€", None),
            ("%FF", None),
        ] {
            assert_eq!(decode(encoded).as_deref(), decoded, "{encoded}");
        }
    }

    #[test]
    fn a_parameter_stands_once_and_an_empty_one_is_absent() {
        let form = Form::parse("a=1&b=&c&b=2=3&&%64=4&resource=x&resource=y").unwrap();
        assert_eq!(form.get("a"), Some("1"));
        assert_eq!(form.get("b"), Some("2=3"));
        assert!(!form.has("c"));
        assert_eq!(form.get("d"), Some("4"));
        assert_eq!(form.get_all("resource"), ["x", "y"]);
        for text in ["a=1&a=1", "a=1&%61=2", "a=%zz", "%zz=1"] {
            assert!(Form::parse(text).is_err(), "{text}");
        }
    }
}

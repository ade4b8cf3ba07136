//! Values as they are written in `clients!`.

use alloc::{boxed::Box, string::String, vec, vec::Vec};
use core::fmt::{self, Display, Formatter, Write};

use crate::rules::format_time;
use crate::{ClientClaim, GrantType, List, Property, Secret, Text, Value};

/// A value as it is written in `clients!`: `Display` writes it on one line.
///
/// It has no `Debug`, since it may hold digests.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{List, Secret, SecretValue, Value, source::Expr};
/// let shown = |value| Expr::of(&value).map(|expr| expr.to_string());
/// let key = Secret {
///     expiration: Some(1_814_313_600),
///     ..SecretValue::Jwk(r#"{"kty":"EC"}"#.into()).into()
/// };
/// assert_eq!(
///     shown(Value::Secrets([key].into())).as_deref(),
///     Some(r##"[Secret { value: jwk(r#"{"kty":"EC"}"#), expiration: "2027-06-30T00:00:00Z" }]"##)
/// );
/// assert_eq!(shown(Value::Seconds(600)).as_deref(), Some("600"));
/// assert_eq!(Expr::time(600).to_string(), "minutes(10)");
/// assert_eq!(shown(Value::OptionalText(None)), None, "left out");
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expr {
    /// A name or a number: `Hybrid`, `true`, `3601`.
    Word(String),
    /// A text, without its quotes.
    Text(Text),
    /// `[a, b]`
    List(Vec<Self>),
    /// `("role", "admin")`
    Tuple(Vec<Self>),
    /// `minutes(10)`
    Call(&'static str, Box<Self>),
    /// `Secret { value: … }`
    Block(&'static str, Vec<(&'static str, Self)>),
}

impl Expr {
    /// A setting's value, a time in seconds; nothing, if it is unset: then the setting is left out.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Flag(flag) | Value::OptionalFlag(Some(flag)) => Self::word(if *flag { "true" } else { "false" }),
            Value::Seconds(seconds) | Value::OptionalSeconds(Some(seconds)) => Self::number(*seconds),
            Value::Text(text) | Value::OptionalText(Some(text)) => Self::text(text),
            Value::Texts(texts) => Self::list(texts, Self::text),
            Value::Secrets(secrets) => Self::list(secrets, Self::secret),
            Value::GrantTypes(grants) => Self::list(grants, Self::grant),
            Value::SigningAlgorithms(algorithms) => Self::list(algorithms, |one| Self::word(one.variant_name())),
            Value::DpopValidationModes(modes) => Self::list(modes, |one| Self::word(one.variant_name())),
            Value::RefreshTokenUsage(usage) => Self::word(usage.variant_name()),
            Value::RefreshTokenExpiration(expiration) => Self::word(expiration.variant_name()),
            Value::AccessTokenType(kind) => Self::word(kind.variant_name()),
            Value::ApplicationType(Some(kind)) => Self::word(kind.variant_name()),
            Value::Claims(claims) => Self::list(claims, Self::claim),
            Value::Properties(properties) => {
                Self::list(properties, |Property { key, value }| Self::Tuple(vec![Self::text(key), Self::text(value)]))
            }
            Value::OptionalFlag(None)
            | Value::OptionalSeconds(None)
            | Value::OptionalText(None)
            | Value::ApplicationType(None) => return None,
        })
    }

    /// A name.
    #[must_use]
    pub fn word(name: &str) -> Self {
        Self::Word(name.into())
    }

    /// A text.
    #[must_use]
    pub fn text(text: &Text) -> Self {
        Self::Text(text.clone())
    }

    /// A list.
    pub fn list<T>(entries: &List<T>, entry: impl Fn(&T) -> Self) -> Self {
        Self::List(entries.iter().map(entry).collect())
    }

    /// A time in seconds in the largest unit in which it is whole, such as `minutes(10)`.
    #[must_use]
    pub fn time(seconds: u32) -> Self {
        let units = [("days", 86_400), ("hours", 3600), ("minutes", 60)];
        match units.into_iter().find(|(_, unit)| seconds > 0 && seconds.is_multiple_of(*unit)) {
            Some((name, unit)) => Self::Call(name, Box::new(Self::number(seconds / unit))),
            None => Self::number(seconds),
        }
    }

    fn number(number: u32) -> Self {
        Self::Word(alloc::format!("{number}"))
    }

    fn grant(grant: &GrantType) -> Self {
        grant.variant_name().map_or_else(|| Self::Text(grant.as_str().into()), Self::word)
    }

    fn claim(claim: &ClientClaim) -> Self {
        let ClientClaim { claim_type, value, value_type } = claim;
        Self::Tuple([claim_type, value].into_iter().chain(value_type).map(Self::text).collect())
    }

    /// A digest as a digest, alone where there is no more to say. An expiration after the year 9999 is left out:
    /// RFC 3339 has no form for it.
    fn secret(secret: &Secret) -> Self {
        let value = Self::Call(secret.value.form_name(), Box::new(Self::Text(secret.value.stored().into())));
        let description = secret.description.as_ref().map(|text| ("description", Self::text(text)));
        let expiration = secret.expiration.and_then(format_time).map(|time| ("expiration", Self::Text(time.into())));
        if description.is_none() && expiration.is_none() {
            return value;
        }
        Self::Block("Secret", [Some(("value", value)), description, expiration].into_iter().flatten().collect())
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => f.write_str(&literal(text)),
            Self::List(entries) => {
                f.write_str("[")?;
                separated(f, entries, |entry, f| write!(f, "{entry}"))?;
                f.write_str("]")
            }
            Self::Tuple(parts) => {
                f.write_str("(")?;
                separated(f, parts, |part, f| write!(f, "{part}"))?;
                f.write_str(")")
            }
            Self::Call(name, argument) => write!(f, "{name}({argument})"),
            Self::Block(name, fields) if fields.is_empty() => write!(f, "{name} {{}}"),
            Self::Block(name, fields) => {
                write!(f, "{name} {{ ")?;
                separated(f, fields, |(field, value), f| write!(f, "{field}: {value}"))?;
                f.write_str(" }")
            }
        }
    }
}

fn separated<T>(
    f: &mut Formatter<'_>,
    entries: &[T],
    show: impl Fn(&T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        show(entry, f)?;
    }
    Ok(())
}

/// A string literal of Rust: a raw one where only quotes and backslashes would have to be escaped.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::source::literal;
/// assert_eq!(literal("openid"), r#""openid""#);
/// assert_eq!(literal(r#"{"kty":"EC"}"#), r##"r#"{"kty":"EC"}"#"##);
/// assert_eq!(literal("two\nlines"), r#""two\nlines""#);
/// ```
#[must_use]
pub fn literal(text: &str) -> String {
    let mut escaped = String::new();
    // Writing to a string cannot fail.
    let _ = write!(escaped, "{text:?}");
    let to_escape = text.matches(['"', '\\']).count();
    if to_escape == 0 || escaped.len() != text.len() + to_escape + 2 {
        return escaped;
    }
    let ends = text.split('"').skip(1).map(|behind| 1 + behind.len() - behind.trim_start_matches('#').len());
    let hashes = "#".repeat(ends.max().unwrap_or_default());
    alloc::format!("r{hashes}\"{text}\"{hashes}")
}

/// As it is written in `clients!`. An unset value is empty: there, it is left out.
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{GrantType, Value};
/// let grants = Value::GrantTypes([GrantType::AuthorizationCode, GrantType::ClientCredentials].into());
/// assert_eq!(grants.to_string(), "[AuthorizationCode, ClientCredentials]");
/// ```
impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Expr::of(self).map_or(Ok(()), |expr| expr.fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_literal_ends_where_the_text_ends() {
        assert_eq!(literal(r"CN=a\, b"), r#"r"CN=a\, b""#);
        assert_eq!(literal(r##"a"#b"##), r###"r##"a"#b"##"###);
        assert_eq!(literal("a\"\u{202e}"), "\"a\\\"\\u{202e}\"", "what cannot be seen stays an escape");
        assert_eq!(literal("a\\\r"), r#""a\\\r""#);
    }

    #[test]
    fn a_time_has_the_largest_unit_in_which_it_is_whole() {
        let shown = |seconds| alloc::string::ToString::to_string(&Expr::time(seconds));
        for (seconds, expected) in [
            (0, "0"),
            (59, "59"),
            (60, "minutes(1)"),
            (90, "90"),
            (3600, "hours(1)"),
            (5400, "minutes(90)"),
            (86_400, "days(1)"),
            (u32::MAX, "4294967295"),
        ] {
            assert_eq!(shown(seconds), expected);
        }
    }
}

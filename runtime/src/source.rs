//! Values as they are written in `clients!`.

use core::fmt::{self, Display, Formatter};

use crate::{ClientClaim, GrantType, List, Property, Secret, Value};

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
        match self {
            Self::Flag(flag) | Self::OptionalFlag(Some(flag)) => write!(f, "{flag}"),
            Self::Seconds(seconds) | Self::OptionalSeconds(Some(seconds)) => write!(f, "{seconds}"),
            Self::Text(text) | Self::OptionalText(Some(text)) => write!(f, "{text:?}"),
            Self::Texts(texts) => list(f, texts, |text, f| write!(f, "{text:?}")),
            Self::Secrets(secrets) => list(f, secrets, secret),
            Self::GrantTypes(grants) => list(f, grants, grant),
            Self::SigningAlgorithms(algorithms) => list(f, algorithms, |one, f| f.write_str(one.variant_name())),
            Self::DpopValidationModes(modes) => list(f, modes, |one, f| f.write_str(one.variant_name())),
            Self::RefreshTokenUsage(usage) => f.write_str(usage.variant_name()),
            Self::RefreshTokenExpiration(expiration) => f.write_str(expiration.variant_name()),
            Self::AccessTokenType(kind) => f.write_str(kind.variant_name()),
            Self::ApplicationType(Some(kind)) => f.write_str(kind.variant_name()),
            Self::Claims(claims) => list(f, claims, claim),
            Self::Properties(properties) => {
                list(f, properties, |Property { key, value }, f| write!(f, "({key:?}, {value:?})"))
            }
            Self::OptionalFlag(None)
            | Self::OptionalSeconds(None)
            | Self::OptionalText(None)
            | Self::ApplicationType(None) => Ok(()),
        }
    }
}

fn list<T>(
    f: &mut Formatter<'_>,
    entries: &List<T>,
    show: impl Fn(&T, &mut Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    f.write_str("[")?;
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        show(entry, f)?;
    }
    f.write_str("]")
}

fn grant(grant: &GrantType, f: &mut Formatter<'_>) -> fmt::Result {
    match grant.variant_name() {
        Some(name) => f.write_str(name),
        None => write!(f, "{:?}", grant.as_str()),
    }
}

fn claim(claim: &ClientClaim, f: &mut Formatter<'_>) -> fmt::Result {
    let ClientClaim { claim_type, value, value_type } = claim;
    match value_type {
        Some(value_type) => write!(f, "({claim_type:?}, {value:?}, {value_type:?})"),
        None => write!(f, "({claim_type:?}, {value:?})"),
    }
}

/// The value alone; a digest as a digest.
fn secret(secret: &Secret, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "{}({:?})", secret.value.form_name(), secret.value.stored())
}

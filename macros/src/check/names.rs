//! What to say of the name of a setting that does not exist.

use guestlist_runtime::Setting;
use guestlist_runtime::rules;

use super::server;
use crate::secret;

/// What to write instead of a setting that is unknown.
#[derive(Debug, PartialEq, Eq)]
pub struct Meant {
    /// The setting that was meant, if that is clear.
    pub setting: Option<Setting>,
    pub help: String,
}

/// What somebody meant who wrote this name of a setting, and perhaps `true` or `false`.
pub fn meant(written: &str, value: Option<bool>) -> Meant {
    if let Some(help) = of_the_secret(written) {
        return Meant { setting: None, help };
    }
    match (rules::meant(written, value), of_another_block(written)) {
        (Some(meant), _) => Meant { setting: Some(meant.setting), help: meant.help.to_string() },
        (None, Some(block)) => Meant { setting: None, help: format!("it is a field of `{block}`") },
        (None, None) => Meant { setting: None, help: "the settings are the fields of `guestlist::Client`".to_owned() },
    }
}

/// The block that has a field of this name.
fn of_another_block(name: &str) -> Option<&'static str> {
    if server::FIELDS.contains(&name) {
        Some("Server")
    } else if secret::FIELDS.contains(&name) {
        Some("Secret")
    } else {
        None
    }
}

/// The field of `Secret` for what RFC 7591 says of the one secret that it knows.
fn of_the_secret(name: &str) -> Option<String> {
    let field = secret::meant_field(rules::snake_case(name).strip_prefix("client_secret_")?)?;
    Some(format!("each secret has its own: write `Secret {{ value: …, {field}: … }}` in `client_secrets`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_setting_may_be_a_field_of_another_block() {
        for (written, expected) in [
            ("grant_types", "did you mean `allowed_grant_types`?"),
            ("zebra", "the settings are the fields of `guestlist::Client`"),
            ("issuer", "it is a field of `Server`"),
            ("expiration", "it is a field of `Secret`"),
            (
                "client_secret_expires_at",
                "each secret has its own: write `Secret { value: …, expiration: … }` in `client_secrets`",
            ),
        ] {
            assert_eq!(meant(written, None).help, expected, "{written}");
        }
    }
}

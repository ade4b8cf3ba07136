//! What a rule is.

use alloc::{format, string::String};
use core::fmt;

use super::{Case, Finding, Found, Level, Message, Place, all};
use crate::{Profile, Server, Setting};

/// A rule of the catalogue.
///
/// `Debug` is its name.
#[non_exhaustive]
pub struct Rule {
    /// Its name, in snake_case, as it stands behind a message and in `#[allow(…)]`.
    pub name: &'static str,
    /// How its findings are treated under [`Profile::Default`], [`Profile::OAuth21`] and [`Profile::Fapi20`].
    pub levels: [Level; 3],
    /// Whether it belongs to the group `pedantic`, which is silent unless switched on.
    pub pedantic: bool,
    /// Single cases that are treated otherwise than the levels say, in words: under every profile, unless a case
    /// names one.
    pub exceptions: &'static [(Level, &'static str)],
    /// The standards and sections it comes from. OAuth 2.1 stands for draft-ietf-oauth-v2-1-16, OpenID Connect Core,
    /// Registration and Discovery for the editions with errata set 2, FAPI 2.0 for the final Security Profile.
    pub standard: &'static str,
    /// What it protects against, in whole sentences.
    pub protects: &'static str,
    /// A definition that breaks it, as the content of `clients![ … ]`.
    pub wrong: &'static str,
    /// A definition that comes close and does not break it, as the content of `clients![ … ]`.
    pub right: &'static str,
    /// The settings that must have been read whole for it to say anything.
    pub(super) needs: &'static [Setting],
    /// How it is checked.
    pub(super) check: Check,
}

impl Rule {
    /// The rule of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        all().find(|rule| rule.name == name)
    }

    /// How its findings are treated under a profile, if nothing else is said.
    #[must_use]
    pub const fn level(&self, profile: Profile) -> Level {
        let [default, oauth21, fapi20] = self.levels;
        match profile {
            Profile::Default => default,
            Profile::OAuth21 => oauth21,
            Profile::Fapi20 => fapi20,
        }
    }

    /// Where it is explained: its place on the page of rules.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::rules::Rule;
    /// let url = Rule::named("secret_reused").map(Rule::url);
    /// assert_eq!(
    ///     url.as_deref(),
    ///     Some("https://github.com/guestlist-rs/guestlist/blob/main/docs/rules.md#secret_reused")
    /// );
    /// ```
    #[must_use]
    pub fn url(&self) -> String {
        format!(concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules.md#{}"), self.name)
    }

    /// Whether it asks for the time. A build does not run it: what it says would not be the same tomorrow.
    #[must_use]
    pub const fn needs_time(&self) -> bool {
        matches!(self.check, Check::Timed(_))
    }

    /// A finding of this rule that is made while a definition is read, of something that cannot even be typed,
    /// such as an unknown grant or a malformed date.
    #[must_use]
    pub fn finding(&'static self, client: Option<usize>, place: Place, message: Message, help: Message) -> Finding {
        Finding {
            rule: self,
            level: Level::Error,
            client,
            place,
            bytes: None,
            other: None,
            message,
            help,
            note: Message::default(),
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// How a rule is checked.
#[derive(Clone, Copy)]
pub(super) enum Check {
    /// On each client by itself.
    Client(fn(&Case<'_>, &mut Found<'_>)),
    /// On all clients together, in linear time.
    Set(fn(&[Case<'_>], &mut Found<'_>)),
    /// On the server.
    Server(fn(&Server, &[Case<'_>], &mut Found<'_>)),
    /// On each client by itself at a Unix time, in seconds.
    Timed(fn(&Case<'_>, u64, &mut Found<'_>)),
    /// While a definition is read, since what breaks it has no place in a record.
    Reading,
}

/// The levels of rules that do not differ by profile.
pub(super) const ERROR: [Level; 3] = [Level::Error; 3];
pub(super) const WARNING: [Level; 3] = [Level::Warning; 3];
/// A warning by default, an error for the stricter profiles.
pub(super) const STRICTER: [Level; 3] = [Level::Warning, Level::Error, Level::Error];
/// An error under FAPI 2.0 alone.
pub(super) const FAPI: [Level; 3] = [Level::Silent, Level::Silent, Level::Error];

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn a_case_has_another_level_only_as_an_exception() {
        let rule = |name| Rule::named(name).map(|rule| rule.exceptions).unwrap_or_default();
        assert_eq!(rule("redirect_uri_http"), [(Level::Warning, "a host of `insecure_http_hosts`")]);
        assert_eq!(rule("client_id_missing"), []);
        for rule in all() {
            for (level, case) in rule.exceptions {
                assert!(rule.levels != [*level; 3], "{}: {case}", rule.name);
            }
        }
    }

    #[test]
    fn debug_is_the_name() {
        assert_eq!(format!("{:?}", Rule::named("secret_weak")), "Some(secret_weak)");
    }

    #[test]
    fn a_stricter_profile_says_less_only_of_what_it_refuses_altogether() {
        let falls = |rule: &&Rule| {
            let [default, oauth21, fapi20] = rule.levels;
            oauth21 < default || fapi20 < oauth21
        };
        let falling: Vec<_> = all().filter(falls).map(|rule| (rule.name, rule.levels)).collect();
        // FAPI 2.0 has neither shared secrets nor public clients.
        let expected = [
            ("secret_in_native_app", [Level::Warning, Level::Error, Level::Silent]),
            ("secret_mixed_kinds", [Level::Silent, Level::Warning, Level::Silent]),
            ("grant_needs_authentication", [Level::Error, Level::Error, Level::Silent]),
            ("grant_exchange_public", [Level::Warning, Level::Warning, Level::Silent]),
            ("redirect_uri_shared_scheme", [Level::Warning, Level::Warning, Level::Silent]),
            ("refresh_public_reuse", [Level::Warning, Level::Error, Level::Silent]),
        ];
        assert_eq!(falling, expected);
    }
}

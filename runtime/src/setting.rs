//! The settings of a client by name, for everything that reads or writes definitions.

use crate::client::{
    AccessTokenType, ApplicationType, ClientClaim, DpopValidationMode, Property, RefreshTokenExpiration,
    RefreshTokenUsage, SigningAlgorithm,
};
use crate::{Client, GrantType, List, Secret, Setting, Text};

/// Declares [`Setting`] from the table in `client.rs`.
macro_rules! settings {
    ($($setting:ident $field:ident: $type:ty, $doc:literal;)+) => {
        /// The name of a setting of [`Client`](crate::Client).
        ///
        /// ```
        /// # use guestlist_runtime as guestlist;
        /// use guestlist::Setting;
        /// assert_eq!(Setting::RedirectUris.as_str(), "redirect_uris");
        /// assert_eq!(Setting::from_name("redirect_uris"), Some(Setting::RedirectUris));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Setting { $(#[doc = $doc] $setting,)+ }

        impl Setting {
            /// Every setting, in the order of the record's fields.
            pub const ALL: &'static [Self] = &[$(Self::$setting,)+];

            /// The field's name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$setting => stringify!($field),)+ }
            }

            /// The setting of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $(stringify!($field) => Some(Self::$setting),)+ _ => None }
            }

            /// What its value is.
            #[must_use]
            pub const fn kind(self) -> $crate::setting::Kind {
                match self { $(Self::$setting => <$type as $crate::setting::Field>::KIND,)+ }
            }
        }
    };
}

pub(crate) use settings;

impl core::fmt::Display for Setting {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of settings, such as those that a definition wrote out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings(u64);

// One bit each.
const _: () = assert!(Setting::ALL.len() <= 64);

impl Settings {
    /// No setting.
    pub const NONE: Self = Self(0);

    /// The settings in which two clients differ.
    #[must_use]
    pub fn differing(a: &Client, b: &Client) -> Self {
        Setting::ALL.iter().copied().filter(|setting| a.value(*setting) != b.value(*setting)).collect()
    }

    /// Whether the setting is in the set.
    #[must_use]
    pub const fn contains(self, setting: Setting) -> bool {
        self.0 & (1 << setting as u64) != 0
    }

    /// Adds a setting; whether it was new.
    pub const fn insert(&mut self, setting: Setting) -> bool {
        let new = !self.contains(setting);
        self.0 |= 1 << setting as u64;
        new
    }
}

impl FromIterator<Setting> for Settings {
    fn from_iter<I: IntoIterator<Item = Setting>>(settings: I) -> Self {
        let mut set = Self::NONE;
        for setting in settings {
            set.insert(setting);
        }
        set
    }
}

/// A type that a field of the record may have.
pub(crate) trait Field {
    const KIND: Kind;
}

/// Declares [`Kind`] and [`Value`], and which field types carry which.
macro_rules! values {
    ($($(#[$meta:meta])* $kind:ident($type:ty),)+) => {
        /// What the value of a setting is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Kind { $($(#[$meta])* $kind,)+ }

        /// The value of a setting.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Value { $($(#[$meta])* $kind($type),)+ }

        $(
            impl Field for $type {
                const KIND: Kind = Kind::$kind;
            }

            impl From<$type> for Value {
                fn from(value: $type) -> Self {
                    Self::$kind(value)
                }
            }

            impl TryFrom<Value> for $type {
                type Error = Value;

                fn try_from(value: Value) -> Result<Self, Value> {
                    match value {
                        Value::$kind(value) => Ok(value),
                        other => Err(other),
                    }
                }
            }
        )+
    };
}

values! {
    /// Yes or no.
    Flag(bool),
    /// Yes, no, or unset.
    OptionalFlag(Option<bool>),
    /// A time in seconds.
    Seconds(u32),
    /// A time in seconds, or unset.
    OptionalSeconds(Option<u32>),
    /// A text.
    Text(Text),
    /// A text, or unset.
    OptionalText(Option<Text>),
    /// Texts.
    Texts(List<Text>),
    /// Secrets.
    Secrets(List<Secret>),
    /// Grant types.
    GrantTypes(List<GrantType>),
    /// Signing algorithms.
    SigningAlgorithms(List<SigningAlgorithm>),
    /// What becomes of a used refresh token.
    RefreshTokenUsage(RefreshTokenUsage),
    /// When a refresh token ends.
    RefreshTokenExpiration(RefreshTokenExpiration),
    /// The form of access tokens.
    AccessTokenType(AccessTokenType),
    /// Claims about the client.
    Claims(List<ClientClaim>),
    /// Free properties.
    Properties(List<Property>),
    /// How DPoP proofs are checked.
    DpopValidationModes(List<DpopValidationMode>),
    /// The kind of application, or unset.
    ApplicationType(Option<ApplicationType>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_reached_by_its_name_and_keeps_its_kind() {
        let mut client = Client::default();
        for setting in Setting::ALL.iter().copied() {
            assert_eq!(Setting::from_name(setting.as_str()), Some(setting));
            let value = client.value(setting);
            assert_eq!(client.set(setting, value), Ok(()));
        }
        assert_eq!(client, Client::default());
        assert_eq!(Setting::ALL.len(), 58, "57 of Duende IdentityServer, and application_type");
        assert_eq!(client.set(Setting::Enabled, Value::Seconds(1)), Err(Value::Seconds(1)));
    }
}

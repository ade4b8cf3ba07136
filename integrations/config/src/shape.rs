//! The shapes that a file of clients has.

use std::borrow::Cow;

use guestlist_runtime::Setting;

/// The shape of a file of clients: what its settings are called and how their values are written.
///
/// ```
/// use guestlist_config::Shape;
/// assert_eq!(Shape::IdentityServer.as_str(), "identity_server");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Shape {
    /// A list `clients`, with the settings of `clients!` under the same names.
    Guestlist,
    /// IdentityServer's `appsettings.json`, with the section `IdentityServer:Clients`.
    IdentityServer,
    /// Client metadata (RFC 7591 §2): one object, or a list of them.
    Registration,
}

/// The members of client metadata that hold one setting under another name: RFC 7591, OpenID Connect Registration,
/// Front- and Back-Channel Logout, RFC 9101, RFC 9126 and RFC 9449.
const REGISTERED: &[(Setting, &str)] = &[
    (Setting::AllowedGrantTypes, "grant_types"),
    (Setting::AllowedScopes, "scope"),
    (Setting::FrontChannelLogoutUri, "frontchannel_logout_uri"),
    (Setting::FrontChannelLogoutSessionRequired, "frontchannel_logout_session_required"),
    (Setting::BackChannelLogoutUri, "backchannel_logout_uri"),
    (Setting::BackChannelLogoutSessionRequired, "backchannel_logout_session_required"),
    (Setting::UserSsoLifetime, "default_max_age"),
    (Setting::RequireRequestObject, "require_signed_request_object"),
    (Setting::RequirePushedAuthorization, "require_pushed_authorization_requests"),
    (Setting::RequireDpop, "dpop_bound_access_tokens"),
];

impl Shape {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guestlist => "guestlist",
            Self::IdentityServer => "identity_server",
            Self::Registration => "registration",
        }
    }

    /// The name of a setting. Client metadata have a name for some; the others are extensions (RFC 7591 §2) under the
    /// names of `clients!`.
    #[must_use]
    pub fn name(self, setting: Setting) -> Cow<'static, str> {
        match self {
            Self::Guestlist => setting.as_str().into(),
            Self::IdentityServer => pascal_case(setting.as_str()).into(),
            Self::Registration => {
                let registered = REGISTERED.iter().find(|(of, _)| *of == setting);
                registered.map_or(setting.as_str(), |(_, name)| name).into()
            }
        }
    }

    /// The setting of a name. IdentityServer's names are compared as .NET's configuration does, without regard to case.
    #[must_use]
    pub fn setting(self, name: &str) -> Option<Setting> {
        let is_it = |setting: &Setting| match self {
            Self::IdentityServer => self.name(*setting).eq_ignore_ascii_case(name),
            Self::Guestlist | Self::Registration => self.name(*setting) == name,
        };
        Setting::ALL.iter().copied().find(is_it)
    }
}

/// `require_dpop` as `RequireDPoP`.
fn pascal_case(name: &str) -> String {
    let word = |word: &str| match word.split_at_checked(1) {
        _ if word == "dpop" => String::from("DPoP"),
        Some((first, rest)) => first.to_ascii_uppercase() + rest,
        None => String::new(),
    };
    name.split('_').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_one_name_in_each_shape() {
        for shape in [Shape::Guestlist, Shape::IdentityServer, Shape::Registration] {
            for setting in Setting::ALL {
                assert_eq!(shape.setting(&shape.name(*setting)), Some(*setting));
            }
        }
    }

    #[test]
    fn names_as_in_csharp() {
        for (setting, name) in [
            (Setting::ClientId, "ClientId"),
            (Setting::RequireDpop, "RequireDPoP"),
            (Setting::DpopClockSkew, "DPoPClockSkew"),
            (Setting::AlwaysIncludeUserClaimsInIdToken, "AlwaysIncludeUserClaimsInIdToken"),
            (Setting::PairWiseSubjectSalt, "PairWiseSubjectSalt"),
        ] {
            assert_eq!(Shape::IdentityServer.name(setting), name);
        }
        assert_eq!(Shape::IdentityServer.setting("clientid"), Some(Setting::ClientId));
        assert_eq!(Shape::IdentityServer.setting("client_id"), None);
    }
}

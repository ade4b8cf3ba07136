//! What comes back from the authorization endpoint, and how it gets to the client.

use alloc::{string::String, vec::Vec};
use core::{fmt, str::FromStr};

use super::parameters::{append, with_query};
use super::refusal::Refusal;
use crate::{GrantType, Text, UnknownName, wire::wire_enum};

/// What a client asks for, as in `response_type`; the order of its parts does not count (OAuth 2.0
/// Multiple Response Type Encoding Practices §3).
///
/// ```
/// # use guestlist_runtime as guestlist;
/// use guestlist::{GrantType, decide::ResponseType};
/// let hybrid: ResponseType = "id_token code".parse().unwrap();
/// assert_eq!(hybrid.to_string(), "code id_token");
/// assert_eq!(hybrid.grant(), GrantType::Hybrid);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ResponseType {
    /// An authorization code.
    pub code: bool,
    /// An access token, through the browser.
    pub token: bool,
    /// An ID token, through the browser.
    pub id_token: bool,
}

impl ResponseType {
    const fn of([code, id_token, token]: [bool; 3]) -> Self {
        Self { code, token, id_token }
    }

    /// Every response type, as registered.
    pub const ALL: &'static [Self] = &[
        Self::of([true, false, false]),
        Self::of([false, true, false]),
        Self::of([false, false, true]),
        Self::of([false, true, true]),
        Self::of([true, true, false]),
        Self::of([true, false, true]),
        Self::of([true, true, true]),
    ];

    /// The grant that a client must be allowed for it.
    #[must_use]
    pub const fn grant(self) -> GrantType {
        match self {
            Self { code: false, .. } => GrantType::Implicit,
            Self { token: false, id_token: false, .. } => GrantType::AuthorizationCode,
            _ => GrantType::Hybrid,
        }
    }

    /// Whether a token stands in the response itself, which must then stay out of the query.
    #[must_use]
    pub const fn has_tokens(self) -> bool {
        self.token || self.id_token
    }

    /// How it is answered if the request does not say.
    #[must_use]
    pub const fn default_mode(self) -> ResponseMode {
        if self.has_tokens() { ResponseMode::Fragment } else { ResponseMode::Query }
    }
}

impl FromStr for ResponseType {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let mut known = Self::of([false; 3]);
        for part in text.split(' ') {
            let flag = match part {
                "code" => &mut known.code,
                "token" => &mut known.token,
                "id_token" => &mut known.id_token,
                _ => return Err(UnknownName { what: "response type" }),
            };
            if core::mem::replace(flag, true) {
                return Err(UnknownName { what: "response type" });
            }
        }
        Ok(known)
    }
}

impl fmt::Display for ResponseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(self.code, "code"), (self.id_token, "id_token"), (self.token, "token")];
        for (at, (_, name)) in parts.into_iter().filter(|(set, _)| *set).enumerate() {
            f.write_str(if at > 0 { " " } else { "" })?;
            f.write_str(name)?;
        }
        Ok(())
    }
}

wire_enum! {
    /// How a response gets to the client, as in `response_mode`.
    ResponseMode is "response mode" {
        /// In the query of the redirect URI.
        Query = "query",
        /// In the fragment of the redirect URI, which stays in the browser.
        Fragment = "fragment",
        /// In a form that the browser posts to the redirect URI (OAuth 2.0 Form Post Response Mode §2).
        FormPost = "form_post",
    }
}

/// Where an authorization response goes, and what stands in each one. Only a decision makes one, of
/// a redirect URI that is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Destination {
    /// The redirect URI that was asked for.
    pub redirect_uri: Text,
    /// How the response gets there.
    pub mode: ResponseMode,
    /// The client's `state`, given back as it came.
    pub state: Option<Text>,
    /// The server's issuer identifier, in every response, errors included (RFC 9207 §2).
    pub issuer: Option<Text>,
}

impl Destination {
    /// The parameters of a response, those that every response has included.
    pub fn parameters<'a>(&'a self, response: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let own = [("state", self.state.as_deref()), ("iss", self.issuer.as_deref())];
        let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
        response.iter().copied().chain(own).collect()
    }

    /// The address to redirect to, with the parameters of a response: what stands in `Location`. Of
    /// [`FormPost`](ResponseMode::FormPost) it is the address of the form, whose fields are
    /// [`parameters`](Self::parameters).
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::decide::{self, Parameters};
    /// use guestlist::{Client, GrantType, Server};
    /// # let client = Client {
    /// #     client_id: "shop".into(),
    /// #     allowed_grant_types: [GrantType::AuthorizationCode].into(),
    /// #     redirect_uris: ["https://shop.example.com/callback?tenant=7"].into(),
    /// #     allowed_scopes: ["openid"].into(),
    /// #     require_pkce: false,
    /// #     ..Client::default()
    /// # };
    /// # let query = Parameters::parse("client_id=shop&response_type=code&scope=openid&state=a+b\
    /// #     &redirect_uri=https%3A%2F%2Fshop.example.com%2Fcallback%3Ftenant%3D7").unwrap();
    /// let authorization = decide::authorize(Some(&client), &Server::default(), &query, None, 0).unwrap();
    /// assert_eq!(
    ///     authorization.destination.location(&[("code", "SplxlOBe")]),
    ///     "https://shop.example.com/callback?tenant=7&code=SplxlOBe&state=a%20b",
    /// );
    /// ```
    #[must_use]
    pub fn location(&self, response: &[(&str, &str)]) -> String {
        let parameters = self.parameters(response);
        match self.mode {
            ResponseMode::FormPost => self.redirect_uri.as_str().into(),
            ResponseMode::Query => with_query(&self.redirect_uri, &parameters),
            ResponseMode::Fragment => {
                let mut location = String::from(self.redirect_uri.as_str());
                location.push('#');
                for (name, value) in parameters {
                    append(&mut location, name, value);
                }
                location
            }
        }
    }

    /// The parameters of an error response (RFC 6749 §4.1.2.1).
    #[must_use]
    pub fn error<'a>(&'a self, refusal: &'a Refusal) -> Vec<(&'a str, &'a str)> {
        self.parameters(&[("error", refusal.code.as_str()), ("error_description", refusal.description.as_str())])
    }

    /// The address to redirect to with an error response.
    #[must_use]
    pub fn error_location(&self, refusal: &Refusal) -> String {
        self.location(&[("error", refusal.code.as_str()), ("error_description", refusal.description.as_str())])
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn response_types_are_read_in_any_order() {
        for known in ResponseType::ALL {
            assert_eq!(known.to_string().parse(), Ok(*known));
        }
        let parse = |text: &str| text.parse::<ResponseType>().ok().map(|known| known.to_string());
        assert_eq!(parse("token id_token code").as_deref(), Some("code id_token token"));
        for unknown in ["", " ", "none", "Code", "code ", "code code", "code,token", "code  token"] {
            assert_eq!(parse(unknown), None, "{unknown:?}");
        }
    }

    #[test]
    fn a_response_is_appended_to_what_the_client_registered() {
        let to = |uri: &str, mode| Destination {
            redirect_uri: uri.into(),
            mode,
            state: Some("s".into()),
            issuer: Some("https://id.example.com".into()),
        };
        for (uri, mode, expected) in [
            (
                "https://a.example/",
                ResponseMode::Query,
                "https://a.example/?code=c&state=s&iss=https%3A%2F%2Fid.example.com",
            ),
            (
                "https://a.example/?x",
                ResponseMode::Query,
                "https://a.example/?x&code=c&state=s&iss=https%3A%2F%2Fid.example.com",
            ),
            (
                "https://a.example/?",
                ResponseMode::Query,
                "https://a.example/?code=c&state=s&iss=https%3A%2F%2Fid.example.com",
            ),
            (
                "https://a.example/?x",
                ResponseMode::Fragment,
                "https://a.example/?x#code=c&state=s&iss=https%3A%2F%2Fid.example.com",
            ),
            ("https://a.example/?x", ResponseMode::FormPost, "https://a.example/?x"),
        ] {
            assert_eq!(to(uri, mode).location(&[("code", "c")]), expected);
        }
    }
}

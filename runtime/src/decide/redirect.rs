//! Where a browser may be sent: registered addresses, by equal bytes.

use crate::{ApplicationType, Client, Text};

impl Client {
    /// Whether an authorization response may go to this URI.
    ///
    /// It must be one of [`redirect_uris`](Self::redirect_uris) by equal bytes (RFC 9700 §2.1). The
    /// one exception is the port of `http` on the loopback literals `127.0.0.1` and `[::1]`, which
    /// may be any, unless the client says that it is a web application (RFC 8252 §7.3). It is the
    /// asked URI that is then used, not the registered one.
    ///
    /// ```
    /// # use guestlist_runtime as guestlist;
    /// use guestlist::Client;
    /// let client = Client {
    ///     redirect_uris: ["https://app.example.com/callback", "http://127.0.0.1/callback"].into(),
    ///     ..Client::default()
    /// };
    /// assert!(client.allows_redirect_uri("https://app.example.com/callback"));
    /// assert!(!client.allows_redirect_uri("https://app.example.com/callback/"));
    /// assert!(client.allows_redirect_uri("http://127.0.0.1:51004/callback"));
    /// assert!(!client.allows_redirect_uri("http://127.0.0.1:51004@evil.example/callback"));
    /// ```
    #[must_use]
    pub fn allows_redirect_uri(&self, asked: &str) -> bool {
        self.is_one_of(&self.redirect_uris, asked)
    }

    /// Whether a user may be sent to this URI after signing out: one of
    /// [`post_logout_redirect_uris`](Self::post_logout_redirect_uris), by the rule of
    /// [`allows_redirect_uri`](Self::allows_redirect_uri) (OpenID Connect RP-Initiated Logout §3).
    #[must_use]
    pub fn allows_post_logout_redirect_uri(&self, asked: &str) -> bool {
        self.is_one_of(&self.post_logout_redirect_uris, asked)
    }

    fn is_one_of(&self, registered: &[Text], asked: &str) -> bool {
        let loose = self.application_type != Some(ApplicationType::Web);
        registered.iter().any(|registered| registered == asked) || loose && differs_by_port(registered, asked)
    }
}

/// Whether it is `http` on a loopback literal and differs from one of those registered in the port alone.
fn differs_by_port(registered: &[Text], asked: &str) -> bool {
    loopback(asked).is_some_and(|asked| registered.iter().any(|registered| loopback(registered) == Some(asked)))
}

/// The literal and what stands behind the port, if the URI is `http` on a loopback literal and its
/// port, if it has one, is a port. What follows must begin the path or query, so that an `@` cannot
/// make the literal a user's name.
fn loopback(uri: &str) -> Option<(&str, &str)> {
    let literals = ["http://127.0.0.1", "http://[::1]"];
    let (literal, rest) = literals.into_iter().find_map(|literal| Some((literal, uri.strip_prefix(literal)?)))?;
    let rest = match rest.strip_prefix(':') {
        None => rest,
        Some(rest) => {
            let end = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
            let (port, rest) = rest.split_at(end);
            crate::uri::check_port(port).ok()?;
            rest
        }
    };
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((literal, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(registered: &str, kind: Option<ApplicationType>, asked: &str) -> bool {
        let client = Client { redirect_uris: [registered].into(), application_type: kind, ..Client::default() };
        client.allows_redirect_uri(asked)
    }

    #[test]
    fn a_redirect_uri_matches_by_equal_bytes() {
        let registered = "https://app.example.com/callback?tenant=7";
        assert!(allows(registered, None, registered));
        for asked in [
            "",
            "https://app.example.com/callback",
            "https://app.example.com/callback?tenant=7&x",
            "https://app.example.com/callback?tenant=7#x",
            "https://App.example.com/callback?tenant=7",
            "https://app.example.com:443/callback?tenant=7",
            "https://app.example.com/callback/?tenant=7",
            "https://app.example.com/%63allback?tenant=7",
            "https://app.example.com/x/../callback?tenant=7",
            "https://app.example.com.evil.example/callback?tenant=7",
            "https://app.example.com@evil.example/callback?tenant=7",
            "https:\\\\app.example.com\\callback?tenant=7",
            " https://app.example.com/callback?tenant=7",
            "https://app.example.com/callback?tenant=7\0",
        ] {
            assert!(!allows(registered, None, asked), "{asked:?}");
        }
    }

    #[test]
    fn the_port_of_a_loopback_literal_may_differ() {
        for (registered, asked, expected) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb", true),
            ("http://127.0.0.1:3000/cb", "http://127.0.0.1:51004/cb", true),
            ("http://127.0.0.1:3000/cb", "http://127.0.0.1/cb", true),
            ("http://[::1]/cb?x", "http://[::1]:1/cb?x", true),
            ("http://127.0.0.1", "http://127.0.0.1:65535", true),
            ("http://127.0.0.1?x", "http://127.0.0.1:80?x", true),
            ("http://127.0.0.1/cb", "http://127.0.0.1:65536/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:0/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:080/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:80:80/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1@evil.example/cb", false),
            ("http://127.0.0.1", "http://127.0.0.1.evil.example", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:80/CB", false),
            ("http://127.0.0.1/cb", "http://127.0.0.1:80/cb#x", false),
            ("http://127.0.0.1/cb", "http://[::1]:80/cb", false),
            ("http://127.0.0.1/cb", "http://localhost:80/cb", false),
            ("http://127.0.0.1/cb", "http://127.0.0.2:80/cb", false),
            ("http://127.0.0.1/cb", "https://127.0.0.1:80/cb", false),
            ("https://127.0.0.1/cb", "https://127.0.0.1:80/cb", false),
            ("http://localhost/cb", "http://localhost:80/cb", false),
            ("http://[::1]/cb", "http://[0:0:0:0:0:0:0:1]:80/cb", false),
        ] {
            assert_eq!(allows(registered, None, asked), expected, "{registered} {asked}");
            assert_eq!(allows(registered, Some(ApplicationType::Native), asked), expected, "{registered} {asked}");
            assert!(!allows(registered, Some(ApplicationType::Web), asked), "{registered} {asked}");
        }
    }
}

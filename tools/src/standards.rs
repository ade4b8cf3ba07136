//! Where a standard can be read.

/// Standards other than RFCs, by the words with which a citation begins.
const PAGES: [(&str, &str); 15] = [
    ("OAuth 2.1", "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1-16"),
    ("FAPI 2.0", "https://openid.net/specs/fapi-security-profile-2_0-final.html"),
    ("OpenID Connect Core", "https://openid.net/specs/openid-connect-core-1_0.html"),
    ("OpenID Connect Registration", "https://openid.net/specs/openid-connect-registration-1_0.html"),
    ("OpenID Connect Discovery", "https://openid.net/specs/openid-connect-discovery-1_0.html"),
    ("OpenID Connect RP-Initiated Logout", "https://openid.net/specs/openid-connect-rpinitiated-1_0.html"),
    ("OpenID Connect Front-Channel Logout", "https://openid.net/specs/openid-connect-frontchannel-1_0.html"),
    ("OpenID Connect Back-Channel Logout", "https://openid.net/specs/openid-connect-backchannel-1_0.html"),
    ("CIBA Core", "https://openid.net/specs/openid-client-initiated-backchannel-authentication-core-1_0.html"),
    ("Fetch", "https://fetch.spec.whatwg.org/"),
    ("WHATWG URL", "https://url.spec.whatwg.org/"),
    ("UTR #36", "https://www.unicode.org/reports/tr36/"),
    ("UTS #39", "https://www.unicode.org/reports/tr39/"),
    ("IdentityServer", "https://docs.duendesoftware.com/identityserver/reference/models/client/"),
    ("CA/B BR", "https://cabforum.org/working-groups/server/baseline-requirements/requirements/"),
];

/// The citations of a rule, such as `RFC 6749 §2.2; OAuth 2.1 §12.1`, each as a link to what it cites.
pub(crate) fn linked(citations: &str) -> String {
    let links = citations.split("; ").map(|citation| match address(citation) {
        Some(address) => format!("[{citation}]({address})"),
        None => citation.to_owned(),
    });
    links.collect::<Vec<_>>().join("; ")
}

fn address(citation: &str) -> Option<String> {
    if let Some(rfc) = citation.strip_prefix("RFC ") {
        let number: String = rfc.chars().take_while(char::is_ascii_digit).collect();
        let section = section(rfc).unwrap_or_default();
        return Some(format!("https://www.rfc-editor.org/rfc/rfc{number}.html{section}"));
    }
    PAGES.iter().find(|(name, _)| citation.starts_with(name)).map(|(_, page)| (*page).to_owned())
}

/// The first section that is cited, as the anchor that the RFC Editor gives it.
fn section(citation: &str) -> Option<String> {
    let (kind, rest) = match (citation.split_once('§'), citation.split_once("App. ")) {
        (Some((_, section)), _) => ("section", section),
        (None, Some((_, appendix))) => ("appendix", appendix),
        (None, None) => return None,
    };
    let number: String =
        rest.chars().take_while(|character| character.is_ascii_alphanumeric() || *character == '.').collect();
    Some(format!("#{kind}-{}", number.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_citation_of_a_rule_leads_somewhere() {
        for rule in guestlist::rules::all() {
            for citation in rule.standard.split("; ") {
                assert!(address(citation).is_some(), "{}: {citation}", rule.name);
            }
        }
    }

    #[test]
    fn sections_and_appendices() {
        for (citation, expected) in [
            ("RFC 6749 §2.3.1, App. B", "https://www.rfc-editor.org/rfc/rfc6749.html#section-2.3.1"),
            ("RFC 6749 App. A.1", "https://www.rfc-editor.org/rfc/rfc6749.html#appendix-A.1"),
            ("RFC 8725", "https://www.rfc-editor.org/rfc/rfc8725.html"),
        ] {
            assert_eq!(address(citation).as_deref(), Some(expected));
        }
    }
}
